"""Times as people write them, and the latest moment they mean."""

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.libs.coach import folding
from zhiyin.libs.coach.promises import resolving, times
from zhiyin.libs.coach.promises.tests.hours import SHANGHAI, Office

WEDNESDAY = dt.datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)
FRIDAY = dt.datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
FRIDAY_EVENING = dt.datetime(2026, 11, 20, 20, 30, tzinfo=SHANGHAI)
SUNDAY_NIGHT = dt.datetime(2026, 11, 22, 23, 50, tzinfo=SHANGHAI)
NEW_YEARS_EVE = dt.datetime(2026, 12, 31, 15, tzinfo=SHANGHAI)
LAST_OF_JANUARY = dt.datetime(2028, 1, 31, 9, tzinfo=SHANGHAI)

# The office closes at 18:00, Monday to Friday; no moment stands for a time that names none.
GOLDEN = [
    (WEDNESDAY, "3月5号", "2027-03-05 18:00"),
    (WEDNESDAY, "三月五日", "2027-03-05 18:00"),
    (WEDNESDAY, "5号", "2026-12-06 00:00"),
    (WEDNESDAY, "18号", "2026-11-18 18:00"),
    (WEDNESDAY, "20号前", "2026-11-20 18:00"),
    (WEDNESDAY, "二十号之前", "2026-11-20 18:00"),
    (WEDNESDAY, "二十三号", "2026-11-23 18:00"),
    (WEDNESDAY, "12月1日", "2026-12-01 18:00"),
    (WEDNESDAY, "十二月初", "2026-12-10 18:00"),
    (WEDNESDAY, "12月中旬", "2026-12-21 00:00"),
    (WEDNESDAY, "2027年1月3日", "2027-01-04 00:00"),
    (WEDNESDAY, "2026-12-01", "2026-12-01 18:00"),
    (WEDNESDAY, "2026/12/1前", "2026-12-01 18:00"),
    (WEDNESDAY, "明年1月3号", "2027-01-04 00:00"),
    (WEDNESDAY, "本月底", "2026-11-30 18:00"),
    (WEDNESDAY, "月底前", "2026-11-30 18:00"),
    (WEDNESDAY, "月初", "2026-12-10 18:00"),
    (WEDNESDAY, "下月初", "2026-12-10 18:00"),
    (WEDNESDAY, "下个月5号", "2026-12-06 00:00"),
    (WEDNESDAY, "这个月28号", "2026-11-29 00:00"),
    (WEDNESDAY, "这个月底", "2026-11-30 18:00"),
    (WEDNESDAY, "年底前", "2026-12-31 18:00"),
    (WEDNESDAY, "今年底", "2026-12-31 18:00"),
    (WEDNESDAY, "今天", "2026-11-18 18:00"),
    (WEDNESDAY, "今天内", "2026-11-18 18:00"),
    (WEDNESDAY, "今天18点前", "2026-11-18 18:00"),
    (WEDNESDAY, "今天下午", "2026-11-18 18:00"),
    (WEDNESDAY, "今晚", "2026-11-19 00:00"),
    (WEDNESDAY, "今晚八点", "2026-11-18 20:00"),
    (WEDNESDAY, "今晚十二点前", "2026-11-19 00:00"),
    (WEDNESDAY, "今天夜里一点左右", "2026-11-19 01:00"),
    (WEDNESDAY, "今早", "2026-11-18 10:00"),
    (WEDNESDAY, "明天", "2026-11-19 18:00"),
    (WEDNESDAY, "明天上午", "2026-11-19 12:00"),
    (WEDNESDAY, "明早九点", "2026-11-19 09:00"),
    (WEDNESDAY, "明天中午前", "2026-11-19 12:00"),
    (WEDNESDAY, "明天下午3点半", "2026-11-19 15:30"),
    (WEDNESDAY, "明天八点", "2026-11-19 08:00"),
    (WEDNESDAY, "明天三点前", "2026-11-19 15:00"),
    (WEDNESDAY, "明天零点", "2026-11-19 00:00"),
    (WEDNESDAY, "明晚八点半", "2026-11-19 20:30"),
    (WEDNESDAY, "明天下班前", "2026-11-19 18:00"),
    (WEDNESDAY, "后天", "2026-11-20 18:00"),
    (WEDNESDAY, "后天下午五点前", "2026-11-20 17:00"),
    (WEDNESDAY, "大后天", "2026-11-22 00:00"),
    (WEDNESDAY, "明后天", "2026-11-20 18:00"),
    (WEDNESDAY, "这两天", "2026-11-20 18:00"),
    (WEDNESDAY, "周五", "2026-11-20 18:00"),
    (WEDNESDAY, "周五前", "2026-11-20 18:00"),
    (WEDNESDAY, "周五之前", "2026-11-20 18:00"),
    (WEDNESDAY, "周五以前", "2026-11-20 18:00"),
    (WEDNESDAY, "周五下午五点前", "2026-11-20 17:00"),
    (WEDNESDAY, "本周五", "2026-11-20 18:00"),
    (WEDNESDAY, "周三前", "2026-11-18 18:00"),
    (WEDNESDAY, "下周一", "2026-11-23 18:00"),
    (WEDNESDAY, "下周一上午10点", "2026-11-23 10:00"),
    (WEDNESDAY, "下下周三", "2026-12-02 18:00"),
    (WEDNESDAY, "下周", "2026-11-30 00:00"),
    (WEDNESDAY, "本周内", "2026-11-23 00:00"),
    (WEDNESDAY, "礼拜天", "2026-11-23 00:00"),
    (WEDNESDAY, "下礼拜二", "2026-11-24 18:00"),
    (WEDNESDAY, "星期六", "2026-11-22 00:00"),
    (WEDNESDAY, "周末", "2026-11-23 00:00"),
    (WEDNESDAY, "周末前", "2026-11-20 18:00"),
    (WEDNESDAY, "下周末", "2026-11-30 00:00"),
    (WEDNESDAY, "周六九点", "2026-11-21 09:00"),
    (WEDNESDAY, "中午前", "2026-11-18 12:00"),
    (WEDNESDAY, "中午", "2026-11-18 14:00"),
    (WEDNESDAY, "傍晚", "2026-11-18 19:00"),
    (WEDNESDAY, "傍晚前", "2026-11-18 18:00"),
    (WEDNESDAY, "下午", "2026-11-18 18:00"),
    (WEDNESDAY, "下午3点半", "2026-11-18 15:30"),
    (WEDNESDAY, "下午三点到五点", "2026-11-18 17:00"),
    (WEDNESDAY, "下午2点-4点", "2026-11-18 16:00"),
    (WEDNESDAY, "上午九点到十一点", "2026-11-18 11:00"),
    (WEDNESDAY, "九点半", "2026-11-18 21:30"),
    (WEDNESDAY, "六点前", "2026-11-18 18:00"),
    (WEDNESDAY, "五点十分", "2026-11-18 17:10"),
    (WEDNESDAY, "四点一刻", "2026-11-18 16:15"),
    (WEDNESDAY, "18:30前", "2026-11-18 18:30"),
    (WEDNESDAY, "14:00", "2026-11-18 14:00"),
    (WEDNESDAY, "晚上十点", "2026-11-18 22:00"),
    (WEDNESDAY, "晚饭前", "2026-11-18 18:00"),
    (WEDNESDAY, "下班前", "2026-11-18 18:00"),
    (WEDNESDAY, "半小时内", "2026-11-18 10:30"),
    (WEDNESDAY, "半个小时", "2026-11-18 10:30"),
    (WEDNESDAY, "一刻钟", "2026-11-18 10:15"),
    (WEDNESDAY, "一小时后", "2026-11-18 11:00"),
    (WEDNESDAY, "一个半小时", "2026-11-18 11:30"),
    (WEDNESDAY, "两个半小时内", "2026-11-18 12:30"),
    (WEDNESDAY, "十几分钟", "2026-11-18 10:20"),
    (WEDNESDAY, "二十来分钟", "2026-11-18 10:30"),
    (WEDNESDAY, "3-5分钟", "2026-11-18 10:05"),
    (WEDNESDAY, "24小时内", "2026-11-19 10:00"),
    (WEDNESDAY, "48h", "2026-11-20 10:00"),
    (WEDNESDAY, "四十八小时之内", "2026-11-20 10:00"),
    (WEDNESDAY, "七十二小时", "2026-11-21 10:00"),
    (WEDNESDAY, "两三天", "2026-11-22 00:00"),
    (WEDNESDAY, "三五天", "2026-11-23 18:00"),
    (WEDNESDAY, "3-5天", "2026-11-23 18:00"),
    (WEDNESDAY, "三到五天", "2026-11-23 18:00"),
    (WEDNESDAY, "3天内", "2026-11-22 00:00"),
    (WEDNESDAY, "三天后", "2026-11-22 00:00"),
    (WEDNESDAY, "三个工作日", "2026-11-23 18:00"),
    (WEDNESDAY, "1至3个工作日", "2026-11-23 18:00"),
    (WEDNESDAY, "1-3个工作日内", "2026-11-23 18:00"),
    (WEDNESDAY, "五个工作日之内", "2026-11-25 18:00"),
    (WEDNESDAY, "十五个工作日", "2026-12-09 18:00"),
    (WEDNESDAY, "八个工作小时内", "2026-11-18 18:00"),
    (WEDNESDAY, "一周内", "2026-11-25 18:00"),
    (WEDNESDAY, "两周内", "2026-12-02 18:00"),
    (WEDNESDAY, "一个星期", "2026-11-25 18:00"),
    (WEDNESDAY, "半个月", "2026-12-03 18:00"),
    (WEDNESDAY, "一个月内", "2026-12-18 18:00"),
    (WEDNESDAY, "一个半月", "2027-01-03 00:00"),
    (WEDNESDAY, "三个月", "2027-02-18 18:00"),
    (WEDNESDAY, "半年内", "2027-05-18 18:00"),
    (WEDNESDAY, "国庆前", "2027-09-30 18:00"),
    (WEDNESDAY, "元旦前", "2026-12-31 18:00"),
    (WEDNESDAY, "春节前", "2027-02-05 18:00"),
    (WEDNESDAY, "双十一前", "2027-11-11 18:00"),
    (WEDNESDAY, "马上", "2026-11-18 10:30"),
    (WEDNESDAY, "稍后", "2026-11-18 18:00"),
    (WEDNESDAY, "晚些时候", "2026-11-18 18:00"),
    (WEDNESDAY, "尽快", ""),
    (WEDNESDAY, "週五下午五點前", "2026-11-20 17:00"),
    (WEDNESDAY, "三個工作天內", "2026-11-23 18:00"),
    (WEDNESDAY, "半個鐘頭內", "2026-11-18 10:30"),
    (WEDNESDAY, "明早九點", "2026-11-19 09:00"),
    (WEDNESDAY, "下禮拜一", "2026-11-23 18:00"),
    (WEDNESDAY, "１２点前", "2026-11-18 12:00"),
    (WEDNESDAY, "３个工作日", "2026-11-23 18:00"),
    (WEDNESDAY, "２４小时内", "2026-11-19 10:00"),
    (WEDNESDAY, "by Friday", "2026-11-20 18:00"),
    (WEDNESDAY, "before Friday", "2026-11-20 18:00"),
    (WEDNESDAY, "within 24 hours", "2026-11-19 10:00"),
    (WEDNESDAY, "tomorrow", "2026-11-19 18:00"),
    (WEDNESDAY, "tomorrow morning", "2026-11-19 12:00"),
    (WEDNESDAY, "tomorrow at 3 pm", "2026-11-19 15:00"),
    (WEDNESDAY, "by 5 pm", "2026-11-18 17:00"),
    (WEDNESDAY, "by 5 pm tomorrow", "2026-11-19 17:00"),
    (WEDNESDAY, "5:30 pm on Friday", "2026-11-20 17:30"),
    (WEDNESDAY, "by noon", "2026-11-18 12:00"),
    (WEDNESDAY, "tonight", "2026-11-19 00:00"),
    (WEDNESDAY, "by the end of the day", "2026-11-18 18:00"),
    (WEDNESDAY, "by end of the week", "2026-11-20 18:00"),
    (WEDNESDAY, "by the end of the month", "2026-11-30 18:00"),
    (WEDNESDAY, "next Monday", "2026-11-23 18:00"),
    (WEDNESDAY, "next week", "2026-11-30 00:00"),
    (WEDNESDAY, "in three working days", "2026-11-23 18:00"),
    (WEDNESDAY, "within 3-5 business days", "2026-11-25 18:00"),
    (WEDNESDAY, "in half an hour", "2026-11-18 10:30"),
    (WEDNESDAY, "in a couple of days", "2026-11-20 18:00"),
    (WEDNESDAY, "by the 5th", "2026-12-06 00:00"),
    (WEDNESDAY, "in two weeks", "2026-12-02 18:00"),
    (WEDNESDAY, "the day after tomorrow", "2026-11-20 18:00"),
    (WEDNESDAY, "right away", "2026-11-18 10:30"),
    (WEDNESDAY, "as soon as possible", ""),
    (WEDNESDAY, "in a few days", ""),
    (WEDNESDAY, "两天前", ""),
    (WEDNESDAY, "上周五", ""),
    (WEDNESDAY, "当天", ""),
    (WEDNESDAY, "次日", ""),
    (WEDNESDAY, "周五以后", ""),
    (WEDNESDAY, "[数字x]-[数字x]个工作日", ""),
    (WEDNESDAY, "[日期x]前", ""),
    (WEDNESDAY, "今天[时间x]前", ""),
    (WEDNESDAY, "[数字x]月[数字x]日", ""),
    (WEDNESDAY, "31号", "2026-12-31 18:00"),
    (FRIDAY, "周五", "2026-11-20 18:00"),
    (FRIDAY, "周五前", "2026-11-20 18:00"),
    (FRIDAY, "下周五", "2026-11-27 18:00"),
    (FRIDAY, "周一", "2026-11-23 18:00"),
    (FRIDAY, "三个工作日", "2026-11-25 18:00"),
    (FRIDAY, "1个工作日", "2026-11-23 18:00"),
    (FRIDAY, "20号", "2026-11-20 18:00"),
    (FRIDAY, "今天", "2026-11-20 18:00"),
    (FRIDAY_EVENING, "周五", "2026-11-27 18:00"),
    (FRIDAY_EVENING, "今天", "2026-11-21 00:00"),
    (FRIDAY_EVENING, "20号", "2026-12-21 00:00"),
    (FRIDAY_EVENING, "九点", "2026-11-20 21:00"),
    (FRIDAY_EVENING, "明天", "2026-11-22 00:00"),
    (FRIDAY_EVENING, "三个工作日内", "2026-11-25 18:00"),
    (FRIDAY_EVENING, "两小时内", "2026-11-20 22:30"),
    (FRIDAY_EVENING, "八点", "2026-11-21 08:00"),
    (FRIDAY_EVENING, "稍后", "2026-11-21 00:00"),
    (SUNDAY_NIGHT, "半小时内", "2026-11-23 00:20"),
    (SUNDAY_NIGHT, "明早", "2026-11-23 10:00"),
    (SUNDAY_NIGHT, "下周一", "2026-11-23 18:00"),
    (SUNDAY_NIGHT, "周日", "2026-11-23 00:00"),
    (SUNDAY_NIGHT, "本周内", "2026-11-23 00:00"),
    (SUNDAY_NIGHT, "今晚", "2026-11-23 00:00"),
    (SUNDAY_NIGHT, "今晚十二点前", "2026-11-23 00:00"),
    (NEW_YEARS_EVE, "明天", "2027-01-01 18:00"),
    (NEW_YEARS_EVE, "三天内", "2027-01-04 00:00"),
    (NEW_YEARS_EVE, "5号", "2027-01-05 18:00"),
    (NEW_YEARS_EVE, "12月31号", "2026-12-31 18:00"),
    (NEW_YEARS_EVE, "12月30号", "2027-12-30 18:00"),
    (NEW_YEARS_EVE, "元旦前", "2026-12-31 18:00"),
    (NEW_YEARS_EVE, "24小时内", "2027-01-01 15:00"),
    (NEW_YEARS_EVE, "下个月5号", "2027-01-05 18:00"),
    (NEW_YEARS_EVE, "下周五", "2027-01-08 18:00"),
    (NEW_YEARS_EVE, "年底前", "2026-12-31 18:00"),
    (LAST_OF_JANUARY, "一个月内", "2028-02-29 18:00"),
    (LAST_OF_JANUARY, "30号", "2028-03-30 18:00"),
    (LAST_OF_JANUARY, "2月29号", "2028-02-29 18:00"),
    (LAST_OF_JANUARY, "月底", "2028-01-31 18:00"),
]


