"""What must hold for any answers: order, units and repetition change nothing; better answers help."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import (
    battery,
    gaps,
    importance_performance,
    influence,
    priorities,
    servqual,
    standing,
    tolerance,
    wallet,
)
from zhiyin.libs.measure.design import Design

QUICK = settings(max_examples=25, deadline=None)


@st.composite
def sheets(draw, many=2, low=3):
    """`many` sheets of the same respondents' answers from 1 to 10, some of them missing, and a generator."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, k = draw(st.integers(low, 25)), draw(st.integers(2, 5))
    out = [rng.integers(1, 11, (n, k)).astype(float) for _ in range(many)]
    for sheet in out:
        sheet[1:][rng.random((n - 1, k)) < draw(st.sampled_from([0, 0.2]))] = np.nan
    return out, rng


def figures(estimate):
    return (estimate.value, estimate.low, estimate.high)


def close(first, second, **tolerance_):
    np.testing.assert_allclose(np.array(first), np.array(second), rtol=1e-8, atol=1e-8, **tolerance_)


def gap_figures(result):
    return [figures(row.gap) for row in result.attributes]


@QUICK
@given(sheets())
def test_the_order_of_respondents_changes_nothing(case):
    (importance, satisfaction), rng = case
    order = rng.permutation(len(importance))
    close(
        gap_figures(gaps.gaps(importance, satisfaction)),
        gap_figures(gaps.gaps(importance[order], satisfaction[order])),
    )


@QUICK
@given(sheets())
def test_the_order_of_attributes_changes_only_the_order(case):
    (importance, satisfaction), rng = case
    order = rng.permutation(importance.shape[1])
    names = [f"a{j}" for j in range(importance.shape[1])]
    plain = priorities.priorities(importance, satisfaction, names=names)
    turned = priorities.priorities(
        importance[:, order], satisfaction[:, order], names=[names[j] for j in order]
    )
    close([p.score.value for p in plain.ranking], [p.score.value for p in turned.ranking])
    places = {p.name: p.place for p in plain.ranking}
    assert {p.name: p.place for p in turned.ranking} == places


@QUICK
@given(sheets(), st.floats(0.5, 20), st.floats(-30, 30))
def test_another_unit_of_the_scale_changes_the_unit_and_nothing_else(case, factor, shift):
    (importance, satisfaction), _ = case
    scale = (factor + shift, 10 * factor + shift)
    scale = (scale[0] - 1e-6, scale[1] + 1e-6)
    plain = gaps.gaps(importance, satisfaction)
    other = gaps.gaps(importance * factor + shift, satisfaction * factor + shift, scale=scale)
    for a, b in zip(plain.attributes, other.attributes, strict=True):
        close(figures(a.gap.scaled(factor)), figures(b.gap))
        close(a.p, b.p)
    plain_map = importance_performance.importance_performance_map(importance, satisfaction)
    other_map = importance_performance.importance_performance_map(
        importance * factor + shift, satisfaction * factor + shift, scale=scale
    )
    assert [p.quadrant for p in plain_map.points] == [p.quadrant for p in other_map.points]


@QUICK
@given(sheets(many=3))
def test_a_weight_of_two_is_a_respondent_who_stands_for_two(case):
    (importance, satisfaction, third), rng = case
    weights = rng.integers(1, 4, len(importance))
    again = np.repeat(np.arange(len(importance)), weights)
    weighted, repeated = Design(weights=weights), Design(clusters=again)

    def everything(rows, design):
        i, s, d = importance[rows], satisfaction[rows], third[rows]
        out = gap_figures(gaps.gaps(i, s, design=design))
        item = battery.battery(i, s, d, s, design=design).items[0]
        out += [figures(item.surprising.difference)]
        whole = np.where(np.isnan(i + s + d), 5.0, i), np.where(np.isnan(i + s + d), 5.0, d)
        out += [figures(tolerance.tolerance(*whole, whole[0], design=design).zones[0].mss)]
        shares = wallet.wallet_shares(s, design=design).brands
        return [*out, *(figures(brand.share) for brand in shares)]

    if len(importance) > 2:
        close(everything(np.arange(len(importance)), weighted), everything(again, repeated))


@QUICK
@given(sheets(low=6))
def test_suppliers_weighted_and_repeated_agree_too(case):
    (importance, ratings), rng = case
    importance, ratings = np.nan_to_num(importance, nan=5), np.nan_to_num(ratings, nan=5)
    n = len(ratings)
    who = np.where(np.arange(n) % 2 == 0, "a", "b")
    weights = rng.integers(1, 4, n)
    again = np.repeat(np.arange(n), weights)
    one = standing.league(ratings, who, importance=importance, design=Design(weights=weights), ours="a")
    design = Design(clusters=again)
    two = standing.league(ratings[again], who[again], importance=importance[again], design=design, ours="a")
    close([figures(line.index) for line in one.suppliers], [figures(line.index) for line in two.suppliers])
    close(figures(one.relatives[0].mean_of_ratios), figures(two.relatives[0].mean_of_ratios))


@QUICK
@given(sheets())
def test_a_better_rating_never_lowers_a_supplier_nor_widens_a_gap(case):
    (importance, ratings), rng = case
    importance, ratings = np.nan_to_num(importance, nan=5), np.nan_to_num(ratings, nan=5)
    row, column = rng.integers(len(ratings)), rng.integers(ratings.shape[1])
    better = ratings.copy()
    better[row, column] = min(10, better[row, column] + 1)
    before, after = gaps.gaps(importance, ratings), gaps.gaps(importance, better)
    assert after.attributes[column].gap.value <= before.attributes[column].gap.value + 1e-12
    who = ["a", *["b"] * (len(ratings) - 1)]
    name = who[row]
    old, new = (standing.league(r, who, weights=np.ones(r.shape[1]), ours=name) for r in (ratings, better))
    index = {line.name: line.index.value for line in old.suppliers}
    assert {line.name: line.index.value for line in new.suppliers}[name] >= index[name] - 1e-9
    assert new.relatives[0].mean_of_ratios.value >= old.relatives[0].mean_of_ratios.value - 1e-12


