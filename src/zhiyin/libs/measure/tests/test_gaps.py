"""What matters to customers against what they get, and what to close first."""

import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import comparisons, errors, gaps, priorities
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.priorities import Rule


def answers(n=120, k=5, seed=3):
    """Importance and satisfaction from 1 to 10 by the same people, hence correlated; the last gap is the largest."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=(n, 1))
    rise = np.linspace(-1, 1, k)
    importance = np.clip(np.round(7.5 + rise + 0.6 * mood + rng.normal(size=(n, k))), 1, 10)
    satisfaction = np.clip(np.round(6.5 - rise + 0.9 * mood + rng.normal(size=(n, k))), 1, 10)
    return importance, satisfaction


def test_a_gap_is_importance_minus_satisfaction_and_its_interval_is_that_of_the_paired_t_test():
    importance, satisfaction = answers()
    for j, row in enumerate(gaps.gaps(importance, satisfaction).attributes):
        oracle = scipy.stats.ttest_rel(importance[:, j], satisfaction[:, j])
        low, high = oracle.confidence_interval(0.95)
        assert row.gap.value == pytest.approx(np.mean(importance[:, j]) - np.mean(satisfaction[:, j]))
        assert (row.gap.low, row.gap.high) == pytest.approx((low, high), rel=1e-12)
        assert row.gap.n == 120


def test_the_pairing_counts_what_correlated_answers_share():
    importance, satisfaction = answers()
    row = gaps.gaps(importance, satisfaction).attributes[0]
    assert row.gap.se < 0.95 * math.hypot(row.importance.se, row.performance.se)


def test_a_separate_importance_survey_makes_the_two_sides_independent():
    importance, satisfaction = answers(n=200)
    importance[:80] = np.nan
    satisfaction[80:] = np.nan
    row = gaps.gaps(importance, satisfaction).attributes[2]
    apart = math.hypot(row.importance.se, row.performance.se)
    assert row.gap.se == pytest.approx(apart, rel=0.01)
    assert (row.importance.n, row.performance.n, row.gap.n) == (120, 80, 200)


def test_missing_answers_count_where_they_were_given_and_no_further():
    importance, satisfaction = answers(n=60)
    importance[:10, 0] = np.nan
    satisfaction[5:20, 0] = np.nan
    row = gaps.gaps(importance, satisfaction).attributes[0]
    assert row.gap.value == pytest.approx(np.nanmean(importance[:, 0]) - np.nanmean(satisfaction[:, 0]))
    both = ~np.isnan(importance[:, 0]) & ~np.isnan(satisfaction[:, 0])
    # By hand: only those who answered both add a covariance.
    i, s = importance[:, 0], satisfaction[:, 0]
    cross = ((i - np.nanmean(i)) * (s - np.nanmean(s)))[both].sum() / (50 * 45)
    cross *= np.sqrt(50 / 49 * 45 / 44)
    variance = np.nanvar(i, ddof=1) / 50 + np.nanvar(s, ddof=1) / 45 - 2 * cross
    assert row.gap.se**2 == pytest.approx(variance)
    assert row.gap.n == 55


def test_somebody_who_answered_nothing_changes_nothing():
    importance, satisfaction = answers(n=40)
    nobody = np.full((7, 5), np.nan)
    alone = gaps.gaps(importance, satisfaction)
    beside = gaps.gaps(np.concatenate([importance, nobody]), np.concatenate([satisfaction, nobody]))
    for a, b in zip(alone.attributes, beside.attributes, strict=True):
        assert (a.gap.low, a.gap.high, a.gap.n) == pytest.approx((b.gap.low, b.gap.high, b.gap.n))
    assert beside.n == 40


def test_intervals_that_hold_together_are_wider_than_single_ones_and_narrower_than_bonferronis():
    row = gaps.gaps(*answers()).attributes[0]
    bonferroni = scipy.stats.t.ppf(1 - 0.025 / 5, 119) * row.gap.se
    assert row.gap.margin < row.together.margin < bonferroni


def test_the_whole_population_asked_leaves_no_margin():
    importance, satisfaction = answers(n=30)
    row = gaps.gaps(importance, satisfaction, design=Design(population=30)).attributes[0]
    assert row.gap.low == row.gap.value == row.gap.high
    half = gaps.gaps(importance, satisfaction, design=Design(population=60)).attributes[0]
    free = gaps.gaps(importance, satisfaction).attributes[0]
    assert half.gap.se == pytest.approx(free.gap.se * math.sqrt(0.5))


def test_strata_drawn_apart_are_told_apart_in_the_margin():
    importance, satisfaction = answers(n=90)
    home = np.repeat(["town", "land"], [60, 30])
    weights = np.repeat([0.5, 3.0], [60, 30])
    row = gaps.gaps(importance, satisfaction, design=Design(weights=weights, strata=home)).attributes[0]
    far = (importance - satisfaction)[:, 0]
    share = np.array([30, 90]) / 120
    means = np.array([far[:60].mean(), far[60:].mean()])
    variance = share**2 @ [far[:60].var(ddof=1) / 60, far[60:].var(ddof=1) / 30]
    assert row.gap.value == pytest.approx(share @ means)
    assert row.gap.se == pytest.approx(math.sqrt(variance))
    assert row.gap.margin == pytest.approx(scipy.stats.t.ppf(0.975, 88) * row.gap.se)


def test_a_correlation_cannot_pass_for_stated_importance():
    _, satisfaction = answers(n=20)
    with pytest.raises(errors.OffScale) as caught:
        gaps.gaps(np.full((20, 5), 0.43), satisfaction)
    assert caught.value.data["row"] == 1
    assert caught.value.data["column"] == 1


def test_an_answer_off_the_scale_is_named_by_row_and_column():
    importance, satisfaction = answers(n=20)
    satisfaction[6, 3] = 11
    with pytest.raises(errors.OffScale, match="Row 7, column 4: 11"):
        gaps.gaps(importance, satisfaction)


def test_sheets_that_do_not_fit_are_refused():
    importance, satisfaction = answers(n=20)
    with pytest.raises(errors.ShapeMismatch):
        gaps.gaps(importance[:, :4], satisfaction)
    with pytest.raises(errors.ShapeMismatch):
        gaps.gaps(importance, satisfaction[:19])
    with pytest.raises(errors.ShapeMismatch):
        gaps.gaps(importance, satisfaction, names=["one"])
    with pytest.raises(errors.ShapeMismatch):
        gaps.gaps(importance, satisfaction, design=Design(weights=np.ones(19)))


def test_an_attribute_nobody_answered_is_named():
    importance, satisfaction = answers(n=20)
    satisfaction[:, 1] = np.nan
    with pytest.raises(errors.TooFew, match="speed"):
        gaps.gaps(importance, satisfaction, names=["price", "speed", "care", "place", "time"])


def test_a_single_respondent_shows_no_margin():
    row = gaps.gaps([[9.0, 4.0]], [[6.0, 4.0]]).attributes[0]
    assert row.gap.value == 3
    assert math.isnan(row.gap.low)
    assert math.isnan(row.p)
    ranking = priorities.priorities([[9.0, 4.0]], [[6.0, 4.0]]).ranking
    assert [p.name for p in ranking] == ["1", "2"]
    assert ranking[0].place == comparisons.Place(1, 1, 2)


def test_priorities_follow_the_gap_and_never_satisfaction_alone():
    # The second attribute has the lowest score and matters to nobody.
    importance = np.tile([9.0, 3.0, 8.0], (4, 1)) + np.array([[0.5], [-0.5], [0.2], [-0.2]])
    satisfaction = np.tile([6.0, 2.5, 7.5], (4, 1)) + np.array([[0.1], [0.3], [-0.3], [-0.1]])
    ranking = priorities.priorities(importance, satisfaction, names=["care", "music", "speed"]).ranking
    assert [p.name for p in ranking] == ["care", "speed", "music"], "of equal gaps the more important first"
    assert ranking[1].score.value == pytest.approx(0.5)
    assert ranking[1].place.rank == ranking[2].place.rank == 2, "equal gaps share a rank"
    for rule in Rule:
        assert "satisfaction" not in rule.value


def test_the_reason_is_told_with_its_figures():
    importance, satisfaction = answers(n=400)
    result = priorities.priorities(importance, satisfaction, concern=1.0, names=list("ABCDE"))
    first = result.ranking[0]
    assert first.name == "E"
    told = " ".join(str(reason) for reason in first.reasons)
    i, s, g = (f"{e.value:.1f}" for e in (first.gap.importance, first.gap.performance, first.gap.gap))
    assert f"Importance {i}, performance {s}: a gap of {g}, the largest of 5." in told
    assert f"lower end of its interval ({first.score_together.low:.1f}) is above every other" in told
    assert "surely above 1" in told
    assert first.concern == "surely"
    last = result.ranking[-1]
    assert "no gap to close" in str(last.reasons[0])
    assert last.concern == "no"


def test_places_stay_open_between_attributes_that_do_not_differ():
    rng = np.random.default_rng(0)
    importance = np.clip(np.round(rng.normal(8, 1, size=(80, 4))), 1, 10)
    satisfaction = np.clip(np.round(rng.normal(6.5, 1, size=(80, 4))), 1, 10)
    result = priorities.priorities(importance, satisfaction)
    assert all((p.place.low, p.place.high) == (1, 4) for p in result.ranking)
    assert all(not p.apart_from for p in result.ranking)
    assert "anywhere from 1 to 4" in str(result.ranking[0].reasons[1])


def test_a_gap_times_its_derived_importance_is_the_product_with_both_uncertainties():
    importance, satisfaction = answers(n=300)
    overall = np.clip(np.round(satisfaction[:, 0] * 0.7 + 2), 1, 10)
    result = priorities.priorities(importance, satisfaction, rule="impact", overall=overall)
    assert result.ranking[0].impact is not None
    by_name = {p.name: p for p in result.ranking}
    for j in range(5):
        r = np.corrcoef(satisfaction[:, j], overall)[0, 1]
        line = by_name[str(j + 1)]
        assert line.impact.value == pytest.approx(r)
        assert line.score.value == pytest.approx(line.gap.gap.value * r)
    assert not any("given as figures" in str(note) for note in result.notes)


def test_derived_importances_given_as_figures_are_taken_as_fixed_and_the_result_says_so():
    importance, satisfaction = answers(n=300)
    impact = np.array([0.1, 0.2, 0.3, 0.2, 0.2])
    result = priorities.priorities(importance, satisfaction, rule="impact", impact=impact)
    for line in result.ranking:
        factor = impact[int(line.name) - 1]
        assert line.score.se == pytest.approx(line.gap.gap.se * factor)
        assert line.impact.method == "fixed"
    assert any("given as figures" in str(note) for note in result.notes)


def test_a_negative_effect_never_makes_a_priority():
    importance, satisfaction = answers(n=100)
    result = priorities.priorities(
        importance, satisfaction, rule="impact", impact=[-0.5, -0.4, 0.1, 0.1, 0.1]
    )
    assert result.ranking[0].name not in {"1", "2"}
    line = next(p for p in result.ranking if p.name == "1")
    assert line.score.value == 0
    assert "counts as none" in str(line.reasons[1])


def test_by_cost_the_cheap_gap_comes_before_the_dear_one():
    importance, satisfaction = answers(n=300)
    result = priorities.priorities(importance, satisfaction, rule="cost", cost=[1, 1, 1, 1, 100])
    assert result.ranking[0].name == "4"
    last = next(p for p in result.ranking if p.name == "5")
    assert last.score.value == pytest.approx(last.gap.gap.value / 100)
    assert last.cost == 100
    with_effect = priorities.priorities(
        importance, satisfaction, rule="cost", cost=[1, 1, 1, 1, 100], impact=[0.2, 0.2, 0.2, 0.1, 0.9]
    )
    line = next(p for p in with_effect.ranking if p.name == "5")
    assert line.score.value == pytest.approx(line.gap.gap.value * 0.9 / 100)


@pytest.mark.parametrize(
    ("error", "options"),
    [
        (errors.BadOption, {"rule": "satisfaction"}),
        (errors.MissingInput, {"rule": "impact"}),
        (errors.MissingInput, {"rule": "cost"}),
        (errors.BadOption, {"rule": "cost", "cost": [1, 2, 0, 1, 1]}),
        (errors.BadOption, {"rule": "cost", "cost": [1, 2, math.nan, 1, 1]}),
        (errors.ShapeMismatch, {"rule": "cost", "cost": [1, 2]}),
        (errors.ShapeMismatch, {"rule": "impact", "overall": [5, 6]}),
        (errors.NoVariation, {"rule": "impact", "overall": [7] * 30}),
        (errors.BadOption, {"rule": "impact", "overall": [7] * 30, "impact": [1] * 5}),
    ],
)
def test_a_rule_without_what_it_needs_is_refused(error, options):
    with pytest.raises(error):
        priorities.priorities(*answers(n=30), **options)


def test_pairs_are_tested_on_the_paired_difference_and_adjusted_by_holm():
    importance, satisfaction = answers(n=50, k=3)
    result = priorities.priorities(importance, satisfaction)
    gap = importance - satisfaction
    raw = [scipy.stats.ttest_rel(gap[:, i], gap[:, j]).pvalue for i, j in ((0, 1), (0, 2), (1, 2))]
    assert [pair.p for pair in result.pairs] == pytest.approx(raw, rel=1e-8)
    order = np.argsort(raw)
    steps = np.maximum.accumulate(np.minimum(1, np.array(raw)[order] * [3, 2, 1]))
    assert [result.pairs[i].adjusted for i in order] == pytest.approx(steps, rel=1e-8)


def test_the_quantile_for_independent_figures_is_the_known_one():
    exact = scipy.stats.norm.ppf((1 + 0.95 ** (1 / 6)) / 2)
    assert comparisons.largest_t(np.eye(6), math.inf) == pytest.approx(exact, abs=0.02)
    assert comparisons.largest_t(np.ones((6, 6)), math.inf) == pytest.approx(1.96, abs=0.02)
    assert comparisons.largest_t(np.eye(1), 9) == pytest.approx(scipy.stats.t.ppf(0.975, 9))
    assert math.isnan(comparisons.largest_t(np.full((2, 2), np.nan), 0))


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_that_is_no_probability_is_refused(level):
    with pytest.raises(errors.BadOption, match="level"):
        gaps.gaps(*answers(n=20), level=level)


def test_a_sheet_without_attributes_or_without_respondents_is_refused():
    for empty in (np.empty((3, 0)), np.empty((0, 3))):
        with pytest.raises(errors.TooFew):
            gaps.gaps(empty, empty)
