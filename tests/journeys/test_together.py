"""Two at the same case at once: nobody is overrun, and nothing typed is lost."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.loop import Loop


def test_the_second_of_two_agents_sees_who_changed_what_and_loses_nothing_typed(windows):
    loop = Loop(windows)
    loop.raise_it()
    first, second = loop.staff("lin"), loop.staff("lin")
    first.press("我来接手", said="现在由你负责")
    loop.tell_if_asked(first)
    second = loop.staff("zhao")
    first.open(loop.number)

    second.pick("事由成立吗", "不成立")
    second.fill(理由="看现场照片，没有反味的痕迹")
    second.pick("要求合理吗", "合理")
    second.fill(要求的理由="查一查总是应该的")
    loop.judge(first)

    second.press("判断")
    alert = second.page.get_by_role("alert")
    expect(alert).to_contain_text("林晓芸刚改过这件个案")
    expect(alert).to_contain_text("已判断")
    expect(second.form.get_by_label("理由").first).to_have_value("看现场照片，没有反味的痕迹")
    expect(second.form.get_by_label("要求的理由")).to_have_value("查一查总是应该的")
    expect(second.form.get_by_label("不成立")).to_be_checked()

    second.press("判断", said="已判断")
    expect(second.page.get_by_text("看现场照片，没有反味的痕迹").first).to_be_visible()


def test_a_reply_half_written_outlives_a_session_that_ends(windows):
    loop = Loop(windows)
    loop.raise_it()
    desk = loop.staff("zhao")
    desk.page.get_by_role("link", name="看对话").click()
    words = "苏女士，这件事我来盯，今晚八点前给您回话。"
    desk.page.get_by_label("回复内容").fill(words)
    desk.page.reload()
    expect(desk.page.get_by_label("回复内容")).to_have_value(words)
