"""What the customer pages share: their door, their frame, addresses of other faces."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.doors import me


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A customer page, with what the reader may do."""
    staff = me(request)
    deeds = {
        "may_edit": access.may(staff, Deed.EDIT_CUSTOMERS),
        "may_reveal": access.may(staff, Deed.REVEAL_CONTACT),
        "may_promise": access.may(staff, Deed.PROMISE),
        "may_open_case": access.may(staff, Deed.OPEN_CASE),
        "may_list": access.may(staff, Deed.SEE_CUSTOMERS) or access.may(staff, Deed.SEE_ALL_CASES),
    }
    filled = {"nav_id": "customers", "now": timezone.now()} | deeds | context
    return render(request, f"customers/{template}.html", filled, status=status)


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the form asked to go afterwards, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return otherwise
