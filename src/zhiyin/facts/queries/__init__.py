"""Reading facts: the table of a case with what may be seen of it, its analysis, and the customer's side."""

from zhiyin.facts.queries.analysis import Answer, analysis
from zhiyin.facts.queries.customers import Asked, asked
from zhiyin.facts.queries.enclosed import enclosed
from zhiyin.facts.queries.listing import Listed, listing
from zhiyin.facts.queries.tables import Row, Sheet, alike_to_gather, may_record, sheet, table_of, tables_alike

__all__ = [
    "Answer",
    "Asked",
    "Listed",
    "Row",
    "Sheet",
    "alike_to_gather",
    "analysis",
    "asked",
    "enclosed",
    "listing",
    "may_record",
    "sheet",
    "table_of",
    "tables_alike",
]
