"""Finding the answers in a sheet: wide (a column for each measure of each attribute) or long (a row for each answer).

Wide headings join measure and attribute: `importance_price`, `重要度：价格`, `价格（满意度）`, `price.performance`.
Long sheets have a column for the attribute, and either a column for each measure or the columns measure and value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.sheets import errors
from zhiyin.libs.measure.sheets.sheet import Floats, Sheet, shown

MEASURES: dict[str, tuple[str, ...]] = {
    "importance": ("importance", "imp", "重要度", "重要性", "重要"),
    "performance": (
        "performance", "perf", "satisfaction", "sat", "score", "perceived", "perception",
        "表现", "表現", "满意度", "滿意度", "满意", "滿意", "感知", "评分", "評分",
    ),
    "expectation": ("expectation", "expected", "exp", "期望", "期望值", "预期", "預期"),
    "adequate": ("adequate", "minimum", "min", "可接受", "最低", "最低可接受"),
    "desired": ("desired", "desire", "理想", "期望", "希望"),
    "ideal": ("ideal", "理想"),
    "surprising": ("surprising", "surprise", "惊喜", "驚喜", "超乎想象", "超乎想像"),
    "functional": ("functional", "with", "positive", "正向", "正面", "具备", "具備", "有"),
    "dysfunctional": ("dysfunctional", "without", "negative", "反向", "负面", "負面", "缺少", "没有", "沒有"),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "respondent": ("respondent", "respondent_id", "id", "受访者", "受訪者", "编号", "編號"),
    "attribute": ("attribute", "item", "属性", "屬性", "项目", "項目", "指标项", "题目", "題目"),
    "measure": ("measure", "kind", "测量", "測量", "类型", "類型", "指标", "指標"),
    "value": ("value", "answer", "score", "值", "回答", "分数", "分數"),
    "overall": ("overall", "overall_satisfaction", "总体", "總體", "总体满意度", "總體滿意度", "总体评价"),
    "weight": ("weight", "weights", "权重", "權重"),
    "stratum": ("stratum", "strata", "层", "層", "分层", "分層"),
    "cluster": ("cluster", "psu", "群", "群组", "群組"),
    "supplier": ("supplier", "brand", "company", "供应商", "供應商", "品牌", "公司", "商家"),
    "group": ("group", "segment", "组", "組", "组别", "組別", "分组", "分組"),
    "wave": ("wave", "period", "期", "期次", "波次"),
    "role": ("role", "角色", "身份"),
    "cost": ("cost", "成本"),
}
_JOINT = r"[\s_.:：|/·\-–—]+"


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
    return next((name for word in usual for name in sheet.columns if name.strip().lower() == word), None)


def column(sheet: Sheet, role: str, given: str = "") -> str:
    """As `find`, for a column that must be there; raises `NoColumn`."""
    name = find(sheet, role, given)
    if name is None:
        raise errors.NoColumn(wanted=role, columns=_list(sheet))
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
    if find(sheet, "attribute", (given or {}).get("attribute", "")):
        return _long(reader, measures, given or {})
    return _wide(reader, measures)


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


def _wide(reader: _Reader, measures: Sequence[str]) -> Answers:
    sheet = reader.sheet
    found = {measure: headings(sheet.names, measure) for measure in measures}
    for measure, columns in found.items():
        if not columns:
            raise errors.NoColumn(wanted=measure, columns=_list(sheet))
    attributes = tuple(found[measures[0]])
    for measure in measures:
        for attribute in {**found[measures[0]], **found[measure]}:
            if attribute not in found[measure] or attribute not in found[measures[0]]:
                there, missing = (
                    (measures[0], measure) if attribute in found[measures[0]] else (measure, measures[0])
                )
                raise errors.Unpaired(attribute=attribute, there=there, missing=missing)
    arrays = {
        measure: np.stack([reader.column(columns[attribute]) for attribute in attributes], axis=1)
        for measure, columns in found.items()
    }
    return Answers(attributes, arrays, sheet)


def headings(names: Sequence[str], measure: str) -> dict[str, str]:
    """Attribute → heading of the columns that hold `measure`, in the order of the sheet."""
    words = "|".join(sorted(map(re.escape, MEASURES[measure]), key=len, reverse=True))
    first = re.compile(rf"(?:{words}){_JOINT}(?P<attribute>.+)", re.IGNORECASE)
    last = re.compile(
        rf"(?P<attribute>.+?)(?:{_JOINT}(?:{words})|\s*[(（\[【](?:{words})[)）\]】])", re.IGNORECASE
    )
    found: dict[str, str] = {}
    for name in names:
        match = first.fullmatch(name) or last.fullmatch(name)
        if match:
            found.setdefault(match["attribute"].strip(), name)
    return found


def _long(reader: _Reader, measures: Sequence[str], given: dict[str, str]) -> Answers:
    sheet = reader.sheet
    attribute = column(sheet, "attribute", given.get("attribute", ""))
    respondent = column(sheet, "respondent", given.get("respondent", ""))
    people, who = _codes(sheet.labels(respondent, whole=True))
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
            raise errors.NoColumn(wanted=measure, columns=_list(sheet))
        part = sheet.where(chosen)
        _once(part, who[chosen], what[chosen], len(things))
        arrays[measure][who[chosen], what[chosen]] = reader.column(name, part)
    first = np.unique(who, return_index=True)[1]
    keep = np.zeros(len(sheet), dtype=bool)
    keep[first] = True
    return Answers(tuple(map(str, things)), arrays, sheet.where(keep))


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