@QUICK
@given(sheets(many=3))
def test_adequacy_less_superiority_is_the_width(case):
    sides, _ = case
    sides = [np.nan_to_num(side, nan=5) for side in sides]
    for zone in tolerance.tolerance(*sides).zones:
        close(zone.msa.value - zone.mss.value, zone.width.value)
        if zone.width.value > 1e-9:
            close(zone.position.value, zone.msa.value / zone.width.value)
            assert zone.position.low <= zone.position.value <= zone.position.high


@QUICK
@given(sheets(many=1))
def test_wallets_are_spent_whole_and_the_higher_score_gets_no_less(case):
    (scores,), _ = case
    result = wallet.wallet_shares(scores)
    close(sum(brand.share.value for brand in result.brands), 1)
    ranks = wallet.ranks(scores)
    many = (~np.isnan(scores)).sum(axis=1, keepdims=True)
    for i in range(scores.shape[1]):
        for j in range(scores.shape[1]):
            higher = scores[:, i] > scores[:, j]
            assert np.all(ranks[higher, i] < ranks[higher, j])
    close(np.nansum(ranks, axis=1), (many * (many + 1) / 2)[:, 0])


@QUICK
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 50))
def test_the_unit_of_points_does_not_matter(seed, factor):
    rng = np.random.default_rng(seed)
    expected, perceived = rng.integers(1, 8, (2, 8, 22)).astype(float)
    points = rng.dirichlet(np.ones(5))
    one = servqual.servqual(expected, perceived, points=points)
    two = servqual.servqual(expected, perceived, points=points * factor)
    close(figures(one.weighted), figures(two.weighted))
    low, high = min(d.score.value for d in one.dimensions), max(d.score.value for d in one.dimensions)
    assert low - 1e-9 <= one.weighted.value <= high + 1e-9


def bootstrap(statistic, n, draws=1500):
    rng = np.random.default_rng(1)
    return np.std([statistic(rng.integers(0, n, n)) for _ in range(draws)], axis=0, ddof=1)


def answers(n, seed, k=3):
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=(n, 1))
    importance = np.clip(np.round(8 + 0.5 * mood + rng.normal(size=(n, k))), 1, 10)
    performance = np.clip(np.round(6 + mood + rng.normal(size=(n, k))), 1, 10)
    importance[rng.random((n, k)) < 0.1] = np.nan
    performance[rng.random((n, k)) < 0.1] = np.nan
    return importance, performance, np.clip(np.round(6 + mood[:, 0] + rng.normal(size=n)), 1, 10)


def test_the_errors_of_gap_correlation_and_their_product_agree_with_the_bootstrap():
    importance, performance, overall = answers(300, 1)
    result = priorities.priorities(importance, performance, rule="impact", overall=overall)

    def again(rows):
        i, s, y = importance[rows], performance[rows], overall[rows]
        gap = np.nanmean(i, axis=0) - np.nanmean(s, axis=0)
        r = influence.correlations(s, y, np.ones(len(y)), "abc").value
        return np.concatenate([gap, r, gap * r])

    lines = sorted(result.ranking, key=lambda line: line.name)
    ours = [line.gap.gap.se for line in lines] + [line.impact.se for line in lines]
    ours += [line.score.se for line in lines]
    assert ours == pytest.approx(bootstrap(again, 300).tolist(), rel=0.08)


def test_the_errors_of_the_league_and_of_relative_figures_agree_with_the_bootstrap():
    importance, performance, _ = answers(360, 2)
    who = np.array(["a", "b", "c"])[np.arange(360) % 3]
    table = standing.league(performance, who, importance=importance, ours="a")

    def again(rows):
        w = np.nanmean(importance[rows], axis=0)
        w = w / w.sum()
        a, b, _ = (np.nanmean(performance[rows][who[rows] == name], axis=0) for name in "abc")
        return [10 * a @ w, 10 * (a - b) @ w, a @ w / (b @ w), (a / b) @ w]

    line = next(s for s in table.suppliers if s.name == "a")
    first = table.relatives[0]
    ours = [line.index.se, table.pairs[0].difference.se, first.ratio_of_means.se, first.mean_of_ratios.se]
    assert ours == pytest.approx(bootstrap(again, 360).tolist(), rel=0.08)


def test_the_errors_of_position_and_weighted_servqual_agree_with_the_bootstrap():
    rng = np.random.default_rng(3)
    adequate = rng.integers(3, 7, (200, 1)).astype(float)
    desired = adequate + rng.integers(1, 4, (200, 1))
    perceived = np.clip(adequate + rng.integers(-1, 4, (200, 1)), 1, 10)
    zone = tolerance.tolerance(adequate, desired, perceived).zones[0]
    se = bootstrap(lambda r: (perceived - adequate)[r].mean() / (desired - adequate)[r].mean(), 200)
    assert zone.position.se == pytest.approx(se, rel=0.08)
    far = rng.normal([-1, 0, -0.5], 1, (200, 3)).round(1)
    points = rng.dirichlet([3, 2, 1], 200) * 100
    sizes = {"a": 1, "b": 1, "c": 1}
    whole = servqual.servqual(np.full((200, 3), 5.0), 5 + far, points=points, dimensions=sizes, scale=(0, 10))
    se = bootstrap(lambda r: far[r].mean(axis=0) @ points[r].mean(axis=0) / 100, 200)
    assert whole.weighted.se == pytest.approx(se, rel=0.08)
