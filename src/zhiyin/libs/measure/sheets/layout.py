"""Finding the answers in a sheet: wide (a column for each measure of each attribute) or long (a row for each answer).

Wide headings join measure and attribute: `importance_price`, `重要度：价格`, `价格（满意度）`, `price.performance`.
Long sheets have a column for the attribute, and either a column for each measure or the columns measure and value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.sheets import errors
from zhiyin.libs.measure.sheets.headings import headings, sounds_like_a_measure, understood, whole
from zhiyin.libs.measure.sheets.sheet import Floats, Sheet, shown
from zhiyin.libs.measure.sheets.words import COLUMNS, MEASURES, OPTIONS, SPOKEN, is_a

_DRAWN = ("weight", "stratum", "cluster")


@dataclass(frozen=True)
class Answers:
    """The answers to some measures of the same attributes: each (respondents, attributes), nan where there is none."""

    attributes: tuple[str, ...]
    measures: dict[str, Floats]
    sheet: Sheet
    """One row a respondent: of a wide sheet itself, of a long one the first row of each respondent."""

    def __getitem__(self, measure: str) -> Floats:
        """The answers to one measure."""
        return self.measures[measure]


def find(sheet: Sheet, role: str, given: str = "") -> str | None:
    """The heading of the column for `role`: the one given, or one by a usual name; raises `NoColumn`."""
    if given:
        if given not in sheet.columns:
            raise errors.NoColumn(wanted=given, columns=_list(sheet))
        return given
    usual = COLUMNS[role]
    fits = sorted((n for n in sheet.names if is_a(role, n)), key=lambda n: usual.index(n.strip().lower()))
    if len(fits) > 1 and role in _DRAWN:
        raise errors.WhichColumn(first=fits[0], second=fits[1], wanted=SPOKEN[role], option=f"--{role}")
    if fits:
        return fits[0]
    return whole(sheet.names) if role == "overall" else None


def column(sheet: Sheet, role: str, given: str = "") -> str:
    """As `find`, for a column that must be there; raises `NoColumn`."""
    name = find(sheet, role, given)
    if name is None:
        kind = errors.NoRole if role in OPTIONS else errors.NoColumn
        raise kind(wanted=SPOKEN.get(role, role), columns=_list(sheet), option=f"--{role}")
    return name


def answers(
    sheet: Sheet,
    measures: Sequence[str],
    *,
    scale: tuple[float, float] | None = None,
    words: dict[str, float] | None = None,
    allowed: str = "",
    given: dict[str, str] | None = None,
) -> Answers:
    """The answers to `measures`, every attribute with all of them.

    `words` codes answers given in words; `given` names columns for the roles of a long sheet. Raises `NoColumn`,
    `Unpaired`, `NotANumber`, `OutsideScale`, `NotAnAnswer`, `AnsweredTwice`.
    """
    reader = _Reader(sheet, scale, words, allowed)
    long = find(sheet, "attribute", (given or {}).get("attribute", "")) is not None
    look_over(sheet, set((given or {}).values()), long=long)
    return (_long if long else _wide)(reader, measures, given or {})


def look_over(sheet: Sheet, given: set[str], *, long: bool) -> None:
    """Remark on columns that nothing uses; raise `NotUnderstood` for one that was surely meant to be used."""
    unused = [n for n in sheet.names if n.strip() and n not in given | sheet.named and not understood(n)]
    for name in unused:
        if not long and sounds_like_a_measure(name) and sheet.is_numeric(name):
            raise errors.NotUnderstood(column=name)
    if unused:
        sheet.remark(Note(errors.UNUSED, {"columns": ", ".join(map(shown, unused))}))


@dataclass(frozen=True)
class _Reader:
    sheet: Sheet
    scale: tuple[float, float] | None
    words: dict[str, float] | None
    allowed: str

    def column(self, name: str, sheet: Sheet | None = None) -> Floats:
        sheet = sheet or self.sheet
        if self.words is not None:
            return sheet.coded(name, self.words, allowed=self.allowed)
        return sheet.numbers(name, scale=self.scale)


def present(
    sheet: Sheet, measures: Sequence[str], *, attribute: str = "", measure: str = ""
) -> tuple[str, ...]:
    """Those of `measures` that a wide or long sheet has answers to; raises `NoColumn` for a column not there."""
    if not find(sheet, "attribute", attribute):
        return tuple(name for name in measures if headings(sheet.names, name))
    kind = find(sheet, "measure", measure)
    if kind is None:
        said = {name.strip().lower() for name in sheet.names}
    else:
        said = {text.lower() for text in sheet.labels(kind, whole=True)}
    return tuple(name for name in measures if said & set(MEASURES[name]))


def _wide(reader: _Reader, measures: Sequence[str], given: dict[str, str]) -> Answers:
    sheet = reader.sheet
    names = [name for name in sheet.names if name not in given.values()]
    found = {measure: headings(names, measure) for measure in measures}
    for measure, columns in found.items():
        if not columns:
            raise errors.NoMeasure(wanted=SPOKEN.get(measure, measure), columns=_list(sheet))
    attributes = tuple(found[measures[0]])
    for measure in measures:
        for attribute in {**found[measures[0]], **found[measure]}:
            if attribute not in found[measure] or attribute not in found[measures[0]]:
                there, missing = (
                    (measures[0], measure) if attribute in found[measures[0]] else (measure, measures[0])
                )
                raise errors.Unpaired(attribute=attribute, there=SPOKEN[there], missing=SPOKEN[missing])
    arrays = {
        measure: np.stack([reader.column(columns[attribute]) for attribute in attributes], axis=1)
        for measure, columns in found.items()
    }
    return Answers(attributes, arrays, sheet)


def _long(reader: _Reader, measures: Sequence[str], given: dict[str, str]) -> Answers:
    sheet = reader.sheet
    attribute = column(sheet, "attribute", given.get("attribute", ""))
    people, who = _codes(_people(sheet, attribute, given))
    things, what = _codes(sheet.labels(attribute, whole=True))
    arrays = {measure: np.full((len(people), len(things)), np.nan) for measure in measures}
    kind = find(sheet, "measure", given.get("measure", ""))
    for measure in measures:
        if kind is None:
            name = next((n for n in sheet.names if n.strip().lower() in MEASURES[measure]), None)
            chosen = np.ones(len(sheet), dtype=bool)
        else:
            name = column(sheet, "value", given.get("value", ""))
            labels = sheet.labels(kind, whole=True)
            chosen = np.array([text.lower() in MEASURES[measure] for text in labels], dtype=bool)
        if name is None or not chosen.any():
            raise errors.NoMeasure(wanted=SPOKEN.get(measure, measure), columns=_list(sheet))
        part = sheet.where(chosen)
        _once(part, who[chosen], what[chosen], len(things))
        arrays[measure][who[chosen], what[chosen]] = reader.column(name, part)
    keep = np.zeros(len(sheet), dtype=bool)
    keep[np.unique(who, return_index=True)[1]] = True
    return _without_overall(Answers(tuple(map(str, things)), arrays, sheet.where(keep)))


def _without_overall(found: Answers) -> Answers:
    """Overall satisfaction, asked like an attribute in a long sheet, becomes a column of the respondents' sheet."""
    at = next((i for i, name in enumerate(found.attributes) if is_a("overall", name)), None)
    if at is None:
        return found
    sheet = found.sheet
    if "performance" in found.measures:
        columns = {**sheet.columns, found.attributes[at]: found["performance"][:, at]}
        sheet = replace(sheet, columns=columns)
    rest = tuple(name for name in found.attributes if name != found.attributes[at])
    return Answers(rest, {name: np.delete(part, at, axis=1) for name, part in found.measures.items()}, sheet)


