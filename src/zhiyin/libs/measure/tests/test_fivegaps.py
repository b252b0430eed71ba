"""The five gaps in both taxonomies, the mirror survey, and SERVQUAL."""

import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import errors, fivegaps, mirror, servqual
from zhiyin.libs.measure.contrast import Side
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.fivegaps import Hill, Parasuraman
from zhiyin.libs.measure.mirror import Said


def people(mean, n=80, seed=1):
    rng = np.random.default_rng(seed)
    return np.clip(np.round(rng.normal(mean, 1.2, (n, len(mean)))), 1, 10)


def test_hills_perception_is_not_the_fifth_gap_of_1985():
    with pytest.raises(errors.NoCounterpart, match="delivered against felt"):
        fivegaps.counterpart(Hill.PERCEPTION, Parasuraman)
    with pytest.raises(errors.NoCounterpart, match="total satisfaction gap"):
        fivegaps.counterpart(Parasuraman.SATISFACTION, Hill)
    assert Hill.PERCEPTION != Parasuraman.SATISFACTION


def test_the_other_gaps_have_counterparts_both_ways():
    assert fivegaps.counterpart(Parasuraman.KNOWLEDGE, Hill) is Hill.UNDERSTANDING
    assert fivegaps.counterpart(Hill.PROMOTION, Parasuraman) is Parasuraman.COMMUNICATION
    assert fivegaps.counterpart(Hill.PERCEPTION, Hill) is Hill.PERCEPTION
    for gap in (*Hill, *Parasuraman):
        other = Parasuraman if isinstance(gap, Hill) else Hill
        if gap not in {Hill.PERCEPTION, Parasuraman.SATISFACTION}:
            assert fivegaps.counterpart(fivegaps.counterpart(gap, other), type(gap)) is gap


def test_gaps_of_the_two_taxonomies_cannot_be_mixed():
    sides = (Side(people([8, 8])), Side([7.0, 7.0]))
    with pytest.raises(errors.MixedTaxonomies, match="perception gap"):
        fivegaps.five_gaps(Parasuraman, {Parasuraman.DELIVERY: sides, Hill.PERCEPTION: sides})
    with pytest.raises(errors.MixedTaxonomies):
        fivegaps.five_gaps(Hill, {Hill.BEHAVIOUR: sides}, paired=[Parasuraman.DELIVERY])
    with pytest.raises(errors.MixedTaxonomies, match="total satisfaction gap"):
        fivegaps.five_gaps(Parasuraman, {}, total=sides)
    measured = fivegaps.five_gaps(Hill, {Hill.BEHAVIOUR: sides})
    with pytest.raises(errors.MixedTaxonomies):
        measured.of(Parasuraman.DELIVERY)
    with pytest.raises(errors.UnknownLabel):
        measured.of(Hill.PROMOTION)
    with pytest.raises(errors.MixedTaxonomies):
        fivegaps.FiveGaps(Parasuraman, measured.gaps, (), None, 0.95)


def test_the_gaps_are_measured_in_their_order_and_the_others_named_as_missing():
    said, believed, felt = people([9, 7]), people([7, 7], 25, 2), people([6, 7], 80, 3)
    result = fivegaps.five_gaps(
        Hill,
        {
            Hill.PERCEPTION: (Side([8.0, 7.0]), Side(felt)),
            Hill.UNDERSTANDING: (Side(said), Side(believed)),
        },
        total=(Side(said), Side(felt)),
        names=["care", "speed"],
    )
    assert [gap.gap for gap in result.gaps] == [Hill.UNDERSTANDING, Hill.PERCEPTION]
    assert result.missing == (Hill.PROMOTION, Hill.PROCEDURE, Hill.BEHAVIOUR)
    line = result.of(Hill.UNDERSTANDING).contrast.lines[0]
    low, high = scipy.stats.ttest_ind(said[:, 0], believed[:, 0], equal_var=False).confidence_interval()
    assert (line.difference.low, line.difference.high) == pytest.approx((low, high))
    standard = result.of(Hill.PERCEPTION).contrast.lines[0]
    low, high = scipy.stats.ttest_1samp(8 - felt[:, 0], 0).confidence_interval()
    assert (standard.difference.low, standard.difference.high) == pytest.approx((low, high))
    assert standard.first.low == standard.first.high == 8, "a standard has no margin of error"
    low, high = scipy.stats.ttest_rel(said[:, 1], felt[:, 1]).confidence_interval()
    assert (result.total.lines[1].difference.low, result.total.lines[1].difference.high) == pytest.approx(
        (low, high)
    )
    assert result.total.mean.value == pytest.approx((said - felt).mean())


