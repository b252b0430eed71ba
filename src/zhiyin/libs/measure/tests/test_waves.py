"""Two waves or more: independent, paired, overlapping, and a trend."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, waves
from zhiyin.libs.measure.design import Design

RNG = np.random.default_rng(7)
PEOPLE = RNG.normal(size=(40, 1))
BEFORE = 7 + PEOPLE + RNG.normal(size=(40, 3))
AFTER = 7 + PEOPLE + [0.5, 0, -0.2] + RNG.normal(size=(40, 3))


def test_two_samples_are_compared_by_welchs_t():
    found = waves.independent(BEFORE, AFTER[:25], names=["a", "b", "c"])
    for at, each in enumerate(found):
        expected = scipy.stats.ttest_ind(AFTER[:25, at], BEFORE[:, at], equal_var=False)
        assert (each.t, each.df, each.p) == pytest.approx((expected.statistic, expected.df, expected.pvalue))
        assert (each.difference.low, each.difference.high) == pytest.approx(
            tuple(expected.confidence_interval())
        )
        assert (each.name, each.overlap) == ("abc"[at], 0)


def test_the_same_people_twice_are_compared_by_the_paired_t():
    found = waves.paired(BEFORE, AFTER)[0]
    expected = scipy.stats.ttest_rel(AFTER[:, 0], BEFORE[:, 0])
    assert (found.t, found.df, found.p) == pytest.approx((expected.statistic, 39, expected.pvalue))
    assert found.overlap == 40
    assert found.difference.margin < waves.independent(BEFORE, AFTER)[0].difference.margin


def test_a_panel_with_everybody_in_common_is_paired_and_with_nobody_independent():
    same = waves.overlapping(BEFORE, AFTER[::-1], range(40), range(39, -1, -1))
    for ours, paired in zip(same, waves.paired(BEFORE, AFTER), strict=True):
        assert (ours.t, ours.df, ours.p_holm) == pytest.approx((paired.t, paired.df, paired.p_holm))
    apart = waves.overlapping(BEFORE, AFTER, range(40), range(100, 140))
    for ours, independent in zip(apart, waves.independent(BEFORE, AFTER), strict=True):
        assert (ours.t, ours.df) == pytest.approx((independent.t, independent.df))


def test_a_panel_renewed_by_half_counts_the_covariance_of_those_who_stayed():
    found = waves.overlapping(BEFORE[:, 0], AFTER[20:, 0], range(40), [*range(20, 40)])[0]
    one, other = BEFORE[:, 0], AFTER[20:, 0]
    shared = ((one[20:] - one.mean()) * (other - other.mean())).sum()
    covariance = shared / (40 * 20) * math.sqrt(40 / 39 * 20 / 19)
    se = math.sqrt(one.var(ddof=1) / 40 + other.var(ddof=1) / 20 - 2 * covariance)
    assert found.difference.se == pytest.approx(se)
    assert found.overlap == 20
    assert found.difference.value == pytest.approx(other.mean() - one.mean())


def test_labels_of_people_may_be_anything_but_each_only_once():
    ids = [f"customer {at}" for at in range(40)]
    assert waves.overlapping(BEFORE, AFTER, ids, ids)[0].overlap == 40
    with pytest.raises(errors.BadOption, match="customer 1"):
        waves.overlapping(BEFORE, AFTER, ["customer 1"] * 40, ids)
    with pytest.raises(errors.ShapeMismatch):
        waves.overlapping(BEFORE, AFTER, ids[:3], ids)
    with pytest.raises(errors.ShapeMismatch):
        waves.overlapping(BEFORE, AFTER, ids, ids, before_weights=[1.0])


def test_twenty_attributes_are_not_twenty_chances_for_a_headline():
    rng = np.random.default_rng(1)
    found = waves.independent(rng.normal(size=(60, 20)), rng.normal(size=(60, 20)))
    assert min(each.p for each in found) < 0.1
    assert all(each.p_holm >= each.p for each in found)
    assert min(each.p_holm for each in found) > 0.05


def test_who_answered_only_once_is_no_pair():
    after = AFTER.copy()
    after[:10, 0] = np.nan
    first, second, _ = waves.paired(BEFORE, after)
    assert (first.overlap, first.before.n, second.overlap) == (30, 30, 40)


def test_waves_that_do_not_fit_are_refused():
    with pytest.raises(errors.ShapeMismatch):
        waves.independent(BEFORE, AFTER[:, :2])
    with pytest.raises(errors.ShapeMismatch):
        waves.paired(BEFORE, AFTER[:5])
    with pytest.raises(errors.TooFew):
        waves.paired([math.nan, 1.0], [1.0, math.nan])
    with pytest.raises(errors.TooFew):
        waves.independent([math.nan], [1.0])
    with pytest.raises(errors.ShapeMismatch):
        waves.independent(BEFORE, AFTER, names=["a"])


def agree(found, difference):
    """The interval leaves out nought exactly where the test finds a change."""
    assert (found.p < 0.05) == (not difference.low <= 0 <= difference.high)


def test_everybody_who_moved_alike_moved_but_for_no_certain_amount():
    few, many = (waves.paired(np.arange(n), np.arange(n) + 1)[0] for n in (3, 30))
    assert few.difference.value == many.difference.value == 1
    assert few.p > 0.05 > many.p
    assert few.difference.low < 0 < many.difference.low < 1 <= many.difference.high
    same = waves.overlapping(np.arange(30), np.arange(30) + 1, range(30), range(30))[0]
    assert (same.p, same.difference.low) == pytest.approx((many.p, many.difference.low))
    for each in (few, many, same):
        agree(each, each.difference)


def test_two_waves_that_each_agree_differ_but_for_no_certain_amount():
    found = waves.independent([10.0] * 10, [4.0] * 10)[0]
    # Agresti & Caffo: 1 of 12 and 11 of 12, six points apart.
    se = 6 * math.sqrt(2 * 11 / 12 / 12 / 12)
    assert found.difference.value == -6
    assert found.t == pytest.approx(-6 * 10 / 12 / se)
    assert (found.difference.se, found.df) == pytest.approx((se, 18))
    assert found.difference.low <= -6 < found.difference.high < 0
    assert 0 < found.p < 0.001
    shared = waves.overlapping([10.0] * 10, [4.0] * 10, range(10), range(5, 15))[0]
    assert shared.p == pytest.approx(found.p)
    line = waves.trends([10.0] * 10 + [4.0] * 10, [0] * 10 + [1] * 10)[0]
    assert line.slope.value == pytest.approx(-6)
    assert line.t == pytest.approx(found.t, rel=0.1)
    agree(line, line.slope)
    two = waves.independent([10.0] * 2, [4.0] * 2)[0]
    agree(two, two.difference)
    assert two.p > 0.05


def test_no_change_at_all_is_none():
    for found in (waves.independent([7.0] * 9, [7.0] * 5)[0], waves.paired([7.0] * 9, [7.0] * 9)[0]):
        assert (found.difference.low, found.difference.high, found.p) == (0, 0, 1)


def test_an_infinite_answer_is_refused():
    for call in (
        lambda: waves.independent([1.0, math.inf], [1.0, 2]),
        lambda: waves.paired([1.0, 2], [1.0, -math.inf]),
        lambda: waves.trends([1.0, 2, math.inf], [0, 1, 1]),
        lambda: waves.trends([1.0, 2, 3], [0, 1, math.inf]),
    ):
        with pytest.raises(errors.UnusableColumn, match="infinite"):
            call()


def test_a_trend_is_the_least_squares_line_with_whites_error():
    times = np.repeat([2022.0, 2023, 2025], [30, 40, 50])
    values = 6 + 0.3 * (times - 2022) + RNG.normal(size=120) * (times - 2021)
    (found,) = waves.trends(values, times, names=["staff"])
    assert found.slope.value == pytest.approx(scipy.stats.linregress(times, values).slope)
    away = times - times.mean()
    left = values - values.mean() - found.slope.value * away
    white = math.sqrt(120 / 118 * ((away * left) ** 2).sum()) / (away**2).sum()
    assert found.slope.se == pytest.approx(white, rel=1e-3)
    assert (found.waves, found.df) == (3, 118)


def test_with_two_waves_the_trend_is_the_change():
    change = waves.independent(BEFORE[:, 0], AFTER[:, 0])[0]
    (trend,) = waves.trends(np.concatenate([BEFORE[:, 0], AFTER[:, 0]]), np.repeat([0, 2], 40))
    assert 2 * trend.slope.value == pytest.approx(change.difference.value)
    assert 2 * trend.slope.se == pytest.approx(change.difference.se, rel=0.02)


def test_people_who_come_again_are_clusters_of_a_trend():
    values = np.concatenate([BEFORE[:, 0], AFTER[:, 0]])
    design = Design(clusters=np.tile(np.arange(40), 2))
    panel = waves.trends(values, np.repeat([0, 1], 40), design=design)[0]
    apart = waves.trends(values, np.repeat([0, 1], 40))[0]
    assert panel.slope.value == apart.slope.value
    assert panel.slope.se < apart.slope.se
    assert panel.slope.se == pytest.approx(waves.paired(BEFORE, AFTER)[0].difference.se, rel=0.03)


def test_one_wave_has_no_trend():
    (flat,) = waves.trends([0.1, 0.1, 0.1], [0, 1, 1])
    assert flat.slope.value == flat.slope.se == 0
    with pytest.raises(errors.TooFew):
        waves.trends(BEFORE, np.zeros(40))
    with pytest.raises(errors.ShapeMismatch):
        waves.trends(BEFORE, np.zeros(3))


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(40)), st.floats(0.1, 100), st.floats(-50, 50))
def test_order_unit_and_origin_do_not_matter(order, unit, origin):
    plain = waves.independent(BEFORE, AFTER)
    found = waves.independent(unit * BEFORE[list(order)] + origin, unit * AFTER + origin)
    for ours, theirs in zip(found, plain, strict=True):
        assert ours.difference.value == pytest.approx(unit * theirs.difference.value, abs=1e-9 * unit)
        assert ours.p == pytest.approx(theirs.p, rel=1e-6)
