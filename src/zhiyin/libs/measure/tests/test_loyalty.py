"""Pulses: NPS, CSAT and the two effort scores, and what must not be mixed."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, loyalty
from zhiyin.libs.measure.design import Design

ANSWERS = st.lists(st.integers(0, 10), min_size=1, max_size=60)


def test_half_promoters_a_third_passive_make_thirty_three_with_variance_five_ninths():
    # whuber, stats.stackexchange "How can I calculate margin of error in a NPS result?"; n = 324 worked out.
    found = loyalty.nps([10] * 162 + [8] * 108 + [0] * 54, method="wald")
    assert found.score.value == pytest.approx(100 / 3)
    assert found.variance == pytest.approx(5 / 9)
    assert found.score.se == pytest.approx(4.1408666249996104)
    assert found.score.margin == pytest.approx(8.115949449783162)


def test_rockss_adjusted_wald_adds_three_quarters_of_a_promoter_and_of_a_detractor():
    # Rocks (2016) American Statistician 70:365; n = 324 worked out.
    found = loyalty.nps_of_counts(162, 108, 54)
    assert found.adjusted == pytest.approx(33.02752293577982)
    assert found.score.se == pytest.approx(4.123683693424048)
    assert found.score.margin == pytest.approx(8.082271522746243)
    assert (found.score.high + found.score.low) / 2 == pytest.approx(found.adjusted)
    assert found.score.value == pytest.approx(100 / 3)


def test_eight_is_passive_nine_promotes_six_detracts():
    found = loyalty.nps([6, 7, 8, 9])
    assert [round(each.value * 4) for each in (found.promoters, found.passives, found.detractors)] == [
        1,
        2,
        1,
    ]


def test_the_margin_is_not_that_of_one_share_and_not_that_of_independent_shares():
    found = loyalty.nps_of_counts(45, 10, 45, method="wald")
    one_share = 1.96 * math.sqrt(0.25 / 100) * 100
    independent = 1.96 * math.sqrt(2 * 0.45 * 0.55 / 100) * 100
    assert found.score.margin > 1.8 * one_share
    assert found.score.margin > 1.3 * independent


def test_when_everybody_promotes_there_is_still_an_interval():
    found = loyalty.nps([10] * 20).score
    assert (found.value, found.high) == (100, 100)
    assert 60 < found.low < 95


def test_one_answer_is_no_certainty_and_lies_in_its_own_interval():
    found = loyalty.nps([9]).score
    assert found.low < 0 < found.value == found.high == 100
    with pytest.raises(errors.ShapeMismatch):
        loyalty.nps([[9, 3], [3, 4]])
    with pytest.raises(errors.BadOption):
        loyalty.nps([9, 3], level=95)


def test_answers_of_a_five_point_question_are_not_made_into_an_nps():
    with pytest.raises(errors.WrongScale, match="five-point"):
        loyalty.nps([5, 4, 3, 5, 1])
    with pytest.raises(errors.WrongScale):
        loyalty.nps([5, 4, 9], scale=(1, 5))
    assert loyalty.nps([5, 4, 3], scale=(0, 10)).score.value == -100


@pytest.mark.parametrize("bad", [11, -1, 7.5])
def test_an_answer_off_the_scale_is_named(bad):
    with pytest.raises(errors.OffScale, match="Row 3"):
        loyalty.nps([9, 10, bad])


def test_nobody_and_an_unknown_method_are_refused():
    with pytest.raises(errors.TooFew):
        loyalty.nps([math.nan])
    with pytest.raises(errors.BadOption):
        loyalty.nps([9, 3], method="goodman")
    with pytest.raises(errors.BadCount):
        loyalty.nps_of_counts(0, 0, 0)


@settings(deadline=None)
@given(ANSWERS)
def test_counts_and_answers_say_the_same_in_any_order(answers):
    found = loyalty.nps(answers[::-1], scale=(0, 10))
    promoters, detractors = sum(a > 8 for a in answers), sum(a < 7 for a in answers)
    counted = loyalty.nps_of_counts(promoters, len(answers) - promoters - detractors, detractors)
    assert (found.score.low, found.score.high) == pytest.approx((counted.score.low, counted.score.high))
    assert -100 <= found.score.low <= found.score.high <= 100


@settings(deadline=None)
@given(ANSWERS, st.integers(0, 59))
def test_one_better_answer_never_lowers_a_score(answers, at):
    better = list(answers)
    better[at % len(answers)] = 10
    before, after = (loyalty.nps(each, scale=(0, 10)) for each in (answers, better))
    assert after.score.value >= before.score.value
    assert after.adjusted >= before.adjusted


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 4)), min_size=1, max_size=30))
def test_a_weight_counts_as_that_many_answers(rows):
    answers, weights = zip(*rows, strict=True)
    weighted = loyalty.nps(answers, design=Design(weights=np.array(weights, dtype=float)), scale=(0, 10))
    repeated = loyalty.nps(np.repeat(answers, weights), scale=(0, 10))
    assert weighted.score.value == pytest.approx(repeated.score.value)
    assert weighted.n == len(rows)


def test_a_change_of_nps_is_tested_with_both_covariances():
    before, after = loyalty.nps_of_counts(140, 108, 80), loyalty.nps_of_counts(162, 108, 54)
    found = loyalty.change(before, after)
    z = (after.adjusted - before.adjusted) / math.hypot(before.score.se, after.score.se)
    assert found.z == pytest.approx(z)
    assert found.p == pytest.approx(2 * scipy.stats.norm.sf(z))
    assert found.difference.value == pytest.approx(after.score.value - before.score.value)
    assert (found.difference.low > 0) == (found.p < 0.05)


def test_a_plain_change_of_nps_is_tested_without_pseudo_responses():
    before, after = (loyalty.nps_of_counts(*each, method="wald") for each in ((140, 108, 80), (162, 108, 54)))
    variances = [each.variance / each.n for each in (before, after)]
    found = loyalty.change(before, after)
    assert found.z == pytest.approx(found.difference.value / 100 / math.sqrt(sum(variances)))


def test_a_change_from_all_promoters_to_all_detractors_is_found_and_not_certain():
    found = loyalty.change(loyalty.nps([10] * 10), loyalty.nps([0] * 10))
    assert found.difference.value == found.difference.low == -200
    assert -150 < found.difference.high < 0
    assert 0 < found.p < 1e-4


@pytest.mark.parametrize(("before", "after"), [([7] * 10, [1] * 10), ([7] * 2, [1] * 2), ([7] * 9, [7] * 4)])
def test_interval_and_test_of_a_change_of_effort_agree_where_nobody_differs(before, after):
    found = loyalty.change(loyalty.ces2(before), loyalty.ces2(after))
    assert found.difference.low <= found.difference.value <= found.difference.high
    assert (found.p < 0.05) == (found.difference.high < 0)
    assert found.p > 0


def test_csat_is_the_share_of_the_top_two_of_five_with_wilsons_interval():
    found = loyalty.csat([5] * 50 + [4] * 31 + [3] * 100 + [1] * 82 + [np.nan] * 7)
    assert (found.satisfied.low, found.satisfied.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert found.n == 263
    assert found.mean.value == pytest.approx((250 + 124 + 300 + 82) / 263)
    with pytest.raises(errors.OffScale):
        loyalty.csat([6, 5])


def test_effort_is_low_in_the_first_score_and_ease_high_in_the_second():
    first, second = loyalty.ces1([1, 2, 2, 5]), loyalty.ces2([7, 6, 5, 1])
    assert (first.mean.value, first.easy.value) == (2.5, 0.75)
    assert (second.mean.value, second.easy.value) == (4.75, 0.75)
    assert not first.higher_is_better
    assert second.higher_is_better
    expected = scipy.stats.t.interval(0.95, 3, 2.5, np.std([1, 2, 2, 5], ddof=1) / 2)
    assert (first.mean.low, first.mean.high) == pytest.approx((max(1, expected[0]), min(5, expected[1])))


def test_the_two_effort_scores_are_never_merged_or_compared():
    first, second = loyalty.ces1([1, 2, 2, 5]), loyalty.ces2([5, 4, 4, 1])
    with pytest.raises(errors.NotComparable, match=r"1\.0 and Customer effort score 2\.0"):
        loyalty.change(first, second)
    with pytest.raises(errors.NotComparable):
        loyalty.combined([first, second], [0.5, 0.5])
    with pytest.raises(TypeError):
        assert first < second
    assert first != second
    with pytest.raises(errors.OffScale):
        loyalty.ces1([6, 7])


def test_a_change_of_effort_is_welchs_t():
    before, after = [1, 2, 2, 5, 3, 3], [1, 1, 2, 2, 1, 4, 1]
    found = loyalty.change(loyalty.ces1(before), loyalty.ces1(after))
    expected = scipy.stats.ttest_ind(after, before, equal_var=False)
    assert (found.z, found.p, found.df) == pytest.approx((expected.statistic, expected.pvalue, expected.df))
    interval = expected.confidence_interval()
    assert (found.difference.low, found.difference.high) == pytest.approx(tuple(interval))


def test_a_change_of_csat_has_newcombes_interval():
    first, second = loyalty.csat([5] * 48 + [1] * 32), loyalty.csat([5] * 56 + [1] * 14)
    found = loyalty.change(first, second)
    assert (found.difference.low, found.difference.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_segments_are_weighted_by_customers_not_by_who_answered():
    loud, quiet = loyalty.nps([0] * 90), loyalty.nps([10] * 10)
    found = loyalty.combined([loud, quiet], [1, 9])
    assert found.value == pytest.approx(80)
    assert found.low < 80 < found.high + 1e-9
    with pytest.raises(errors.ShapeMismatch):
        loyalty.combined([loud, quiet], [1])
    with pytest.raises(errors.BadOption):
        loyalty.combined([loud, quiet], [1, -1])
    with pytest.raises(errors.TooFew):
        loyalty.combined([], [])