def test_every_gap_says_what_its_two_sides_are():
    assert set(fivegaps.SIDES) == set(fivegaps.LABELS) == {*Hill, *Parasuraman}
    assert set(fivegaps.TAXONOMIES) == {Hill, Parasuraman}


def survey():
    customers = Said(people([9, 7, 5], 120, 4), people([6, 7, 8], 120, 5))
    managers = Said(people([6.5, 7, 8], 15, 6), people([8, 7, 8], 15, 7))
    frontline = Said(people([9, 7, 5], 40, 8), people([6, 7, 8], 40, 9))
    return customers, {"Managers": managers, "The front line": frontline}


def test_managers_who_misjudge_customers_are_told_what_they_under_and_overestimate():
    customers, groups = survey()
    managers, frontline = mirror.mirror(customers, groups, names=["care", "speed", "price"]).groups
    assert [row.verdict for row in managers.importance] == ["under", "", "over"]
    assert [row.verdict for row in managers.satisfaction] == ["over", "", ""]
    told = [str(note) for note in managers.notes]
    assert any(t.startswith("Managers underestimate how important care is: they say 6.") for t in told)
    assert any(t.startswith("Managers overestimate how important price is") for t in told)
    assert any(t.startswith("Managers overestimate how satisfied customers are with care") for t in told)
    assert any(t.startswith("care matters most to customers; Managers put it in place 3") for t in told)
    assert all(not row.verdict for row in (*frontline.importance, *frontline.satisfaction))
    assert managers.importance[0].ranks == (1, 3)
    assert managers.importance[0].rank_difference == -2


def test_the_understanding_gap_is_welchs_and_positive_where_the_group_underestimates():
    customers, groups = survey()
    row = mirror.mirror(customers, groups).groups[0].importance[0]
    a, b = customers.importance[:, 0], groups["Managers"].importance[:, 0]
    low, high = scipy.stats.ttest_ind(a, b, equal_var=False).confidence_interval()
    assert row.gap.value > 0
    assert (row.gap.low, row.gap.high) == pytest.approx((low, high))


def test_managers_asked_to_the_last_one_add_no_margin_of_their_own():
    customers, groups = survey()
    said = groups["Managers"]
    whole = {"Managers": Said(said.importance, said.satisfaction, Design(population=15))}
    row = mirror.mirror(customers, whole).groups[0].importance[0]
    assert row.gap.se == pytest.approx(row.customers.se)


def test_a_single_managers_word_settles_nothing_and_the_result_says_so():
    customers, _ = survey()
    alone = mirror.mirror(customers, {"The owner": Said([[1, 1, 10]], [[1, 1, 1]])}).groups[0]
    assert all(row.verdict == "" for row in alone.importance)
    assert math.isnan(alone.importance[0].gap.low)
    assert any("single answer" in str(note) for note in alone.notes)


# Parasuraman, Zeithaml & Berry (1988): dimension gaps of a worked example on 12manage.com (J. de Jonge: -4.29/5);
# weights of Zeithaml, Parasuraman & Berry (1990), recalled.
GAPS = {"tangibles": -0.65, "reliability": -1.1, "responsiveness": -0.83, "assurance": -0.7, "empathy": -1.01}
POINTS = [11, 32, 22, 19, 16]


def published():
    gaps = np.repeat(list(GAPS.values()), [4, 5, 4, 4, 5])
    return np.full((1, 22), 6.0), (6.0 + gaps)[None, :]


def test_the_worked_example_of_servqual_comes_out_as_printed():
    result = servqual.servqual(*published(), points=POINTS)
    assert {d.name: d.score.value for d in result.dimensions} == pytest.approx(GAPS)
    assert result.unweighted.value == pytest.approx(-0.858, abs=1e-12)
    assert result.weighted.value == pytest.approx(-0.9007, abs=1e-12)
    assert sum(d.weight.value for d in result.dimensions) == pytest.approx(1)
    assert any("given as figures" in str(note) for note in result.notes)


def test_weights_are_neither_divided_by_five_again_nor_left_in_points():
    expected, perceived = published()
    weighted = servqual.servqual(expected, perceived, points=POINTS).weighted.value
    shares = servqual.servqual(expected, perceived, points=np.array(POINTS) / 100).weighted.value
    assert weighted == pytest.approx(shares)
    assert servqual.servqual(expected, perceived, points=[20] * 5).weighted.value == pytest.approx(-0.858)
    assert min(GAPS.values()) <= weighted <= max(GAPS.values()), "a weighted mean lies among what it weighs"


