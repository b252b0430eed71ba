"""A slip of the hotline from its entry to the letter that answers it, and an expectation heard on the way."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.journeys.loop import Loop
from tests.journeys.people import shot

PARTS = {
    "查到什么": "排风机每周六23点停机，公共风道倒灌。",
    "补救措施": "已恢复整夜运行，为住户加装止逆阀。",
    "防止再发生的措施": "停机计划改由值班经理书面批准。",
}


def test_a_slip_of_the_hotline_is_entered_accepted_and_answered_by_a_numbered_letter(windows):
    loop = Loop(windows)
    loop.raise_it()
    agent = loop.staff("lin")
    agent.press("我来接手", said="现在由你负责")
    page = agent.page
    agent.deed("登记上级转办")
    page.get_by_label("哪个单位").select_option(label="12345政务服务便民热线")
    page.get_by_label("来件编号").fill(f"GZ{loop.number}")
    page.get_by_label("诉求").fill("要求物业书面答复。")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("已登记，期限开始计算")).to_be_visible()
    expect(page.get_by_text("待法务确认").first).to_be_visible()
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("已受理").first).to_be_visible()
    page.get_by_role("button", name="写公函").click()
    for label, words in PARTS.items():
        page.get_by_label(label).fill(words)
    shot(page, "letter-written")
    page.get_by_role("button", name=re.compile("^送主管审批")).click()
    expect(page.get_by_text("已交主管审批").first).to_be_visible()

    boss = loop.staff("chen").page
    boss.goto("/letters/?waiting=1")
    boss.get_by_role("link", name=re.compile(f"GZ{loop.number}")).click()
    boss.get_by_role("button", name="签发").click()
    boss.get_by_role("dialog").get_by_role("button", name="签发").click()
    heading = boss.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"函〔\d{4}〕\d{3}号"))
    number = heading.inner_text()
    paper = boss.get_by_role("link", name="公函PDF").get_attribute("href")
    assert boss.request.get(paper).body().startswith(b"%PDF")

    page.goto(f"/cases/{loop.number}/transfers/")
    expect(page.get_by_text(number)).to_be_visible()
    page.get_by_role("link", name="已经答复").click()
    page.get_by_label("怎样答复的").fill("平台上传复函")
    page.get_by_role("button", name="已经答复").click()
    expect(page.get_by_text("已答复来件单位").first).to_be_visible()
    page.get_by_role("link", name="办结").click()
    page.get_by_label("来件单位意见").fill("市民满意，办结")
    page.get_by_role("button", name="办结").click()
    expect(page.get_by_text("来件单位已办结").first).to_be_visible()
    shot(page, "transfer-closed")


def test_an_expectation_is_prompted_for_written_down_and_prompted_for_no_more(windows):
    loop = Loop(windows)
    loop.raise_it()
    desk = loop.staff("lin")
    desk.press("我来接手", said="现在由你负责")
    loop.tell_if_asked(desk)
    loop.judge(desk)
    page = desk.page
    expect(page.get_by_text("客户的期望，听到了吗？")).to_be_visible()
    page.get_by_role("link", name="写下来").or_(page.locator("[data-prompt] a")).first.click()
    page.get_by_label("客户期望什么？").fill("别再臭，并且有人回一声")
    page.get_by_label("说不准").check()
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.get_by_label("客户期望什么？")).to_have_value("别再臭，并且有人回一声")
    page.get_by_label("为什么这样看").fill("说了三遍没人当回事")
    page.get_by_label("我们能做什么").fill("整夜开机")
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.get_by_text("期望已记下")).to_be_visible()
    desk.open(loop.number)
    expect(page.get_by_text("客户的期望，听到了吗？")).to_be_hidden()
    expect(page.get_by_text("别再臭，并且有人回一声").first).to_be_visible()
