"""The first visit: a line says what the place is for, goes away with a key, and the guide is where one looks for it."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_a_newcomer_puts_a_hint_away_with_a_key_and_reads_the_guide(windows):
    page = windows.desk("wu").page
    page.goto("/settings/me/")
    page.get_by_role("button", name="再看一遍提示").click()
    page.goto("/")
    hint = page.get_by_role("complementary", name="这里是做什么的")
    expect(hint).to_contain_text("等你的事都在这里")
    page.get_by_role("link", name="一天怎么过").click()
    page.wait_for_url("**/help/user/#today")
    expect(page.get_by_role("heading", level=1)).to_have_text("使用手册")
    picture = page.locator(".guide img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.guide img').naturalWidth > 0")
    page.goto("/")
    page.keyboard.press("Escape")
    expect(hint).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("今天")
    expect(hint).to_have_count(0)


def test_the_guide_is_found_from_the_palette(windows):
    page = windows.desk("wu").page
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("恢复码")
    page.get_by_role("link", name=re.compile("你的账号")).click()
    page.wait_for_url("**/help/user/#account")
    expect(page.get_by_role("heading", name="你的账号")).to_be_in_viewport()
