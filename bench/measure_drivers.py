"""LMG against pingouin (Python, GPL), from the answers to shares with intervals."""

from __future__ import annotations

import numpy as np

from oracles import Oracles
from rows import Row, seconds
from zhiyin.libs.measure import importance

RESPONDENTS, MANY = 1_000, 100_000
AT_LEAST = {12: 10, 18: 100}
PINGOUIN = """
import pingouin

def fit():
    return pingouin.linear_regression(felt, overall, relimp=True)

took = seconds(fit, repeat=1, warm=False)
answer = {"seconds": took, "shares": fit()["relimp"].tolist()[1:] if felt.shape[1] < 15 else []}
"""


def run(oracle: Oracles | None) -> list[Row]:
    """12 and 18 attributes against the oracle, and 20 from 100,000 respondents."""
    return [*(against_pingouin(p, least, oracle) for p, least in AT_LEAST.items()), twenty()]


def against_pingouin(p: int, at_least: float, oracle: Oracles | None) -> Row:
    """Shares of R² of 1,000 respondents; ours with an interval for each, pingouin's without."""
    felt, overall = answers(RESPONDENTS, p)
    ours = seconds(lambda: importance.derived(felt, overall), repeat=9)
    theirs: tuple[float, ...] = ()
    note = "pingouin 0.7.0, timed once"
    if oracle:
        answer = oracle.ask(PINGOUIN, felt=felt, overall=overall)
        theirs = tuple(answer["seconds"])
        if answer["shares"]:
            found = [driver.value.value for driver in importance.derived(felt, overall).drivers]
            note += f"; shares {np.abs(np.subtract(found, answer['shares'])).max():.0e} apart"
    return Row(f"LMG {RESPONDENTS:,} × {p}, with intervals", ours, theirs, at_least=at_least, note=note)


def twenty() -> Row:
    """A million subsets, with the moments of 100,000 respondents and every interval."""
    felt, overall = answers(MANY, 20)
    took = seconds(lambda: importance.derived(felt, overall), repeat=7)
    return Row(f"LMG {MANY:,} × 20, with intervals", took, at_most=0.5)


def answers(n: int, p: int) -> tuple[np.ndarray, np.ndarray]:
    """Simulated answers from 1 to 10 that go together, and overall satisfaction."""
    chance = np.random.default_rng(1)
    mood = chance.standard_normal((n, 1))
    felt = np.clip(np.round(7 + mood + 1.5 * chance.standard_normal((n, p))), 1, 10)
    overall = felt @ chance.uniform(0, 1, p) / p + chance.standard_normal(n)
    return felt, overall
