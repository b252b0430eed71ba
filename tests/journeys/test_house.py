"""Coming in and going out, languages and looks, and a day by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.journeys import seed
from tests.journeys.loop import Loop
from tests.journeys.people import Desk, shot
from tests.journeys.product import text_of


def test_signing_in_says_kindly_what_does_not_match(windows):
    page = windows.window()
    page.goto("/cases/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_label("登录名或邮箱").fill("lin")
    page.get_by_label("密码", exact=True).fill("falsch-falsch")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("登录名和密码对不上。")).to_be_visible()
    shot(page, "sign-in")
    page.get_by_label("密码", exact=True).fill(seed.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("/cases/")
    page.get_by_role("button", name=re.compile("林晓芸")).click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("/accounts/login/")


def test_somebody_invited_begins_and_once_disabled_is_out_at_once(windows):
    admin = windows.desk("zheng")
    admin.page.goto("/settings/invitations/")
    email = "xinlai@heyuan.example.com"
    main = admin.page.get_by_role("main")
    main.get_by_label("邮箱").fill(email)
    main.get_by_label("姓名").fill("任新来")
    main.get_by_label("角色").select_option(label="客服专员")
    main.get_by_label("小组").select_option(label="客服一组")
    main.get_by_role("button", name="邀请", exact=True).click()
    shot(admin.page, "settings-invited")
    letter = windows.product.postbox.letter(email)
    link = re.search(r"http://127\.0\.0\.1:\d+(/invitation/\S+)", text_of(letter))
    assert link

    page = windows.window()
    page.goto(link[1])
    shot(page, "invitation")
    page.get_by_label("登录名").fill("renxinlai")
    page.get_by_label("密码", exact=True).fill("xin-lai-de-2026-ren")
    page.get_by_label("再输一遍", exact=True).fill("xin-lai-de-2026-ren")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("heading", name="今天", exact=True)).to_be_visible()

    admin.page.goto("/settings/staff/")
    admin.page.get_by_role("link", name="任新来").click()
    admin.page.get_by_role("link", name="停用账号").click()
    shot(admin.page, "settings-disable")
    admin.page.get_by_role("button", name="停用账号").click()
    expect(admin.page.locator(".zy-toast")).to_be_visible()
    page.goto("/cases/")
    expect(page.get_by_label("登录名或邮箱")).to_be_visible()


def test_the_language_follows_the_person_from_simplified_to_english_and_traditional(windows):
    page = windows.portal()
    page.goto("/portal/")
    for name, heading in (
        ("English", "What can we do for you?"),
        ("繁體中文", "有什麼事，您說"),
        ("简体中文", "有什么事，您说"),
    ):
        page.locator(".po-lang button[data-menu]").click()
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)

    desk = windows.desk("wu")
    for label, language, today in (("English", "en", "Today"), ("繁體中文", "zh-hant", "今天")):
        desk.page.goto("/settings/me/")
        desk.page.get_by_label(label, exact=True).check()
        desk.page.get_by_role("main").locator("button[type=submit]").first.click()
        expect(desk.page.locator("html")).to_have_attribute("lang", language)
        desk.page.goto("/")
        expect(desk.page.get_by_role("heading", level=1)).to_have_text(today)
        shot(desk.page, f"today-{language}")


def test_the_dark_theme_is_kept(windows):
    desk = windows.desk("zhao")
    desk.page.goto("/settings/me/")
    field = desk.page.get_by_role("main").get_by_label("深色", exact=True)
    field.check()
    desk.page.get_by_role("main").locator("button[type=submit]").first.click()
    expect(desk.page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    desk.page.goto("/")
    expect(desk.page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    ground = desk.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(19, 22, 25)"


def test_a_day_by_keyboard_alone(windows):
    loop = Loop(windows)
    loop.raise_it(danger=True)
    desk: Desk = windows.desk("lin")
    page = desk.page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("?")
    expect(page.locator("#zy-keys")).to_be_visible()
    shot(page, "shortcuts")
    page.keyboard.press("Escape")
    expect(page.locator("#zy-keys")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("[data-row]:focus, [data-row] :focus")).to_have_count(1)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cases/"))
    page.keyboard.press("m")
    expect(page.locator("#deed textarea").first).to_be_visible()
    page.locator("#deed textarea").first.focus()
    page.keyboard.type("已经打过电话")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".zy-toast").get_by_text("已记下", exact=True)).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("/inbox/")
    page.keyboard.press("[")


def test_a_handler_on_the_way_takes_the_matter_with_the_button_at_the_thumb(windows):
    loop = Loop(windows)
    loop.raise_it()
    loop.pass_on(loop.take_and_judge())
    handler = windows.desk("ma", phone=True)
    handler.open(loop.number)
    handler.page.locator(".stick").get_by_role("button", name="接下").click()
    expect(handler.page.locator(".zy-toast").get_by_text("已接下，归你办")).to_be_visible()
