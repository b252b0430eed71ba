"""Cases as a board: where it jams, and the step that carries a card on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.queries import Card, Do
from zhiyin.cases.rules.moves import Step
from zhiyin.desk import statutory, words
from zhiyin.desk.forms.lists import CaseFilters
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, gettext_noop
from zhiyin.kit.fields import VersionField
from zhiyin.kit.language import describe, say
from zhiyin.people import access, doors
from zhiyin.people.access import Deed

AT_ONCE = {Do.TAKE: actions.take, Do.ACCEPT: actions.accept}


DEPARTMENTS = {Step.ASSIGN, Step.INVESTIGATE, Step.PROPOSE, Step.REMEDY}


class NotFromHere(DomainError):
    code = "desk.not_from_here"
    message = gettext_noop("A card does not go there from here.")


@dataclass(frozen=True, slots=True)
class Hung:
    """A card as it hangs, with its clock and its moves in words."""

    card: Card
    clock: ui.Clock | None
    statutory: ui.Clock | None
    moves: list[dict[str, Any]]

    @property
    def whose(self) -> str:
        """Who has to do something: the department while it has the case, else whoever is in charge."""
        card = self.card
        if card.step in DEPARTMENTS and (card.handler or card.department):
            return card.handler or card.department
        return card.owner

    @property
    def allowed(self) -> str:
        return " ".join(move["place"] for move in self.moves if not move["why"])


@doors.needs(Deed.SEE_CASES)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The whole board, or only its columns when it looks for news."""
    now, staff = timezone.now(), doors.me(request)
    form = CaseFilters(request.GET, staff=staff, state="all")
    found = cases.board(staff, form.filters(), now=now)
    owed = statutory.badges((card.id for column in found.columns for card in column.cards), now=now)
    context = {
        "form": form,
        "board": found,
        "columns": [
            (column, [_hung(card, owed.get(card.id), staff, now) for card in column.cards])
            for column in found.columns
        ],
        "now": now,
        "may_open": access.may(staff, Deed.OPEN_CASE),
    }
    return render(request, "desk/board_columns.html" if request.htmx else "desk/board.html", context)  # type: ignore[attr-defined]  # htmx is set by its middleware


@doors.needs(Deed.SEE_CASES)
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Carry a card on: done at once where nothing has to be written, else the form of that step opens."""
    now, staff = timezone.now(), doors.me(request)
    page = cases.page(staff, number, now=now)
    asked = request.POST.get("to", "")
    found = next((one for one in cases.moves_of(page.card, staff) if one.place == asked), None)
    if found is None:
        raise NotFromHere
    if found.why is not None:
        raise found.why
    if found.do in AT_ONCE and found.do is not None:
        seen = VersionField().clean(request.POST.get("version"))  # what the board showed
        AT_ONCE[found.do](case_id=page.case.pk, by=staff, now=now, version=seen)
        ui.toast(request, _("%(number)s is yours now") % {"number": page.case.number})
        return _go(request, reverse("desk:board"))
    return _go(request, f"{reverse('desk:case', args=[page.case.number])}?do={found.do}#deed")


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _hung(card: Card, owed: ui.Clock | None, staff: Any, now: Any) -> Hung:
    clock = words.clock(card.clock, now=now)
    return Hung(card=card, clock=clock, statutory=owed, moves=list(_moves(card, staff)))


def _moves(card: Card, staff: Any) -> Iterator[dict[str, Any]]:
    """What may be done, then what may not yet, places with the same reason in one line."""
    closed: dict[str, list[str]] = {}
    for one in cases.moves_of(card, staff):
        if one.why is not None:
            closed.setdefault(describe(one.why), []).append(str(say(one.place)))
        elif one.do is not None:
            yield {"place": one.place.value, "label": say(one.do), "why": ""}
    for why, names in closed.items():
        yield {"place": "", "label": pgettext("between names", ", ").join(names), "why": why}
