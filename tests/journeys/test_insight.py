"""A manager looks at the figures: from a point, and from the table, to the cases behind it; money from asking to a yes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.people import shot
from tests.journeys.test_pages import check


@pytest.fixture(scope="package")
def week(product):
    return product.seed("figures")


def test_a_manager_goes_from_a_figure_to_its_cases_by_press_and_by_keyboard(windows, week):
    desk = windows.desk("chen").page
    desk.goto("/insight/?kind=enquiry")
    chart = desk.locator('[data-src="d-handovers"]')
    expect(chart.locator("svg")).to_be_visible()
    points = chart.locator("svg path[fill='rgb(27, 94, 125)']")
    expect(points).to_have_count(1)
    shot(desk, "insight-measures")
    assert not check(desk, "insight")

    box = points.bounding_box()
    desk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(chart.locator("svg text", has_text=re.compile("转手次数 0.17"))).to_be_visible()
    desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(desk.locator("tr[data-row]")).to_have_count(6)  # all the cases the point stands for
    desk.get_by_role("link", name=re.compile("^办好的，转过手 1$")).click()
    expect(desk.locator("tr[data-row]")).to_have_count(1)
    expect(desk.get_by_role("link", name="游泳馆几点开门")).to_be_visible()

    desk.get_by_role("link", name="回到数字").click()
    sheet = desk.locator("section", has=desk.get_by_role("heading", name=re.compile("^一次办好")))
    sheet.get_by_text("看数据表").focus()
    desk.keyboard.press("Enter")
    row = sheet.get_by_role("row", name=re.compile("6件$"))
    row.get_by_role("link", name="1", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(re.compile("没有一次办好.*1"))).to_be_visible()
    expect(desk.locator("tr[data-row]")).to_have_count(1)


def test_the_chart_is_drawn_anew_in_the_dark_and_fits_the_hand(windows, week):
    page = windows.desk("chen", phone=True).page
    page.goto("/insight/")
    expect(page.locator('[data-src="d-cost"] svg')).to_be_visible()
    points = page.locator('[data-src="d-cost"] svg path[fill="rgb(27, 94, 125)"]')
    light = points.count()
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    dark = page.locator('[data-src="d-cost"] svg path[fill="rgb(127, 191, 220)"]')
    expect(dark).to_have_count(light)
    expect(points).to_have_count(0)
    assert not check(page, "insight-phone", dark=True)


def test_goodwill_above_the_limit_waits_for_a_supervisor_and_shows_in_the_budget(windows, week):
    agent, supervisor = windows.desk("lin").page, windows.desk("chen").page
    number = week["numbers"][1]
    agent.goto(f"/cases/{number}/?do=spend")
    form = agent.locator("#form-spend")
    form.get_by_label("费用类别").select_option(label="礼品，¥200以内当场记")
    form.get_by_label("金额").fill("360")
    form.get_by_label("用途").fill("赔一张新的门禁卡，外加一箱水果")
    form.get_by_role("button", name=re.compile("^登记")).click()
    expect(agent.get_by_text("要由同事来批")).to_be_visible()

    supervisor.goto("/insight/budget/")
    supervisor.get_by_role("link", name=re.compile("¥360 礼品")).click()
    form = supervisor.locator("#form-decide_expense")
    form.get_by_role("button", name=re.compile("^做决定")).click()
    expect(supervisor.get_by_text(re.compile("还剩¥300.00"))).to_be_visible()
    supervisor.locator("#form-decide_expense").get_by_label("原因").fill("她跑了三趟")
    supervisor.locator("#form-decide_expense").get_by_role("button").last.click()
    expect(supervisor.get_by_text("超出预算").first).to_be_visible()
    supervisor.goto("/insight/budget/")
    expect(supervisor.get_by_text("她跑了三趟")).to_be_visible()
    expect(supervisor.get_by_text("超支")).to_be_visible()
    shot(supervisor, "insight-budget")
    assert not check(supervisor, "budget")
