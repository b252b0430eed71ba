"""Raking against ipfn (MIT): 100,000 respondents, five margins of two to seven categories, numbers and words."""

from __future__ import annotations

import numpy as np

from oracles import Oracles
from rows import Row, seconds
from zhiyin.libs.measure import raking

RESPONDENTS, SIZES = 100_000, (2, 5, 7, 4, 6)
TOLERANCE = 1e-9
# ipfn is handed its data frame ready made; its copy for each run is not counted against it.
IPFN = """
import pandas
from ipfn import ipfn

frame = pandas.DataFrame({f"f{at}": column for at, column in enumerate(codes.T)})
if words:
    frame = frame.map(lambda code: f"c{code}")
frame["total"] = 1.0
margins = [
    pandas.Series({f"c{at}" if words else at: total for at, total in enumerate(totals)}, name="total")
    .rename_axis(f"f{field}")
    for field, totals in enumerate(targets)
]

def fit(tolerance):
    took = []
    for _ in range(repeat):
        given = frame.copy(), [margin.copy() for margin in margins], [[f"f{at}"] for at in range(len(margins))]
        fitting = ipfn.ipfn(*given, convergence_rate=tolerance, rate_tolerance=0, verbose=0)
        took += seconds(lambda: found.append(fitting.iteration()), repeat=1, warm=False)
    return took

found = []
answer = {"same": fit(tolerance), "loose": fit(1e-5), "weights": found[repeat - 1]["total"].tolist()}
"""


def run(oracle: Oracles | None) -> list[Row]:
    """At the same tolerance, which is asked to be 30 times faster, and against ipfn's own laxer default."""
    codes, targets = answers()
    out = []
    for words in (False, True):
        fields, totals = sheet(codes, targets, words=words)
        weights = raking.rake(fields, totals, tolerance=TOLERANCE).weights
        ours = seconds(lambda: raking.rake(fields, totals, tolerance=TOLERANCE), repeat=9)  # noqa: B023 - called at once
        theirs = {"same": (), "loose": ()}
        note = ""
        if oracle:
            given = {"words": words, "tolerance": TOLERANCE, "repeat": 1 if words else 3}
            theirs = oracle.ask(IPFN, codes=codes, targets=[list(each) for each in targets], **given)
            apart = np.abs(np.divide(weights, theirs["weights"]) - 1).max()
            note = f"both to a relative {TOLERANCE:g}; weights {apart:.0e} apart"
        figure = f"raking {RESPONDENTS:,} × {len(SIZES)}, {'words' if words else 'numbers'}"
        out += [
            Row(figure, ours, tuple(theirs["same"]), at_least=30, note=note),
            Row(f"{figure}, ipfn to its own 1e-5", ours, tuple(theirs["loose"])),
        ]
    return out


def answers() -> tuple[np.ndarray, list[np.ndarray]]:
    """Fields that go together, as age and income do, and margins some way off what was answered."""
    chance = np.random.default_rng(1)
    common = chance.standard_normal(RESPONDENTS)
    columns, targets = [], []
    for size in SIZES:
        place = (0.4 * common + chance.standard_normal(RESPONDENTS)) * size / 5 + size / 2
        columns.append(np.clip(np.floor(place), 0, size - 1).astype(int))
        wanted = np.bincount(columns[-1], minlength=size) * np.exp(0.25 * chance.standard_normal(size))
        targets.append(wanted / wanted.sum() * RESPONDENTS)
    return np.stack(columns, axis=1), targets


def sheet(
    codes: np.ndarray, targets: list[np.ndarray], *, words: bool
) -> tuple[dict[str, list[str] | np.ndarray], dict[str, dict[str | int, float]]]:
    """The same as named fields, in the form a sheet of answers gives them."""
    fields: dict[str, list[str] | np.ndarray] = {}
    totals: dict[str, dict[str | int, float]] = {}
    for at, (column, wanted) in enumerate(zip(codes.T, targets, strict=True)):
        fields[f"f{at}"] = [f"c{code}" for code in column] if words else column
        totals[f"f{at}"] = {f"c{code}" if words else code: float(total) for code, total in enumerate(wanted)}
    return fields, totals
