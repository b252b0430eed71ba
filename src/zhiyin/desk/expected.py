"""How the desk shows an expectation sheet: its parts in words, and cost against what each possibility would meet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhiyin.cases.rules.expectations import Effect, Genuine, Who, Wish
from zhiyin.kit import figures
from zhiyin.kit.language import say

LEFT, RIGHT, TOP, BOTTOM = 92, 388, 18, 126  # the drawing, in its own units
NEAR = 26  # a name would run over its neighbour's


@dataclass(frozen=True, slots=True)
class Line:
    """One possibility: who, what, roughly what it costs, how much of the expectation it meets."""

    who: str
    rule: bool
    text: str
    cost: str
    effect: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One possibility on the drawing; `ty` is the height of its name."""

    x: float
    y: float
    ty: float
    anchor: str
    tx: float
    who: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Rough cost to the right, what it meets upwards."""

    dots: list[Dot]
    rows: list[tuple[float, str]]
    most: str


@dataclass(frozen=True, slots=True)
class Shown:
    row: Any
    genuine: str
    unsure: bool
    wishes: list[str]
    lines: list[Line]
    plot: Plot | None


def shown(sheet: Any) -> Shown | None:
    """A sheet with its options; None for none."""
    if sheet is None:
        return None
    options = list(sheet.options.all())
    genuine = Genuine(sheet.genuine)
    return Shown(
        row=sheet,
        genuine=str(say(genuine)),
        unsure=genuine is Genuine.UNSURE,
        wishes=[str(say(wish)) for wish in Wish if getattr(sheet, wish.value)],
        lines=[_line(one) for one in options],
        plot=_plot(options),
    )


def _line(one: Any) -> Line:
    return Line(
        who=str(say(Who(one.who))),
        rule=one.who == Who.RULE,
        text=one.text,
        cost=figures.money(one.cost) if one.cost is not None else "",
        effect=str(say(Effect(one.effect))) if one.effect else "",
    )


def _plot(options: list[Any]) -> Plot | None:
    """Drawn where at least two possibilities have both a cost and an effect."""
    drawn = [one for one in options if one.cost is not None and one.effect]
    if len(drawn) < 2:  # noqa: PLR2004  # one dot compares with nothing
        return None
    most = max((one.cost for one in drawn), default=Decimal(0)) or Decimal(1)
    heights = {effect: _height(place) for place, effect in enumerate(Effect)}
    dots: list[Dot] = []
    for one in sorted(drawn, key=lambda row: row.cost):
        x, y = LEFT + 8 + float(one.cost / most) * (RIGHT - LEFT - 16), heights[Effect(one.effect)]
        crowded = any(abs(other.x - x) < NEAR * 3 and other.y == y for other in dots)
        to_left = x > (LEFT + RIGHT) / 2
        dots.append(
            Dot(
                x=round(x, 1),
                y=y,
                ty=y + 18 if crowded else y - 8,
                anchor="end" if to_left else "start",
                tx=round(x + (6 if to_left else -6), 1),
                who=str(say(Who(one.who))),
            )
        )
    return Plot(
        dots=dots, rows=[(y, str(say(effect))) for effect, y in heights.items()], most=figures.money(most)
    )


def _height(place: int) -> float:
    return round(BOTTOM - 12 - place * (BOTTOM - TOP - 12) / (len(Effect) - 1), 1)
