"""The catalogue, the guarantee and how both are doing."""

from zhiyin.desk.views.catalogue.guarantee import (
    begin,
    clause,
    clause_add,
    clause_drop,
    clause_move,
    discard,
    guarantee,
    preview,
    publish,
    withdraw,
)
from zhiyin.desk.views.catalogue.items import edit, listing, page, procedure
from zhiyin.desk.views.catalogue.results import breach, breach_good, breach_tell, kept, met
from zhiyin.desk.views.catalogue.touchpoints import touchpoint, touchpoints

__all__ = [
    "begin",
    "breach",
    "breach_good",
    "breach_tell",
    "clause",
    "clause_add",
    "clause_drop",
    "clause_move",
    "discard",
    "edit",
    "guarantee",
    "kept",
    "listing",
    "met",
    "page",
    "preview",
    "procedure",
    "publish",
    "touchpoint",
    "touchpoints",
    "withdraw",
]
