"""Why an attribute stands where it stands among the priorities, in words with its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.comparisons import Place
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.gaps import Gap
from zhiyin.libs.measure.influence import Floats
from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.wording import figure

LARGEST = gettext_noop(
    "Importance %(importance)s, performance %(performance)s: a gap of %(gap)s, the largest of %(count)s."
)
LARGE = gettext_noop("Importance %(importance)s, performance %(performance)s: a gap of %(gap)s.")
NONE = gettext_noop(
    "Importance %(importance)s, performance %(performance)s: no less than customers ask for, so no gap to close (%(gap)s)."
)
EFFECT = gettext_noop("Derived importance %(impact)s: gap × derived importance %(score)s.")
NO_EFFECT = gettext_noop(
    "Derived importance %(impact)s, below zero, counts as none: closing this gap would not raise satisfaction."
)
PRICE = gettext_noop("Closing it costs %(cost)s: benefit per cost %(score)s.")
CLEAR = gettext_noop("Even the lower end of its interval (%(low)s) is above every other attribute's value.")
APART = gettext_noop("Significantly ahead of every other attribute.")
OPEN = gettext_noop(
    "Its place is anywhere from %(low)s to %(high)s: nearer neighbours are not significantly apart."
)
SETTLED = gettext_noop("Its place, %(low)s, is settled: both neighbours are significantly apart.")
SURELY = gettext_noop("The gap is surely above %(concern)s, the line of concern.")
PERHAPS = gettext_noop("The gap is above %(concern)s, the line of concern, but its interval is not.")
RANKED = gettext_noop("Ranked by %(rule)s.")
FIXED = gettext_noop(
    "The derived importances were given as figures: the intervals leave out how uncertain these are."
)
COSTED = gettext_noop("The costs were given as figures: the intervals leave out how uncertain these are.")


@dataclass(frozen=True, slots=True)
class Context:
    """What all attributes share."""

    rule: str
    names: tuple[str, ...]
    scale: Scale
    concern: float | None
    level: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What the reasons of one attribute are made of."""

    gap: Gap
    score: Estimate
    held: Estimate
    place: Place
    impact: Estimate | None
    cost: float | None


def notes(rule: str, *, fixed: bool, cost: Floats | None) -> tuple[Note, ...]:
    """What holds for the whole list."""
    out = [Note(RANKED, {"rule": rule})]
    out += [Note(FIXED)] if fixed else []
    out += [Note(COSTED)] if cost is not None else []
    return tuple(out)


def concern(fact: Facts, context: Context) -> str:
    """Whether the gap exceeds the line of concern, its interval for all attributes at once included."""
    if context.concern is None:
        return ""
    if fact.gap.together.low > context.concern:
        return "surely"
    return "perhaps" if fact.gap.gap.value > context.concern else "no"


def reasons(fact: Facts, everyone: Sequence[Facts], context: Context) -> tuple[Note, ...]:
    """The sentences for one attribute, the gap itself first."""
    out = [_gap(fact, everyone, context), *_rule(fact), *_sureness(fact, everyone, context)]
    line = {"surely": SURELY, "perhaps": PERHAPS}.get(concern(fact, context))
    if line is not None:
        out.append(Note(line, {"concern": f"{context.concern:g}"}))
    return tuple(out)


def _gap(fact: Facts, everyone: Sequence[Facts], context: Context) -> Note:
    data: dict[str, object] = {
        "importance": figure(fact.gap.importance.value, context.scale),
        "performance": figure(fact.gap.performance.value, context.scale),
        "gap": figure(fact.gap.gap.value, context.scale),
        "count": len(everyone),
    }
    value = fact.gap.gap.value
    if value <= 0:
        return Note(NONE, data)
    largest = len(everyone) > 1 and all(value > f.gap.gap.value for f in everyone if f is not fact)
    return Note(LARGEST if largest else LARGE, data)


def _rule(fact: Facts) -> list[Note]:
    out = []
    score = f"{fact.score.value:.3g}"
    if fact.impact is not None:
        message = EFFECT if fact.impact.value >= 0 else NO_EFFECT
        value = fact.score.value * (1 if fact.cost is None else fact.cost)
        out.append(Note(message, {"impact": f"{fact.impact.value:.2f}", "score": f"{value:.3g}"}))
    if fact.cost is not None:
        out.append(Note(PRICE, {"cost": f"{fact.cost:g}", "score": score}))
    return out


def _sureness(fact: Facts, everyone: Sequence[Facts], context: Context) -> list[Note]:
    if len(everyone) == 1 or math.isnan(fact.held.low):
        return []
    if fact.held.low > max(f.score.value for f in everyone if f is not fact):
        by_gap = context.rule == "gap"
        low = figure(fact.held.low, context.scale) if by_gap else f"{fact.held.low:.3g}"
        return [Note(CLEAR, {"low": low})]
    if fact.place.high == 1:
        return [Note(APART)]
    ends = {"low": fact.place.low, "high": fact.place.high}
    return [Note(SETTLED if fact.place.low == fact.place.high else OPEN, ends)]
