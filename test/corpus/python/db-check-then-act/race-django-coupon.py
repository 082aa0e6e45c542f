# race: db-check-then-act check=9 act=11
from django.http import JsonResponse

from shop.models import Redemption


def redeem(request):
    code = request.POST["code"]
    if Redemption.objects.filter(code=code, user=request.user).exists():
        return JsonResponse({"error": "already used"}, status=409)
    Redemption.objects.create(code=code, user=request.user)
    return JsonResponse({"ok": True})
