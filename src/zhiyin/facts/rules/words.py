"""The kinds of column, how large a table may grow, and what stands in the way of more."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Conflict, DomainError, Invalid, gettext_noop

COLUMNS, ROWS, OPTIONS = 20, 500, 8
OWN = 200
"""So many of a table's rows may be one customer's, or she could keep everybody else out."""
NAME, TEXT, UNIT, WORDING, OPTION, REQUEST = 40, 60, 12, 120, 20, 300
"""Longest texts, in characters."""
PASTED = 200_000


class Kind(Choice):
    """What a column holds; the analysis compares a place as it does a category."""

    TIME = "time", gettext_noop("Date or time")
    PLACE = "place", gettext_noop("Place or room")
    YESNO = "yesno", gettext_noop("Yes/no")
    CATEGORY = "category", gettext_noop("Category")
    NUMBER = "number", gettext_noop("A quantity")


class NoTable(DomainError):
    code = "facts.no_table"
    message = gettext_noop("This case has no facts table yet. Begin one first.")


class HasTable(Conflict):
    code = "facts.has_table"
    message = gettext_noop("This case has a facts table already.")


class NotClosedList(Invalid):
    code = "facts.options"
    message = gettext_noop("At most %(most)s answers to choose from, each up to %(long)s characters.")


class NameMissing(Invalid):
    code = "facts.name_missing"
    message = gettext_noop("A column needs a name.")


class NameTaken(Invalid):
    code = "facts.name_taken"
    message = gettext_noop("There is a column called “%(name)s” already.")


class KindStays(Invalid):
    code = "facts.kind_stays"
    message = gettext_noop(
        "“%(name)s” has values already: its kind and unit stay. Add another column instead."
    )


class OutcomeStays(Invalid):
    code = "facts.outcome_stays"
    message = gettext_noop(
        "The column that says whether it failed stays: without it there is nothing to compare."
    )


class TooManyColumns(DomainError):
    code = "facts.too_many_columns"
    message = gettext_noop("A facts table holds at most %(most)s columns.")


class TooManyRows(DomainError):
    code = "facts.too_many_rows"
    message = gettext_noop("A facts table holds at most %(most)s observations; this one has %(found)s.")


class Empty(Invalid):
    code = "facts.empty"
    message = gettext_noop("Whether it failed is still missing.")


class RowChanged(Conflict):
    code = "facts.row_changed"
    message = gettext_noop("Somebody has just changed this observation. What you wrote is still here.")


class NotAsked(DomainError):
    code = "facts.not_asked"
    message = gettext_noop("We are not collecting observations any more. Thank you for those you sent.")


class Together(DomainError):
    code = "facts.together"
    message = gettext_noop("These two share a facts table already.")


class Alone(DomainError):
    code = "facts.alone"
    message = gettext_noop("No other case shares this facts table.")
