"""The customer notes down each time by her link: one form for the thumb, her own rows, the last can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.facts import actions, texts
from zhiyin.facts import queries as facts
from zhiyin.facts.queries import Asked
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Invalid
from zhiyin.kit.language import describe
from zhiyin.people import queries as people
from zhiyin.portal import keys, throttle
from zhiyin.portal.note_form import Note


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, number: str) -> HttpResponse:
    """One observation after the other, as long as the link is open; afterwards a word of thanks."""
    grant, now = keys.granted_facts(request, number), timezone.now()
    asked = facts.asked(grant.case_id, now=now)
    if asked is None:
        return _show(request, "note_closed", number)
    form = Note(request.POST or None, columns=asked.columns, initial={"token": uuid4()}, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            throttle.count(request, "facts")
            actions.observe_as_customer(
                case_id=grant.case_id, texts=form.typed(), client_token=form.cleaned_data["token"], now=now
            )
        except DomainError as error:
            field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
            form.add_error(field, describe(error))
        else:
            ui.toast(request, _("Thank you, it is noted down. See you next time."))
            return redirect("portal:facts", number=number)
    status = 422 if form.errors else 200
    return _show(request, "note", number, status=status, asked=asked, form=form, rows=_rows(asked))


@require_POST
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Take the last one back, or (with `again`) let it stand after all."""
    grant, now = keys.granted_facts(request, number), timezone.now()
    row = keys.whole(request.POST.get("row"))
    if request.GET.get("again"):
        actions.restore_own(case_id=grant.case_id, row_id=keys.whole(request.GET["again"]), now=now)
        ui.toast(request, _("It stands again."))
    else:
        actions.take_back(case_id=grant.case_id, row_id=row, now=now)
        undo = f"{reverse('portal:facts_back', args=[number])}?again={row}"
        ui.toast(request, _("Taken back."), undo=undo)
    return redirect("portal:facts", number=number)


def _rows(asked: Asked) -> list[dict[str, Any]]:
    """Her own rows in words, the newest first."""
    conditions = [column for column in asked.columns if not column.is_outcome]
    return [
        {
            "id": row.id,
            "number": row.number,
            "failed": row.failed,
            "outcome": texts.shown(row.failed),
            "said": [
                (column.name, _value(column, row.cells[column.pk]))
                for column in conditions
                if column.pk in row.cells
            ],
            "last": at == 0,
        }
        for at, row in enumerate(asked.rows)
    ]


def _value(column: Any, value: Any) -> str:
    if column.kind == "time":
        return texts.time(value)
    return texts.shown(value) + (column.unit if column.kind == "number" else "")


def _show(
    request: HttpRequest, template: str, number: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    shared = {"organisation": people.organisation(), "number": number}
    return render(request, f"portal/{template}.html", {**shared, **context}, status=status)
