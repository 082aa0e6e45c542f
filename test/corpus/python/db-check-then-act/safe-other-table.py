# safe: what is checked is not what is written
from shop.models import AuditEntry, Customer


def note(request, text):
    if not Customer.objects.filter(id=request.user).exists():
        return False
    AuditEntry.objects.create(text=text)
    return True
