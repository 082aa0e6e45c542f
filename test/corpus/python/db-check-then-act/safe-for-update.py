# safe: the row is locked by the query
from django.db import transaction

from shop.models import Seat


def book(request, number):
    with transaction.atomic():
        seat = Seat.objects.select_for_update().get(number=number)
        if seat.user is not None:
            return False
        Seat.objects.filter(number=number).update(user=request.user)
    return True
