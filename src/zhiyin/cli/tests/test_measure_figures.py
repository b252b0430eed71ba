"""Figures and sentences of each measurement, from small sheets whose answers are known."""

import random

import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure, near

__all__ = ["measure"]
SATISFACTION = EXAMPLES / "satisfaction.csv"
PAIRED = """
id,importance_price,performance_price,importance_speed,performance_speed,overall
1,9,6,8,9,7
2,10,5,9,8,6
3,8,7,9,9,8
4,9,6,8,7,7
5,7,8,10,9,9
6,9,6,9,8,7
"""


def test_weights_of_the_index_can_be_each_respondents_own_or_equal(measure):
    sheet = measure.sheet("id,importance_a,performance_a,importance_b,performance_b\n1,1,10,3,2\n2,4,5,4,9")
    assert measure.json("index", sheet)["index"]["value"] == near(10 * (5 * 7.5 + 7 * 5.5) / 12)
    own = measure.json("index", sheet, "--weights", "respondents")
    assert own["index"]["value"] == near(10 * ((1 * 10 + 3 * 2) / 4 + (5 + 9) / 2) / 2)
    equal = measure.json("index", sheet, "--weights", "equal", "--rescale")
    assert equal["index"]["value"] == near(100 * (6.5 - 1) / 9)
    assert equal["span"] == [0, 100]


def test_the_table_of_the_index_reads_in_chinese(measure):
    said = measure.chinese().table("index", SATISFACTION)
    assert "满意度指数" in said
    assert "95 %区间" in said
    assert "Importance" not in said


@pytest.mark.parametrize("method", ["stated", "pearson", "spearman", "lmg", "johnson", "first"])
def test_every_way_to_importance_ranks_the_attributes(measure, method):
    found = measure.json("drivers", SATISFACTION, "--method", method)
    assert found["method"] == method
    assert sorted(driver["rank"] for driver in found["drivers"]) == [1, 2, 3, 4, 5]
    assert (found["grid"] is None) == (method == "stated")


def test_shares_of_r_squared_add_up_to_it_and_johnson_stands_in_for_many_attributes(measure):
    found = measure.json("drivers", SATISFACTION)
    assert found["method"] == "lmg"
    assert sum(driver["value"]["value"] for driver in found["drivers"]) == near(found["r_squared"]["value"])
    names = [f"performance_a{at}" for at in range(21)]
    draw = random.Random(1)
    rows = [[draw.randint(1, 10) for _ in range(22)] for _ in range(60)]
    sheet = measure.sheet("\n".join(",".join(map(str, row)) for row in [[*names, "overall"], *rows]))
    assert measure.json("drivers", sheet)["method"] == "johnson"


def test_without_importance_drivers_come_without_the_grid(measure):
    sheet = measure.sheet(PAIRED.replace("importance_", "other_"))
    assert measure.json("drivers", sheet, "--method", "pearson")["grid"] is None
    assert "Vavra" not in measure.table("drivers", sheet, "--method", "pearson")


def test_gaps_are_importance_minus_performance_and_paired(measure):
    price = measure.json("gaps", measure.sheet(PAIRED))["attributes"][0]
    assert price["gap"]["value"] == near(52 / 6 - 38 / 6)
    assert price["gap"]["method"] == "paired t"
    assert price["gap"]["se"] == near((64 / 3 / 5 / 6) ** 0.5)


def test_the_lines_of_the_map_can_be_chosen(measure):
    sheet = measure.sheet(PAIRED)
    for option, lines in {"midpoint": (5.5, 5.5), "8.5,7": (8.5, 7), "means": (52.5 / 6, 44 / 6)}.items():
        drawn = measure.json("gaps", sheet, "--cross-hairs", option)["map"]
        found = [drawn[f"{side}_line"]["value"] for side in ("importance", "performance")]
        assert found == [near(line) for line in lines]
    assert [point["quadrant"] for point in drawn["points"]] == ["C", "B"]


