"""Reliability: alpha is raw, says so, and shows what spoils it."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, reliability
from zhiyin.libs.measure.design import Design

RNG = np.random.default_rng(3)
ROWS = np.clip(
    np.round(6 + 1.5 * RNG.normal(size=(120, 1)) + [1, 2, 0.6, 1.2] * RNG.normal(size=(120, 4))), 1, 10
)
NAMES = ["care", "trust", "switching", "comfort"]


def alpha_of(matrix):
    k = len(matrix)
    return k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())


def test_alpha_is_raw_and_not_the_standardised_one():
    found = reliability.alpha(ROWS)
    assert found.kind == "raw"
    assert found.alpha.value == pytest.approx(alpha_of(np.cov(ROWS.T)))
    assert found.standardised == pytest.approx(alpha_of(np.corrcoef(ROWS.T)))
    assert found.standardised - found.alpha.value > 0.005


def test_items_that_differ_in_spread_show_raw_and_standardised_apart():
    # Perceived value in the ECSI mobile data (Tenenhaus et al. 2005): variances 4.77 and 3.39, covariance 2.82.
    matrix = np.array([[4.766731, 2.816369], [2.816369, 3.394522]])
    rows = 5.5 + RNG.normal(size=(250, 2)) @ np.eye(2)
    rows -= rows.mean(axis=0)
    whiten = np.linalg.inv(np.linalg.cholesky(np.cov(rows.T))).T
    found = reliability.alpha(rows @ whiten @ np.linalg.cholesky(matrix).T + 5.5, scale=(-10, 20))
    assert (round(found.alpha.value, 4), round(found.standardised, 4)) == (0.8167, 0.8236)


def test_each_item_shows_what_it_does_to_the_scale():
    found = reliability.alpha(ROWS, names=NAMES)
    for at, item in enumerate(found.items):
        others = np.delete(ROWS, at, axis=1)
        assert item.name == NAMES[at]
        assert item.item_total == pytest.approx(np.corrcoef(ROWS[:, at], others.sum(axis=1))[0, 1])
        assert item.alpha_if_deleted == pytest.approx(alpha_of(np.cov(others.T)))
        assert (item.mean, item.sd) == pytest.approx((ROWS[:, at].mean(), ROWS[:, at].std(ddof=1)))


def test_of_two_items_neither_can_be_spared():
    assert math.isnan(reliability.alpha(ROWS[:, :2]).items[0].alpha_if_deleted)


def test_a_reversed_statement_is_named_and_turned_before_alpha():
    turned = ROWS.copy()
    turned[:, 2] = 11 - turned[:, 2]
    found = reliability.alpha(turned, names=NAMES, reversed_items=["switching"])
    assert found.alpha == reliability.alpha(ROWS, names=NAMES).alpha
    assert [item.reversed for item in found.items] == [False, False, True, False]
    assert found.suspects == ()


def test_a_statement_that_was_not_turned_is_suspected():
    turned = ROWS.copy()
    turned[:, 2] = 11 - turned[:, 2]
    found = reliability.alpha(turned, names=NAMES)
    assert found.suspects == ("switching",)
    assert found.alpha.value < 0.5
    with pytest.raises(errors.BadOption, match="pride"):
        reliability.alpha(turned, names=NAMES, reversed_items=["pride"])


def test_feldts_interval_takes_its_ends_from_f():
    found = reliability.alpha(ROWS, method="feldt").alpha
    upper, lower = scipy.stats.f.ppf([0.025, 0.975], 119, 119 * 3)
    expected = (1 - (1 - found.value) * lower, 1 - (1 - found.value) * upper)
    assert (found.low, found.high) == pytest.approx(expected)


def test_all_intervals_agree_roughly_on_well_behaved_answers():
    feldt = reliability.alpha(ROWS, method="feldt").alpha
    for method in ("jackknife", "bonett", "linearised"):
        found = reliability.alpha(ROWS, method=method).alpha
        assert (found.low, found.high) == pytest.approx((feldt.low, feldt.high), abs=0.03)
        assert found.method == method
    with pytest.raises(errors.BadOption):
        reliability.alpha(ROWS, method="normal")


def test_the_jackknife_is_the_one_done_by_leaving_each_respondent_out():
    logs = [math.log(1 - alpha_of(np.cov(np.delete(ROWS, at, axis=0).T))) for at in range(120)]
    se = math.sqrt(119 / 120 * ((logs - np.mean(logs)) ** 2).sum())
    found = reliability.alpha(ROWS).alpha
    assert found.se == pytest.approx(se * (1 - found.value))


def test_a_single_item_has_no_alpha():
    for rows in (ROWS[:, 0], ROWS[:, :1]):
        with pytest.raises(errors.TooFewItems, match="at least 2 items"):
            reliability.alpha(rows)


def test_what_cannot_be_measured_is_refused():
    with pytest.raises(errors.TooFew):
        reliability.alpha(ROWS[:2])
    with pytest.raises(errors.NoVariation, match="trust"):
        reliability.alpha(np.column_stack([ROWS[:, 0], np.full(120, 7.0)]), names=["care", "trust"])
    with pytest.raises(errors.OffScale):
        reliability.alpha(ROWS, scale=(1, 5))
    with pytest.raises(errors.NoVariation):
        reliability.alpha(np.column_stack([ROWS[:, 0], 11 - ROWS[:, 0]]))


def test_respondents_with_a_missing_answer_are_left_out_whole():
    rows = ROWS.copy()
    rows[:5, 0] = np.nan
    found = reliability.alpha(rows)
    assert found.n == 115
    assert found.alpha == reliability.alpha(ROWS[5:]).alpha


def test_items_that_say_the_same_have_alpha_one():
    found = reliability.alpha(np.column_stack([ROWS[:, 0], ROWS[:, 0]])).alpha
    assert (found.value, found.low, found.high) == pytest.approx((1, 1, 1))


@settings(deadline=None)
@given(st.permutations(range(4)), st.integers(0, 100))
def test_order_and_unit_do_not_matter(order, seed):
    shuffled = np.random.default_rng(seed).permutation(ROWS)[:, order]
    plain = reliability.alpha(ROWS).alpha
    found = reliability.alpha((shuffled - 1) / 9 * 100, scale=(0, 100)).alpha
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))


def test_weights_count_as_replication_and_bring_the_linearised_interval():
    weights = np.random.default_rng(1).integers(1, 4, 120)
    weighted = reliability.alpha(ROWS, design=Design(weights=weights.astype(float)))
    repeated = reliability.alpha(np.repeat(ROWS, weights, axis=0))
    assert weighted.alpha.value == pytest.approx(repeated.alpha.value)
    assert weighted.alpha.method == "linearised"
    assert weighted.n == 120
