"""Indicators: what is counted, of what, and over which days."""

import datetime as dt
import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import errors, indicators, proportions
from zhiyin.libs.measure.design import Design

SPRING = indicators.Window(dt.date(2026, 1, 1), dt.date(2026, 3, 31))
YES, NO, MISSING = 1.0, 0.0, math.nan


def ends(estimate):
    return estimate.low, estimate.high


def wilson(count, n):
    return ends(proportions.wilson(count, n))


def test_every_indicator_carries_its_definition_and_its_window():
    found = indicators.asked_by_name([YES, NO], window=SPRING)
    assert (found.definition.code, found.window.days) == ("asked_by_name", 90)
    assert found.definition.numerator
    assert found.definition.denominator
    with pytest.raises(errors.BadOption):
        indicators.Window(dt.date(2026, 2, 1), dt.date(2026, 1, 1))


def test_reputation_counts_only_those_who_know_us():
    found = indicators.reputation([1, 1, 1, 1, 0, 0], [1, 1, 0, MISSING, 0, 1], window=SPRING)
    assert (found.numerator, found.denominator, found.left_out) == (2, 3, 3)
    assert ends(found.estimate) == pytest.approx(wilson(2, 3))
    with pytest.raises(errors.ShapeMismatch):
        indicators.reputation([1, 1], [1], window=SPRING)


def test_everybody_has_the_same_time_to_come_back():
    again_after = [10, MISSING, 40, MISSING, 3]
    observed = [100, 100, 100, 20, 25]
    found = indicators.return_rate(again_after, observed, within=30, window=SPRING)
    # The third came back too late, the fourth and fifth have not been watched for long enough.
    assert (found.numerator, found.denominator, found.left_out) == (1, 3, 2)
    assert ends(found.estimate) == pytest.approx(wilson(1, 3))


def test_whoever_came_early_does_not_look_more_loyal():
    rng = np.random.default_rng(1)
    gap, observed = rng.exponential(100, 20_000), rng.uniform(0, 365, 20_000)
    seen = np.where(gap <= observed, gap, np.nan)
    found = indicators.return_rate(seen, observed, within=60, window=SPRING)
    assert found.estimate.value == pytest.approx(1 - math.exp(-0.6), abs=0.01)
    for bad in ([(5, 4)], [(-1, 4)]):
        with pytest.raises(errors.BadCount):
            indicators.return_rate([bad[0][0]], [bad[0][1]], within=3, window=SPRING)
    with pytest.raises(errors.BadOption):
        indicators.return_rate([1], [5], within=0, window=SPRING)
    with pytest.raises(errors.TooFew):
        indicators.return_rate([1], [5], within=30, window=SPRING)


def test_requests_of_one_customer_are_no_independent_witnesses():
    named = np.repeat([1, 0, 1, 0, 0, 1], 20)
    plain = indicators.asked_by_name(named, window=SPRING).estimate
    customers = Design(clusters=np.repeat(np.arange(6), 20))
    clustered = indicators.asked_by_name(named, window=SPRING, design=customers).estimate
    assert clustered.value == plain.value
    assert clustered.high - clustered.low > 3 * (plain.high - plain.low)


def test_share_by_amount_is_a_ratio_of_sums_and_not_a_mean_of_shares():
    found = indicators.share_of_amount([90, 1, 1], [100, 2, 2], window=SPRING)
    assert found.estimate.value == pytest.approx(92 / 104)
    assert (found.numerator, found.denominator) == (92, 104)
    for ours, total in (([5], [4]), ([-1], [4])):
        with pytest.raises(errors.BadCount):
            indicators.share_of_amount([*ours, 1], [*total, 2], window=SPRING)


def test_the_error_of_a_share_by_amount_is_cochrans():
    ours, total = np.array([10.0, 20, 0, 5, 8]), np.array([20.0, 20, 10, 10, 30])
    found = indicators.share_of_amount(ours, total, window=SPRING).estimate
    left = ours - found.value * total
    assert found.se == pytest.approx(math.sqrt((left**2).sum() / 4 / 5) / total.mean())
    spent_nothing = indicators.share_of_amount([*ours, 0], [*total, 0], window=SPRING)
    assert spent_nothing.estimate.value == found.value
    assert (spent_nothing.denominator, spent_nothing.left_out) == (90, 1)


def test_a_customer_may_complain_more_than_once():
    counts = np.array([0] * 6 + [1, 1, 3, 9])
    found = indicators.complaint_rate(counts, window=SPRING)
    assert (found.estimate.value, found.numerator, found.denominator) == (140, 14, 10)
    some = indicators.complainers(counts, window=SPRING)
    assert (some.numerator, some.estimate.value) == (4, 0.4)


def test_the_interval_of_complaints_is_exact_for_poisson_counts():
    # Garwood (1936): 5 events, 1.6235 to 11.6683.
    found = indicators.complaint_rate_of_totals(5, 300, window=SPRING)
    assert ends(found.estimate) == pytest.approx((1.6235 / 3, 11.6683 / 3), abs=1e-4)
    none = indicators.complaint_rate_of_totals(0, 100, window=SPRING)
    assert ends(none.estimate) == pytest.approx((0, scipy.stats.chi2.ppf(0.975, 2) / 2))
    with pytest.raises(errors.BadCount):
        indicators.complaint_rate_of_totals(3, 0, window=SPRING)
    with pytest.raises(errors.BadCount):
        indicators.complaint_rate([1, -1], window=SPRING)
    with pytest.raises(errors.BadCount):
        indicators.complaint_rate([1, np.inf], window=SPRING)
    with pytest.raises(errors.BadCount):
        indicators.complainers([1, np.inf], window=SPRING)


def test_a_few_who_complain_much_widen_the_interval():
    alone = indicators.complaint_rate([1] * 12 + [0] * 88, window=SPRING).estimate
    often = indicators.complaint_rate([6, 6] + [0] * 98, window=SPRING).estimate
    assert alone.value == often.value
    assert often.high - often.low > 1.5 * (alone.high - alone.low)


def test_new_customers_do_not_hide_the_lost():
    at_start, at_end = [1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 1, 1]
    kept = indicators.retention(at_start, at_end, window=SPRING)
    assert (kept.numerator, kept.denominator, kept.left_out) == (3, 4, 2)
    lost = indicators.churn(at_start, at_end, window=SPRING)
    assert ends(lost.estimate) == pytest.approx((1 - kept.estimate.high, 1 - kept.estimate.low))
    assert lost.numerator == 1


def test_revenue_churn_is_gross_or_net_and_says_which():
    before, after = [100, 100, 100, 0], [0, 150, 100, 500]
    gross = indicators.gross_revenue_churn(before, after, window=SPRING)
    net = indicators.net_revenue_churn(before, after, window=SPRING)
    assert (gross.estimate.value, net.estimate.value) == pytest.approx((1 / 3, 1 / 6))
    assert gross.definition.code != net.definition.code
    assert gross.left_out == 1
    assert indicators.net_revenue_churn([1, 1], [3, 2], window=SPRING).estimate.value < 0


def test_shares_of_heads_and_recommendation_have_wilsons_interval():
    for one in (indicators.share_of_customers, indicators.recommendation):
        found = one([YES] * 15 + [NO] * 133 + [MISSING], window=SPRING)
        assert ends(found.estimate) == pytest.approx((0.0624, 0.1605), abs=5e-5)
        assert found.left_out == 1
        with pytest.raises(errors.OffScale):
            one([YES, 0.5], window=SPRING)
