"""Path models: the published European index, the textbook's algorithm, and what must not change a result."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from zhiyin.libs.measure import errors, paths
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.tests import textbook_pls
from zhiyin.libs.measure.tests.simulated_ecsi import answers

SCHEMES = ("centroid", "factorial", "path")
ECSI = paths.ECSI

# SmartPLS 2.0.M3 on the 250 mobile phone customers of Tenenhaus et al. (2005) CSDA 48:159, as it is printed in the
# reference output of semPLS (Monecke & Leisch 2012, JSS 48(3)): centroid, factorial, path weighting.
PUBLISHED = {
    ("Image", "Expectation"): (0.50470564, 0.50494314, 0.50491393),
    ("Expectation", "Quality"): (0.55724786, 0.55675903, 0.55674896),
    ("Expectation", "Value"): (0.05078755, 0.05017810, 0.04998839),
    ("Quality", "Value"): (0.55721686, 0.55776245, 0.55830438),
    ("Image", "Satisfaction"): (0.17883348, 0.17859267, 0.17873950),
    ("Expectation", "Satisfaction"): (0.06442534, 0.06494365, 0.06252287),
    ("Quality", "Satisfaction"): (0.51254524, 0.51297470, 0.51202394),
    ("Value", "Satisfaction"): (0.19181566, 0.19144526, 0.19476510),
    ("Satisfaction", "Complaints"): (0.52609731, 0.52585655, 0.52806625),
    ("Image", "Loyalty"): (0.19535971, 0.19581962, 0.19575534),
    ("Satisfaction", "Loyalty"): (0.48347472, 0.48305917, 0.48547762),
    ("Complaints", "Loyalty"): (0.07123241, 0.07031057, 0.06692607),
}
# R² of the same models by three programs that agree with the paths above to eight digits (semPLS 1.0-10 among them).
R2 = {
    "Expectation": (0.25472778, 0.25496757, 0.25493808),
    "Quality": (0.31052517, 0.30998061, 0.30996941),
    "Value": (0.34460987, 0.34478133, 0.34527894),
    "Satisfaction": (0.68028109, 0.68069769, 0.68107829),
    "Complaints": (0.27677838, 0.27652511, 0.27885396),
    "Loyalty": (0.45728605, 0.45651960, 0.45694445),
}
GOLDEN = os.environ.get("ZHIYIN_GOLDEN")


def fit(rows, model=ECSI, **options):
    return paths.path_model(rows, model.columns, model, **{"draws": 0} | options)


def mobile():
    if not GOLDEN:
        pytest.skip(
            "the 250 customers come with GPL packages: name the folder of golden cases by ZHIYIN_GOLDEN"
        )
    with (Path(GOLDEN) / "ecsi_mobi_pls" / "mobi.csv").open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    return np.array(rows, dtype=float), names


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_mobile_phone_study_comes_out_as_published(scheme):
    rows, names = mobile()
    found = paths.path_model(rows, names, scheme=scheme, draws=0)
    at = SCHEMES.index(scheme)
    for (source, target), values in PUBLISHED.items():
        assert found.path(source, target).value == pytest.approx(values[at], abs=1e-8)
    for construct, values in R2.items():
        assert found.construct(construct).r2.value == pytest.approx(values[at], abs=1e-8)
    assert found.scheme == scheme


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_textbook_gives_the_same(scheme, seed):
    rows = answers(seed=seed)
    found = fit(rows, scheme=scheme, tolerance=1e-13)
    book = textbook_pls.fit(rows, ECSI.columns, ECSI.blocks, ECSI.paths, scheme)
    near = {"abs": 1e-10}
    assert {path_.target: 0 for path_ in found.paths}.keys() == book["r2"].keys()
    assert {(p.source, p.target): p.coefficient.value for p in found.paths} == pytest.approx(
        book["paths"], **near
    )
    assert {i.column: i.weight.value for i in found.indicators} == pytest.approx(book["weights"], **near)
    assert {i.column: i.loading.value for i in found.indicators} == pytest.approx(book["loadings"], **near)
    assert {c.name: c.r2.value for c in found.constructs if c.r2} == pytest.approx(book["r2"], **near)
    assert {(e.source, e.target): e.total.value for e in found.effects} == pytest.approx(
        book["effects"], **near
    )
    np.testing.assert_allclose(found.standardised, np.stack(list(book["scores"].values()), 1), atol=1e-9)


def test_what_the_figures_of_a_block_mean():
    found = fit(answers())
    image = found.construct("Image")
    loadings = np.array([found.indicator(column).loading.value for column in image.columns])
    assert image.ave.value == pytest.approx((loadings**2).mean())
    common = loadings.sum() ** 2
    assert image.composite_reliability.value == pytest.approx(common / (common + (1 - loadings**2).sum()))
    assert image.r2 is None
    assert image.redundancy is None
    quality = found.construct("Quality")
    assert quality.redundancy.value == pytest.approx(quality.ave.value * quality.r2.value)
    assert quality.r2_adjusted.value == pytest.approx(1 - (1 - quality.r2.value) * 249 / 248)
    item = found.indicator("PERQ2")
    assert item.communality.value == pytest.approx(item.loading.value**2)
    assert item.redundancy.value == pytest.approx(item.communality.value * quality.r2.value)


def test_a_single_question_has_neither_ave_nor_reliability():
    complaints = fit(answers(), draws=50).construct("Complaints")
    assert complaints.single
    assert complaints.ave is None
    assert complaints.composite_reliability is None
    assert complaints.communality.low == complaints.communality.high == pytest.approx(1)


def test_each_column_is_standardised_by_itself():
    rows = answers()
    wide = rows.copy()
    wide[:, 3] = 1 + 100 * (rows[:, 3] - 1)
    one, other = fit(rows), fit(wide, scale=None)
    assert [p.coefficient.value for p in one.paths] == pytest.approx(
        [p.coefficient.value for p in other.paths]
    )


def test_the_order_of_rows_columns_and_blocks_does_not_matter():
    rows, chance = answers(), np.random.default_rng(5)
    shuffled = chance.permutation(len(rows))
    turned = paths.Model(dict(reversed(ECSI.blocks.items())), ECSI.paths[::-1])
    columns = chance.permutation(len(ECSI.columns))
    names = [ECSI.columns[at] for at in columns]
    one = fit(rows)
    other = paths.path_model(rows[shuffled][:, columns], names, turned, draws=0)
    for path in one.paths:
        assert other.path(path.source, path.target).value == pytest.approx(path.coefficient.value, abs=1e-9)


def test_a_question_asked_the_other_way_round_loads_negatively():
    rows = answers()
    one = fit(rows)
    rows[:, 4] = 11 - rows[:, 4]
    other = fit(rows)
    assert other.indicator("IMAG5").loading.value == pytest.approx(-one.indicator("IMAG5").loading.value)
    assert other.path("Image", "Loyalty").value == pytest.approx(one.path("Image", "Loyalty").value)


def test_the_strongest_question_of_every_block_loads_positively():
    rows = 11 - answers(seed=3)
    found = fit(rows)
    for construct in found.constructs:
        loadings = [found.indicator(column).loading.value for column in construct.columns]
        assert max(loadings, key=abs) > 0


def test_scores_run_from_0_to_100_by_unstandardised_weights():
    rows = answers()
    found = fit(rows)
    weights = np.array([found.indicator(c).weight.value for c in ECSI.blocks["Loyalty"]])
    loyal = rows[:, -3:]
    raw = weights / loyal.std(axis=0)
    expected = 100 * ((loyal - 1) @ raw) / (9 * raw.sum())
    np.testing.assert_allclose(found.scores[:, -1], expected)
    assert found.construct("Loyalty").score.value == pytest.approx(expected.mean())
    assert sum(found.indicator(c).share.value for c in ECSI.blocks["Loyalty"]) == pytest.approx(1)


def test_answers_of_1_and_10_throughout_score_0_and_100():
    rows = answers()
    rows[0], rows[1] = 1, 10
    found = fit(rows)
    np.testing.assert_allclose(found.scores[0], 0, atol=1e-12)
    np.testing.assert_allclose(found.scores[1], 100)


def test_standardised_scores_have_mean_0_and_variance_1():
    found = fit(answers())
    np.testing.assert_allclose(found.standardised.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(found.standardised.std(axis=0, ddof=1), 1)


def test_without_a_scale_there_is_no_score():
    found = fit(answers(whole=False), scale=None)
    assert found.scores is None
    assert found.construct("Image").score is None


def test_a_missing_answer_leaves_the_respondent_out_and_says_so():
    rows = answers()
    rows[[3, 77], [0, 20]] = np.nan
    found = fit(rows)
    assert (found.n, found.left_out) == (248, 2)
    assert not found.complete[3]
    kept = fit(np.delete(rows, [3, 77], axis=0))
    assert found.path("Image", "Loyalty").value == kept.path("Image", "Loyalty").value


def test_a_missing_answer_in_a_column_outside_the_model_costs_nobody():
    rows = np.column_stack([answers(), np.full(250, np.nan)])
    assert paths.path_model(rows, [*ECSI.columns, "age"], draws=0).n == 250


def test_whole_weights_are_as_good_as_repeated_rows():
    rows, chance = answers(), np.random.default_rng(2)
    weights = chance.integers(1, 4, len(rows))
    one = fit(rows, design=Design(weights=weights))
    other = fit(np.repeat(rows, weights, axis=0))
    assert [p.coefficient.value for p in one.paths] == pytest.approx(
        [p.coefficient.value for p in other.paths]
    )
    assert one.construct("Value").score.value == pytest.approx(other.construct("Value").score.value)


def test_convergence_is_reported():
    found = fit(answers())
    assert found.converged
    assert 3 < found.iterations < 30
    hurried = fit(answers(), iterations=2, draws=30)
    assert not hurried.converged
    assert hurried.bootstrap.not_converged == 30
    assert np.isnan(hurried.path("Image", "Loyalty").low)


def test_large_samples_find_what_was_put_in():
    model = paths.Model({"A": ["a"], "B": ["b"], "C": ["c"]}, [("A", "B"), ("A", "C"), ("B", "C")])
    chance = np.random.default_rng(1)
    a = chance.standard_normal(200_000)
    b = 0.6 * a + 0.8 * chance.standard_normal(200_000)
    c = 0.3 * a + 0.4 * b + 0.7 * chance.standard_normal(200_000)
    found = fit(np.stack([a, b, c], axis=1), model, scale=None)
    spread = np.sqrt(0.3**2 + 0.4**2 + 2 * 0.3 * 0.4 * 0.6 + 0.7**2)
    assert found.path("A", "B").value == pytest.approx(0.6, abs=0.005)
    assert found.path("B", "C").value == pytest.approx(0.4 / spread, abs=0.005)
    total = {(e.source, e.target): e for e in found.effects}["A", "C"]
    assert total.indirect.value == pytest.approx(0.6 * 0.4 / spread, abs=0.005)
    assert total.total.value == pytest.approx(total.direct.value + total.indirect.value)


def test_the_european_index_over_my_own_columns():
    model = paths.ecsi({"Image": ["q1"], "Satisfaction": ["q2", "q3"], "Loyalty": ["q4"]})
    assert model.paths == (("Image", "Satisfaction"), ("Image", "Loyalty"), ("Satisfaction", "Loyalty"))
    with pytest.raises(errors.UnknownConstruct):
        paths.ecsi({"Imagge": ["q1"]})
