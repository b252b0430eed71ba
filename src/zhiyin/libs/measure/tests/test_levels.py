"""Every figure refuses a level of confidence that is no share, in the same words."""

import datetime as dt
import math

import numpy as np
import pytest

from zhiyin.libs.measure import (
    distributions,
    errors,
    estimates,
    indicators,
    kano,
    loyalty,
    means,
    nonresponse,
    proportions,
    reliability,
    sampling,
    waves,
)

YES, SCORES = [1, 0, 1, 1, 0, 1], [1.0, 2, 5, 3, 4, 4]
ROWS = np.random.default_rng(3).integers(1, 6, (30, 3)).astype(float)
DAYS = {"window": indicators.Window(dt.date(2026, 1, 1), dt.date(2026, 3, 31))}
FIGURES = {
    "mean": lambda level: means.mean(SCORES, level=level),
    "mean of one answer": lambda level: means.mean([3.0], level=level),
    "share": lambda level: proportions.proportion(YES, level=level),
    "exact share": lambda level: proportions.clopper_pearson(2, 5, level=level),
    "two shares": lambda level: proportions.compare(YES, YES, level=level),
    "score": lambda level: loyalty.nps([9, 10, 3], level=level),
    "satisfied": lambda level: loyalty.csat(SCORES, level=level),
    "effort": lambda level: loyalty.ces2(SCORES, level=level),
    "change": lambda level: loyalty.change(loyalty.nps([9]), loyalty.nps([9, 3]), level=level),
    "combined": lambda level: loyalty.combined([loyalty.nps([9]), loyalty.nps([0])], [1, 1], level=level),
    "independent": lambda level: waves.independent(SCORES, SCORES[:4], level=level),
    "paired": lambda level: waves.paired(SCORES, SCORES[::-1], level=level),
    "overlapping": lambda level: waves.overlapping(SCORES, SCORES, range(6), range(3, 9), level=level),
    "trend": lambda level: waves.trends(SCORES, [0, 0, 0, 1, 1, 1], level=level),
    "kano": lambda level: kano.categories(ROWS, ROWS[::-1], level=level),
    "kano counts": lambda level: kano.from_counts([(0, 0, 0, 0, 5, 0)], level=level),
    "positions": lambda level: kano.positions(ROWS, ROWS[::-1], level=level),
    "drift": lambda level: kano.drift(ROWS, ROWS[::-1], np.arange(30) % 2, level=level),
    "alpha": lambda level: reliability.alpha(ROWS, level=level),
    "feldt": lambda level: reliability.alpha(ROWS, method="feldt", level=level),
    "complaints": lambda level: indicators.complaint_rate([0, 1, 2, 0], level=level, **DAYS),
    "no complaints": lambda level: indicators.complaint_rate_of_totals(0, 9, level=level, **DAYS),
    "amounts": lambda level: indicators.share_of_amount([1, 2], [3, 3], level=level, **DAYS),
    "margin": lambda level: sampling.margin_of_mean(2, 30, level=level),
    "size": lambda level: sampling.size_for_mean(0.5, 2, level=level),
    "response": lambda level: nonresponse.response_rates(nonresponse.Dispositions(5, refused=4), level=level),
    "nonresponse": lambda level: nonresponse.compare({"a": SCORES}, YES, level=level),
    "symmetric": lambda level: estimates.symmetric(1, 0, n=3, level=level),
    "an estimate": lambda level: estimates.Estimate(1, 0, 2, 3, 1, "t", level),
}


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("level", [-0.1, 0, 1, 1.5, 95, math.nan, math.inf])
def test_a_level_that_is_no_share_is_refused(figure, level):
    with pytest.raises(errors.BadOption, match="level cannot be"):
        FIGURES[figure](level)


@pytest.mark.parametrize("figure", FIGURES)
def test_any_share_is_a_level(figure):
    for level in (0.01, 0.5, 0.999):
        assert FIGURES[figure](level)


@pytest.mark.parametrize("p", [-1, 0, 1, 1.25, math.nan])
def test_a_quantile_there_is_not_is_refused_in_the_same_words(p):
    for quantile in (distributions.normal_quantile, lambda p: distributions.t_quantile(p, 5)):
        with pytest.raises(errors.BadOption, match="level cannot be"):
            quantile(p)
