"""Whether 95 % intervals of a path model hold the truth 95 times in a hundred: 2,000 samples of 250 respondents."""

import numpy as np
import pytest

from zhiyin.libs.measure import paths
from zhiyin.libs.measure.paths import figures, solver
from zhiyin.libs.measure.paths.model import Structure
from zhiyin.libs.measure.paths.resampling import Draws

SAMPLES, RESPONDENTS, DRAWS = 2_000, 250, 150
MODEL = paths.Model(
    {name: [f"{name}{i}" for i in range(3)] for name in "ABC"}, [("A", "B"), ("A", "C"), ("B", "C")]
)
LOADINGS = np.tile([0.85, 0.75, 0.65], 3)
CONSTRUCTS = np.array([[1, 0.5, 0.5], [0.5, 1, 0.55], [0.5, 0.55, 1]])
MIDDLE = 50.0


def population():
    """The correlations that answers are drawn from."""
    block = np.repeat(range(3), 3)
    out = np.outer(LOADINGS, LOADINGS) * CONSTRUCTS[np.ix_(block, block)]
    np.fill_diagonal(out, 1)
    return out


def read(found):
    """The estimates whose coverage is looked at, by kind."""
    return {
        "path": [path.coefficient for path in found.paths],
        "total": [effect.total for effect in found.effects],
        "loading": [item.loading for item in found.indicators],
        "communality": [item.communality for item in found.indicators],
        "r2": [construct.r2 for construct in found.constructs if construct.r2],
        "ave": [construct.ave for construct in found.constructs],
        "reliability": [construct.composite_reliability for construct in found.constructs],
        "score": [construct.score for construct in found.constructs],
        "weight": [item.weight for item in found.indicators],
        "share": [item.share for item in found.indicators],
    }


def truth():
    """The same figures of the model in the population."""
    structure, whole = Structure.of(MODEL), population()[None]
    solved = solver.solve(whole, structure, "centroid", tolerance=1e-13, most=500)
    known = figures.figures(solved, Draws(whole, np.full((1, 9), MIDDLE), np.ones((1, 9))), structure)
    return {
        "path": known.path[0],
        "total": known.total[0],
        "loading": known.loading[0],
        "communality": known.loading[0] ** 2,
        "r2": known.r2[0, 1:],
        "ave": known.communality[0],
        "reliability": known.reliability[0],
        "score": known.mean[0],
        "weight": known.weight[0],
        "share": known.share[0],
    }


@pytest.fixture(scope="module")
def coverage():
    """Per cent of the samples whose interval holds the truth, by kind of figure."""
    chance, root, known = np.random.default_rng(20), np.linalg.cholesky(population()), truth()
    held = {kind: np.zeros(len(values)) for kind, values in known.items()}
    for sample in range(SAMPLES):
        rows = MIDDLE + chance.standard_normal((RESPONDENTS, 9)) @ root.T
        found = paths.path_model(rows, MODEL.columns, MODEL, scale=(0, 100), draws=DRAWS, seed=sample)
        for kind, estimates in read(found).items():
            held[kind] += [e.low <= value <= e.high for e, value in zip(estimates, known[kind], strict=True)]
    return {kind: 100 * each / SAMPLES for kind, each in held.items()}


@pytest.mark.parametrize(
    "kind", ["path", "total", "loading", "communality", "r2", "ave", "reliability", "score"]
)
def test_an_interval_holds_the_truth_as_often_as_it_says(coverage, kind):
    assert coverage[kind] == pytest.approx(np.full(len(coverage[kind]), 95), abs=1.5)


@pytest.mark.parametrize("kind", ["weight", "share"])
def test_an_interval_of_a_weight_holds_it_at_least_as_often_as_it_says(coverage, kind):
    assert coverage[kind].min() > 93.5
    assert coverage[kind].max() < 98
