"""The pulses there are: what their columns are called, how their answers are coded, what their results hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhiyin.libs.measure import loyalty
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.sheets.sheet import Floats

SATISFIED = {
    "very dissatisfied": 1, "dissatisfied": 2, "neutral": 3, "satisfied": 4, "very satisfied": 5,
    "非常不满意": 1, "很不满意": 1, "不满意": 2, "一般": 3, "满意": 4, "非常满意": 5, "很满意": 5,
    "非常不滿意": 1, "很不滿意": 1, "不滿意": 2, "滿意": 4, "非常滿意": 5, "很滿意": 5,
}  # fmt: skip
AGREED = {
    "strongly disagree": 1, "disagree": 2, "somewhat disagree": 3, "neutral": 4, "somewhat agree": 5,
    "agree": 6, "strongly agree": 7, "非常不同意": 1, "不同意": 2, "有点不同意": 3, "一般": 4, "有点同意": 5,
    "同意": 6, "非常同意": 7, "有點不同意": 3, "有點同意": 5,
}  # fmt: skip
EFFORT = {
    "very low": 1, "low": 2, "neutral": 3, "high": 4, "very high": 5,
    "非常省力": 1, "省力": 2, "一般": 3, "费力": 4, "費力": 4, "非常费力": 5, "非常費力": 5,
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One measure: what its column is called, how its answers are coded and what it is made of."""

    code: str
    usual: str
    scale: tuple[float, float]
    words: Mapping[str, float]
    of: Callable[..., loyalty.Pulse]
    points: Callable[[Floats], Floats]


def _nps_points(values: Floats) -> Floats:
    return ((values >= 9) * 100.0 - (values <= 6) * 100.0) + 0 * values  # noqa: PLR2004 - promoter and detractor


def _satisfied(values: Floats) -> Floats:
    return (values >= 4) + 0 * values  # noqa: PLR2004 - the two best of five


NPS = Kind("nps", r"nps|净推荐|淨推薦|推荐|推薦|recommend", (0, 10), {}, loyalty.nps, _nps_points)
CSAT = Kind("csat", r"csat|满意|滿意|satisf", (1, 5), SATISFIED, loyalty.csat, _satisfied)
EASE = r"ces|费力|費力|省力|effort|eas[ey]|容易|轻松|輕鬆"
CES = {
    "1": Kind("ces1", EASE, (1, 5), EFFORT, loyalty.ces1, lambda values: values),
    "2": Kind("ces2", EASE, (1, 7), AGREED, loyalty.ces2, lambda values: values),
}


@dataclass(frozen=True)
class Figures:
    """One pulse: of which question, group and wave; figures by the names of the engine's result."""

    question: str
    group: str | None
    wave: str | None
    missing: int
    figures: dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One pulse against another. test: "independent", or "overlapping" where people answered in both waves."""

    question: str
    group: str | None
    before: str
    after: str
    difference: Estimate
    statistic: float
    df: float
    p: float
    p_holm: float
    test: str


@dataclass(frozen=True)
class Pulses:
    """All pulses of a sheet and what changed between them."""

    measure: str
    pulses: tuple[Figures, ...]
    changes: tuple[Change, ...]
    comparisons: tuple[Change, ...]
    combined: Estimate | None


@dataclass(frozen=True)
class Wanted:
    """Which questions, divided how; shares: of each group among all customers."""

    questions: Sequence[str] = ()
    group: str = ""
    wave: str = ""
    shares: str = ""
    method: str = "adjusted_wald"
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """The answers to one question in one group and wave, with the whole wave's design."""

    question: str
    group: str | None
    wave: str | None
    values: Floats
    missing: int
    people: list[str] | None
    design: Design
    pulse: loyalty.Pulse
