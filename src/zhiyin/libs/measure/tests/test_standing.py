"""Our place among the suppliers, ourselves relative to them, and their shares of customers' wallets."""

import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import errors, relative, standing, wallet
from zhiyin.libs.measure.design import Design

# Gale (1994), Managing Customer Value, Perdue chicken, the "after" table (recalled; its totals reproduce: ratio 1.26,
# satisfaction 8.8 and 7.1).
WEIGHTS = [10, 20, 20, 15, 10, 25]
PERDUE = [8.1, 9.0, 9.2, 8.0, 8.0, 9.4]
OTHERS = [7.2, 7.3, 6.5, 8.0, 8.0, 6.4]


def market(per=60, seed=12):
    """Three suppliers, each rated by its own people, on three attributes; ratings, supplier, importance."""
    rng = np.random.default_rng(seed)
    who = np.repeat(["north", "east", "south"], per)
    level = {"north": 8.0, "east": 6.4, "south": 6.4}
    centre = np.array([level[name] for name in who])[:, None] + [0.5, 0.0, -0.5]
    ratings = np.clip(np.round(rng.normal(centre, 1.2)), 1, 10)
    importance = np.clip(np.round(rng.normal([9, 7, 5], 1, (3 * per, 3))), 1, 10)
    return ratings, who, importance


def test_gales_table_gives_both_ratios_each_by_its_name():
    result = standing.relative_performance([PERDUE], [OTHERS], weights=WEIGHTS)
    assert result.mean_of_ratios.value == pytest.approx(1.2593397655426766, abs=1e-12)
    assert result.ratio_of_means.value == pytest.approx(1.2429378531073447, abs=1e-12)
    assert (result.ours_mean.value, result.theirs_mean.value) == pytest.approx((8.8, 7.08), abs=1e-12)
    assert result.difference.value == pytest.approx(1.72)
    assert math.isnan(result.ratio_of_means.low), "published means alone show no margin"
    assert "Gale" in relative.WAYS["mean_of_ratios"]


def test_one_set_of_weights_serves_every_supplier():
    ratings, who, importance = market()
    # The customers of the last supplier find other things important; that must not change how it is weighed.
    importance[who == "south"] = importance[who == "south"][:, ::-1]
    table = standing.league(ratings, who, importance=importance)
    weights = importance.mean(axis=0) / importance.mean(axis=0).sum()
    for line in table.suppliers:
        assert line.index.value == pytest.approx(10 * ratings[who == line.name].mean(axis=0) @ weights)
    assert [w.value for w in table.weights] == pytest.approx(weights.tolist())
    assert table.weight_set == "pooled"
    assert "all respondents" in str(table.notes[0])


def test_our_own_raters_weights_or_given_ones_can_be_asked_for():
    ratings, who, importance = market()
    ours = standing.league(ratings, who, importance=importance, weight_set="ours", ours="east")
    mean = importance[who == "east"].mean(axis=0)
    assert [w.value for w in ours.weights] == pytest.approx((mean / mean.sum()).tolist())
    given = standing.league(ratings, who, weights=[50, 30, 20])
    assert [w.value for w in given.weights] == [0.5, 0.3, 0.2]
    assert given.weights[0].method == "fixed"
    assert "taken as fixed" in str(given.notes[0])


def test_with_given_weights_an_index_has_the_margin_of_its_raters_mean():
    ratings, who, _ = market()
    weights = np.array([0.5, 0.3, 0.2])
    table = standing.league(ratings, who, weights=weights)
    for line in table.suppliers:
        own = 10 * ratings[who == line.name] @ weights
        low, high = scipy.stats.ttest_1samp(own, 0).confidence_interval()
        assert (line.index.low, line.index.high) == pytest.approx((low, high))
        assert line.index.n == line.n == 60


def test_suppliers_rated_by_different_people_are_compared_by_welchs_test_and_holms_steps():
    ratings, who, _ = market()
    ratings, who = ratings[:-35], who[:-35]
    weights = np.array([0.5, 0.3, 0.2])
    table = standing.league(ratings, who, weights=weights)
    own = {name: 10 * ratings[who == name] @ weights for name in ("north", "east", "south")}
    for pair in table.pairs:
        oracle = scipy.stats.ttest_ind(own[pair.first], own[pair.second], equal_var=False)
        low, high = oracle.confidence_interval()
        assert pair.p == pytest.approx(oracle.pvalue, rel=1e-6)
        assert (pair.difference.low, pair.difference.high) == pytest.approx((low, high), rel=1e-9)
    assert {(p.first, p.second) for p in table.pairs if p.apart} == {("north", "east"), ("north", "south")}
    places = {line.name: (line.place.low, line.place.high) for line in table.suppliers}
    assert places == {"north": (1, 1), "east": (2, 3), "south": (2, 3)}


