# safe: check and insert in one transaction
from django.db import transaction

from shop.models import Redemption


@transaction.atomic
def audit():
    return Redemption.objects.count()


def redeem(request, code):
    with transaction.atomic():
        if Redemption.objects.filter(code=code).exists():
            return False
        Redemption.objects.create(code=code)
        return True
