"""The list of customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhiyin.customers import queries as customers
from zhiyin.customers import rules
from zhiyin.customers.rules import ContactKind
from zhiyin.desk.views.customers.forms import ListFilter
from zhiyin.desk.views.customers.frame import show
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs

PAGE = 50
MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    customer: Any
    places: Sequence[str]
    contact: str


def row(customer: Any) -> Row:
    """A customer with masked telephone and what is hers, from what the query fetched."""
    points = list(customer.contact_points.all())
    phone = next(
        (point for point in points if point.kind == ContactKind.PHONE), points[0] if points else None
    )
    places = [relation.object.name for relation in customer.object_relations.all()]
    masked = rules.mask(ContactKind(phone.kind), phone.value) if phone else ""
    return Row(customer, list(dict.fromkeys(places))[:MOST_PLACES], masked)


@require_safe
@needs(Deed.SEE_CUSTOMERS, Deed.SEE_ALL_CASES)
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody in sight, filtered."""
    form = ListFilter(request.GET)
    filters = form.filters()
    page = Paginator(customers.listing(me(request), filters), PAGE).get_page(request.GET.get("page"))
    asked = filters != customers.Filters()
    context = {"form": form, "page": page, "rows": [row(customer) for customer in page], "asked": asked}
    return show(request, "list", context)