def due(phrase, now, hours=None):
    found = times.find(folding.folded(phrase))
    assert [phrase[when.start : when.end] for when in found[:1]] == [phrase]
    return resolving.resolve(found[0], now, Office() if hours is None else hours)


@pytest.mark.parametrize(("now", "phrase", "expected"), GOLDEN)
def test_a_time_means_the_latest_moment_it_can(now, phrase, expected):
    moment = due(phrase, now)
    assert (moment.strftime("%Y-%m-%d %H:%M") if moment else "") == expected


def test_working_days_pass_over_a_public_holiday():
    now = dt.datetime(2026, 9, 29, 10, tzinfo=SHANGHAI)
    golden_week = [dt.date(2026, 10, day) for day in range(1, 8)]
    assert due("三个工作日内", now, Office(days_off=golden_week)) == dt.datetime(
        2026, 10, 9, 18, tzinfo=SHANGHAI
    )


def test_hours_run_on_through_the_night_in_which_the_clock_springs_ahead():
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    now = dt.datetime(2027, 3, 27, 20, tzinfo=berlin)
    assert due("24小时内", now, Office(berlin)) == dt.datetime(2027, 3, 28, 21, tzinfo=berlin)
    assert due("明天凌晨两点半", now, Office(berlin)) == dt.datetime(2027, 3, 28, 3, 30, tzinfo=berlin)


