"""Who each row is: nobody answers twice unless the command line says how that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhiyin.libs.measure.errors import MeasureError, gettext_noop
from zhiyin.libs.measure.sheets import find

if TYPE_CHECKING:
    from zhiyin.cli.measure.options import Asked, Drawn
    from zhiyin.libs.measure.sheets import Answers, Sheet


class Repeated(MeasureError):
    """A respondent with two rows where each should have one."""

    code = "measure.repeated_respondent"
    message = gettext_noop(
        "Row %(row)s: respondent %(person)s already answered in row %(first)s. Where people may answer more than "
        "once, name their column with --cluster too."
    )


class RepeatedInWave(MeasureError):
    """A respondent with two rows in a wave."""

    code = "measure.repeated_in_wave"
    message = gettext_noop(
        "Row %(row)s: respondent %(person)s already answered in wave %(wave)s (row %(first)s). "
        "With --people independent every row counts as another person."
    )


class Nameless(MeasureError):
    """A row without a respondent where others have one."""

    code = "measure.nameless_row"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: who answered is missing, so the waves cannot be matched. "
        "With --people independent every row counts as another person."
    )


def answers(asked: Asked, drawn: Drawn, *measures: str) -> Answers:
    """The answers to `measures`, one row a respondent; raises `Unusable`, `Repeated`."""
    found = asked.answers(*measures)
    once(found.sheet, asked, drawn, apart=[asked.supplier] if asked.supplier else [])
    return found


def once(sheet: Sheet, asked: Asked, drawn: Drawn, *, apart: Sequence[str] = ()) -> None:
    """That nobody has two rows with the same labels in `apart`; raises `Repeated`.

    Rows that name nobody are not compared, and who is a cluster may answer as often as they like.
    """
    name = find(sheet, "respondent", asked.respondent)
    if name is None or name == find(sheet, "cluster", drawn.cluster):
        return
    again = repeated(sheet, name, apart)
    if again is not None:
        at, first = again
        raise Repeated(row=sheet.row(at), person=sheet.labels(name)[at], first=sheet.row(first))


def repeated(sheet: Sheet, name: str, apart: Sequence[str] = ()) -> tuple[int, int] | None:
    """The first row that repeats an earlier one's respondent and labels in `apart`, and that earlier one."""
    seen: dict[tuple[str | None, ...], int] = {}
    columns = [sheet.labels(each).tolist() for each in (name, *apart)]
    for at, key in enumerate(zip(*columns, strict=True)):
        first = seen.setdefault(key, at)
        if first != at and key[0] is not None:
            return at, first
    return None
