"""Whether customers who were given goodwill confirm more often, told with its uncertainty. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhiyin.insight.rules.measures import FEWEST
from zhiyin.libs.measure import proportions
from zhiyin.libs.measure.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Answer:
    """The first answer a customer gave when asked, and the kinds of goodwill given before it."""

    satisfied: bool
    kinds: frozenset[int]


@dataclass(frozen=True, slots=True)
class Effect:
    """Satisfied at the first asking, with goodwill and without; the difference by Newcombe (1998). Cells of fewer than
    five answers are None. `kind_id` None is any kind.
    """

    kind_id: int | None
    with_it: Estimate | None
    without: Estimate | None
    difference: Estimate | None
    n_with: int
    n_without: int

    @property
    def verdict(self) -> str:
        """higher, lower, same (the data cannot tell), or few."""
        if self.difference is None:
            return "few"
        return "higher" if self.difference.low > 0 else "lower" if self.difference.high < 0 else "same"


def effects(answers: Iterable[Answer], kinds: Iterable[int]) -> list[Effect]:
    """Any goodwill against none, then each kind against none."""
    given = list(answers)
    without = [one.satisfied for one in given if not one.kinds]
    found = [_effect(None, [one.satisfied for one in given if one.kinds], without)]
    found += [_effect(kind, [one.satisfied for one in given if kind in one.kinds], without) for kind in kinds]
    return found


def _effect(kind_id: int | None, having: list[bool], without: list[bool]) -> Effect:
    n, other = len(having), len(without)
    enough = n >= FEWEST and other >= FEWEST
    return Effect(
        kind_id=kind_id,
        with_it=proportions.wilson(sum(having), n) if n >= FEWEST else None,
        without=proportions.wilson(sum(without), other) if other >= FEWEST else None,
        difference=proportions.compare_counts(sum(having), n, sum(without), other).difference
        if enough
        else None,
        n_with=n,
        n_without=other,
    )
