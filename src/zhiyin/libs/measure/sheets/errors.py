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


class NoWorkbook(UnknownFormat):
    """Called like a workbook, and none."""

    message = gettext_noop(
        "%(file)s is called like a workbook and is none. If it holds text, call it .csv; else save it anew from "
        "the program it comes from."
    )


class Empty(Unusable):
    """A header at most."""

    code = "measure.empty"
    message = gettext_noop("%(file)s holds no answers.")


class BadHeader(Unusable):
    """A column without a name."""

    code = "measure.bad_header"
    message = gettext_noop(
        "Row 1, column %(column)s has no heading. Headings belong in the first row, one above each column: "
        "remove title rows above them and split merged cells."
    )


class TwoAlike(BadHeader):
    """Two columns of one name."""

    message = gettext_noop(
        "Row 1: columns %(first)s and %(column)s have the same heading, “%(name)s”. Rename one of them; under "
        "merged cells write the whole heading above each column."
    )


class RaggedRow(Unusable):
    """A row with more cells than the header."""

    code = "measure.ragged_row"
    message = gettext_noop("Row %(row)s has %(found)s cells, the header %(expected)s.")


class TitleRow(RaggedRow):
    """A header of one cell above rows of many."""

    message = gettext_noop(
        "Row 1 holds nothing but “%(title)s”, row %(row)s has %(found)s cells: row 1 looks like a title. Remove "
        "the rows above the headings."
    )


class NoColumn(Unusable):
    """A column that the command needs is not there."""

    code = "measure.no_column"
    message = gettext_noop("There is no column for “%(wanted)s”. The columns are: %(columns)s")


class NoMeasure(NoColumn):
    """No column for a measure of attributes."""

    message = gettext_noop(
        "There is no column for “%(wanted)s”. The columns are: %(columns)s. "
        "A heading like “price (%(wanted)s)” is understood."
    )


class NoRole(NoColumn):
    """No column of a usual name for something that an option may name."""

    message = gettext_noop(
        "There is no column for “%(wanted)s”. The columns are: %(columns)s. "
        "Call it “%(wanted)s”, or say which it is with %(option)s=heading."
    )


class NotUnderstood(Unusable):
    """A column of numbers that was surely meant for a measure."""

    code = "measure.not_understood"
    message = gettext_noop(
        "The heading “%(column)s” sounds like a measure of an attribute, but cannot be understood. Write "
        "“price (importance)” or “price (performance)”; a column that does not belong here, delete or rename."
    )


class TwoColumns(Unusable):
    """Two columns for one measure of one attribute."""

    code = "measure.two_columns"
    message = gettext_noop("“%(first)s” and “%(second)s” say the same of one attribute. Keep one of them.")


class WhichColumn(Unusable):
    """Two columns that may be meant."""

    code = "measure.which_column"
    message = gettext_noop(
        "“%(first)s” and “%(second)s” may both be the %(wanted)s. Say which with %(option)s=heading."
    )


UNUSED = gettext_noop("Columns not used: %(columns)s")
BROKEN = gettext_noop(
    "%(count)s cells hold a formula's error and count as no answer, the first in row %(row)s, column %(column)s: "
    "%(value)s"
)
TOTALS = gettext_noop("Row %(row)s (“%(name)s”) sums up the others and is left out.")
WORKSHEET = gettext_noop("Read from the worksheet “%(name)s”; not read: %(others)s")


class Unpaired(Unusable):
    """An attribute with one of the columns it needs, without the other."""

    code = "measure.unpaired"
    message = gettext_noop("“%(attribute)s” has a column for %(there)s and none for %(missing)s.")


class NotANumber(Unusable):
    """Text where a number belongs."""

    code = "measure.not_a_number"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a number. "
        "Where there is no answer, leave the cell empty."
    )


class NotNumbers(NotANumber):
    """More than one text in a column of numbers."""

    message = gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a number, nor are %(more)s more cells of the column. "
        "Where there is no answer, leave the cell empty."
    )


class OutsideScale(Unusable):
    """A number that is not on the scale."""

    code = "measure.outside_scale"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: %(value)s is not on the scale from %(low)s to %(high)s."
    )


class ManyOutside(OutsideScale):
    """More than one number of a column that is not on the scale."""

    message = gettext_noop(
        "Row %(row)s, column %(column)s: %(value)s is not on the scale from %(low)s to %(high)s, nor are "
        "%(more)s more cells of the column. If it was asked on another scale, name it with --scale."
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
