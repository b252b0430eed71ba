"""How matters arrive and are found again: telephone, inbox, history; the portal's side doors; the board; search."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect
from tests.journeys.loop import Loop, picture
from tests.journeys.people import shot


def test_an_agent_takes_a_call_where_help_comes_first_and_judging_waits(windows):
    desk = windows.desk("lin")
    desk.page.goto("/")
    desk.page.keyboard.press("c")
    form = desk.page.get_by_role("main")
    expect(form.get_by_label("已派的帮助")).to_be_hidden()
    form.get_by_role("checkbox", name="有人或财物有危险").check()
    form.get_by_label("已派的帮助").fill("电工老张十分钟到，已让住户离开厨房")
    form.get_by_label("电话", exact=True).first.check()
    form.get_by_role("textbox", name="电话").fill("138 0013 8000")
    form.get_by_label("客户姓名").fill("欧阳静宜")
    expect(desk.page.locator("#intake-found")).to_contain_text("还没有这位客户")
    form.get_by_label("发生了什么").fill("厨房插座冒火花，有糊味")
    form.get_by_label("一句话说清").fill("厨房插座冒火花")
    form.get_by_label("焦急").check()
    form.get_by_label("已当面或电话告诉客户我们受理了").check()
    shot(desk.page, "intake-filled")
    desk.page.get_by_role("button", name=re.compile("^开个案")).first.click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("厨房插座冒火花")
    desk.stands("事由成立吗，要求合理吗")
    expect(desk.page.get_by_text("电工老张十分钟到，已让住户离开厨房").first).to_be_visible()


def test_a_customer_follows_with_number_and_contact_finds_none_fitting_and_objects(windows):
    loop = Loop(windows)
    loop.to_approval()
    loop.decide("通过", "通过", "通过")

    page = windows.portal(phone=True)
    page.goto("/portal/follow/")
    page.get_by_label("编号").fill(loop.number)
    page.get_by_label("您留过的电话或邮箱").fill("niemand@example.com")
    page.get_by_role("button", name="打开看看").click()
    expect(page.get_by_role("alert")).to_contain_text("编号和联系方式还对不上")
    page.get_by_label("您留过的电话或邮箱").fill(loop.email)
    page.get_by_role("button", name="打开看看").click()
    page.get_by_role("link", name="看看办法").click()
    page.get_by_role("link", name="都不合适，我想谈谈").click()
    page.get_by_label("怎样才合适？").fill("我想先知道清洗以后还会不会返味")
    page.get_by_role("button", name="再想办法").click()
    expect(page.get_by_text("谢谢您直说。我们再想办法，想好了告诉您。")).to_be_visible()

    page.get_by_label("补充几句").fill("晚上七点后我都在家")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_text("补上了，我们已经收到。")).to_be_visible()
    handler = loop.staff("ma")
    expect(handler.page.get_by_text("我想先知道清洗以后还会不会返味").first).to_be_visible()


def test_a_customer_told_that_it_is_not_founded_objects_and_it_is_looked_at_again(windows):
    loop = Loop(windows)
    customer = loop.raise_it()
    agent = loop.staff("lin")
    agent.press("我来接手", said="现在由你负责")
    loop.tell_if_asked(agent)
    agent.pick("事由成立吗", "不成立")
    agent.fill(理由="现场测过三次，没有反味")
    agent.pick("要求合理吗", "合理")
    agent.fill(要求的理由="想弄清楚是应该的")
    agent.press("判断", said="已判断")
    agent.form.get_by_label("写给客户，用平常话").fill("闻到味道谁都着急。我们测了三次，都没有测到。")
    agent.press("发送并办结")
    agent.page.locator("#zy-ask").get_by_role("button", name="发送并办结").click()
    expect(agent.page.locator(".zy-toast").get_by_text("已说明结案")).to_be_visible()

    customer.reload()
    expect(customer.get_by_role("heading", name="我们的答复")).to_be_visible()
    expect(customer.get_by_text("12345政务服务便民热线")).to_be_visible()
    customer.get_by_role("link", name="我有别的看法，再看一遍").click()
    customer.get_by_label("您怎么看？").fill("你们是白天测的，味道夜里才有")
    customer.get_by_role("button", name="重新办").click()
    expect(customer.get_by_text("我们重新看，接着办。")).to_be_visible()
    agent.open(loop.number)
    expect(agent.page.get_by_text("你们是白天测的，味道夜里才有").first).to_be_visible()


def test_cards_move_by_mouse_and_by_keyboard_and_say_what_is_missing(windows):
    loop = Loop(windows)
    loop.raise_it()
    desk = windows.desk("zhao")
    desk.page.goto(f"/cases/board/?q={loop.number}")
    card = desk.page.locator(f"#k-{loop.number}")
    card.drag_to(desk.page.locator('[data-stage="judge"]'), source_position={"x": 12, "y": 60})
    expect(desk.page.locator(f'[data-stage="judge"] #k-{loop.number}')).to_be_visible()

    desk.page.goto(f"/cases/board/?q={loop.number}")
    card.get_by_role("link").first.focus()
    desk.page.keyboard.press("m")
    menu = desk.page.locator("[data-menu-list]:visible")
    expect(menu).to_be_visible()
    shot(desk.page, "board-menu")
    menu.get_by_role("button").first.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#deed form, #now form").first).to_be_visible()


def test_a_reply_with_a_paper_reaches_the_customer_and_a_note_does_not(windows):
    loop = Loop(windows)
    customer = loop.raise_it()
    desk = windows.desk("lin")
    desk.page.goto("/inbox/?view=all")
    desk.page.get_by_role("searchbox", name="内容或姓名").fill(loop.place)
    desk.page.keyboard.press("Enter")
    desk.page.locator(".cv").first.click()

    words = desk.page.get_by_label("回复内容")
    expect(words).to_be_visible()
    desk.page.keyboard.press("m")
    expect(desk.page.get_by_role("button", name="备注", exact=True)).to_have_attribute("aria-pressed", "true")
    words.fill("先别承诺时间，等工程部")
    desk.page.locator(".dock button[type=submit]").click()
    note = desk.page.locator(".msgs .note").filter(has_text="先别承诺时间")
    expect(note).to_be_visible()

    desk.page.get_by_role("button", name="回复", exact=True).click()
    words.fill("苏女士，连着三周睡不好，换谁都着急。附上检测安排。")
    desk.page.locator("input[name=files]").set_input_files(
        {"name": "检测安排.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(desk.page.locator(".dock [data-files]")).to_contain_text("检测安排.png")
    words.press("Control+Enter")
    expect(desk.page.locator(".msgs .out").filter(has_text="附上检测安排")).to_be_visible()
    expect(words).to_have_value("")
    shot(desk.page, "thread-replied")

    letter = loop.letter("附上检测安排")
    assert [part.get_filename() for part in letter.iter_attachments()] == ["检测安排.png"]
    assert "先别承诺时间" not in letter.as_string()
    customer.reload()
    expect(customer.get_by_text("附上检测安排")).to_be_visible()
    expect(customer.get_by_text("先别承诺时间")).to_have_count(0)


def test_anything_is_found_by_two_characters_initials_or_the_end_of_a_telephone(windows):
    desk = windows.desk("lin")
    desk.page.goto("/customers/new/")
    name, phone = "慕容雪梅", "13700137926"
    desk.page.get_by_label("姓名").first.fill(name)
    desk.page.get_by_label("号码或地址").first.fill(phone)
    desk.page.get_by_role("main").get_by_role("button", name=re.compile("^登记")).first.click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text(name)
    loop = Loop(windows)
    loop.raise_it()
    for typed, found in (("油烟", "返油烟味"), ("mrxm", name), ("7926", name), (loop.number, loop.place)):
        desk.page.goto("/")
        desk.page.keyboard.press("Control+k")
        desk.page.locator("#zy-palette input").fill(typed)
        expect(desk.page.locator("[data-found] .zy-hit").filter(has_text=found).first).to_be_visible()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(f"/cases/{loop.number}/")


def test_a_dialogue_from_the_past_becomes_a_case_and_is_archived(windows, tmp_path):
    said = [
        {"role": "customer", "text": "空调装好一个月就不制冷了"},
        {"role": "agent", "text": "您好，请问是哪个型号"},
        {"role": "customer", "text": "客厅那台柜机，师傅来过一次没修好", "satisfaction": 0},
    ]
    rows = [
        json.dumps(
            {"id": "own-1", "channel": "chat", "satisfaction": 0, "messages": said}, ensure_ascii=False
        )
    ]
    file = tmp_path / "dialogues.jsonl"
    file.write_text("\n".join([*rows, '{"id": "own-2", "messages": 3}']) + "\n", encoding="utf-8")
    first = windows.product.run("import", "dialogues", str(file))
    assert first.returncode == 1, first.stderr
    assert "2" in first.stdout
    again = windows.product.run("import", "dialogues", str(file))
    assert again.returncode == 1

    desk = windows.desk("lin")
    desk.page.goto("/inbox/?view=history")
    expect(desk.page.locator(".cv").filter(has_text="客厅那台柜机")).to_have_count(1)
    desk.page.locator(".cv").filter(has_text="客厅那台柜机").click()
    shot(desk.page, "thread-history")
    desk.page.get_by_role("link", name=re.compile("^开个案")).last.click()
    expect(desk.page.get_by_label("发生了什么")).to_have_value(re.compile("空调装好一个月就不制冷了"))
    desk.page.get_by_label("咨询").check()
    desk.page.get_by_role("button", name=re.compile("^开个案")).first.click()
    expect(desk.page.locator("#now h2")).to_be_visible()
    number = desk.page.url.rstrip("/").rpartition("/")[2]
    for verb in ("我来接手", "已告诉客户"):
        if desk.form.get_by_role("button", name=re.compile(f"^{verb}")).count():
            desk.press(verb)
            desk.page.wait_for_load_state()
    desk.fill(你的回答="压缩机保修三年，明天上午师傅带配件上门")
    desk.press("发送回答", said="已答复")
    Loop(windows, number=number).archive(desk)
