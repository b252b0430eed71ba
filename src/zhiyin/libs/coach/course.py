"""The course of a customer's emotion through a conversation: how he came, how he left, where it turned, after what.

The level of a turn runs from -3 (furious) to 3 (delighted): minus the intensity of a bad feeling, plus that of a good
one, and half a step down for a calm customer who is not content. It is smoothed exponentially over his turns
(Brown, 1959, α = ½), because one word does not make a mood.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from zhiyin.libs.coach import customer
from zhiyin.libs.coach.readings import CustomerReading, Emotion, Role, Said, Satisfaction, Turn, gettext_noop

SMOOTHING = 0.5
TURNING = 0.75
"""How far the smoothed level must move, from one burst of the customer to the next, to be a turning point."""
EVEN = 0.4
"""Arrival and closing that differ by less are called the same."""
IN_SIGHT = 8
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Point:
    """One turn of the customer: its place in the conversation, its reading, its level and the smoothed level."""

    turn: int
    reading: CustomerReading
    level: float
    smoothed: float


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """Where the mood turned: the customer's turn, by how much, and the agent's turn just before it (None: none)."""

    turn: int
    change: float
    after: int | None
    words: Said


@dataclass(frozen=True, slots=True)
class Course:
    """`arrival` is the mean level of the first burst, `closing` half that of the last, half the smoothed mood at the
    end; `lowest` the turn where the smoothed level is lowest; `words` tell the whole in a sentence.
    """

    points: tuple[Point, ...]
    arrival: float
    closing: float
    lowest: int | None
    turning_points: tuple[TurningPoint, ...]
    words: Said

    @property
    def change(self) -> float:
        """How much better (above 0) or worse the customer left than he came."""
        return self.closing - self.arrival


def course(
    turns: Sequence[Turn], read: Callable[[str, Sequence[Turn]], CustomerReading] = customer.read
) -> Course:
    """The emotional course of a conversation, oldest turn first; flat and empty where the customer says nothing."""
    points = tuple(_points(turns, read))
    bursts = _bursts(points)
    if not points:
        return Course((), 0.0, 0.0, None, (), Said(gettext_noop("The customer says nothing.")))
    arrival = _mean(bursts[0])
    closing = (_mean(bursts[-1]) + points[-1].smoothed) / 2 if len(bursts) > 1 else arrival
    lowest = min(points, key=lambda point: (point.smoothed, point.turn)).turn
    return Course(
        points, arrival, closing, lowest, tuple(_turning(turns, bursts)), _told(points, arrival, closing)
    )


def level(reading: CustomerReading) -> float:
    """The level of one turn, -3 to 3."""
    if reading.emotion is Emotion.POSITIVE:
        return float(reading.intensity)
    if reading.emotion is Emotion.CALM:
        return {Satisfaction.NEGATIVE: -0.5, Satisfaction.POSITIVE: 0.5}.get(reading.satisfaction, 0.0)
    return -float(reading.intensity)


def _points(turns: Sequence[Turn], read: Callable[[str, Sequence[Turn]], CustomerReading]) -> Iterator[Point]:
    smoothed: float | None = None
    for at, turn in enumerate(turns):
        if turn.role is not Role.CUSTOMER:
            continue
        reading = read(turn.text, turns[max(0, at - IN_SIGHT) : at])
        now = level(reading)
        smoothed = now if smoothed is None else smoothed + SMOOTHING * (now - smoothed)
        yield Point(at, reading, now, smoothed)


def _bursts(points: Sequence[Point]) -> list[list[Point]]:
    """The customer's turns with no agent's turn between them, together."""
    bursts: list[list[Point]] = []
    for point in points:
        if bursts and bursts[-1][-1].turn == point.turn - 1:
            bursts[-1].append(point)
        else:
            bursts.append([point])
    return bursts


def _mean(burst: Sequence[Point]) -> float:
    return sum(point.level for point in burst) / len(burst)


def _turning(turns: Sequence[Turn], bursts: Sequence[Sequence[Point]]) -> Iterator[TurningPoint]:
    for before, now in itertools.pairwise(bursts):
        change = now[-1].smoothed - before[-1].smoothed
        if abs(change) < TURNING:
            continue
        first = now[0].turn
        after = first - 1 if first and turns[first - 1].role is Role.AGENT else None
        yield TurningPoint(first, change, after, _turned(turns, after, change))


def _turned(turns: Sequence[Turn], after: int | None, change: float) -> Said:
    said = turns[after].text.strip() if after is not None else ""
    if len(said) > _QUOTED:
        said = said[:_QUOTED] + "…"
    if change > 0:
        return Said(gettext_noop("After “%(said)s” the customer grew calmer."), {"said": said})
    return Said(gettext_noop("After “%(said)s” the customer grew more upset."), {"said": said})


def _told(points: Sequence[Point], arrival: float, closing: float) -> Said:
    facts = {"first": _loudest(points[: _half(points)]), "last": str(points[-1].reading.emotion)}
    if closing - arrival > EVEN:
        return Said(
            gettext_noop("The customer left better than he came: first %(first)s, at last %(last)s."), facts
        )
    if arrival - closing > EVEN:
        return Said(
            gettext_noop("The customer left worse than he came: first %(first)s, at last %(last)s."), facts
        )
    return Said(gettext_noop("The customer left as he came: first %(first)s, at last %(last)s."), facts)


def _half(points: Sequence[Point]) -> int:
    return max(1, len(points) // 2)


def _loudest(points: Sequence[Point]) -> str:
    return str(max(points, key=lambda point: (point.reading.intensity, -point.turn)).reading.emotion)
