"""Questions of a sheet, wide (a column each) or long (a row an answer), each coded by a rule of its own.

A long sheet's answers are coded before they are spread out, so that an error names the row a person sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.sheets import errors, layout
from zhiyin.libs.measure.sheets.sheet import Floats, Sheet, number, original, shown
from zhiyin.libs.measure.sheets.words import has_role

Coder = Callable[[Sheet, str], Floats]


class NotWhole(errors.Unusable):
    """A fraction where the question has whole numbers for answers."""

    code = "measure.not_whole"
    message = gettext_noop("Row %(row)s, column %(column)s: %(value)s is not a whole number.")


class NoQuestion(errors.Unusable):
    """A question that the sheet does not have."""

    code = "measure.no_question"
    message = gettext_noop("There is no question “%(wanted)s”. There are: %(known)s")


@dataclass(frozen=True)
class Questions:
    """values: (respondents, questions), nan where there is no answer; sheet: one row a respondent."""

    names: tuple[str, ...]
    values: Floats
    sheet: Sheet


def coder(
    *,
    scale: tuple[float, float] | None = None,
    whole: bool = False,
    words: Mapping[str, float] | None = None,
    allowed: str = "",
) -> Coder:
    """A rule for cells: numbers on `scale`, or `words` (lower case) that stand for numbers.

    The rule raises `NotANumber`, or `NotAnAnswer` with `allowed` where there are words, `OutsideScale`, `NotWhole`.
    """

    def code(sheet: Sheet, name: str) -> Floats:
        values = _values(sheet, name, words or {}, allowed)
        sheet.on_scale(name, values, scale)
        with np.errstate(invalid="ignore"):
            broken = (values != np.round(values)) & ~np.isnan(values)
        if whole and broken.any():
            at = int(np.argmax(broken))
            raise NotWhole(row=sheet.row(at), column=name, value=original(sheet.columns[name][at]))
        return values

    return code


def _values(sheet: Sheet, name: str, words: Mapping[str, float], allowed: str) -> Floats:
    cells = sheet.columns[name]
    if cells.dtype != object:
        return cells.astype(float)
    values: list[float | None] = []
    for at, cell in enumerate(cells.tolist()):
        # Words come first: “无” is an answer to “any complaints?” and nothing elsewhere.
        text = cell.strip().lower() if isinstance(cell, str) else ""
        value = words[text] if text in words else number(cell, sheet.decimal)
        if value is None and words:
            raise errors.NotAnAnswer(row=sheet.row(at), column=name, value=shown(cell), allowed=allowed)
        values.append(value)
    sheet.all_numbers(name, values)
    return np.array(values, dtype=float)


def is_long(sheet: Sheet, given: Mapping[str, str]) -> bool:
    """Whether each row is one answer: there is a column of questions and a column of values."""
    return all(layout.find(sheet, role, given.get(role, "")) for role in ("attribute", "value"))


def ask(
    sheet: Sheet,
    code: Coder,
    *,
    names: Sequence[str] = (),
    usual: str = "",
    wanted: str = "value",
    given: Mapping[str, str] | None = None,
    apart: Sequence[str] = (),
    besides: Sequence[str] = (),
) -> Questions:
    """The questions called `names`; without names, those whose heading matches `usual`; without it all of numbers.

    given: columns of a long sheet by role. apart: columns that, with the respondent, tell a long sheet's answers
    apart, such as the wave. besides: columns that hold no question. Raises `NoQuestion`, `NoColumn`,
    `AnsweredTwice` and what the rule raises.
    """
    given = given or {}
    if is_long(sheet, given):
        return _long(sheet, code, names, usual, wanted, given, apart)
    chosen = _chosen(sheet.names, names, usual, wanted, lambda: numeric(sheet, besides))
    return Questions(chosen, np.stack([code(sheet, name) for name in chosen], axis=1), sheet)


def _chosen(
    there: Sequence[str],
    names: Sequence[str],
    usual: str,
    wanted: str,
    others: Callable[[], Sequence[str]],
) -> tuple[str, ...]:
    for name in names:
        if name not in there:
            raise NoQuestion(wanted=name, known=_list(there))
    found = tuple(dict.fromkeys(names))
    if not found and usual:
        pattern = re.compile(usual, re.IGNORECASE)
        found = tuple(name for name in there if pattern.search(name))
    elif not found:
        found = tuple(others())
    if not found:
        raise NoQuestion(wanted=wanted, known=_list(there))
    return found


def numeric(sheet: Sheet, besides: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns that mostly hold numbers and have no other role in the sheet."""
    return tuple(
        name for name in sheet.names if name not in besides and not has_role(name) and sheet.is_numeric(name)
    )


def _long(
    sheet: Sheet,
    code: Coder,
    names: Sequence[str],
    usual: str,
    wanted: str,
    given: Mapping[str, str],
    apart: Sequence[str],
) -> Questions:
    labels = sheet.labels(layout.column(sheet, "attribute", given.get("attribute", "")), whole=True).tolist()
    value = layout.column(sheet, "value", given.get("value", ""))
    there = list(dict.fromkeys(labels))
    chosen = _chosen(there, names, usual, wanted, lambda: there)
    part = sheet.where(np.array([each in chosen for each in labels], dtype=bool))
    who = _people(part, given.get("respondent", ""), apart)
    what = [each for each in labels if each in chosen]
    row_of = {person: at for at, person in enumerate(dict.fromkeys(who))}
    column_of = {name: at for at, name in enumerate(chosen)}
    values = np.full((len(row_of), len(chosen)), np.nan)
    seen: dict[tuple[int, int], int] = {}
    for at, answer in enumerate(code(part, value).tolist()):
        cell = row_of[who[at]], column_of[what[at]]
        if cell in seen:
            raise errors.AnsweredTwice(row=part.row(at), first=part.row(seen[cell]))
        seen[cell] = at
        values[cell] = answer
    keep = np.zeros(len(part), dtype=bool)
    keep[list({person: at for at, person in reversed(list(enumerate(who)))}.values())] = True
    return Questions(chosen, values, part.where(keep))


def _people(sheet: Sheet, respondent: str, apart: Sequence[str]) -> list[tuple[str, ...]]:
    columns = [layout.column(sheet, "respondent", respondent), *apart]
    return list(zip(*(sheet.labels(name, whole=True).tolist() for name in columns), strict=True))


def _list(names: Sequence[str]) -> str:
    return ", ".join(shown(name) for name in names)