def test_suppliers_rated_by_the_same_people_are_compared_as_pairs():
    rng = np.random.default_rng(8)
    mood = rng.normal(0, 1.5, (50, 1))
    a = np.clip(7 + mood + rng.normal(0, 0.6, (50, 2)), 1, 10)
    b = np.clip(6.8 + mood + rng.normal(0, 0.6, (50, 2)), 1, 10)
    ratings, who = np.concatenate([a, b]), ["a"] * 50 + ["b"] * 50
    paired = standing.league(ratings, who, weights=[1, 1], respondents=[*range(50), *range(50)])
    oracle = scipy.stats.ttest_rel(10 * a.mean(axis=1), 10 * b.mean(axis=1))
    assert paired.pairs[0].p == pytest.approx(oracle.pvalue, rel=1e-8)
    assert paired.pairs[0].difference.n == 50
    assert paired.n == 50
    apart = standing.league(ratings, who, weights=[1, 1])
    assert apart.pairs[0].difference.se > 2 * paired.pairs[0].difference.se


def test_who_rates_more_suppliers_does_not_weigh_more_in_the_importances():
    ratings = np.full((4, 2), 7.0)
    importance = np.array([[10.0, 2], [10, 2], [10, 2], [4, 8]])
    table = standing.league(ratings, list("abca"), importance=importance, respondents=[1, 1, 1, 2])
    assert [w.value for w in table.weights] == pytest.approx([7 / 12, 5 / 12])
    once = importance.copy()
    once[1:3] = np.nan
    told_once = standing.league(ratings, list("abca"), importance=once, respondents=[1, 1, 1, 2])
    assert [w.value for w in told_once.weights] == pytest.approx([7 / 12, 5 / 12])


def test_an_attribute_nobody_rated_for_one_supplier_stops_the_table():
    ratings, who, importance = market()
    ratings[who == "south", 1] = np.nan
    with pytest.raises(errors.TooFew, match="south: speed"):
        standing.league(ratings, who, importance=importance, names=["care", "speed", "price"])


def test_the_index_runs_from_ten_to_a_hundred_unless_told_otherwise():
    lowest = standing.league([[1.0, 1.0]], ["a"], weights=[1, 1])
    assert lowest.suppliers[0].index.value == 10
    rescaled = standing.league([[1.0, 1.0], [10.0, 10.0]], ["a", "b"], weights=[1, 1], rescale=True)
    assert [line.index.value for line in rescaled.suppliers] == pytest.approx([100, 0])


def test_equal_suppliers_share_a_rank():
    table = standing.league([[7.0], [7.0], [5.0], [5.0]], list("abca"), weights=[1])
    assert [(line.name, line.place.rank) for line in table.suppliers] == [("b", 1), ("a", 2), ("c", 3)]
    level = standing.league([[7.0], [7.0]], list("ab"), weights=[1])
    assert [line.place.rank for line in level.suppliers] == [1, 1]


def test_the_table_says_when_suppliers_are_rated_by_their_own_customers():
    ratings, who, importance = market()
    unknown = standing.league(ratings, who, importance=importance)
    assert "not known" in str(unknown.notes[1])
    own = standing.league(ratings, who, importance=importance, customer_of=who)
    assert "own customers only" in str(own.notes[1])
    mixed = np.where(who == "north", "north", "nobody")
    uneven = standing.league(ratings, who, importance=importance, customer_of=mixed)
    assert "100% of the ratings of north" in str(uneven.notes[1])
    assert [line.own_share for line in uneven.suppliers] == [1, 0, 0]
    even = standing.league(ratings, who, importance=importance, customer_of=["nobody"] * len(who))
    assert len(even.notes) == 1


