"""What a customer is asked to note down, and what she has noted so far. Other people's rows are never hers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhiyin.cases import links
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import LinkPurpose, Stage
from zhiyin.facts.models import Column, FactTable, Observation
from zhiyin.facts.queries.tables import Row, table_of

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One customer's form: the questions in order, and her own rows, the newest first. `total` counts all of them.

    subject: of her own case. The table may be named after somebody else's.
    """

    table: FactTable
    subject: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int

    @property
    def outcome(self) -> Column:
        return next(column for column in self.columns if column.is_outcome)


def asked(case_id: int, *, now: datetime) -> Asked | None:
    """The form behind a link that is still open; None when nothing is collected for this case any more."""
    case = Case.objects.filter(pk=case_id).exclude(stage=Stage.ARCHIVED).only("subject").first()
    table = table_of(case_id) if case else None
    if (
        case is None
        or table is None
        or not links.is_open(case_id=case_id, purpose=LinkPurpose.FACTS, now=now)
    ):
        return None
    columns = Column.objects.filter(table=table, removed_at__isnull=True, asked=True)
    hers = Observation.objects.filter(
        table=table, case_id=case_id, entered_by__isnull=True, removed_at__isnull=True
    )
    total = hers.count()
    rows = [
        Row(
            id=one.pk,
            number=total - place,
            case_id=case_id,
            case_number="",
            failed=one.failed,
            cells={int(column): value for column, value in one.cells.items()},
            entered_at=one.entered_at,
            who="",
            version=one.version,
        )
        for place, one in enumerate(hers.order_by("-pk")[:SHOWN])
    ]
    return Asked(
        table=table,
        subject=case.subject,
        columns=tuple(columns.order_by("-is_outcome", "position", "pk")),
        rows=tuple(rows),
        total=total,
    )
