"""PLS path models against plspm (Python, GPL): the European index, 250 respondents × 24 columns."""

from __future__ import annotations

import numpy as np

from oracles import Oracles
from rows import Row, seconds
from zhiyin.libs.measure import paths

RESPONDENTS, DRAWS = 250, 1_000
# plspm 0.5.7 divides all columns by one pooled deviation, so it is handed standardised ones.
PLSPM = """
import pandas
from plspm.config import MV, Config, Structure
from plspm.mode import Mode
from plspm.plspm import Plspm
from plspm.scheme import Scheme

frame = pandas.DataFrame((rows - rows.mean(axis=0)) / rows.std(axis=0, ddof=1), columns=columns)

def fit(draws):
    structure = Structure()
    for source, target in model_paths:
        structure.add_path([source], [target])
    config = Config(structure.path(), scaled=True)
    for name, items in blocks.items():
        config.add_lv(name, Mode.A, *[MV(item) for item in items])
    return Plspm(frame, config, Scheme.CENTROID, bootstrap=draws > 0, bootstrap_iterations=draws, processes=2)

found = fit(0).path_coefficients()
answer = {
    "bootstrap": seconds(lambda: fit(draws), repeat=1, warm=False),
    "once": seconds(lambda: fit(0), repeat=3),
    "paths": [found.loc[target, source] for source, target in model_paths],
}
"""


def run(oracle: Oracles | None) -> list[Row]:
    """A fit without and with 1,000 bootstrap draws, both on two processors."""
    model = paths.ECSI
    rows = answers()
    found = paths.path_model(rows, model.columns, draws=0)
    once = seconds(lambda: paths.path_model(rows, model.columns, draws=0), repeat=15)
    bootstrap = seconds(lambda: paths.path_model(rows, model.columns, draws=DRAWS), repeat=9)
    theirs = {"once": (), "bootstrap": ()}
    note = ""
    if oracle:
        given = {"rows": rows, "columns": model.columns, "blocks": dict(model.blocks), "draws": DRAWS}
        theirs = oracle.ask(PLSPM, model_paths=model.paths, **given)
        ours = [path.coefficient.value for path in found.paths]
        apart = np.abs(np.subtract(ours, theirs["paths"])).max()
        note = f"plspm 0.5.7, two processes, all {DRAWS:,} draws, timed once; path coefficients {apart:.0e} apart"
    size = f"PLS {RESPONDENTS} × {rows.shape[1]}"
    return [
        Row(f"{size}, once", once, tuple(theirs["once"])),
        Row(f"{size}, {DRAWS:,} bootstraps", bootstrap, tuple(theirs["bootstrap"]), at_least=200, note=note),
    ]


def answers() -> np.ndarray:
    """Simulated answers from 1 to 10 to the European index: constructs that follow its paths, and noise."""
    model, chance = paths.ECSI, np.random.default_rng(1)
    score = {}
    for name in model.order():
        sources = sum(0.5 * score[source] for source in model.sources(name))
        score[name] = sources + chance.standard_normal(RESPONDENTS)
        score[name] /= score[name].std()
    columns = [
        0.8 * score[name] + 0.6 * chance.standard_normal(RESPONDENTS)
        for name, items in model.blocks.items()
        for _ in items
    ]
    return np.clip(np.round(7 + 1.7 * np.stack(columns, axis=1)), 1, 10)
