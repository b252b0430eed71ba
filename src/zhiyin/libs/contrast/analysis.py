"""From a table of facts to ranked hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from zhiyin.libs.contrast import beyond, errors, evidence, reporting, verdicts
from zhiyin.libs.contrast import features as trying
from zhiyin.libs.contrast import pairs as crossing
from zhiyin.libs.contrast import search as searching
from zhiyin.libs.contrast.ahead import Ahead
from zhiyin.libs.contrast.chances import chances
from zhiyin.libs.contrast.facts import Facts
from zhiyin.libs.contrast.features import Bools, Feature
from zhiyin.libs.contrast.pairs import Pairs
from zhiyin.libs.contrast.reporting import Hypothesis, Table
from zhiyin.libs.contrast.results import Contrast, Finding, Status

LEVEL, DRAWS = 0.95, 1999
FEWEST_DRAWS = 99
SUSPECT = 0.1
"""A condition is worth following up when chance does as well in its own column at most so often."""
PAIRS_SHOWN = 2
FOLLOWED = 3
"""For so many findings, the first, it is worked out how many more observations would settle them."""
ADDS = 0.05
CLOSE = 1e-7


def analyse(facts: Facts, *, level: float = LEVEL, seed: int = 1, draws: int = DRAWS) -> Contrast:
    """Rank what could be the cause of the failures in `facts`.

    level: of intervals, and 1 - the chance of calling anything established when nothing is a cause. draws: outcomes
    of chance, at least 99, all of them where there are no more. The order of rows and columns, and the units of
    numbers, make no difference. Raises `BadSetting`.
    """
    _check(level, draws)
    features, unused = trying.features(facts.columns)
    features, failed, rows = _in_own_order(features, facts)
    if not features or failed.all() or not failed.any():
        return verdicts.nothing_to_compare(facts, unused, level=level, seed=seed)
    pairs = crossing.pairs(features)
    by_chance = chances(failed, draws=draws, seed=seed)
    found = searching.search(features, pairs, failed, by_chance)
    later = Ahead(tuple(features), pairs, found, draws, seed, 1 - level)
    table = Table(tuple(features), failed, found, level, later, rows)
    hypotheses = [_single(table, best) for best in found.bests]
    hypotheses += _pairs(table, pairs, hypotheses, draws=min(draws, DRAWS), seed=seed)
    hypotheses.sort(key=lambda hypothesis: (-round(hypothesis.net, 6), hypothesis.key))
    findings = _findings(table, hypotheses)
    return Contrast(
        outcome=facts.outcome,
        failure=facts.failure,
        rows=len(failed),
        failures=int(failed.sum()),
        findings=findings,
        unused=tuple(unused),
        verdict=verdicts.verdict(table, findings),
        notes=verdicts.notes(facts, pairs, by_chance, seed),
        splits=sum(feature.masks.shape[1] for feature in features),
        pairs=pairs.count,
        draws=by_chance.n,
        exact=by_chance.exact,
        level=level,
        seed=seed,
        next=verdicts.following(findings),
    )


def _check(level: float, draws: int) -> None:
    if not 0.5 <= level < 1:  # noqa: PLR2004 - below, an interval says less than a coin
        raise errors.BadSetting(setting="level", value=level, allowed="0.5 … 0.999")
    if draws < FEWEST_DRAWS:
        raise errors.BadSetting(setting="draws", value=draws, allowed=f"≥ {FEWEST_DRAWS}")


def _in_own_order(features: Sequence[Feature], facts: Facts) -> tuple[list[Feature], Bools, tuple[int, ...]]:
    """Rows sorted by what they hold, so that the draws fall alike in whatever order they came."""
    if not features:
        return [], facts.failed, facts.rows
    order = np.lexsort([facts.failed, *(feature.codes for feature in features)])
    sorted_ = [
        replace(feature, codes=feature.codes[order], masks=feature.masks[order]) for feature in features
    ]
    return sorted_, facts.failed[order], tuple(facts.rows[at] for at in order.tolist())


def _single(table: Table, best: searching.Best) -> Hypothesis:
    feature = table.features[best.feature]
    inside = feature.masks[:, best.division]
    known = feature.known
    side = reporting.fails_inside(inside, known, table.failed)
    return Hypothesis(
        features=(best.feature,),
        fails=inside if side else known & ~inside,
        known=known,
        condition=feature.say(best.division, side),
        otherwise=feature.say(best.division, not side),
        g=best.g,
        price=best.price,
        p_search=best.p_search,
        splits=int(feature.masks.shape[1]),
        key=(0, *feature.key),
        sides=((best.feature, best.division, side),),
    )


def _pairs(
    table: Table, pairs: Pairs, singles: Sequence[Hypothesis], *, draws: int, seed: int
) -> list[Hypothesis]:
    """The best pairs that explain more than their parts, each pair of columns once."""
    shown: list[Hypothesis] = []
    nets = {single.features[0]: single.net for single in singles}
    alone = crossing.sides_alone(pairs, table.failed)
    seen: set[frozenset[int]] = set()
    for at in np.argsort(-np.round(table.found.pair_gs, 6), kind="stable")[: 4 * PAIRS_SHOWN].tolist():
        net = float(table.found.pair_gs[at]) - table.found.pair_price
        for member in sorted(pairs.members[at], key=lambda each: (-sum(alone[side] for side in each), each)):
            sides = [pairs.sides[each] for each in member]
            columns = frozenset(side.feature for side in sides)
            if columns in seen or net <= max(nets[column] for column in columns):
                continue
            seen.add(columns)
            if table.found.pair_p(float(table.found.pair_gs[at])) > SUSPECT:
                return shown
            if beyond.adds(pairs, member, table.failed, draws=draws, seed=seed) > ADDS:
                continue
            shown.append(reporting.pair(table, pairs, at, member))
            break
        if len(shown) == PAIRS_SHOWN:
            break
    return shown


def _findings(table: Table, hypotheses: Sequence[Hypothesis]) -> tuple[Finding, ...]:
    """Conditions that divide the rows exactly alike make one finding, under the likeliest of them.

    What the first leaves of the others is said with them; where it leaves as much as it has, with the first.
    """
    apart = list({hypothesis.partition: hypothesis for hypothesis in reversed(hypotheses)}.values())[::-1]
    findings = [
        reporting.finding(table, hypothesis, status(table, hypothesis), followed=at < FOLLOWED)
        for at, hypothesis in enumerate(apart)
    ]
    if not findings or findings[0].status is Status.OPEN:
        return tuple(findings)
    for at, other in enumerate(apart[1:], 1):
        if findings[at].status is not Status.OPEN and len(other.features) == 1:
            findings[0], findings[at] = reporting.beside(
                table, (apart[0], findings[0]), (other, findings[at])
            )
    return tuple(findings)


def status(table: Table, hypothesis: Hypothesis) -> Status:
    """Established where everything that was looked at is allowed for; suspected where its own column is."""
    if table.found.corrected(hypothesis.net) <= 1 - table.level + CLOSE:
        return Status.ESTABLISHED
    failures, total = int(table.failed[hypothesis.known].sum()), int(hypothesis.known.sum())
    fits = hypothesis.g > 0 and hypothesis.g >= evidence.perfect(failures, total) - CLOSE
    return Status.SUSPECTED if hypothesis.p_search <= SUSPECT or fits else Status.OPEN