def test_a_shortfall_is_negative_in_servqual():
    result = servqual.servqual(np.full((3, 22), 7), np.full((3, 22), 5))
    assert result.unweighted.value == -2
    assert result.weighted is None
    assert result.items[0].gap.value == -2


def questionnaire(n=120, seed=11):
    rng = np.random.default_rng(seed)
    mood = rng.normal(0, 0.5, (n, 1))
    expected = np.clip(np.round(6 + mood + rng.normal(0, 0.7, (n, 22))), 1, 7)
    perceived = np.clip(np.round(5 + mood + rng.normal(0, 1, (n, 22))), 1, 7)
    points = np.round(rng.dirichlet(POINTS, n) * 100)
    return expected, perceived, points


def test_the_whole_has_the_margin_of_respondents_own_scores():
    expected, perceived, _ = questionnaire()
    far = perceived - expected
    own = np.mean([part.mean(axis=1) for part in np.split(far, [4, 9, 13, 17], axis=1)], axis=0)
    low, high = scipy.stats.ttest_1samp(own, 0).confidence_interval()
    result = servqual.servqual(expected, perceived)
    assert (result.unweighted.low, result.unweighted.high) == pytest.approx((low, high))
    low, high = scipy.stats.ttest_1samp(far[:, 4:9].mean(axis=1), 0).confidence_interval()
    assert (result.dimensions[1].score.low, result.dimensions[1].score.high) == pytest.approx((low, high))
    low, high = scipy.stats.ttest_1samp(far[:, 3], 0).confidence_interval()
    assert (result.items[3].gap.low, result.items[3].gap.high) == pytest.approx((low, high))
    assert result.items[3].dimension == "tangibles"
    assert result.items[4].dimension == "reliability"


def test_respondents_own_points_count_alike_whatever_they_add_up_to():
    expected, perceived, points = questionnaire()
    points = points / points.sum(axis=1, keepdims=True) * 100
    even = servqual.servqual(expected, perceived, points=points)
    loud = points.copy()
    loud[0] *= 10
    result = servqual.servqual(expected, perceived, points=loud)
    assert result.weighted.value == pytest.approx(even.weighted.value)
    assert not even.notes
    assert "respondents: 1" in str(result.notes[0])
    loud[1, 2] = np.nan
    assert servqual.servqual(expected, perceived, points=loud).dimensions[0].weight.n == 119


def test_servperf_leaves_expectations_out():
    _, perceived, points = questionnaire()
    result = servqual.servperf(perceived, points=points)
    means = [part.mean() for part in np.split(perceived, [4, 9, 13, 17], axis=1)]
    assert [d.score.value for d in result.dimensions] == pytest.approx(means)
    assert result.unweighted.value == pytest.approx(np.mean(means))
    assert result.items[0].gap is None
    assert result.items[0].expectation is None


def test_an_own_questionnaire_says_how_many_items_each_dimension_has():
    rng = np.random.default_rng(0)
    answers = rng.integers(1, 6, (30, 5))
    result = servqual.servqual(answers, answers[::-1], dimensions={"care": 2, "speed": 3}, scale=(1, 5))
    assert [d.name for d in result.dimensions] == ["care", "speed"]


@pytest.mark.parametrize(
    ("error", "options"),
    [
        (errors.BadOption, {"points": [50, 50, 0, 0, -10]}),
        (errors.BadOption, {"points": [0, 0, 0, 0, 0]}),
        (errors.BadOption, {"points": [20, 20, 20, 20, math.nan]}),
        (errors.ShapeMismatch, {"points": [50, 50]}),
        (errors.ShapeMismatch, {"dimensions": {"care": 3}}),
        (errors.OffScale, {"scale": (1, 5)}),
    ],
)
def test_what_servqual_cannot_work_with_is_refused(error, options):
    expected, perceived, _ = questionnaire(20)
    with pytest.raises(error):
        servqual.servqual(expected, perceived, **options)


def test_an_item_nobody_answered_on_both_sides_is_named():
    expected, perceived, _ = questionnaire(20)
    expected[:10, 21], perceived[10:, 21] = np.nan, np.nan
    with pytest.raises(errors.TooFew, match="22"):
        servqual.servqual(expected, perceived)


def test_a_mirror_survey_may_ask_for_importance_alone():
    customers, groups = survey()
    alone = {name: Said(said.importance) for name, said in groups.items()}
    group = mirror.mirror(customers, alone, names=["care", "speed", "price"]).groups[0]
    assert group.satisfaction == ()
    assert group.satisfaction_mean is None
    assert [row.verdict for row in group.importance] == ["under", "", "over"]