def test_ourselves_against_each_of_the_others():
    ratings, who, importance = market()
    table = standing.league(ratings, who, importance=importance, ours="north")
    assert [(r.ours, r.theirs) for r in table.relatives] == [("north", "east"), ("north", "south")]
    first = table.relatives[0]
    indexes = {line.name: line.index.value for line in table.suppliers}
    assert first.ratio_of_means.value == pytest.approx(indexes["north"] / indexes["east"])
    assert first.difference.value == pytest.approx((indexes["north"] - indexes["east"]) / 10)
    assert first.ratio_of_means.low > 1
    with pytest.raises(errors.UnknownLabel, match="west"):
        standing.league(ratings, who, importance=importance, ours="west")


def test_ratings_of_the_same_people_make_a_relative_figure_more_certain():
    rng = np.random.default_rng(6)
    mood = rng.normal(0, 1.5, (80, 1))
    a, b = (np.clip(m + mood + rng.normal(0, 0.5, (80, 2)), 1, 10) for m in (7, 6))
    free = standing.relative_performance(a, b, weights=[1, 2])
    tied = standing.relative_performance(a, b, weights=[1, 2], paired=True)
    assert tied.ratio_of_means.value == pytest.approx(free.ratio_of_means.value)
    assert tied.ratio_of_means.se < free.ratio_of_means.se / 2
    with pytest.raises(errors.ShapeMismatch):
        standing.relative_performance(a, b[:-1], weights=[1, 2], paired=True)
    with pytest.raises(errors.ShapeMismatch):
        standing.relative_performance(a, b[:, :1], weights=[1, 2])


@pytest.mark.parametrize(
    ("error", "options"),
    [
        (errors.MissingInput, {}),
        (errors.MissingInput, {"weights": [1, 1, 1], "weight_set": "pooled"}),
        (errors.MissingInput, {"weight_set": "given"}),
        (errors.BadOption, {"weights": [1, 1, 1], "weight_set": "theirs"}),
        (errors.BadOption, {"weights": [1, -1, 1]}),
        (errors.BadOption, {"weights": [0, 0, 0]}),
        (errors.ShapeMismatch, {"weights": [1, 1]}),
        (errors.ShapeMismatch, {"weights": [1, 1, 1], "respondents": [1]}),
        (errors.ShapeMismatch, {"importance": [[5, 5, 5]]}),
        (errors.BadDesign, {"weights": [1, 1, 1], "design": Design(strata=[1] * 179 + [2])}),
    ],
)
def test_a_table_without_what_it_needs_is_refused(error, options):
    ratings, who, _ = market()
    with pytest.raises(error):
        standing.league(ratings, who, **options)


# Keiningham, Aksoy, Buoye & Cooil (2011), HBR Oct; The Wallet Allocation Rule (2015), Appendix A.
@pytest.mark.parametrize(
    ("brands", "shares"),
    [
        (1, [1]),
        (2, [2 / 3, 1 / 3]),
        (3, [0.5, 1 / 3, 1 / 6]),
        (4, [0.4, 0.3, 0.2, 0.1]),
        (5, [1 / 3, 4 / 15, 1 / 5, 2 / 15, 1 / 15]),
    ],
)
def test_the_wallet_allocation_rule_gives_its_published_shares(brands, shares):
    assert wallet.share_of_rank(range(1, brands + 1), brands) == pytest.approx(shares, abs=1e-12)


def test_equal_scores_share_their_mean_rank_and_a_wallet_is_spent_whole():
    assert wallet.ranks([[9, 9, 5], [3, 7, 7]]).tolist() == [[1.5, 1.5, 3], [3, 1.5, 1.5]]
    result = wallet.wallet_shares([[9, 9, 5], [3, math.nan, 8], [7, math.nan, math.nan]])
    assert sum(brand.share.value for brand in result.brands) == pytest.approx(1)
    assert result.brands[0].share.value == pytest.approx((5 / 12 + 1 / 3 + 1) / 3)
    assert result.brands[1].among_users.value == pytest.approx(5 / 12)
    assert result.brands[1].used_by.value == pytest.approx(1 / 3)
    assert (result.brands[1].among_users.n, result.n) == (1, 3)


def test_who_uses_nothing_has_no_wallet_to_share():
    result = wallet.wallet_shares([[9, 5], [math.nan, math.nan], [4, 8]])
    assert result.n == 2
    assert [brand.share.value for brand in result.brands] == pytest.approx([0.5, 0.5])
    with pytest.raises(errors.TooFew):
        wallet.wallet_shares([[math.nan, math.nan]])
    with pytest.raises(errors.BadOption):
        wallet.share_of_rank([3], 2)
    with pytest.raises(errors.OffScale):
        wallet.wallet_shares([[9, 55]])
