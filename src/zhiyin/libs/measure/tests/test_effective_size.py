"""What an answer is worth under a design: never more than an answer, but for a finite population."""

import math

import numpy as np
import pytest

from zhiyin.libs.measure import errors, kano, loyalty, means, proportions
from zhiyin.libs.measure.design import Design

FOUR = np.repeat(np.arange(4), 10)
THREE_OF_TEN = np.tile([1.0] * 3 + [0.0] * 7, 4)


def test_one_unhappy_of_hardly_any_weight_makes_nobody_surer():
    everybody = loyalty.csat([5] * 100, design=Design(weights=np.ones(100))).satisfied
    but_one = loyalty.csat([5] * 99 + [1], design=Design(weights=np.array([1.0] * 99 + [0.05]))).satisfied
    assert but_one.low == pytest.approx(everybody.low, abs=1e-3)
    assert but_one.low < 0.97


def test_weights_that_happen_to_agree_with_the_answers_are_worth_no_more_than_the_answers():
    weights = np.where(THREE_OF_TEN == 1, 0.1, 1.0)
    found = means.sample(THREE_OF_TEN, Design(weights=weights))
    assert 1 + found.variance / found.se**2 > 100
    assert found.size == 40


@pytest.mark.parametrize("method", ["wilson", "clopper_pearson", "adjusted_wald"])
def test_four_clusters_that_agree_are_not_certain(method):
    found = proportions.proportion(THREE_OF_TEN, design=Design(clusters=FOUR), method=method)
    apart = proportions.proportion(THREE_OF_TEN, method=method)
    assert found.low < apart.low < 0.3 < apart.high < found.high


def test_a_score_from_four_clusters_that_agree_is_not_certain():
    found = loyalty.nps(np.where(THREE_OF_TEN == 1, 10, 0), design=Design(clusters=FOUR)).score
    assert (found.value, found.low < -60, found.high > -20) == (-40, True, True)


def test_clusters_that_agree_but_for_a_rounding_do_not_overflow():
    weights = np.tile([0.1, 0.7, 0.3, 1.1, 0.2, 0.9, 0.6, 1.3, 0.4, 0.8], 4)
    design = Design(weights=weights, clusters=np.arange(40) // 10)
    found = proportions.proportion(THREE_OF_TEN, design=design, method="clopper_pearson")
    assert 0 < found.low < found.value < found.high < 1


def test_a_finite_population_counts_on_top_and_a_census_is_certain():
    half = proportions.sample(np.arange(150) < 60, Design(population=300))
    assert half.size == pytest.approx(1 + 149 / 0.5)
    agreed = means.sample(THREE_OF_TEN, Design(clusters=FOUR, population=8))
    assert agreed.size == pytest.approx(1 + 39 / 0.5)
    strata = np.repeat(["a", "b"], 20)
    whole = means.sample(THREE_OF_TEN, Design(strata=strata, population={"a": 20, "b": 20}))
    assert whole.size == math.inf
    alike = means.sample(np.ones(40), Design(strata=strata, population={"a": 40, "b": 40}))
    assert alike.size == pytest.approx(1 + 39 / 0.5)
    nearly = proportions.proportion(
        THREE_OF_TEN, design=Design(population=40 + 1e-12), method="clopper_pearson"
    )
    assert (nearly.low, nearly.high) == pytest.approx((0.3, 0.3), abs=1e-6)


def test_a_stratum_drawn_whole_with_its_only_unit_stays_usable():
    strata = ["only"] + ["rest"] * 39
    found = means.sample(THREE_OF_TEN, Design(strata=strata, population={"only": 1, "rest": 400}))
    assert 30 < found.size < 50


def test_few_clusters_widen_the_exact_interval_as_korn_and_graubard_do():
    # R survey, svyciprop(~I(stype == "E"), dclus1, method = "beta"): 144 of 183 schools in 15 districts.
    p, se = 0.7868852459, 0.0463
    found = means.Sample(p, p * (1 - p), 183, 1 + p * (1 - p) / se**2, se, 14, plain=False)
    exact = proportions.of_sample(found, method="clopper_pearson")
    assert (exact.low, exact.high) == pytest.approx((0.669, 0.878), abs=1e-3)


@pytest.mark.parametrize("scale", [1e-300, 1e-200, 1e200, 1e300])
def test_the_unit_of_the_weights_does_not_matter_however_small_or_large(scale):
    weights = np.linspace(1, 3, 40)
    answers, pairs = np.where(THREE_OF_TEN == 1, 10, 4), np.where(THREE_OF_TEN == 1, 1.0, 3.0)
    plain, scaled = Design(weights=weights), Design(weights=weights * scale)
    for figure in (
        lambda d: means.mean(answers, design=d),
        lambda d: proportions.proportion(THREE_OF_TEN, design=d),
        lambda d: loyalty.nps(answers, design=d).score,
        lambda d: kano.categories(pairs, 6 - pairs, design=d)[0].category_strength,
    ):
        ours, theirs = figure(scaled), figure(plain)
        assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.value, theirs.low, theirs.high))


def test_an_infinite_answer_is_refused():
    with pytest.raises(errors.UnusableColumn, match="infinite"):
        means.mean([1.0, math.inf])
