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
    quality.get_by_label("衡量什么").select_option(label="办妥")
    quality.get_by_label("多久之内").fill("2")
    quality.get_by_label("接触时点").select_option(label="地下车库")
    quality.get_by_role("button", name=re.compile("^保存")).click()
    expect(quality.get_by_role("main")).to_contain_text("2小时内办妥，全天候计")

    quality.goto("/catalogue/guarantee/")
    begin = quality.get_by_role("button", name=re.compile("新版本|编第一版"))
    if begin.count():
        begin.first.click()
    quality.get_by_label("选一项服务").select_option(label="车位被占")
    quality.get_by_role("button", name="加一条").click()
    quality.get_by_label("一句话说清").fill("车位被占两小时内挪走")
    quality.get_by_label(re.compile("做不到时客户得到什么")).fill("停车费减免20元")
    quality.get_by_role("button", name=re.compile("^保存")).click()
    expect(quality.locator("#clauses")).to_contain_text("停车费减免20元")
    shot(quality, "guarantee-composed")
    quality.get_by_role("button", name="发布", exact=True).click()
    quality.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(quality.get_by_role("status").first).to_contain_text("已发布")

    visitor = windows.portal(phone=True)
    visitor.goto("/portal/")
    visitor.get_by_role("link", name="我们的服务承诺").click()
    expect(visitor.get_by_role("main")).to_contain_text("车位被占两小时内挪走")
    expect(visitor.get_by_role("main")).to_contain_text("做不到：停车费减免20元")
    shot(visitor, "guarantee-read")

    agent = windows.desk("lin").page
    agent.goto("/cases/new/")
    agent.get_by_label("服务项目").fill("车位被占")
    expect(agent.get_by_label("接触时点")).to_have_value("地下车库")
