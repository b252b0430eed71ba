"""Rows in and out in one go: a block from a spreadsheet, a file, and the whole table as CSV."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.desk import facts_words, spreadsheets
from zhiyin.desk.forms import facts as forms
from zhiyin.desk.views.facts import frame
from zhiyin.desk.views.facts.frame import Desk
from zhiyin.facts import actions, texts
from zhiyin.facts.rules import blocks, values
from zhiyin.facts.rules.blocks import Heading, Problem
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed

RISKY = ("=", "+", "-", "@")


@doors.needs(Deed.RECORD_FACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, number: str) -> HttpResponse:
    """Take all rows or none; errors are said row by row, and the cells stay in the field to be mended."""
    desk = frame.open_desk(request, number)
    initial = {"outcome": desk.table.outcome.name}
    if request.method != "POST":
        return _page(request, desk, forms.Block(initial=initial), status=200)
    form = forms.Block(request.POST, request.FILES, initial=initial)
    if not form.is_valid():
        return _page(request, desk, form)
    problems: list[Problem] = []
    try:
        form = _with_file(form, request)
        taken, problems = _take(desk, form)
    except (Conflict, Forbidden):
        raise
    except DomainError as error:
        frame.complain(form, error)
        taken = 0
    if not taken:
        return _page(request, desk, form, problems=problems)
    said = ngettext("%(count)s observation taken over", "%(count)s observations taken over", taken)
    ui.toast(request, said % {"count": taken})
    return frame.back(desk.case.number, "#facts-grid")


def _with_file(form: forms.Block, request: HttpRequest) -> forms.Block:
    """The same form with the cells of the file in its field, so that nothing has to be chosen again."""
    upload = form.cleaned_data["file"]
    if not upload:
        return form
    data = request.POST.copy()
    data["text"] = spreadsheets.read(upload)
    again = forms.Block(data)
    again.is_valid()
    return again


def _take(desk: Desk, form: forms.Block) -> tuple[int, list[Problem]]:
    data, sheet = form.cleaned_data, desk.table
    found = blocks.block(data.get("text", ""))
    outcome = values.clean(data["outcome"]) or sheet.outcome.name
    headings = [
        Heading(one.id, outcome, one.kind, one.unit, True) if one.is_outcome else one
        for one in sheet.headings
    ]
    places, rest = blocks.placed(found, headings)
    brought = blocks.wanted(found, places) if rest is not found else []
    if brought and not data["new_columns"]:
        raise blocks.UnknownHeading(field="text", name=brought[0].name)
    stand_ins = {-at: draft for at, draft in enumerate(brought, 1)}
    new = iter([Heading(at, one.name, one.kind, one.unit, False) for at, one in stand_ins.items()])
    complete = [place or next(new) for place in places]
    if not any(place.is_outcome for place in complete):
        raise blocks.NoOutcome(field="text", name=outcome)
    rows, problems = blocks.rows(rest, complete)
    if problems:
        return 0, problems
    renamed = outcome if outcome != sheet.outcome.name else ""
    taken = actions.observe_block(
        case_id=desk.case.pk,
        rows=rows,
        new_columns=stand_ins,
        outcome_name=renamed,
        by=desk.staff,
        now=timezone.now(),
    )
    return taken, []


def _page(
    request: HttpRequest,
    desk: Desk,
    form: forms.Block,
    *,
    problems: list[Problem] | None = None,
    status: int = 422,
) -> HttpResponse:
    found = problems or []
    said = [(one.row, one.column, describe(one.error)) for one in found[: blocks.SHOWN]]
    context = {
        **desk.context,
        "form": form,
        "problems": said,
        "further": max(0, len(found) - blocks.SHOWN),
        "head": [texts.heading(column.name, column.unit) for column in desk.table.columns],
    }
    return render(request, "desk/facts/paste.html", context, status=status)


@doors.needs(Deed.SEE_CASES)
@require_safe
def export(request: HttpRequest, number: str) -> HttpResponse:
    """The table as this person sees it, as CSV that spreadsheets open."""
    desk = frame.open_desk(request, number)
    sheet = desk.table
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="facts-{desk.case.number}.csv"'
    answer.write("\N{BYTE ORDER MARK}")
    out = csv.writer(answer)
    out.writerow([*(_safe(texts.heading(column.name, column.unit)) for column in sheet.columns), _("Case")])
    for row in sheet.rows:
        cells = [_exported(column, facts_words.text(column, row)) for column in sheet.columns]
        out.writerow([*cells, row.case_number])
    return answer


def _exported(column: Any, text: str) -> str:
    return text if column.kind == "number" else _safe(text)


def _safe(text: str) -> str:
    """What a spreadsheet would take for a formula is text."""
    return f"'{text}" if text.startswith(RISKY) else text
