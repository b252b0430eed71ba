"""The bootstrap of a path model: against one draw after the other, against linearisation, and where it fails."""

import numpy as np
import pytest

from zhiyin.libs.measure import errors, paths
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.distributions import t_quantile
from zhiyin.libs.measure.paths import resampling
from zhiyin.libs.measure.tests import textbook_pls
from zhiyin.libs.measure.tests.simulated_ecsi import answers

SMALL = paths.Model(
    {"A": ["a1", "a2"], "B": ["b1", "b2", "b3"], "C": ["c1"]}, [("A", "B"), ("A", "C"), ("B", "C")]
)
PAIR = paths.Model({"A": ["a"], "B": ["b"]}, [("A", "B")])


def fit(rows, model=SMALL, **options):
    return paths.path_model(rows, model.columns, model, **options)


def slowly(rows, draws, scheme="centroid"):
    """Every draw resampled in rows and fitted by the textbook."""
    drawn = resampling.counts(np.random.default_rng(1), draws, len(rows), len(rows)).astype(int)
    return [
        textbook_pls.fit(np.repeat(rows, often, axis=0), SMALL.columns, SMALL.blocks, SMALL.paths, scheme)
        for often in drawn
    ]


@pytest.mark.parametrize("scheme", ["centroid", "path"])
def test_all_draws_at_once_are_the_draws_one_after_the_other(scheme):
    rows = answers(80, model=SMALL)
    one = slowly(rows, 40, scheme)
    found = fit(rows, draws=40, scheme=scheme, interval="percentile", tolerance=1e-12)
    for path in found.paths:
        values = [draw["paths"][path.source, path.target] for draw in one]
        low, high = np.quantile(values, [0.025, 0.975])
        assert (path.coefficient.low, path.coefficient.high) == pytest.approx((low, high), abs=1e-9)
        assert path.coefficient.se == pytest.approx(np.std(values, ddof=1) * np.sqrt(80 / 79), abs=1e-9)
    for item in found.indicators[:5]:
        values = [draw["loadings"][item.column] for draw in one]
        assert item.loading.low == pytest.approx(np.quantile(values, 0.025), abs=1e-9)
    for effect in found.effects:
        values = [draw["effects"][effect.source, effect.target] for draw in one]
        assert effect.total.high == pytest.approx(np.quantile(values, 0.975), abs=1e-9)


def test_the_default_interval_is_symmetric_on_the_scale_of_fisher():
    rows = answers(80, model=SMALL)
    values = [draw["paths"]["A", "B"] for draw in slowly(rows, 40)]
    path = fit(rows, draws=40, tolerance=1e-12).path("A", "B")
    half = t_quantile(0.975, 79) * np.arctanh(values).std(ddof=1) * np.sqrt(80 / 79)
    assert path.low == pytest.approx(np.tanh(np.arctanh(path.value) - half), abs=1e-9)
    assert path.high == pytest.approx(np.tanh(np.arctanh(path.value) + half), abs=1e-9)
    assert path.method == "bootstrap, fisher"


def test_the_interval_is_named_and_its_level_kept():
    rows = answers(80, model=SMALL)
    symmetric = fit(rows, draws=100, interval="symmetric", level=0.8).path("A", "B")
    assert symmetric.method == "bootstrap, symmetric"
    assert symmetric.level == 0.8
    assert symmetric.value - symmetric.low == pytest.approx(symmetric.high - symmetric.value)
    assert symmetric.margin < fit(rows, draws=100, interval="symmetric").path("A", "B").margin


def test_every_figure_has_an_interval_around_it():
    found = paths.path_model(answers(), paths.ECSI.columns, draws=200)
    estimates = [path.coefficient for path in found.paths]
    for effect in found.effects:
        estimates += [effect.direct, effect.indirect, effect.total]
    for item in found.indicators:
        estimates += [item.weight, item.share, item.loading, item.communality]
    for construct in found.constructs:
        estimates += [construct.r2, construct.ave, construct.composite_reliability, construct.score]
    for each in filter(None, estimates):
        assert each.low <= each.value <= each.high
        assert each.n == 250


def test_the_same_seed_gives_the_same_draws():
    rows = answers(80, model=SMALL)
    assert fit(rows, draws=50, seed=4).paths == fit(rows, draws=50, seed=4).paths
    assert fit(rows, draws=50, seed=4).paths != fit(rows, draws=50, seed=5).paths


def test_draws_come_in_pieces_when_memory_is_short(monkeypatch):
    rows = answers(80, model=SMALL)
    whole = fit(rows, draws=60)
    monkeypatch.setattr(resampling, "AT_ONCE", 800)
    pieces = fit(rows, draws=60)
    assert pieces.bootstrap == whole.bootstrap
    assert pieces.path("A", "B").low == pytest.approx(whole.path("A", "B").low, abs=0.05)