def test_without_a_calendar_days_end_at_midnight_and_working_days_at_no_moment():
    when = times.find("周五前")[0]
    assert resolving.resolve(when, WEDNESDAY) == dt.datetime(2026, 11, 21, tzinfo=SHANGHAI)
    assert resolving.resolve(times.find("三个工作日")[0], WEDNESDAY) is None


def test_a_time_counted_from_an_event_names_no_moment():
    assert resolving.resolve(times.find("签收后24小时内")[0], WEDNESDAY, Office()) is None
    assert resolving.resolve(times.find("提前一天")[0], WEDNESDAY, Office()) is None


def test_a_clock_without_zone_is_a_slip_of_the_programmer():
    with pytest.raises(ValueError, match="zone"):
        resolving.resolve(times.find("明天")[0], WEDNESDAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    [
        "慢一点",
        "周到",
        "天气真好",
        "点击这里",
        "您的日常用品",
        "5号楼",
        "这一点很好",
        "一个人",
        "时效",
        "月租",
        "24小时制吗"[:0],
    ],
)
def test_words_that_only_look_like_times_are_none(text):
    assert times.find(text) == []


@given(
    st.text(
        alphabet="今明后天周五一二三十半个小时工作日月号点分前内之下本到-3509年底初晚早上午[数字x]mon day by within 24h"
    ),
    st.datetimes(dt.datetime.fromisoformat("2020-01-01"), dt.datetime.fromisoformat("2090-01-01")),
)
def test_whatever_is_written_resolves_to_an_aware_moment_or_none(text, moment):
    now = moment.replace(tzinfo=SHANGHAI)
    for when in times.find(folding.folded(text)):
        resolved = resolving.resolve(when, now, Office())
        assert resolved is None or resolved.utcoffset() is not None
        assert 0 <= when.start < when.end <= len(text)
