"""Expectations to read: of one case with their history, and the rules that ought to be changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from zhiyin.cases.models import Case, Expectation, ExpectationOption
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.rules import expectations
from zhiyin.cases.rules.expectations import Prompt, Who
from zhiyin.cases.rules.words import EventKind, Kind, Stage
from zhiyin.kit.paging import Leaf, leaf
from zhiyin.people.models import Staff

SIZE = 30
OPTIONS = Prefetch("options", ExpectationOption.objects.order_by("pk"))


def sheets_of(case_id: int) -> list[Expectation]:
    """Every edition with its options, the current one first; two queries."""
    rows = Expectation.objects.filter(case_id=case_id).select_related("by").prefetch_related(OPTIONS)
    return list(rows.order_by("-edition"))


def sheet_of(case_id: int) -> Expectation | None:
    return next(iter(_latest(Expectation.objects.filter(case_id=case_id)).prefetch_related(OPTIONS)), None)


def prompts(case: Case, sheet: Expectation | None) -> tuple[Prompt, ...]:
    """What is worth asking oneself at this stage; one query more for a case that came back."""
    return expectations.prompts(
        Kind(case.kind),
        Stage(case.stage),
        heard=sheet is not None,
        told=sheet is not None and sheet.uncertainty_told_at is not None,
        came_back=sheet is not None and case.round > 1 and _came_back_since(case, sheet),
        help_first=case.in_danger and case.helped_at is None,
    )


def _came_back_since(case: Case, sheet: Expectation) -> bool:
    return case.events.filter(kind=EventKind.REOPENED, at__gt=sheet.at).exists()


def rule_changes(staff: Staff, *, page: int = 1) -> Leaf[ExpectationOption]:
    """What current sheets say a changed rule could do, in cases `staff` may see; two queries."""
    seen = _latest(Expectation.objects.filter(case__in=visible(staff)))
    rows = (
        ExpectationOption.objects.filter(who=Who.RULE, expectation__in=seen.order_by().values("pk"))
        .select_related("expectation__case__customer", "expectation__by")
        .order_by("-pk")
    )
    return leaf(rows, page=page, size=SIZE)


def enclosed(case: Case) -> list[dict[str, Any]] | None:
    """Every edition for the archive, the first one first."""
    found = [_plain(sheet) for sheet in reversed(sheets_of(case.pk))]
    return found or None


def _latest(rows: QuerySet[Expectation]) -> QuerySet[Expectation]:
    newer = Expectation.objects.filter(case=OuterRef("case"), edition__gt=OuterRef("edition"))
    return rows.filter(~Exists(newer)).select_related("by")


def _plain(sheet: Expectation) -> dict[str, Any]:
    told = sheet.uncertainty_told_at
    return {
        "edition": sheet.edition,
        "at": sheet.at.isoformat(),
        "by": sheet.by.name,
        "stated": sheet.stated,
        "genuine": sheet.genuine,
        "genuine_reason": sheet.genuine_reason,
        "practical_need": sheet.practical_need,
        "welcomed": sheet.welcomed,
        "understood": sheet.understood,
        "respected": sheet.respected,
        "psychological_need": sheet.psychological_need,
        "uncertainty": sheet.uncertainty,
        "uncertainty_told_at": told.isoformat() if told else None,
        "options": [
            {
                "who": one.who,
                "text": one.text,
                "cost": None if one.cost is None else f"{one.cost:.2f}",
                "effect": one.effect,
            }
            for one in sheet.options.all()
        ],
    }
