"""From a service written down to the guarantee a customer reads, and a call that is put to it."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.journeys.people import shot


def test_a_service_becomes_a_promise_to_everybody_and_a_call_falls_under_it(windows):
    quality = windows.desk("qin").page
    quality.goto("/settings/touchpoints/new/")
    quality.get_by_label("名称").fill("地下车库")
    quality.get_by_label("关键因素").fill("灯够亮\n车位没被占")
    quality.get_by_role("button", name="保存").click()

    quality.goto("/catalogue/new/")
    quality.get_by_label("名称").fill("车位被占")
    quality.locator("[name=measure]").select_option(label="办妥")
    quality.locator("[name=amount]").fill("2")
    quality.locator("[name=touchpoint_id]").select_option(label="地下车库")
    quality.get_by_role("button", name=re.compile("^保存")).click()
    expect(quality.get_by_role("main")).to_contain_text("2小时内办妥，全天候计")

    quality.goto("/catalogue/guarantee/")
    begin = quality.get_by_role("button", name=re.compile("新版本|编第一版"))
    if begin.count():
        begin.first.click()
    quality.locator("[name=item_id]").select_option(label="车位被占")
    quality.get_by_role("button", name="加一条").click()
    quality.locator("[name=title]").fill("车位被占两小时内挪走")
    quality.locator("[name=remedy]").fill("停车费减免20元")
    quality.get_by_role("button", name=re.compile("^保存")).click()
    expect(quality.locator("#clauses")).to_contain_text("停车费减免20元")
    shot(quality, "guarantee-composed")
    quality.get_by_role("button", name="发布", exact=True).click()
    quality.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(quality.get_by_text(re.compile("第.*版已发布"))).to_be_visible()

    visitor = windows.portal(phone=True)
    visitor.goto("/portal/")
    visitor.get_by_role("link", name="我们的服务承诺").click()
    expect(visitor.get_by_role("main")).to_contain_text("车位被占两小时内挪走")
    expect(visitor.get_by_role("main")).to_contain_text("做不到：停车费减免20元")
    shot(visitor, "guarantee-read")

    agent = windows.desk("lin").page
    agent.goto("/cases/new/")
    service = agent.locator("[name=service_item_id]")
    service.click()
    service.press_sequentially("cwbz")  # by its initials
    expect(agent.get_by_role("option", name=re.compile("车位被占"))).to_be_visible()
    shot(agent, "intake-picker")
    service.press("Enter")
    expect(service).to_have_value("车位被占")
    expect(agent.locator("[name=touchpoint_id]")).to_have_value("地下车库")
    touchpoint = agent.locator("[name=touchpoint_id]")
    touchpoint.fill("")
    touchpoint.press_sequentially("dixiache")  # by how it is said
    agent.get_by_role("option", name="地下车库").click()
    expect(touchpoint).to_have_value("地下车库")
