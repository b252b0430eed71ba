"""Working calendars and statutory days, from the tables to the reckoning."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhiyin.libs import worktime
from zhiyin.people import actions, calendars, queries, rules
from zhiyin.people.actions.hours import ClosedAndOpen, HoursMissing, Unreckonable
from zhiyin.people.models import Calendar, CalendarPeriod, StatutoryDay
from zhiyin.people.tests.fixtures import NOW
from zhiyin.people.timetable import Exceptional

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = [(weekday, 540, 1080) for weekday in range(5)]


@pytest.fixture
def told(monkeypatch):
    """What those who registered for changes were told."""
    heard = []

    def listener(*, calendar_ids, now):
        heard.append(calendar_ids)

    monkeypatch.setattr(calendars, "_listeners", [listener])
    return heard


def test_eight_working_hours_pass_over_the_lunch_break_and_the_night(house):
    hours = calendars.load(house.calendar.pk)
    due = worktime.add(hours, datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI), timedelta(hours=8))
    assert due.astimezone(SHANGHAI) == datetime(2026, 11, 19, 10, 30, tzinfo=SHANGHAI)


def test_a_statutory_holiday_is_not_worked(house):
    assert calendars.load(house.calendar.pk).periods_on(date(2026, 10, 1)) == ()


def test_no_calendar_is_round_the_clock(db):
    assert calendars.load(None).always
    assert calendars.load(12345).always


def test_a_change_is_seen_at_once(house):
    pk = house.calendar.pk
    assert calendars.load(pk).periods_on(date(2026, 11, 18))
    CalendarPeriod.objects.filter(calendar_id=pk, weekday=2).delete()
    assert calendars.load(pk).periods_on(date(2026, 11, 18)) == ()


def test_reading_again_costs_one_query(house, django_assert_num_queries):
    calendars.load(house.calendar.pk)
    with django_assert_num_queries(1):
        calendars.load(house.calendar.pk)


def test_an_exception_wins_over_a_holiday(house):
    actions.save_calendar(
        calendar_id=house.calendar.pk,
        name="工作日",
        periods=WEEK,
        exceptions=[Exceptional(date(2026, 10, 1), 600, 660, "值班"), Exceptional(date(2026, 11, 18))],
        by=None,
        now=NOW,
    )
    hours = calendars.load(house.calendar.pk)
    assert hours.periods_on(date(2026, 10, 1)) == (worktime.Period(600, 660),)
    assert hours.periods_on(date(2026, 11, 18)) == ()


def test_who_registered_hears_of_the_calendar_that_changed(house, told):
    actions.save_calendar(calendar_id=house.calendar.pk, name="工作日", periods=WEEK, by=None, now=NOW)
    assert told == [frozenset({house.calendar.pk})]


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"periods": []}, HoursMissing, "periods"),
        ({"periods": [(0, 540, 720), (0, 700, 800)]}, Unreckonable, "periods"),
        ({"periods": [(0, 720, 540)]}, Unreckonable, "periods"),
        ({"zone": "Mars/Olympus"}, Unreckonable, "zone"),
        ({"name": " "}, rules.NameMissing, "name"),
        ({"name": "工作日"}, rules.NameTaken, "name"),
        (
            {"exceptions": [Exceptional(date(2027, 1, 4)), Exceptional(date(2027, 1, 4), 540, 600)]},
            ClosedAndOpen,
            "exceptions",
        ),
    ],
)
def test_hours_that_cannot_be_reckoned_with_are_refused(house, values, error, field):
    with pytest.raises(error) as refused:
        actions.save_calendar(**{"name": "夜班", "periods": WEEK, "by": None, "now": NOW} | values)
    assert refused.value.field == field
    assert Calendar.objects.count() == 1


def test_round_the_clock_needs_no_periods(db):
    calendar = actions.save_calendar(name="全天", periods=[], always=True, by=None, now=NOW)
    assert calendars.load(calendar.pk).periods_on(date(2026, 10, 1)) == worktime.ALL_DAY


def test_the_days_of_the_library_are_loaded_once(db, told):
    assert actions.refresh_statutory(now=NOW) > 500
    assert told == [None]
    assert actions.refresh_statutory(now=NOW) == 0
    assert told == [None]
    assert queries.statutory().provisional_from == worktime.table().provisional_from


def test_days_that_left_the_library_leave_the_table(db):
    actions.refresh_statutory(now=NOW)
    StatutoryDay.objects.create(date=date(2026, 7, 8), kind="holiday", source="chinesecalendar")
    assert actions.refresh_statutory(now=NOW) == 1


NEXT = "date,kind\n2027-01-01,holiday\n2027-02-06 至 2027-02-12,放假\n2027-02-13,班\n"


def test_loading_a_year_makes_it_certain_and_tells_who_reckons_by_it(house, told):
    actions.refresh_statutory(now=NOW)
    before = calendars.load(house.calendar.pk)
    spring = datetime(2027, 2, 8, 10, 0, tzinfo=SHANGHAI)
    assert worktime.is_provisional(before, spring)
    assert before.periods_on(date(2027, 2, 8))
    loaded = actions.load_statutory(text=NEXT, source="国办发明电", by=None, now=NOW)
    assert (loaded.changed, loaded.years) == (9, (2027,))
    after = calendars.load(house.calendar.pk)
    assert not worktime.is_provisional(after, spring)
    assert after.periods_on(date(2027, 2, 8)) == ()
    assert after.periods_on(date(2027, 2, 13)) == after.ordinary_day
    assert told == [None, None]


def test_a_corrected_file_replaces_the_earlier_one(house):
    actions.refresh_statutory(now=NOW)
    actions.load_statutory(text=NEXT, by=None, now=NOW)
    actions.load_statutory(text="2027-01-01,holiday\n2027-02-06,holiday\n", by=None, now=NOW)
    assert StatutoryDay.objects.filter(date__year=2027).count() == 2
    assert (
        actions.load_statutory(text="2027-01-01,holiday\n2027-02-06,holiday\n", by=None, now=NOW).changed == 0
    )


def test_an_upgrade_leaves_days_from_a_file_alone(house):
    actions.refresh_statutory(now=NOW)
    actions.load_statutory(text="2026-10-01,workday\n2026-10-02,holiday", source="本院通知", by=None, now=NOW)
    actions.refresh_statutory(now=NOW)
    assert StatutoryDay.objects.get(date=date(2026, 10, 1)).kind == "workday"


def test_one_bad_row_and_nothing_is_loaded(house):
    with pytest.raises(actions.TableRefused) as refused:
        actions.load_statutory(text=NEXT + "tomorrow,holiday\n2027-05-01,party\n", by=None, now=NOW)
    assert [row.line for row in refused.value.problems] == [5, 6]
    assert not StatutoryDay.objects.exists()


def form(calendar, **changes):
    days = {f"day{weekday}": "09:00-12:00 13:30-18:00" if weekday < 5 else "" for weekday in range(7)}
    plain = {"name": calendar.name, "zone": "Asia/Shanghai", "observes_statutory": "on", "exceptions": ""}
    return plain | days | {"version": calendar.version} | changes


def test_a_calendar_is_edited_as_text(client_of, administrator, house):
    browser, page = client_of(administrator), f"/settings/calendars/{house.calendar.pk}/"
    assert "09:00–12:00 13:30–18:00" in browser.get(page).content.decode()
    given = form(house.calendar, day5="09：00－12：00", exceptions="2027-01-04 休 盘点")
    assert browser.post(page, given).status_code == 302
    hours = calendars.load(house.calendar.pk)
    assert hours.week[5] == (worktime.Period(540, 720),)
    assert hours.exceptions == {date(2027, 1, 4): ()}
    assert browser.post(page, given).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"day0": "nine"},
        {"day0": "09:00-12:00 11:00-13:00"},
        {"day0": "22:00-06:00"},
        {"zone": "Mars"},
        {"zone": "../../etc/passwd"},
        {"exceptions": "soon"},
        {"exceptions": "2027-01-04\n2027-01-04 09:00-10:00"},
        {"name": ""},
    ],
)
def test_bad_hours_come_back_with_a_sentence_and_nothing_lost(client_of, administrator, house, wrong):
    given = form(house.calendar, **wrong)
    response = client_of(administrator).post(f"/settings/calendars/{house.calendar.pk}/", given)
    page = response.content.decode()
    assert response.status_code == 422
    assert "ferr" in page or "zy-problem" in page
    if wrong.get("day0"):
        assert f'value="{wrong["day0"]}"' in page


def test_the_preview_shows_fourteen_days_and_says_what_is_provisional(client_of, administrator, house):
    browser = client_of(administrator)
    page = browser.post("/settings/calendars/preview/", form(house.calendar)).content.decode()
    assert page.count("<li") == 14
    assert "2027" in page
    assert (
        "ferr"
        in browser.post("/settings/calendars/preview/", form(house.calendar, day0="x")).content.decode()
    )
    assert Calendar.objects.get(pk=house.calendar.pk).version == house.calendar.version


def test_a_preview_of_a_zone_that_is_not_there_does_not_break(client_of, administrator, house):
    given = form(house.calendar, zone="Mars")
    assert client_of(administrator).post("/settings/calendars/preview/", given).status_code == 200


def test_an_administrator_loads_a_year_from_a_file(client_of, administrator, house):
    actions.refresh_statutory(now=NOW)
    browser = client_of(administrator)
    assert "2027" in browser.get("/settings/statutory/").content.decode()
    for encoding in ("utf-8-sig", "gb18030"):
        file = SimpleUploadedFile("2027.csv", NEXT.encode(encoding))
        assert browser.post("/settings/statutory/", {"file": file, "source": "公告"}).status_code == 302
    page = browser.get("/settings/statutory/?year=2027").content.decode()
    assert "2028" in page
    assert "公告" in page


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"table": "soon,holiday"},
        {"table": "date,kind"},
        {"file": SimpleUploadedFile("x.csv", b"\xff\xff\xff\x00")},
        {"file": SimpleUploadedFile("x.csv", b"a" * 300_000)},
        {"file": SimpleUploadedFile("empty.csv", b"")},
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_in_words(client_of, administrator, given):
    response = client_of(administrator).post("/settings/statutory/", given)
    assert response.status_code == 422
    assert "ferr" in response.content.decode()
    assert not StatutoryDay.objects.exists()


@pytest.mark.parametrize("year", ["x", "99999", "²", "-1", "2004%00"])
def test_a_year_that_is_not_there_shows_the_newest(client_of, administrator, year):
    assert client_of(administrator).get(f"/settings/statutory/?year={year}").status_code == 200


def test_only_an_administrator_changes_hours(supervisor, house):
    with pytest.raises(rules.Forbidden):
        actions.save_calendar(calendar_id=house.calendar.pk, name="x", periods=WEEK, by=supervisor, now=NOW)
    with pytest.raises(rules.Forbidden):
        actions.load_statutory(text=NEXT, by=supervisor, now=NOW)
