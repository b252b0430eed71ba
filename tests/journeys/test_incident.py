"""A water cut: one incident, one reply to all, a customer who reads of it first; a colleague called and asked."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.journeys.people import shot


def test_a_supervisor_answers_everybody_at_once_and_a_customer_reads_it_before_asking(windows):
    desk = windows.desk("chen")
    page = desk.page
    page.goto("/incidents/new/")
    page.get_by_label("一句话说清").fill("9栋停电")
    page.get_by_label("发生了什么").fill("配电房跳闸，正在抢修")
    page.get_by_label("涉及地点").fill("9栋")
    page.get_by_label("客户的说法").fill("停电、没电")
    page.get_by_role("button", name=re.compile("^建立事件")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("加入个案")

    customer = windows.portal(phone=True)
    for name, email in (("冯一", "feng1@example.com"), ("冯二", "feng2@example.com")):
        customer.goto("/portal/")
        customer.get_by_label("是什么事？").fill("9栋突然没电了")
        customer.get_by_label("怎么称呼您？").fill(name)
        customer.get_by_label("电话或邮箱").fill(email)
        customer.get_by_role("button", name="发送").click()
        customer.wait_for_url(re.compile(r"/portal/\d"))

    page.reload()
    page.get_by_role("button", name=re.compile("^全部加入")).click()
    page.get_by_role("button", name="全部加入", exact=True).last.click()
    expect(page.get_by_text("2件个案已归入。")).to_be_visible()
    page.get_by_role("link", name=re.compile("^统一回复")).click()
    page.get_by_label("致全部客户").fill("{姓名}您好，您的{编号}正在抢修，预计20时来电。")
    page.get_by_role("button", name=re.compile("^先预览")).click()
    expect(page.get_by_text(re.compile("^冯一您好，您的"))).to_be_visible()
    shot(page, "incident-preview")
    page.get_by_role("button", name="发给2位客户").click()
    expect(page.get_by_text("已办2")).to_be_visible(timeout=20_000)
    shot(page, "incident-sent")

    page.get_by_label("客户看到的说明").fill("9栋正在抢修，预计20时来电。")
    page.get_by_label("向客户公布").check()
    page.locator("#notice").get_by_role("button", name="记下").click()
    expect(page.get_by_text("客户现在能看到了。")).to_be_visible()
    customer.reload()
    expect(customer.get_by_text("冯二您好，您的")).to_be_visible()
    customer.goto("/portal/")
    expect(customer.get_by_text("9栋正在抢修，预计20时来电。")).to_be_visible()
    shot(customer, "portal-notice")


def test_a_colleague_is_called_by_initials_and_asked_for_something(windows):
    desk = windows.desk("lin")
    page = desk.page
    page.goto("/cases/")
    page.locator("[data-open]").first.click()
    number = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"/cases/{number}/?do=note")
    note = page.get_by_label("备注").first
    note.click()
    page.keyboard.type("@cl")
    expect(page.get_by_role("option", name=re.compile("陈立"))).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("请看一眼")
    shot(page, "mention")
    expect(note).to_have_value("@陈立 请看一眼")
    desk.press("记下")

    page.goto(f"/cases/{number}/?do=ask")
    desk.form.locator("[name=to_id]").select_option(index=_place(desk.form, "陈立"))
    desk.form.get_by_label("需要什么").fill("请确认能否先垫付")
    desk.press("发出请求")

    other = windows.desk("chen")
    other.page.goto("/")
    expect(other.page.get_by_role("heading", name="来自同事")).to_be_visible()
    shot(other.page, "today-among")
    other.page.get_by_role("link", name=re.compile("请确认能否先垫付")).first.click()
    other.page.get_by_role("textbox", name="你的回答").fill("可以，上限五百")
    other.page.get_by_role("button", name=re.compile("^答复")).click()
    expect(other.page.get_by_text("可以，上限五百")).to_be_visible()
    shot(other.page, "request-answered")


def _place(form, name: str) -> int:
    words = form.locator("[name=to_id] option").all_inner_texts()
    return next(place for place, text in enumerate(words) if text.startswith(name))
