"""Numbers read in a constant number of queries, however many cases there are."""

from zhiyin.insight.queries.goodwill import effect_of_goodwill
from zhiyin.insight.queries.measures import (
    OF,
    Asked,
    CaseMeasures,
    Report,
    Row,
    case_ids,
    of_case,
    report,
    settled,
)

__all__ = [
    "OF",
    "Asked",
    "CaseMeasures",
    "Report",
    "Row",
    "case_ids",
    "effect_of_goodwill",
    "of_case",
    "report",
    "settled",
]