def test_priorities_follow_the_rule_and_say_why(measure):
    sheet = measure.sheet(PAIRED)
    by_gap = measure.json("pfi", sheet)
    assert [row["name"] for row in by_gap["ranking"]] == ["price", "speed"]
    by_cost = measure.json("pfi", sheet, "--rule", "cost", "--cost", "price=100,speed=1", "--concern", "3")
    assert [row["cost"] for row in by_cost["ranking"]] == [1, 100]
    assert {row["concern"] for row in by_cost["ranking"]} == {"no"}
    assert "Importance 8.7, performance 6.3: a gap of 2.3" in measure.table("pfi", sheet)


def test_costs_come_from_the_command_line_a_file_or_a_long_sheet(measure):
    given = "价格=12,响应速度=8,服务态度=3,保洁=5,安保=6"
    line = measure.json("pfi", SATISFACTION, "--rule", "cost", "--cost", given)
    assert line == measure.json("pfi", SATISFACTION, "--rule", "cost", "--cost", EXAMPLES / "costs.csv")
    assert line == measure.json(
        "pfi", SATISFACTION, "--rule", "cost", "--cost", given.replace(",", "，").replace("=", "＝")
    )
    long = measure.json("pfi", EXAMPLES / "satisfaction-long.csv", "--rule", "cost")
    assert {row["name"]: row["cost"] for row in long["ranking"]} == {
        row["name"]: row["cost"] for row in line["ranking"]
    }


MARKET = """
respondent,supplier,importance_price,performance_price,importance_speed,performance_speed,overall
1,A,9,8,6,7,8
1,B,9,6,6,7,6
2,A,8,7,7,8,8
2,B,8,6,7,6,7
3,A,9,9,5,7,9
3,B,9,5,5,6,5
4,A,7,8,8,8,7
4,B,7,7,8,7,8
"""


def test_the_league_table_weighs_every_supplier_alike(measure):
    found = measure.json("league", measure.sheet(MARKET), "--ours", "A", "--wallet")
    weights = [33 / (33 + 26), 26 / (33 + 26)]
    index = {row["name"]: row["index"]["value"] for row in found["suppliers"]}
    assert index["A"] == near(10 * (weights[0] * 8 + weights[1] * 7.5))
    assert index["B"] == near(10 * (weights[0] * 6 + weights[1] * 6.5))
    assert [row["n"] for row in found["suppliers"]] == [4, 4]
    assert found["relatives"][0]["theirs"] == "B"
    assert found["wallet"]["brands"][0]["share"]["value"] == near((3 * 2 / 3 + 1 / 3) / 4)


def test_weights_of_the_league_table_may_be_given(measure):
    found = measure.json("league", measure.sheet(MARKET), "--weights", "price=3,speed=1")
    assert [weight["value"] for weight in found["weights"]] == [0.75, 0.25]
    assert measure.json("league", measure.sheet(MARKET), "--weights", "equal")["weight_set"] == "given"


def test_a_long_market_sheet_gives_what_the_wide_one_gives(measure):
    rows = [line.split(",") for line in MARKET.split()][1:]
    long = ["respondent,supplier,attribute,importance,performance"]
    for who, supplier, *cells in rows:
        long += [
            f"{who},{supplier},price,{cells[0]},{cells[1]}",
            f"{who},{supplier},speed,{cells[2]},{cells[3]}",
        ]
    wide = measure.json("league", measure.sheet(MARKET))
    assert measure.json("league", measure.sheet("\n".join(long))) == wide


ZONES = """
id,adequate_price,desired_price,performance_price
1,6,8,7
2,5,9,6
3,7,8,5
4,8,6,7
"""


def test_the_zone_of_tolerance_counts_impossible_answers(measure):
    kept = measure.json("tolerance", measure.sheet(ZONES))
    assert (kept["invalid_items"], kept["zones"][0]["msa"]["n"]) == (1, 4)
    left_out = measure.json("tolerance", measure.sheet(ZONES), "--invalid", "items")
    assert left_out["zones"][0]["position"]["value"] == near((6 - 6) / (25 / 3 - 6))
    assert "The adequate level is put above the desired one (answers: 1, respondents: 1)." in measure.table(
        "tolerance", measure.sheet(ZONES)
    )


def test_the_battery_places_performance_among_three_levels(measure):
    found = measure.json("tolerance", EXAMPLES / "battery.csv", "--battery")
    care = found["items"][2]
    assert (care["name"], care["below"], care["above"]) == ("服务态度", "surprising", "ideal")


