"""What can be wrong with a table of facts; doorways translate `message % data`."""

from __future__ import annotations

from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Mark `message` for extraction without translating it."""
    return message


class ContrastError(ValueError):
    """Base of this library's errors: a stable `code`, a marked `message` and the facts as `data`."""

    code: ClassVar[str] = "contrast"
    message: ClassVar[str] = gettext_noop("These facts need another look.")

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message % data if data else self.message)


class NoFacts(ContrastError):
    """A table without an observation."""

    code = "contrast.no_facts"
    message = gettext_noop("There is not one observation in this table.")


class NoConditions(ContrastError):
    """Nothing but the outcome."""

    code = "contrast.no_conditions"
    message = gettext_noop("Beside the outcome “%(outcome)s” there is no column to look at.")


class TooLarge(ContrastError):
    """More than a facts table is for."""

    code = "contrast.too_large"
    message = gettext_noop(
        "A facts table holds at most %(rows)s rows and %(columns)s columns; "
        "this one has %(found_rows)s and %(found_columns)s."
    )


class UnreadableFile(ContrastError):
    """No file, or none that is a CSV."""

    code = "contrast.unreadable_file"
    message = gettext_noop("%(file)s cannot be read as a table of facts: %(reason)s")


class BadHeading(ContrastError):
    """A heading that is empty or there twice; `column` counts from 1."""

    code = "contrast.bad_heading"
    message = gettext_noop("Row 1, column %(column)s: the heading “%(name)s” is empty or repeated.")


class UnevenRow(ContrastError):
    """A row with more or fewer cells than the others."""

    code = "contrast.uneven_row"
    message = gettext_noop("Row %(row)s has %(found)s cells instead of %(expected)s.")


class UnknownColumn(ContrastError):
    """A column is named that the table does not have."""

    code = "contrast.unknown_column"
    message = gettext_noop("There is no column “%(column)s”; there are: %(columns)s")


class UnknownKind(ContrastError):
    """A kind of column that is none."""

    code = "contrast.unknown_kind"
    message = gettext_noop("Column %(column)s: “%(kind)s” is none of the kinds %(allowed)s.")


class WrongCell(ContrastError):
    """A cell that does not fit the kind of its column; `row` is the reader's own."""

    code = "contrast.wrong_cell"
    message = gettext_noop("Row %(row)s, column %(column)s: “%(value)s” cannot be read as %(kind)s.")


class OddCell(WrongCell):
    """A cell unlike nearly all others in a column whose kind was not given."""

    code = "contrast.odd_cell"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” cannot be read as %(kind)s, which the others are. "
        "Correct it, leave it empty, or give the kind of the column."
    )


class UnclearOutcome(ContrastError):
    """An outcome of which nobody can know what counts as failed."""

    code = "contrast.unclear_outcome"
    message = gettext_noop("Column %(column)s: which value means failed? There are: %(values)s")


class UnknownFailure(ContrastError):
    """The value that is to mean failed does not occur."""

    code = "contrast.unknown_failure"
    message = gettext_noop("Column %(column)s: “%(failed)s” does not occur. There are: %(values)s")


class BadSetting(ContrastError):
    """An argument outside what the method allows."""

    code = "contrast.bad_setting"
    message = gettext_noop("%(setting)s cannot be %(value)s; it may be %(allowed)s.")