def _people(sheet: Sheet, attribute: str, given: dict[str, str]) -> NDArray[Any]:
    """Whose answer each row is: the respondent's, about the supplier where `given` names one.

    Without respondents, a sheet that names every attribute once is a table of means: one row of answers.
    """
    kind, supplier = find(sheet, "measure", given.get("measure", "")), given.get("supplier", "")
    keys = [name for name in (attribute, kind, supplier) if name]
    rows = list(zip(*(sheet.labels(name, whole=True).tolist() for name in keys), strict=True))
    if find(sheet, "respondent", given.get("respondent", "")) is None and len(set(rows)) == len(rows):
        people = np.full(len(sheet), "", dtype=object)
    else:
        people = sheet.labels(column(sheet, "respondent", given.get("respondent", "")), whole=True)
    if not supplier:
        return people
    about = sheet.labels(column(sheet, "supplier", supplier), whole=True)
    out = np.empty(len(sheet), dtype=object)
    out[:] = list(zip(people.tolist(), about.tolist(), strict=True))
    return out


def _codes(labels: NDArray[Any]) -> tuple[list[Any], NDArray[np.intp]]:
    """Distinct labels in order of appearance, and each row's code."""
    codes = {label: at for at, label in enumerate(dict.fromkeys(labels.tolist()))}
    return list(codes), np.array([codes[label] for label in labels], dtype=np.intp)


def _once(part: Sheet, who: NDArray[np.intp], what: NDArray[np.intp], width: int) -> None:
    cells = who * width + what
    _, first, back = np.unique(cells, return_index=True, return_inverse=True)
    again = np.nonzero(first[back] != np.arange(len(cells)))[0]
    if len(again):
        at = int(again[0])
        raise errors.AnsweredTwice(row=part.row(at), first=part.row(int(first[back[at]])))


def _list(sheet: Sheet) -> str:
    return ", ".join(shown(name) for name in sheet.names)
