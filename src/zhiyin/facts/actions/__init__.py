"""Everything that can be done to facts: one function a deed, each in one transaction."""

from zhiyin.facts.actions.asking import ask, observe_as_customer, restore_own, stop_asking, take_back
from zhiyin.facts.actions.columns import (
    add_column,
    change_column,
    move_column,
    remove_column,
    restore_column,
)
from zhiyin.facts.actions.gathering import gather, leave
from zhiyin.facts.actions.rows import change, observe, observe_block, remove, restore
from zhiyin.facts.actions.tables import begin, describe_table

__all__ = [
    "add_column",
    "ask",
    "begin",
    "change",
    "change_column",
    "describe_table",
    "gather",
    "leave",
    "move_column",
    "observe",
    "observe_as_customer",
    "observe_block",
    "remove",
    "remove_column",
    "restore",
    "restore_column",
    "restore_own",
    "stop_asking",
    "take_back",
]