def test_servqual_reproduces_the_published_example(measure):
    gaps = {
        "tangibles": -0.65,
        "reliability": -1.10,
        "responsiveness": -0.83,
        "assurance": -0.70,
        "empathy": -1.01,
    }
    lines = ["attribute,expectation,performance"]
    lines += [f"{name}{item},6,{6 + gap}" for name, gap in gaps.items() for item in (1, 2)]
    points = "tangibles=11,reliability=32,responsiveness=22,assurance=19,empathy=16"
    found = measure.json("servqual", measure.sheet("\n".join(lines)), "--points", points)
    assert found["unweighted"]["value"] == near(-0.858)
    assert found["weighted"]["value"] == near(-0.9007)


def test_dimensions_come_from_headings_counts_or_a_file(measure):
    sheet = measure.sheet(
        "id,期望：甲/一,感知：甲/一,期望：甲/二,感知：甲/二,期望：乙/三,感知：乙/三\n1,6,5,6,4,7,7\n2,7,5,6,5,6,6"
    )
    read = measure.json("servqual", sheet)
    assert [part["name"] for part in read["dimensions"]] == ["甲", "乙"]
    assert measure.json("servqual", sheet, "--dimensions", "甲=2,乙=1") == read
    items = measure.sheet("item,dimension\n甲/一,甲\n甲/二,甲\n乙/三,乙", "homes.csv")
    assert measure.json("servqual", sheet, "--dimensions", items) == read


def test_each_respondents_points_weigh_the_dimensions(measure):
    found = measure.json("servqual", EXAMPLES / "servqual.csv")
    assert sum(part["weight"]["value"] for part in found["dimensions"]) == near(1)
    performed = measure.json("servqual", EXAMPLES / "servqual.csv", "--servperf")
    assert {item["gap"] for item in performed["items"]} == {None}
    assert performed["unweighted"]["value"] > 0


def test_the_twenty_two_items_need_no_dimensions(measure):
    names = [f"item{at:02d}x" for at in range(22)]
    head = ["id", *(f"expectation_{name}" for name in names), *(f"performance_{name}" for name in names)]
    rows = [[row, *[6] * 22, *[(row + at) % 5 + 2 for at in range(22)]] for row in range(4)]
    found = measure.json(
        "servqual", measure.sheet("\n".join(",".join(map(str, line)) for line in [head, *rows]))
    )
    assert [part["name"] for part in found["dimensions"]] == [
        "tangibles", "reliability", "responsiveness", "assurance", "empathy",
    ]  # fmt: skip


def test_the_two_taxonomies_measure_their_own_gaps_from_the_same_sheet(measure):
    sides = EXAMPLES / "sides.csv"
    parasuraman, hill = measure.json("fivegaps", sides), measure.json("fivegaps", sides, "--taxonomy", "hill")
    assert [gap["gap"] for gap in parasuraman["gaps"]] == [
        "parasuraman.knowledge", "parasuraman.standards", "parasuraman.delivery", "parasuraman.communication",
        "parasuraman.satisfaction",
    ]  # fmt: skip
    assert parasuraman["total"] is None
    fifth = {line["name"]: line["difference"] for line in parasuraman["gaps"][4]["lines"]}
    assert {line["name"]: line["difference"] for line in hill["total"]["lines"]} == fifth
    perception = hill["gaps"][4]
    assert perception["gap"] == "hill.perception"
    assert {line["name"]: line["difference"] for line in perception["lines"]} != fifth


def test_the_same_people_are_compared_as_pairs_others_as_two_samples(measure):
    found = measure.json("fivegaps", EXAMPLES / "sides.csv")
    methods = {gap["gap"]: gap["mean"]["method"] for gap in found["gaps"]}
    assert methods["parasuraman.satisfaction"] == "paired t"
    assert methods["parasuraman.knowledge"] == "Welch t"


def test_a_standard_has_no_margin_of_its_own(measure):
    delivery = measure.json("fivegaps", EXAMPLES / "sides.csv")["gaps"][2]
    assert {line["first"]["n"] for line in delivery["lines"]} == {0}
    assert all(line["difference"]["se"] == near(line["second"]["se"]) for line in delivery["lines"])