def test_rows_come_in_pieces_when_memory_is_short(monkeypatch):
    rows, weights = answers(80, model=SMALL), np.random.default_rng(1).integers(0, 3, (4, 80)).astype(float)
    whole = resampling.moments(rows, weights)
    monkeypatch.setattr(resampling, "AT_ONCE", 800)
    np.testing.assert_allclose(resampling.moments(rows, weights).correlations, whole.correlations, atol=1e-12)


def contrary():
    """Two questions of about equal strength that contradict one another: which is dominant changes from draw to draw."""
    chance = np.random.default_rng(3)
    a = chance.standard_normal(150)
    first, second = a + 0.6 * chance.standard_normal(150), -a + 0.6 * chance.standard_normal(150)
    others = [0.7 * a + 0.7 * chance.standard_normal(150) for _ in range(4)]
    return np.stack([first, second, *others], axis=1)


def test_a_construct_that_turns_round_in_a_draw_is_turned_back():
    loose = fit(contrary(), scale=None, draws=300, alignment="none")
    held = fit(contrary(), scale=None, draws=300)
    single = fit(contrary(), scale=None, draws=300, alignment="individual")
    assert loose.path("A", "B").se > 5 * held.path("A", "B").se
    assert held.bootstrap.turned > 50
    assert held.bootstrap.alignment == "construct"
    assert loose.bootstrap.turned == 0
    assert single.path("A", "B").se == pytest.approx(held.path("A", "B").se, rel=0.05)
    assert held.path("A", "B").value == loose.path("A", "B").value


def test_draws_without_variation_are_counted_and_left_out():
    rows = answers(60, model=SMALL)
    rows[:, 0] = 5
    rows[7, 0] = 9
    counted = fit(rows, draws=400).bootstrap
    assert counted.constant == pytest.approx(400 * np.exp(-1), rel=0.25)
    assert (
        counted.used + counted.constant + counted.not_converged + counted.inseparable == counted.asked == 400
    )


def test_draws_where_sources_coincide_are_counted_and_left_out():
    model = paths.Model({"A": ["a"], "B": ["b"], "C": ["c"]}, [("A", "C"), ("B", "C")])
    rows = answers(60, model=model)
    rows[:, 1] = rows[:, 0]
    rows[7, 1] += 1 if rows[7, 1] < 10 else -1
    counted = fit(rows, model, draws=400).bootstrap
    assert counted.inseparable == pytest.approx(400 * np.exp(-1), rel=0.25)


def test_without_draws_there_is_no_interval():
    path = fit(answers(80, model=SMALL), draws=0).path("A", "B")
    assert np.isnan([path.low, path.high, path.se]).all()
    assert path.method == "none"


def designs():
    chance = np.random.default_rng(8)
    weights = chance.uniform(0.5, 2, 400)
    strata = np.repeat(["north", "south"], [150, 250])
    clusters = np.arange(400) // 5
    return {
        "weights": Design(weights=weights),
        "strata": Design(strata=strata),
        "clusters": Design(clusters=clusters),
        "population": Design(population=700),
        "all": Design(weights, strata, clusters, {"north": 60, "south": 100}),
    }


@pytest.mark.parametrize("name", designs())
def test_the_design_enters_as_linearisation_would_have_it(name):
    design = designs()[name]
    rows = answers(400, model=PAIR)
    rows[:200] = np.clip(rows[:200] + 2, 1, 10)
    found = fit(rows, PAIR, design=design, draws=4000)
    weights = design.of(400)
    mean = weights @ rows[:, 0] / weights.sum()
    expected = design.spread(weights * (rows[:, 0] - mean) / weights.sum()).se[0] * 100 / 9
    assert found.construct("A").score.se == pytest.approx(expected, rel=0.06)
    z = (rows - weights @ rows / weights.sum()) / np.sqrt(np.cov(rows.T, aweights=weights, ddof=0).diagonal())
    r = found.path("A", "B").value
    influence = z[:, 0] * z[:, 1] - r * (z**2).sum(axis=1) / 2
    assert found.path("A", "B").se == pytest.approx(
        design.spread(weights * influence / weights.sum()).se[0], rel=0.08
    )


def test_a_census_has_no_margin():
    rows = answers(80, model=SMALL)
    path = fit(rows, design=Design(population=80), draws=50).path("A", "B")
    assert path.low == pytest.approx(path.value)
    assert path.high == pytest.approx(path.value)


def test_respondents_copied_within_a_cluster_add_nothing():
    rows = answers(100, model=SMALL)
    one = fit(rows, draws=2000).path("B", "C")
    copied = fit(np.repeat(rows, 4, axis=0), draws=2000, design=Design(clusters=np.repeat(np.arange(100), 4)))
    assert copied.path("B", "C").se == pytest.approx(one.se, rel=0.1)


def test_a_stratum_of_one_cannot_be_resampled():
    strata = ["a"] * 79 + ["b"]
    with pytest.raises(errors.BadDesign):
        fit(answers(80, model=SMALL), design=Design(strata=strata))
