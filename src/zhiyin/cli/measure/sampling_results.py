"""What is to be known of a sample, and what is."""

from __future__ import annotations

from dataclasses import dataclass

from zhiyin.libs.measure import nonresponse
from zhiyin.libs.measure import sampling as engine
from zhiyin.libs.measure.estimates import Estimate


@dataclass(frozen=True)
class Wanted:
    """What is to be known. margin, p and rates are shares of 1; change: two shares, "0.80,0.85"."""

    margin: float = 0
    n: int = 0
    p: float = 0.5
    sd: float = 0
    change: str = ""
    power: float = 0.8
    deff: float = 0
    response_rate: float = 1
    nearest: bool = False
    opt_in: bool = False
    responded: str = ""
    disposition: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a sheet. deff: what the design costs (n over the effective n). needed: for the margin asked."""

    column: str
    kind: str
    estimate: Estimate
    margin: float
    deff: float
    label: str
    needed: engine.Size | None


@dataclass(frozen=True)
class Sample:
    """Sizes to plan with and margins that were reached; None where it was not asked for."""

    n: int | None
    size: engine.Size | None
    size_for_mean: engine.Size | None
    size_for_change: engine.Size | None
    margin: engine.Margin | None
    kish: engine.Kish | None
    columns: tuple[Column, ...]
    response: Estimate | None
    rates: nonresponse.Rates | None
    nonresponse: tuple[nonresponse.FieldDifference, ...]