def test_the_mirror_survey_says_who_misjudges_what(measure):
    sides = EXAMPLES / "sides.csv"
    groups = measure.json("fivegaps", sides)["mirror"]
    assert [group["name"] for group in groups] == ["经理", "一线"]
    said = measure.chinese().table("fivegaps", sides)
    assert "经理低估了“响应速度”的重要度" in said


def test_managers_asked_whole_have_no_sampling_error(measure):
    whole = measure.json("fivegaps", EXAMPLES / "sides.csv", "--population", "经理=5")["mirror"][0]
    assert {row["predicted"]["se"] for row in whole["importance"]} == {0}
    assert all(row["customers"]["se"] > 0 for row in whole["importance"])


def test_gaps_whose_sides_were_not_asked_are_named(measure):
    found = measure.json("fivegaps", measure.sheet("id,期望：价格,感知：价格\n1,8,6\n2,9,8\n3,8,8"))
    assert [gap["gap"] for gap in found["gaps"]] == ["parasuraman.satisfaction"]
    assert len(found["missing"]) == len(found["notes"]) == 4


REFUSALS = [
    (["drivers", PAIRED.replace("overall", "other")], "There is no column for “overall”."),
    (["drivers", PAIRED, "--method", "beta"], "method cannot be beta"),
    (["drivers", PAIRED.replace("8,9,7", "8,9,12", 1)], "Row 2, column overall: 12 is not on the scale"),
    (["gaps", PAIRED, "--cross-hairs", "left"], "--cross-hairs cannot be left"),
    (["gaps", PAIRED.replace("importance_", "x_")], "There is no column for “importance”."),
    (["pfi", PAIRED, "--rule", "love"], "rule cannot be love; it may be gap, impact, cost."),
    (["pfi", PAIRED.replace("overall", "other"), "--rule", "impact"], "There is no column for “overall”."),
    (["pfi", PAIRED, "--rule", "cost"], "Ranking by cost needs the cost of closing each gap."),
    (["pfi", PAIRED, "--rule", "cost", "--cost", "price=3"], "--cost cannot be speed"),
    (["pfi", PAIRED, "--rule", "cost", "--cost", "price=3,speed=0"], "cost cannot be 0"),
    (["pfi", PAIRED, "--rule", "cost", "--cost", "nothing.csv"], "There is no readable file nothing.csv."),
    (["league", PAIRED], "There is no column for “supplier”."),
    (["league", MARKET, "--ours", "C"], "--ours: C is not among A, B."),
    (["league", MARKET, "--weights", "mine"], "--weights cannot be mine"),
    (["league", MARKET.replace("respondent", "who"), "--wallet"], "Shares of wallet needs a column of respondents."),
    (["league", MARKET.replace("1,B", "1,", 1)], "Row 3, column supplier: there must be a value here."),
    (["tolerance", PAIRED], "There is no column for “adequate”."),
    (["tolerance", ZONES, "--invalid", "hide"], "invalid cannot be hide"),
    (["tolerance", ZONES, "--battery"], "There is no column for “ideal”."),
    (["servqual", "id,expectation_a,performance_a\n1,6,5\n2,6,8"], "Row 3, column performance_a: 8 is not on the scale"),
    (["servqual", "id,expectation_a,performance_a\n1,6,5"], "SERVQUAL needs the dimension of each item"),
    (["servqual", "id,expectation_a,performance_a\n1,6,5", "--dimensions", "x=2"], "--dimensions cannot be x=2"),
    (["servqual", "id,expectation_a,performance_a\n1,6,5", "--dimensions", "x=1", "--points", "y=3"], "--points cannot be"),
    (["fivegaps", PAIRED, "--taxonomy", "kano"], "--taxonomy cannot be kano"),
    (["fivegaps", "id,who\n1,2"], "There is no column for “expectation / believed"),
    (["fivegaps", "id,performance_a\n1,2"], "A gap of service needs"),
    (["fivegaps", "id,role,importance_a\n1,boss,2"], "--customers cannot be …; it may be boss."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), REFUSALS, ids=[said for _, said in REFUSALS])
def test_what_cannot_be_measured_is_refused_with_a_sentence(measure, arguments, said):
    command, text, *options = arguments
    assert said in measure.refusal(command, measure.sheet(text), *options)
