"""Shares: the published intervals, designs, and two shares compared."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, multiplicity, proportions
from zhiyin.libs.measure.design import Design

NEWCOMBE = [  # Newcombe (1998) Statistics in Medicine 17:857, Table I
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0, 0.1611), (0, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]
HYBRID = [  # Newcombe (1998) Statistics in Medicine 17:873, Table II, method 10
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
]


@pytest.mark.parametrize(("count", "n", "wilson", "exact"), NEWCOMBE)
def test_newcombes_table_is_reproduced(count, n, wilson, exact):
    found = proportions.wilson(count, n)
    assert (found.low, found.high) == pytest.approx(wilson, abs=5e-5)
    found = proportions.clopper_pearson(count, n)
    assert (found.low, found.high) == pytest.approx(exact, abs=5e-5)


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (3, 7), (81, 263), (999, 1000)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_intervals_agree_with_scipy(count, n, level):
    test = scipy.stats.binomtest(count, n)
    for method, theirs in (("wilson", "wilson"), ("clopper_pearson", "exact")):
        ours = proportions.of_sample(proportions.counted(count, n), method=method, level=level)
        expected = test.proportion_ci(level, theirs)
        assert (ours.low, ours.high) == pytest.approx((expected.low, expected.high), abs=1e-10)


def test_adjusted_wald_is_wilsons_centre_with_a_plain_width():
    found, z = proportions.adjusted_wald(15, 148), scipy.stats.norm.ppf(0.975)
    centre = (15 + z * z / 2) / (148 + z * z)
    half = z * math.sqrt(centre * (1 - centre) / (148 + z * z))
    assert (found.value, found.low, found.high) == pytest.approx((15 / 148, centre - half, centre + half))


def test_the_share_stays_what_was_counted_whatever_the_interval():
    assert {proportions.proportion([1, 0, 0, 1], method=m).value for m in proportions._ENDS} == {0.5}


@pytest.mark.parametrize(("a", "n", "b", "m", "low", "high"), HYBRID)
def test_newcombes_hybrid_interval_of_a_difference_is_reproduced(a, n, b, m, low, high):
    found = proportions.compare_counts(a, n, b, m).difference
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.method == "newcombe"


def test_the_test_of_two_shares_is_pearsons_chi_squared():
    found = proportions.compare_counts(56, 70, 48, 80)
    chi2 = scipy.stats.chi2_contingency([[56, 14], [48, 32]], correction=False)
    assert (found.z**2, found.p) == pytest.approx((chi2.statistic, chi2.pvalue))


def test_the_test_of_two_shares_counts_the_degrees_of_few_clusters():
    rng = np.random.default_rng(4)
    ours, theirs = rng.random(50) < 0.4, rng.random(50) < 0.6
    design = Design(clusters=np.repeat(np.arange(5), 10))
    found = proportions.compare(ours, theirs, design=design, other_design=design)
    assert 4 <= found.df <= 8
    assert found.p == pytest.approx(2 * scipy.stats.t.sf(abs(found.z), found.df))
    assert proportions.compare(ours, theirs).df == math.inf


def test_nothing_differs_where_nobody_did_it():
    assert proportions.compare_counts(0, 10, 0, 20).p == 1


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, 0), (math.nan, 5)])
def test_impossible_counts_are_refused(count, n):
    with pytest.raises(errors.BadCount):
        proportions.wilson(count, n)


def test_an_answer_that_is_neither_yes_nor_no_is_named():
    with pytest.raises(errors.OffScale, match="Row 2, column 1"):
        proportions.proportion([1, 2, 0])
    with pytest.raises(errors.BadOption):
        proportions.proportion([1, 0], method="wald")
    with pytest.raises(errors.TooFew):
        proportions.proportion([math.nan])


def test_equal_weights_change_nothing():
    values = np.array([1, 0, 0, 1, 0, np.nan, 1])
    plain = proportions.proportion(values)
    weighted = proportions.proportion(values, design=Design(weights=np.full(7, 3.7)))
    assert (weighted.low, weighted.high, weighted.n) == pytest.approx((plain.low, plain.high, plain.n))
    assert (plain.low, plain.high) == pytest.approx(
        (proportions.wilson(3, 6).low, proportions.wilson(3, 6).high)
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 4)), min_size=1, max_size=20))
def test_a_weight_counts_as_that_many_answers_but_not_as_that_many_respondents(rows):
    values, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    weighted = proportions.proportion(values, design=Design(weights=weights))
    repeated = proportions.proportion(np.repeat(values, weights.astype(int)))
    assert weighted.value == pytest.approx(repeated.value)
    assert weighted.n == len(values)
    same = proportions.sample(values, Design(weights=weights * 17))
    assert same.size == pytest.approx(proportions.sample(values, Design(weights=weights)).size)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0, math.nan]), min_size=1).filter(lambda v: not np.isnan(v).all()))
def test_the_order_of_respondents_does_not_matter(values):
    turned = proportions.proportion(values[::-1])
    ours = proportions.proportion(values)
    assert (turned.low, turned.high) == pytest.approx((ours.low, ours.high))


@settings(deadline=None)
@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_one_more_yes_moves_both_ends_up(case):
    count, n = case
    for one in (proportions.wilson, proportions.clopper_pearson, proportions.adjusted_wald):
        fewer, more = one(count, n), one(count + 1, n)
        assert fewer.low <= more.low + 1e-12
        assert fewer.high <= more.high + 1e-12
        assert 0 <= fewer.low <= fewer.value + 1e-12
        assert fewer.value <= fewer.high + 1e-12 <= 1 + 2e-12


def test_a_census_of_three_hundred_is_known_without_error():
    values = np.arange(300) < 120
    whole = proportions.proportion(values, design=Design(population=300))
    assert (whole.low, whole.high) == pytest.approx((0.4, 0.4))
    half = proportions.proportion(values[::2], design=Design(population=300))
    assert half.high - half.low < proportions.wilson(60, 150).high - proportions.wilson(60, 150).low
    nobody = proportions.proportion(np.zeros(300), design=Design(population=300))
    assert nobody.high == 0
    assert proportions.compare(values, values, design=Design(population=300)).p == 1


def test_clusters_that_agree_within_cost_sample_size():
    values = np.repeat([0, 1, 0, 0, 1, 0, 0, 1], 10)
    clustered = proportions.proportion(values, design=Design(clusters=np.repeat(np.arange(8), 10)))
    assert clustered.high - clustered.low > 2 * (
        proportions.wilson(30, 80).high - proportions.wilson(30, 80).low
    )


def test_holm_multiplies_the_smallest_by_the_number_of_tests():
    assert multiplicity.holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert multiplicity.holm([0.9, math.nan, 0.6])[::2] == (1.0, 1.0)
    assert multiplicity.holm([]) == ()
