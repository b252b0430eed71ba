"""Numbers read in a constant number of queries, however many cases there are."""

from zhiyin.insight.queries.goodwill import effect_of_goodwill
from zhiyin.insight.queries.measures import (
    GOING_ON,
    OF,
    Asked,
    CaseMeasures,
    Report,
    Row,
    case_ids,
    of_case,
    parts,
    report,
    settled,
)

__all__ = [
    "GOING_ON",
    "OF",
    "Asked",
    "CaseMeasures",
    "Report",
    "Row",
    "case_ids",
    "effect_of_goodwill",
    "of_case",
    "parts",
    "report",
    "settled",
]
