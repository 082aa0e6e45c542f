# safe: get_or_create is one operation
from shop.models import Redemption


def redeem(request):
    redemption, created = Redemption.objects.get_or_create(code=request.POST["code"])
    return created
