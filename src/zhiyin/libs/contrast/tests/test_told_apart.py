"""What comes together in the rows is not told as if it had been told apart: twins, near twins, rivals, companions."""

import numpy as np
import pytest

from zhiyin.libs import contrast
from zhiyin.libs.contrast import beside, wording

NETWORK = [
    ("客厅", "2.4G", "是", 6, "是"), ("书房", "5G", "否", 5, "否"), ("厨房", "2.4G", "是", 3, "是"),
    ("客厅", "2.4G", "否", 4, "否"), ("客厅", "5G", "否", 6, "否"), ("厨房", "2.4G", "是", 4, "是"),
    ("餐厅", "2.4G", "是", 5, "是"), ("主卧", "2.4G", "否", 6, "否"), ("客厅", "2.4G", "否", 3, "否"),
    ("书房", "网线", "是", 6, "否"), ("厨房", "2.4G", "是", 4, "是"), ("书房", "5G", "否", 2, "否"),
    ("厨房", "2.4G", "是", 5, "是"), ("客厅", "2.4G", "否", 6, "否"), ("厨房", "2.4G", "是", 3, "是"),
    ("客厅", "2.4G", "否", 6, "否"), ("餐厅", "5G", "否", 4, "否"),
]  # fmt: skip


def analysed(names, rows, **kinds):
    cells = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return contrast.analyse(contrast.facts(cells, outcome=names[-1], kinds_given=kinds))


def ice_cream(rows):
    return analysed(("口味", "停留（分钟）", "失败"), rows)


def test_a_suspicion_names_what_it_cannot_be_told_apart_from_in_the_same_breath():
    found = ice_cream(
        [("香草", 4, "是"), ("香草", 5, "是"), ("巧克力", 9, "否"), ("草莓", 11, "否"), ("草莓", 12, "否")]
    )
    assert found.findings[0].status == "suspected"
    assert found.verdict.say().endswith(
        "Most suspect, and these rows cannot tell which: it fails when 口味 is “香草”, or when 停留 is under 7分钟."
    )
    assert found.next.say().startswith(
        "Observe once when 口味 is “香草” and 停留 is 7分钟 or more (such as 11分钟)"
    )


def test_one_row_that_differs_does_not_make_the_stay_the_cause():
    """Seven vanilla with a short stay failed; one vanilla with a long stay did not. One row proves nothing."""
    rows = [("香草", 4 + at % 2, "是") for at in range(7)]
    rows += [("香草", 12, "否"), *(("巧克力", 9 + at, "否") for at in range(9))]
    found = ice_cream(rows)
    assert found.findings[0].columns == ("停留（分钟）",)
    assert found.verdict.say() == (
        "Established, but these rows hardly tell which: it fails when 停留 is under 7分钟, or when 口味 is “香草”; they "
        "differ in 1 of 17 rows."
    )
    assert "Observe once when 口味 is “香草”" in found.next.say()


def test_three_conditions_that_go_together_are_all_named():
    rows = [("香草", 4, "是", "是")] * 6 + [("草莓", 11, "否", "否")] * 8
    found = analysed(("口味", "停留（分钟）", "赶时间", "失败"), rows)
    said = found.verdict.say()
    assert all(name in said for name in ("口味 is “香草”", "停留 is under 10分钟", "“赶时间”"))


def test_rivals_that_differ_in_many_rows_but_not_in_their_outcomes_are_not_told_apart():
    rows = [("香草", 4, "是")] * 5 + [
        ("香草", 12, "是"),
        ("香草", 12, "否"),
        ("草莓", 4, "是"),
        ("草莓", 4, "否"),
    ]
    found = ice_cream([*rows, *[("草莓", 12, "否")] * 8])
    first = found.findings[0]
    assert first.alike[0].differ == 4
    assert {*first.columns, first.alike[0].column} == {"口味", "停留（分钟）"}
    assert found.verdict.say().startswith("Established, but these rows hardly tell which:")


def test_what_only_comes_along_with_the_cause_is_said_to():
    """Most drops were in the kitchen; beside the microwave the kitchen shows nothing of its own."""
    found = analysed(("房间", "连接方式", "微波炉在用", "在线设备", "断了"), NETWORK, 连接方式="category")
    first, kitchen = found.findings[0], next(one for one in found.findings if one.columns == ("房间",))
    assert (first.condition.say(), first.alike, first.follows) == ("“微波炉在用”", (), None)
    assert kitchen.status == "established"
    assert kitchen.follows.say() == (
        "It comes along with the first: where “微波炉在用”, it fails 5 times in 5 with it and 2 in 3 without."
    )
    assert found.verdict.say() == "Established: it fails when “微波炉在用”."


def test_two_causes_of_their_own_do_not_follow_each_other():
    rng = np.random.default_rng(7)
    rain, pump = rng.random(120) < 0.5, rng.random(120) < 0.5
    failed = (rain & (rng.random(120) < 0.8)) | (pump & (rng.random(120) < 0.8))
    found = analysed(
        ("下雨", "水泵在转", "失败"), list(zip(rain.tolist(), pump.tolist(), failed.tolist(), strict=True))
    )
    singles = [one for one in found.findings if len(one.columns) == 1]
    assert [one.follows for one in singles] == [None, None] or found.findings[0].columns == (
        "下雨",
        "水泵在转",
    )
    assert not any(one.alike for one in singles)


def test_a_planted_stay_that_goes_with_a_flavour_is_never_told_as_the_stay_alone():
    """In every table with something established both are named, with what to observe next."""
    rng = np.random.default_rng(100)
    told = established = 0
    for seed in range(60):
        short = rng.random(20) < 0.5
        failed = short & (rng.random(20) < 0.9)
        cells = {
            "口味": np.where(short, "香草", "草莓").tolist(),
            "停留": np.where(short, rng.integers(2, 6, 20), rng.integers(8, 15, 20)).tolist(),
            "会员": rng.choice(["是", "否"], 20).tolist(),
            "失败": failed.tolist(),
        }
        found = contrast.analyse(contrast.facts(cells, outcome="失败"), seed=seed, draws=199)
        if found.findings[0].status == "established":
            established += 1
            said = found.verdict.say()
            told += "停留 is under" in said and "口味 is “香草”" in said and found.next is not None
    assert established >= 50
    assert told == established


def test_what_is_left_of_a_condition_is_an_exact_test_in_strata():
    """Without strata it is Fisher's one-sided p; a condition that never varies within them has nothing left."""
    condition = np.array([1] * 5 + [0] * 5, bool)
    failed = np.array([1] * 4 + [0] * 5 + [1], bool)
    alone = np.ones(10, bool)
    assert beside.left(condition, alone, failed) == pytest.approx((25 + 1) / 252)
    assert beside.left(condition, condition, failed) == 1


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("下雨", "“下雨”", "not “下雨”"),
        ("是否下雨", "“下雨”", "not “下雨”"),
        ("下雨吗？", "“下雨”", "not “下雨”"),
        ("有没有别人", "with “别人”", "without “别人”"),
        ("Did it rain?", "“Did it rain?” is “yes”", "“Did it rain?” is “no”"),
        ("是否", "“是否”", "not “是否”"),
    ],
)
def test_a_column_of_yes_and_no_is_said_as_a_condition(name, yes, no):
    assert (wording.yes_or_no(name, yes=True).say(), wording.yes_or_no(name, yes=False).say()) == (yes, no)
