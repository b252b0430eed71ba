"""Facts in the hand: rows by the keyboard, a block from a spreadsheet, and the customer's own notes from her phone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.loop import Loop, link_in
from tests.journeys.people import shot
from tests.journeys.test_pages import check

import zhiyin.libs.contrast

GOLDEN = Path(zhiyin.libs.contrast.__file__).parent / "tests/golden/ice_cream_followed_up.csv"
PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def typed(page: Page, room: str, way: str, microwave: int, devices: str, dropped: int) -> None:
    """One row without the mouse, from the cell of the time to Enter."""
    keys = page.keyboard
    keys.press("Tab")
    keys.insert_text(room)
    keys.press("Tab")
    keys.insert_text(way)
    keys.press("Tab")
    for _ in range(microwave):
        keys.press("ArrowDown")
    keys.press("Tab")
    keys.insert_text(devices)
    keys.press("Tab")
    for _ in range(dropped):
        keys.press("ArrowDown")
    keys.press("Enter")


def test_facts_are_noted_down_by_staff_and_by_the_customer_and_name_the_cause(windows):
    loop = Loop(windows)
    loop.raise_it()
    desk = loop.staff("lin")
    desk.press("我来接手", said="现在由你负责")
    page = desk.page
    page.locator("#facts").get_by_role("link").click()
    page.get_by_label("网络掉线").check()
    page.get_by_role("button", name=re.compile("^开始记")).click()

    first = page.get_by_label("时间", exact=True)
    first.focus()
    typed(page, "厨房", "2.4G", 1, "4", 1)
    expect(page.locator("#facts-grid tbody tr")).to_have_count(2)
    expect(page.get_by_label("时间", exact=True)).to_be_focused()
    typed(page, "书房", "5G", 2, "5", 2)
    expect(page.locator("#facts-grid tbody tr")).to_have_count(3)
    expect(page.locator("#facts-analysis")).to_contain_text("2行里1次失败")

    page.get_by_role("button", name="发链接").click()
    letter = loop.letter("每次半分钟")
    phone = windows.portal(phone=True)
    phone.goto(link_in(letter))
    phone.wait_for_url("**/facts/")
    assert not check(phone, "portal-facts")
    shot(phone, "facts-portal")
    phone.get_by_role("group", name="断网了吗？").get_by_label("是", exact=True).check()
    phone.get_by_role("group", name="微波炉开着吗？").get_by_label("是", exact=True).check()
    phone.get_by_role("button", name="记下这一次").click()
    expect(phone.get_by_text("谢谢，已记下。下次再来这里记。")).to_be_visible()
    expect(phone.get_by_text("您记了1次")).to_be_visible()
    phone.get_by_role("button", name="收回").click()
    expect(phone.get_by_text("您记了1次")).to_be_hidden()
    phone.get_by_role("button", name=re.compile("^撤销")).click()
    expect(phone.get_by_text("您记了1次")).to_be_visible()

    page.reload()
    expect(page.locator("#facts-grid tbody tr")).to_have_count(4)
    page.get_by_role("button", name="关闭链接").click()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("谢谢您帮我们记录")


def test_a_block_copied_from_a_spreadsheet_is_taken_over_and_compared(windows):
    loop = Loop(windows)
    loop.raise_it()
    desk = loop.staff("lin")
    desk.press("我来接手", said="现在由你负责")
    page = desk.page
    page.goto(f"/cases/{loop.number}/facts/")
    page.get_by_label("别的事").check()
    page.get_by_role("button", name=re.compile("^开始记")).click()
    block = GOLDEN.read_text("utf-8-sig").replace(",", "\t")
    page.get_by_label("时间", exact=True).evaluate(PASTE, block)
    page.wait_for_url("**/facts/paste/")
    expect(page.get_by_label("表格里的行")).to_have_value(re.compile("香草"))
    page.get_by_label("说明是否失败的列").fill("发动不了")
    page.get_by_role("button", name=re.compile("^收进表里")).click()
    expect(page.locator("#facts-analysis h2")).to_contain_text("已确立：停留不到6分钟时失败")
    expect(page.locator(".fact-says li").first).to_contain_text("10次里9次，其余12次里0次")
    shot(page, "facts-page")
    assert not check(page, "facts")
    page.locator("#facts-grid").get_by_role("link", name="更正第22次观察").click()
    page.locator(".fact-new select").last.select_option("no")
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.get_by_text("这次观察已更正")).to_be_visible()
