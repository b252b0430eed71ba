"""Priorities for improvement (PFI): which gap to close first, how sure that order is, and why, in words.

The rule is named and always starts from a gap, never from satisfaction alone: an attribute with poor scores that
nobody cares about is no priority (Hill & Alexander 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import comparisons, errors, influence, reasons
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.comparisons import Pair, Place
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.gaps import Gap, Sides, both_sides, of_sides
from zhiyin.libs.measure.influence import Figures, Floats, Influence
from zhiyin.libs.measure.notes import Note


class Rule(StrEnum):
    """What the order is by."""

    GAP = "gap"
    IMPACT = "impact"
    COST = "cost"


RULES = {
    Rule.GAP: gettext_noop("gap: importance - satisfaction"),
    Rule.IMPACT: gettext_noop("gap × derived importance"),
    Rule.COST: gettext_noop("benefit per cost: gap (× derived importance, where known) / cost of closing it"),
}


@dataclass(frozen=True, slots=True)
class Priority:
    """One attribute's place. `score` is what the rule ranks by, `score_together` the same with an interval that
    holds for all at once; `impact` the derived importance used; `apart_from` the attributes it differs from
    significantly after Holm; `concern` whether the gap exceeds the line of concern ("surely", "perhaps", "no";
    "" without such a line).
    """

    name: str
    place: Place
    score: Estimate
    score_together: Estimate
    gap: Gap
    impact: Estimate | None
    cost: float | None
    apart_from: tuple[str, ...]
    concern: str
    reasons: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Priorities:
    """All attributes, the first priority first; `pairs` compares every two scores (Holm)."""

    rule: Rule
    ranking: tuple[Priority, ...]
    pairs: tuple[Pair, ...]
    notes: tuple[Note, ...]
    n: int
    level: float


def priorities(
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    rule: Rule | str = Rule.GAP,
    overall: ArrayLike | None = None,
    impact: ArrayLike | None = None,
    cost: ArrayLike | None = None,
    concern: float | None = None,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
    seed: int = comparisons.SEED,
) -> Priorities:
    """Rank the attributes of (n, k) importance and performance on `scale` by `rule`.

    Derived importance is either the correlation of each attribute's performance with `overall` (n,) satisfaction,
    estimated here with its uncertainty (Hill's default), or `impact` (k,), any method's figures, taken as
    fixed; below zero it counts as zero. `cost` (k,): of closing each gap, positive, in any unit. `concern`: the
    line above which a gap is a concern, 1 point on 1-10 being usual. Ties: the more important first.
    Raises `MissingInput`, `BadOption`, and what `gaps.gaps` raises.
    """
    rule = _rule(rule)
    sides = both_sides(importance, performance, names=names, scale=scale, design=design)
    effect = _impact(rule, influence.table(performance, scale), overall, impact, sides.names, design)
    price = _cost(rule, cost, len(sides.names))
    score = _score(sides.gap, effect, price)
    figures = score.figures(design)
    compared = comparisons.pairs(figures, sides.names, level)
    context = reasons.Context(rule.value, sides.names, scale, concern, level)
    rows = _rows(sides, figures, effect, price, compared, context, design, seed)
    order = sorted(range(len(rows)), key=lambda j: (rows[j].place.rank, -sides.importance.value[j], j))
    ranked = tuple(rows[j] for j in order)
    notes = reasons.notes(RULES[rule], fixed=impact is not None and effect is not None, cost=price)
    return Priorities(rule, ranked, compared, notes, int(sides.gap.active.any(axis=1).sum()), level)


def _rule(rule: Rule | str) -> Rule:
    try:
        return Rule(rule)
    except ValueError:
        raise errors.BadOption(option="rule", value=rule, allowed=", ".join(Rule)) from None


def _impact(
    rule: Rule,
    performance: Floats,
    overall: ArrayLike | None,
    impact: ArrayLike | None,
    names: tuple[str, ...],
    design: Design,
) -> Influence | None:
    """The derived importances the rule works with, None where it works without."""
    if rule is Rule.GAP:
        return None
    if overall is not None and impact is not None:
        raise errors.BadOption(
            option="impact", value=gettext_noop("given twice"), allowed=gettext_noop("overall or impact")
        )
    if impact is not None:
        return influence.fixed(_per_attribute("impact", impact, len(names)), len(performance))
    if overall is not None:
        whole = np.asarray(overall, dtype=float)
        if whole.shape != (len(performance),):
            raise errors.ShapeMismatch(what="overall", found=whole.size, expected=len(performance))
        return influence.correlations(performance, whole, design.of(len(whole)), names)
    if rule is Rule.COST:
        return None
    raise errors.MissingInput(
        what=gettext_noop("Ranking by impact"),
        needed=gettext_noop("overall satisfaction or derived importances"),
    )


def _per_attribute(what: str, values: ArrayLike, k: int) -> Floats:
    out = np.asarray(values, dtype=float)
    if out.shape != (k,):
        raise errors.ShapeMismatch(what=what, found=out.size, expected=k)
    if not np.all(np.isfinite(out)):
        raise errors.BadOption(option=what, value="nan", allowed=gettext_noop("a number for each attribute"))
    return out


def _cost(rule: Rule, cost: ArrayLike | None, k: int) -> Floats | None:
    if rule is not Rule.COST:
        return None
    if cost is None:
        raise errors.MissingInput(
            what=gettext_noop("Ranking by cost"), needed=gettext_noop("the cost of closing each gap")
        )
    price = _per_attribute("cost", cost, k)
    if np.any(price <= 0):
        raise errors.BadOption(option="cost", value=f"{price.min():g}", allowed=gettext_noop("above zero"))
    return price


def _score(gap: Influence, effect: Influence | None, price: Floats | None) -> Influence:
    """What is ranked by. An effect below zero counts as none: closing that gap is no use, whatever its sign."""
    score = gap
    if effect is not None:
        useful = np.maximum(effect.value, 0.0)
        # An estimated effect keeps the slope of the unclipped product: near zero it is not thereby certain.
        slope = useful if effect.fixed else effect.value
        pieces = ((gap, np.diag(slope)), (effect, np.diag(gap.value)))
        score = influence.made_of(gap.value * useful, pieces, gap.active | effect.active)
    return score if price is None else score.combine(np.diag(1 / price))


def _rows(
    sides: Sides,
    figures: Figures,
    effect: Influence | None,
    price: Floats | None,
    compared: tuple[Pair, ...],
    context: reasons.Context,
    design: Design,
    seed: int,
) -> list[Priority]:
    k, level = len(sides.names), context.level
    attributes = of_sides(sides, design=design, level=level, seed=seed).attributes
    method = "paired t" if effect is None else "delta"
    scores = figures.estimates(level, method)
    held = comparisons.together(figures, level, seed)
    places = comparisons.places(figures.value, compared)
    others = _apart_from(compared, k)
    impacts: Sequence[Estimate | None] = [None] * k if effect is None else _impacts(effect, design, level)
    facts = [
        reasons.Facts(
            attributes[j], scores[j], held[j], places[j], impacts[j], None if price is None else price[j]
        )
        for j in range(k)
    ]
    return [
        Priority(
            fact.gap.name,
            fact.place,
            fact.score,
            fact.held,
            fact.gap,
            fact.impact,
            None if fact.cost is None else float(fact.cost),
            tuple(sides.names[i] for i in others[j]),
            reasons.concern(fact, context),
            reasons.reasons(fact, facts, context),
        )
        for j, fact in enumerate(facts)
    ]


def _impacts(effect: Influence, design: Design, level: float) -> tuple[Estimate, ...]:
    if effect.fixed:
        return tuple(Estimate(v, v, v, 0, 0.0, "fixed", level) for v in effect.value.tolist())
    return effect.figures(design).estimates(level, "delta")


def _apart_from(compared: tuple[Pair, ...], k: int) -> list[list[int]]:
    out: list[list[int]] = [[] for _ in range(k)]
    order = [(i, j) for i in range(k) for j in range(i + 1, k)]
    for (i, j), pair in zip(order, compared, strict=True):
        if pair.apart:
            out[i].append(j)
            out[j].append(i)
    return out
