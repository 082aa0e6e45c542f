import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..order.models import Order
from .forms import VoucherForm
from .models import NotApplicable, Voucher, VoucherCustomer

logger = logging.getLogger(__name__)


def get_voucher_or_404(code: str) -> Voucher:
    return get_object_or_404(Voucher.objects.active(date=timezone.now()), code=code)


def validate_minimal_spent(voucher: Voucher, order: Order) -> None:
    if voucher.min_spent and order.total_gross < voucher.min_spent:
        raise NotApplicable("This offer is only valid for orders over %s." % voucher.min_spent)


def apply_discount(order: Order, voucher: Voucher) -> None:
    order.voucher = voucher
    order.discount = voucher.get_discount_amount(order.total_gross)
    order.save(update_fields=["voucher", "discount", "updated_at"])


@login_required
def voucher_form(request: HttpRequest, order_pk: int) -> HttpResponse:
    order = get_object_or_404(Order, pk=order_pk, user=request.user)
    form = VoucherForm(request.POST or None, instance=order)
    return render(request, "checkout/voucher.html", {"form": form, "order": order})


@login_required
@require_POST
def redeem_voucher(request: HttpRequest, order_pk: int, code: str) -> HttpResponse:
    """Apply a voucher to the order and count its use."""
    order = get_object_or_404(Order, pk=order_pk, user=request.user)
    voucher = get_voucher_or_404(code)
    try:
        validate_minimal_spent(voucher, order)
    except NotApplicable as e:
        return JsonResponse({"error": str(e)}, status=400)

    if voucher.usage_limit is not None and voucher.used >= voucher.usage_limit:
        return JsonResponse({"error": "Voucher usage limit reached."}, status=409)

    if VoucherCustomer.objects.filter(voucher=voucher, customer_email=request.user.email).exists():
        return JsonResponse({"error": "This voucher was already used."}, status=409)

    VoucherCustomer.objects.create(voucher=voucher, customer_email=request.user.email)
    voucher.used += 1
    voucher.save(update_fields=["used"])

    apply_discount(order, voucher)
    logger.info("voucher redeemed", extra={"voucher": voucher.code, "order": order.pk})
    messages.success(request, "Voucher applied.")
    return redirect("checkout:summary", order_pk=order.pk)


@login_required
@require_POST
def remove_voucher(request: HttpRequest, order_pk: int) -> HttpResponse:
    order = get_object_or_404(Order, pk=order_pk, user=request.user)
    if order.voucher is not None:
        Voucher.objects.filter(pk=order.voucher.pk).update(used=F("used") - 1)
        order.voucher = None
        order.discount = 0
        order.save(update_fields=["voucher", "discount"])
    return redirect("checkout:summary", order_pk=order.pk)
