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

from zhiyin.libs.measure.errors import gettext_noop
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
    "desired": ("desired", "desire", "希望", "理想", "期望"),
    "ideal": ("ideal", "理想"),
    "surprising": ("surprising", "surprise", "惊喜", "驚喜", "超乎想象", "超乎想像"),
    "functional": ("functional", "with", "positive", "正向", "正面", "具备", "具備", "有"),
    "dysfunctional": ("dysfunctional", "without", "negative", "反向", "负面", "負面", "缺少", "没有", "沒有"),
    "points": ("points", "point", "分配", "分值", "配分"),
    "believed": ("believed", "belief", "predicted", "管理者认为", "管理者認為", "我们认为", "我們認為", "预测", "預測"),
    "standard": ("standard", "procedure", "标准", "標準", "程序"),
    "delivered": ("delivered", "delivery", "done", "实际", "實際", "交付", "做到"),
    "promised": ("promised", "promise", "advertised", "承诺", "承諾", "宣传", "宣傳"),
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
    "cost": ("cost", "成本", "费用", "費用"),
    "customer_of": (
        "customer_of",
        "customer",
        "own_supplier",
        "所属客户",
        "所屬客戶",
        "是谁的客户",
        "是誰的客戶",
    ),
    "dimension": ("dimension", "维度", "維度"),
}
SPOKEN = {
    "importance": gettext_noop("importance"), "performance": gettext_noop("performance"),
    "expectation": gettext_noop("expectation"), "adequate": gettext_noop("adequate"),
    "desired": gettext_noop("desired"), "ideal": gettext_noop("ideal"), "surprising": gettext_noop("surprising"),
    "functional": gettext_noop("functional"), "dysfunctional": gettext_noop("dysfunctional"),
    "points": gettext_noop("points"), "believed": gettext_noop("believed"), "standard": gettext_noop("standard"),
    "delivered": gettext_noop("delivered"), "promised": gettext_noop("promised service"),
    "respondent": gettext_noop("respondent"), "attribute": gettext_noop("attribute"),
    "measure": gettext_noop("measure"), "value": gettext_noop("answered value"), "overall": gettext_noop("overall"),
    "weight": gettext_noop("weight"), "stratum": gettext_noop("stratum"), "cluster": gettext_noop("cluster"),
    "supplier": gettext_noop("supplier"), "group": gettext_noop("group"), "wave": gettext_noop("wave"),
    "role": gettext_noop("role"), "cost": gettext_noop("cost of closing"), "dimension": gettext_noop("dimension"),
}  # fmt: skip
"""What measures and columns are called where one is missing."""
_JOINT = r"[\s_.:：|/·\-–—]+"
_NUMBER = re.compile(r"^\s*[Qq]?\d+\s*[、．.](?!\d)\s*(?=\S)")
"""The number that survey programs put before a question."""


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
    for word in COLUMNS[role]:
        for name in sheet.columns:
            if name.strip().lower() == word:
                return name
    return _whole(sheet.names) if role == "overall" else None


def column(sheet: Sheet, role: str, given: str = "") -> str:
    """As `find`, for a column that must be there; raises `NoColumn`."""
    name = find(sheet, role, given)
    if name is None:
        raise errors.NoColumn(wanted=SPOKEN.get(role, role), columns=_list(sheet))
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
    return _wide(reader, measures, given or {})


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
            raise errors.NoColumn(wanted=SPOKEN.get(measure, measure), columns=_list(sheet))
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


def headings(names: Sequence[str], measure: str) -> dict[str, str]:
    """Attribute → heading of the columns that hold `measure`, in the order of the sheet.

    A question's number (`3、价格`) is no part of the attribute. Where two columns of an attribute fit, the
    more usual word wins. Overall satisfaction is no attribute.
    """
    found = _headings(names, measure)
    return {
        attribute: name for attribute, name in found.items() if attribute.lower() not in COLUMNS["overall"]
    }


def _headings(names: Sequence[str], measure: str) -> dict[str, str]:
    usual = MEASURES[measure]
    words = "|".join(sorted(map(re.escape, usual), key=len, reverse=True))
    first = re.compile(rf"(?P<word>{words}){_JOINT}(?P<attribute>.+)", re.IGNORECASE)
    last = re.compile(
        rf"(?P<attribute>.+?)(?:{_JOINT}(?P<word>{words})|\s*[(（\[【](?P<inside>{words})[)）\]】])",
        re.IGNORECASE,
    )
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        asked = _NUMBER.sub("", name)
        match = first.fullmatch(asked) or last.fullmatch(asked)
        if not match or name.strip().lower() in COLUMNS["overall"]:
            continue
        said = match.groupdict()
        rank = usual.index((said["word"] or said["inside"]).lower())
        attribute = said["attribute"].strip()
        if attribute not in found or rank < found[attribute][0]:
            found[attribute] = (rank, name)
    return {attribute: name for attribute, (_, name) in found.items()}


def _whole(names: Sequence[str]) -> str | None:
    """The heading of overall satisfaction written like an attribute's: `总体（满意度）`."""
    found = _headings(names, "performance")
    return next((name for attribute, name in found.items() if attribute.lower() in COLUMNS["overall"]), None)


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
            raise errors.NoColumn(wanted=SPOKEN.get(measure, measure), columns=_list(sheet))
        part = sheet.where(chosen)
        _once(part, who[chosen], what[chosen], len(things))
        arrays[measure][who[chosen], what[chosen]] = reader.column(name, part)
    keep = np.zeros(len(sheet), dtype=bool)
    keep[np.unique(who, return_index=True)[1]] = True
    return _without_overall(Answers(tuple(map(str, things)), arrays, sheet.where(keep)))


def _without_overall(found: Answers) -> Answers:
    """Overall satisfaction, asked like an attribute in a long sheet, becomes a column of the respondents' sheet."""
    at = next((i for i, name in enumerate(found.attributes) if name.lower() in COLUMNS["overall"]), None)
    if at is None:
        return found
    sheet = found.sheet
    if "performance" in found.measures:
        columns = {**sheet.columns, found.attributes[at]: found["performance"][:, at]}
        sheet = Sheet(sheet.file, columns, sheet.rows)
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
