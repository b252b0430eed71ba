"""Why a sheet cannot be used, with the row and the column a person will find in their own program."""

from __future__ import annotations

from zhiyin.libs.measure.errors import MeasureError, gettext_noop


class Unusable(MeasureError):
    """Base: nothing of the sheet was used."""

    code = "measure.unusable"
    message = gettext_noop("This sheet cannot be used.")


class NoFile(Unusable):
    """No file there, or none that may be read."""

    code = "measure.no_file"
    message = gettext_noop("There is no readable file %(file)s.")


class UnknownFormat(Unusable):
    """Neither CSV nor XLSX nor Parquet, or broken."""

    code = "measure.unknown_format"
    message = gettext_noop("%(file)s cannot be read as %(format)s: %(reason)s")


class Empty(Unusable):
    """A header at most."""

    code = "measure.empty"
    message = gettext_noop("%(file)s holds no answers.")


class BadHeader(Unusable):
    """Two columns of one name, or one without."""

    code = "measure.bad_header"
    message = gettext_noop("Row 1, column %(column)s: the heading “%(name)s” is empty or there twice.")


class RaggedRow(Unusable):
    """A row with more cells than the header."""

    code = "measure.ragged_row"
    message = gettext_noop("Row %(row)s has %(found)s cells, the header %(expected)s.")


class NoColumn(Unusable):
    """A column that the command needs is not there."""

    code = "measure.no_column"
    message = gettext_noop("There is no column for “%(wanted)s”. The columns are: %(columns)s")


class Unpaired(Unusable):
    """An attribute with one of the columns it needs, without the other."""

    code = "measure.unpaired"
    message = gettext_noop("“%(attribute)s” has a column for %(there)s and none for %(missing)s.")


class NotANumber(Unusable):
    """Text where a number belongs."""

    code = "measure.not_a_number"
    message = gettext_noop("Row %(row)s, column %(column)s: “%(value)s” is not a number.")


class OutsideScale(Unusable):
    """A number that is not on the scale."""

    code = "measure.outside_scale"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: %(value)s is not on the scale from %(low)s to %(high)s."
    )


class NotPositive(Unusable):
    """A weight or an amount that is not above zero."""

    code = "measure.not_positive"
    message = gettext_noop("Row %(row)s, column %(column)s: %(value)s is not above zero.")


class NotAnAnswer(Unusable):
    """A word that is none of the answers of the question."""

    code = "measure.not_an_answer"
    message = gettext_noop("Row %(row)s, column %(column)s: “%(value)s” is none of %(allowed)s.")


class AnsweredTwice(Unusable):
    """In a long sheet: two rows for the same respondent, attribute and measure."""

    code = "measure.answered_twice"
    message = gettext_noop("Row %(row)s answers what row %(first)s had already answered.")


class CellMissing(Unusable):
    """An empty cell where a design needs a value."""

    code = "measure.cell_missing"
    message = gettext_noop("Row %(row)s, column %(column)s: there must be a value here.")


class SaidTwice(Unusable):
    """A figure that should be the same on every row and is not."""

    code = "measure.said_twice"
    message = gettext_noop("Row %(row)s, column %(column)s: %(value)s, where an earlier row says %(first)s.")
