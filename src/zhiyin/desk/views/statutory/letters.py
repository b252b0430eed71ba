"""Formal letters: the register, one letter, what is done with it, and how it will look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhiyin.desk.forms.lists import page_number
from zhiyin.desk.forms.statutory import LetterText, SendBack
from zhiyin.desk.views.statutory.frame import complain
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, NotFound
from zhiyin.kit.fields import VersionField
from zhiyin.people import access, doors
from zhiyin.people.access import Deed
from zhiyin.statutory import actions, pdf, queries
from zhiyin.statutory.actions.letters import WRITTEN
from zhiyin.statutory.rules.words import LetterState

DEEDS = frozenset({"save", "submit", "issue", "send_back", "correct"})


@doors.needs(Deed.SEE_CASES)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every letter, by number; `?waiting=1` those that wait for approval."""
    waiting = request.GET.get("waiting") == "1"
    page = queries.register(doors.me(request), page=page_number(request.GET.get("page")), waiting=waiting)
    context = {"page": page, "now": timezone.now(), "waiting": waiting}
    return render(request, "desk/statutory/letters.html", context)


@doors.needs(Deed.SEE_CASES)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: to be written, to be approved, or as it was issued."""
    letter = queries.letter(doors.me(request), pk)
    return _page(request, letter, _form(letter), SendBack(), now=timezone.now())


@doors.needs(Deed.ESCALATE)
@require_POST
def do(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Save, hand in, issue, send back, or begin a correction."""
    now, staff = timezone.now(), doors.me(request)
    letter = queries.letter(staff, pk)
    if act not in DEEDS:
        raise NotFound
    form, back = LetterText(request.POST), SendBack(request.POST)
    used = back if act == "send_back" else form if act in {"save", "submit"} else None
    if used is not None and not used.is_valid():
        return _page(request, letter, form if used is form else _form(letter), back, now=now, status=422)
    try:
        made, said = _run(act, letter, form, back, by=staff, now=now)
    except Forbidden:
        raise
    except DomainError as error:
        letter = queries.letter(staff, pk)
        shown = _again(form, letter, error) if used is form else _form(letter, bound=True)
        complain(back if used is back else shown, error)
        return _page(request, letter, shown, back if used is back else SendBack(), now=now, status=422)
    ui.toast(request, said)
    return redirect("desk:letter", pk=made.pk)


@doors.needs(Deed.SEE_CASES)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How a letter that has not been issued will look; it carries no number."""
    letter = queries.letter(doors.me(request), pk)
    if letter.state == LetterState.ISSUED:
        return redirect("file", letter.file_id)
    response = HttpResponse(pdf.letter(letter, queries.profile()), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="draft.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _run(
    act: str, letter: Any, form: LetterText, back: SendBack, *, by: Any, now: datetime
) -> tuple[Any, str]:
    common = {"letter_id": letter.pk, "by": by, "now": now}
    if act in {"save", "submit"}:
        saved = actions.rewrite(**common, version=form.cleaned_data["version"], words=form.words())
        if act == "save":
            return saved, _("The draft is kept")
        return actions.submit(**common), _("Handed to the supervisor")
    if act == "issue":
        issued = actions.issue(**common, version=VersionField().clean(form.data.get("version")))
        return issued, _("Issued as %(number)s") % {"number": issued.number}
    if act == "send_back":
        return actions.send_back(**common, reason=back.cleaned_data["reason"]), _("Sent back")
    return actions.correct(**common), _("A correction is begun; the issued letter stays as it is")


def _again(form: LetterText, letter: Any, error: DomainError) -> LetterText:
    """The form as it was typed; after somebody else's change it counts as made from what there is now."""
    if not isinstance(error, Conflict):
        return form
    data = form.data.copy()
    data["version"] = str(letter.version)
    again = LetterText(data)
    again.is_valid()
    return again


def _form(letter: Any, *, bound: bool = False) -> LetterText:
    said = {name: getattr(letter, name) for name in (*WRITTEN, "version")}
    return LetterText(said) if bound else LetterText(initial=said)


def _page(
    request: HttpRequest, letter: Any, form: LetterText, back: SendBack, *, now: datetime, status: int = 200
) -> HttpResponse:
    staff = doors.me(request)
    state = LetterState(letter.state)
    may_write = access.may(staff, Deed.ESCALATE)
    context = {
        "letter": letter,
        "case": letter.transfer.case,
        "form": form,
        "back": back,
        "now": now,
        "writing": (may_write and state is LetterState.DRAFT) or (form.is_bound and bool(form.errors)),
        "may_write": may_write,
        "may_issue": access.may(staff, Deed.ISSUE_LETTER)
        and state is LetterState.WAITING
        and letter.written_by_id != staff.pk,
        "parts": [
            (_("What was found"), letter.finding),
            (_("What is put right"), letter.remedy),
            (_("What keeps it from happening again"), letter.prevention),
        ],
    }
    return render(request, "desk/statutory/letter.html", context, status=status)
