"""A cause that is there is found; where none is, none is claimed."""

import numpy as np
import pytest

from zhiyin.libs import contrast
from zhiyin.libs.contrast import chances, search
from zhiyin.libs.contrast import features as trying
from zhiyin.libs.contrast import pairs as crossing
from zhiyin.libs.contrast.tests import tables

DRAWS, TABLES = 199, 200


def named(finding):
    """The columns of a finding, and of what cannot be told apart from it in any row."""
    return {*finding.columns, *(other.column for other in finding.alike if not other.differ)}


@pytest.mark.parametrize("noise", [0.0, 0.15])
@pytest.mark.parametrize("cause", tables.CAUSES)
def test_a_planted_cause_is_among_the_first_three_at_twenty_rows(cause, noise):
    rng = np.random.default_rng(20)
    found = 0
    for seed in range(TABLES):
        result = contrast.analyse(tables.planted(rng, 20, cause, noise), draws=DRAWS, seed=seed)
        first = [finding for finding in result.findings[:3] if len(finding.columns) == 1]
        found += any(tables.CAUSES[cause] in named(finding) for finding in first)
    assert found / TABLES >= 0.95


@pytest.mark.parametrize("what", ["evening", "weekend", "place"])
def test_a_time_or_a_place_is_found_as_well(what):
    """Beside the six columns a moment and a place of which one is the cause."""
    rng = np.random.default_rng(26)
    found = 0
    for seed in range(60):
        minutes, days = rng.integers(6 * 60, 23 * 60, 20), rng.permutation(28)[:20]
        places = rng.choice(["客厅", "厨房", "书房", "卧室"], 20, p=[0.3, 0.4, 0.15, 0.15])
        met = {"evening": minutes >= 17 * 60, "weekend": days % 7 >= 5, "place": places == "厨房"}[what]
        cells = {
            **tables.conditions(rng, 20),
            "时间": [
                f"2026-03-{2 + day:02d} {at // 60:02d}:{at % 60:02d}"
                for day, at in zip(days.tolist(), minutes.tolist(), strict=True)
            ],
            "地点": places.tolist(),
            "失败": met.tolist(),
        }
        result = contrast.analyse(contrast.facts(cells, outcome="失败"), draws=99, seed=seed)
        wanted = "地点" if what == "place" else "时间"
        found += any(wanted in named(finding) for finding in result.findings[:3])
    assert found / 60 >= 0.95


def test_a_cause_without_noise_is_established_at_twenty_rows():
    rng = np.random.default_rng(21)
    results = [contrast.analyse(tables.planted(rng, 20, "number", 0.0), draws=DRAWS) for _ in range(40)]
    firsts = [result.findings[0] for result in results]
    assert all(first.status == "established" for first in firsts)
    assert sum("时长" in named(first) for first in firsts) >= 38


def test_of_two_thousand_tables_without_a_cause_at_most_one_in_twenty_establishes_one():
    """Through the front door."""
    rng = np.random.default_rng(22)
    alarms = 0
    for seed in range(2000):
        cells = tables.conditions(rng, 20)
        failed = rng.random(20) < 0.4
        table = contrast.facts({**cells, "失败": failed.tolist()}, outcome="失败")
        result = contrast.analyse(table, draws=99, seed=seed)
        alarms += any(finding.status == "established" for finding in result.findings)
    assert alarms / 2000 <= 0.05


@pytest.mark.parametrize(("rows", "failures"), [(12, 5), (20, 8), (20, 3), (40, 20)])
def test_false_alarms_stay_below_five_in_a_hundred_over_ten_thousand_tables(rows, failures):
    """Twenty-five tables of conditions, a hundred outcomes each, by the same search and the same bar."""
    rng = np.random.default_rng(rows * 100 + failures)
    alarms = outcomes = 0
    for seed in range(25):
        cells = tables.conditions(rng, rows)
        cells["时长"] = [None if rng.random() < 0.1 else value for value in cells["时长"]]
        cells["几点"] = [f"{hour}:30" for hour in rng.integers(6, 23, rows)]
        table = contrast.facts({**cells, "失败": [True] * rows}, outcome="失败")
        features, _ = trying.features(table.columns)
        pairs = crossing.pairs(features)
        failed = np.zeros(rows, bool)
        failed[rng.permutation(rows)[:failures]] = True
        found = search.search(features, pairs, failed, chances.chances(failed, draws=599, seed=seed))
        dealt = chances.chances(failed, draws=100, seed=1000 + seed).outcomes[:, 1:]
        net = np.max(
            [
                search.divisions(feature, dealt).max(axis=0) - best.price
                for feature, best in zip(features, found.bests, strict=True)
            ],
            axis=0,
        )
        net = np.maximum(net, pairs.highest(dealt, failures) - found.pair_price)
        bar = found.needed(0.05)
        alarms += 0 if bar is None else int((net >= bar - 1e-7).sum())
        outcomes += dealt.shape[1]
    assert outcomes == 2500
    assert alarms / outcomes <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / outcomes)


def test_many_columns_do_not_make_more_false_alarms():
    rng = np.random.default_rng(23)
    alarms = 0
    for seed in range(40):
        cells = {f"列{at}": rng.normal(size=16).tolist() for at in range(40)}
        cells["失败"] = (rng.permutation(16) < 7).tolist()
        result = contrast.analyse(contrast.facts(cells, outcome="失败"), draws=DRAWS, seed=seed)
        alarms += any(finding.status == "established" for finding in result.findings)
    assert alarms <= 5  # P(more | 5 %) = 1 %


def test_the_announced_number_of_observations_does_settle_it():
    """Ten rows raise a suspicion; as many more as announced, falling out as assumed, establish it as often as said."""
    rng = np.random.default_rng(24)
    rows = {"下雨": ["是"] * 5 + ["否"] * 5, "会员": ["是", "否"] * 5, "里程": list(range(10))}
    failed = [True] * 5 + [False] * 4 + [True]
    first = contrast.analyse(contrast.facts({**rows, "失败": failed}, outcome="失败"))
    suspect = next(finding for finding in first.findings if finding.columns == ("下雨",))
    outlook = suspect.outlook
    each = outlook.more // 2
    settled = 0
    for seed in range(150):
        more = {
            "下雨": rows["下雨"] + ["是"] * each + ["否"] * each,
            "会员": rows["会员"] + rng.choice(["是", "否"], 2 * each).tolist(),
            "里程": rows["里程"] + rng.integers(0, 10, 2 * each).tolist(),
        }
        new = rng.random(2 * each) < np.repeat([outlook.rate, outlook.other_rate], each)
        table = contrast.facts({**more, "失败": failed + new.tolist()}, outcome="失败")
        found = contrast.analyse(table, draws=DRAWS, seed=seed).findings
        settled += any(each.columns == ("下雨",) and each.status == "established" for each in found)
    assert abs(settled / 150 - outlook.power) <= 0.1
    assert outlook.power >= 0.8
