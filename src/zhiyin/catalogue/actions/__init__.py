"""Everything that can be done in the catalogue: one function a deed, each in one transaction."""

from zhiyin.catalogue.actions.guarantee import (
    add_clause,
    discard,
    draft,
    drop_clause,
    move_clause,
    publish,
    save_clause,
    save_draft,
    withdraw,
)
from zhiyin.catalogue.actions.items import save_item, write_procedure
from zhiyin.catalogue.actions.touchpoints import save_touchpoint

__all__ = [
    "add_clause",
    "discard",
    "draft",
    "drop_clause",
    "move_clause",
    "publish",
    "save_clause",
    "save_draft",
    "save_item",
    "save_touchpoint",
    "withdraw",
    "write_procedure",
]
