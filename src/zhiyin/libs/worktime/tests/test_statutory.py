"""The table of statutory holidays, and the sheet by which later years are loaded."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.libs import worktime

SHEET = """\ufeffdate,kind,note
2027-01-01 to 2027-01-03,holiday,元旦

# notice of November 2026
2027/2/5～2027/2/12,放假,春节
2027年1月9日,上班
2027-10-01..2027-10-07, Holiday
"""


def test_the_table_covers_2004_to_2026_without_a_gap() -> None:
    table = worktime.table()
    assert table.years.start == 2004
    assert table.years.stop >= 2027
    assert table.provisional_from == dt.date(table.years.stop, 1, 1)


def test_national_day_2026_and_its_two_swapped_days_are_in_the_table() -> None:
    table = worktime.table()
    assert {dt.date(2026, 10, day) for day in range(1, 8)} <= table.holidays
    assert dt.date(2026, 10, 8) not in table.holidays
    assert {dt.date(2026, 9, 20), dt.date(2026, 10, 10)} <= table.workdays
    assert not table.holidays & table.workdays


def test_a_sheet_is_read_with_heading_notes_ranges_and_chinese_words() -> None:
    loaded = worktime.load(SHEET)
    assert loaded.years == range(2027, 2028)
    assert len(loaded.holidays) == 3 + 8 + 7
    assert loaded.workdays == {dt.date(2027, 1, 9)}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_sheet_may_be_cut_by_semicolons_or_tabs(separator: str) -> None:
    loaded = worktime.load(f"2027-01-01{separator}休\r\n2027-01-09{separator}班\r\n")
    assert (len(loaded.holidays), len(loaded.workdays)) == (1, 1)


def test_a_loaded_year_prolongs_the_table() -> None:
    table = worktime.Statutory(range(2004, 2027), frozenset({dt.date(2026, 10, 1)}), frozenset())
    longer = table.extended(worktime.load(SHEET))
    assert longer.years == range(2004, 2028)
    assert longer.provisional_from == dt.date(2028, 1, 1)
    assert dt.date(2026, 10, 1) in longer.holidays


def test_a_year_loaded_ahead_counts_but_leaves_the_one_before_provisional() -> None:
    table = worktime.Statutory(range(2004, 2027), frozenset({dt.date(2026, 10, 1)}), frozenset())
    ahead = table.extended(worktime.load("2028-01-01,holiday"))
    assert ahead.provisional_from == dt.date(2027, 1, 1)
    assert dt.date(2028, 1, 1) in ahead.holidays
    assert ahead.extended(worktime.load(SHEET)).provisional_from == dt.date(2029, 1, 1)


def test_a_sheet_wins_date_by_date_and_takes_nothing_else_away() -> None:
    table = worktime.Statutory(
        range(2004, 2027),
        frozenset({dt.date(2026, 10, 1)}),
        frozenset({dt.date(2026, 12, 31), dt.date(2026, 9, 20)}),
    )
    longer = table.extended(worktime.load("2026-12-31 to 2027-01-02,holiday\n2026-10-01,workday"))
    assert longer.holidays == {dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 1, 2)}
    assert longer.workdays == {dt.date(2026, 9, 20), dt.date(2026, 10, 1)}
    assert longer.years == range(2004, 2028)


def test_every_bad_row_is_reported_by_its_line_and_nothing_is_loaded() -> None:
    sheet = "date,kind\n2027-02-30,holiday\n2027-01-01,festival\nnonsense\n2027-05-01,holiday\n"
    sheet += "2027-05-01,workday\n"
    sheet += "2027-10-07 to 2027-10-01,holiday\n2027-01-01 to 2028-01-01,holiday\n"
    with pytest.raises(worktime.InvalidTable) as caught:
        worktime.load(sheet)
    assert [(problem.line, problem.code.split(".")[1]) for problem in caught.value.problems] == [
        (2, "date"),
        (3, "kind"),
        (4, "columns"),
        (6, "twice"),
        (7, "range"),
        (8, "range"),
    ]
    assert str(caught.value.problems[3]) == "6: 2027-05-01 is already a holiday in line 5."


@pytest.mark.parametrize("sheet", ["", "\n\n", "date,kind\n", "# nothing\n"])
def test_a_sheet_without_rows_says_so(sheet: str) -> None:
    with pytest.raises(worktime.InvalidTable) as caught:
        worktime.load(sheet)
    assert caught.value.problems[0].code == "statutory.empty"


@given(st.text())
def test_no_sheet_whatever_crashes(sheet: str) -> None:
    with suppress(worktime.InvalidTable):
        assert worktime.load(sheet).holidays is not None


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")), min_size=1
    )
)
def test_whatever_is_wrong_with_a_row_can_be_told(rows: list[str]) -> None:
    with pytest.raises(worktime.InvalidTable) as caught:
        worktime.load("\n".join([*rows, "2027-01-01,never"]))
    assert caught.value.problems[-1].line == len(rows) + 1
    assert all(str(problem) for problem in caught.value.problems)
