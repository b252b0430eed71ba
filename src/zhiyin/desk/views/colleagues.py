"""Between colleagues: what they want of me, mentions, requests inside the house, and how departments answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.rules.colleagues import ALIVE
from zhiyin.desk.forms import colleagues as forms
from zhiyin.desk.forms.lists import page_number
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Forbidden, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed

VIEWS = {
    "to_me": gettext_lazy("Asked of me"),
    "from_me": gettext_lazy("Asked by me"),
    "mentions": gettext_lazy("Mentions"),
    "departments": gettext_lazy("How departments answer"),
}
COUNTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Deal:
    """One thing that can be done with a request."""

    form: type[Any]
    run: Callable[..., Any]
    done: Any
    timed: bool = False


DEALS = {
    "take": Deal(forms.Nothing, actions.take_request, gettext_lazy("You have taken it up.")),
    "answer": Deal(forms.Answer, actions.answer_request, gettext_lazy("Answered.")),
    "decline": Deal(forms.Decline, actions.decline_request, gettext_lazy("Declined, with your reason.")),
    "noted": Deal(forms.Nothing, actions.note_end, gettext_lazy("Noted.")),
    "judge": Deal(forms.Judge, actions.judge_answer, gettext_lazy("Written down."), timed=True),
    "withdraw": Deal(
        forms.Withdraw, actions.withdraw_request, gettext_lazy("They know that no answer is needed.")
    ),
}


@doors.needs(Deed.ANSWER_REQUEST)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Requests and mentions, under four headings."""
    staff, now = doors.me(request), timezone.now()
    view = request.GET.get("view", "")
    waiting = cases.waiting(staff)
    if view not in VIEWS:  # where something waits, else at the first
        view = next((name for name, count in waiting.items() if count), "to_me")
    number = page_number(request.GET.get("page"))
    context: dict[str, Any] = {
        "view": view,
        "views": [(name, label, f"?view={name}", waiting.get(name, 0)) for name, label in VIEWS.items()],
        "now": now,
        "number": number,
    }
    if view == "mentions":
        context["mentions"], context["more"] = cases.mentions(staff, page=number)
    elif view == "departments":
        context["records"] = cases.records(since=now - COUNTED)
    else:
        rows, context["more"] = cases.requests(staff, view=view, page=number)
        context["rows"] = [(row, clock(row, now=now)) for row in rows]
    return render(request, "desk/colleagues/list.html", context)


@doors.needs(Deed.ANSWER_REQUEST)
@require_POST
def mention(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to where one is mentioned; from then on it counts as read."""
    staff = doors.me(request)
    found = cases.mention(staff, pk)
    actions.read_mentions(mention_ids=[found.pk], by=staff, now=timezone.now())
    try:
        number = cases.get(staff, found.case.number).number
    except NotFound:
        shared = cases.request_where_notes_are(staff, found.case)
        if shared is None:
            raise
        return redirect("desk:request", pk=shared.pk)
    return redirect(f"{reverse('desk:case', args=[number])}?only=inside#timeline")


@doors.needs(Deed.ANSWER_REQUEST)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Every mention is read."""
    actions.read_mentions(by=doors.me(request), now=timezone.now())
    ui.toast(request, _("All mentions are read."))
    return redirect(f"{reverse('desk:colleagues')}?view=mentions")


@doors.needs(Deed.ANSWER_REQUEST, Deed.SEE_CASES)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its answers."""
    return _page(request, pk)


@doors.needs(Deed.ANSWER_REQUEST)
@require_POST
def deal(request: HttpRequest, pk: int, deal: str) -> HttpResponse:
    """Take it up, answer, decline; for whoever asked: look at the answer, or let it go."""
    if deal not in DEALS:
        raise NotFound
    one, now = DEALS[deal], timezone.now()
    form = one.form(request.POST, now=now) if one.timed else one.form(request.POST)
    if not form.is_valid():
        return _page(request, pk, wanted=deal, form=form, status=422)
    try:
        one.run(request_id=pk, by=doors.me(request), now=now, **form.cleaned_data)
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
        form.add_error(field, describe(error))
        return _page(request, pk, wanted=deal, form=form, status=422)
    ui.toast(request, str(one.done))
    return redirect("desk:request", pk=pk)


def clock(row: Any, *, now: Any) -> ui.Clock | None:
    """How near a request is to its time; nothing once it has been answered or let go."""
    asked = row.request
    if asked.state not in ALIVE:
        return None
    whole = asked.due_at - asked.asked_at
    left = asked.due_at - now
    share = round(100 * (left / whole)) if whole else 0
    return ui.running(left, share=share, soon=asked.reminded_at is not None or now >= asked.remind_at)


def _page(
    request: HttpRequest, pk: int, *, wanted: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    staff, now = doors.me(request), timezone.now()
    page = cases.request_page(staff, pk)
    own = {
        "answer": forms.Answer(),
        "decline": forms.Decline(),
        "judge": forms.Judge(now=now),
        "withdraw": forms.Withdraw(),
    }
    if form is not None:
        own[wanted] = form
    context = {
        "page": page,
        "row": page.asked.request,
        "badge": clock(page.asked, now=now),
        "forms": own,
        "wanted": wanted,
        "problem": form.non_field_errors() if form is not None and wanted == "take" else [],
        "now": now,
    }
    return render(request, "desk/colleagues/request.html", context, status=status)
