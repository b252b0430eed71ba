"""A complaint goes the whole way round, as customer, agent, department and supervisor."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

from playwright.sync_api import expect
from tests.journeys.loop import PROPOSALS, Loop, link_in
from tests.journeys.people import shot


def test_raised_with_a_photo_it_goes_the_whole_way_round_to_a_package_that_verifies(windows):
    loop = Loop(windows)
    portal = loop.raise_it(photo=True)
    expect(portal.get_by_role("link", name="厨房.png")).to_be_visible()
    shot(portal, "portal-case")

    agent = loop.take_and_judge()
    loop.pass_on(agent)
    handler = loop.accept()
    expect(handler.page.locator(".zy-side").get_by_role("link", name="厨房.png")).to_be_visible()
    loop.agree_time(agent)
    loop.investigate(handler)
    loop.propose(handler, *PROPOSALS)
    shot(handler.page, "case-proposed")
    loop.hand_in(handler)
    shot(loop.staff("chen").page, "case-approve")
    loop.decide("通过", "通过", "退回", reason="清洗不在这件事里")

    letter = link_in(loop.letter("在这里选"))
    before = len(windows.product.postbox.letters)
    for _ in range(2):  # a scanner of mail that looks is not a customer that chooses
        response = windows.portal(java_script_enabled=False).goto(letter)
        assert response.status == 200
    page = loop.open_link(letter)
    expect(page.locator(".po-opt")).to_have_count(2)
    expect(page.get_by_text("¥")).to_have_count(0)
    shot(page, "portal-choose")
    loop.choose(page, PROPOSALS[1][0])
    shot(page, "portal-chosen")
    assert len(windows.product.postbox.letters) == before

    loop.carry_out()
    page = loop.open_link(link_in(loop.letter("您满意吗")))
    shot(page, "portal-confirm")
    loop.answer(page, satisfied=True, words="周末没味道了")
    expect(page.get_by_text("谢谢您，我们很高兴。")).to_be_visible()
    shot(page, "portal-confirmed")

    agent.open(loop.number)
    expect(agent.page.get_by_text("承诺都兑现后才能办结")).to_be_visible()
    agent.page.locator(".zy-side").get_by_role("button", name="兑现了").click()
    expect(agent.page.locator(".zy-toast").get_by_text("承诺已兑现")).to_be_visible()
    loop.archive(agent)

    supervisor = loop.staff("chen")
    shot(supervisor.page, "case-archived")
    supervisor.page.get_by_role("button", name="更多操作").click()
    with supervisor.page.expect_download() as download:
        supervisor.page.get_by_role("link", name="全部导出").click()
    check_package(download.value.path().read_bytes(), loop)


def check_package(data: bytes, loop: Loop) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name.rpartition("/")[2]: package.read(name) for name in package.namelist()}
    sums = next(
        content for name, content in files.items() if "sum" in name.lower() or "sha256" in name.lower()
    )
    listed = dict(reversed(line.split(maxsplit=1)) for line in sums.decode().splitlines())
    assert len(listed) >= 3
    for name, digest in listed.items():
        assert hashlib.sha256(files[name.lstrip("*").rpartition("/")[2]]).hexdigest() == digest
    papers = [content for name, content in files.items() if name.endswith(".pdf")]
    assert all(content.startswith(b"%PDF-") for content in papers)
    assert len(papers) == 1
    records = [json.loads(content) for name, content in files.items() if name.endswith(".json")]
    assert any(loop.number in json.dumps(record) for record in records)
    assert any(content.startswith(b"\x89PNG") for content in files.values())


def test_a_customer_who_is_not_satisfied_has_it_reopened_and_somebody_else_makes_the_last_call(windows):
    loop = Loop(windows)
    loop.to_remedied()
    page = loop.open_link(link_in(loop.letter("您满意吗")))
    loop.answer(page, satisfied=False, words="")
    expect(page.get_by_text("说说还差什么，我们接着办。")).to_be_visible()
    loop.answer(page, satisfied=False, words="昨晚又有味道了")
    expect(page.get_by_text("谢谢您直说，我们接着办。")).to_be_visible()

    handler = loop.staff("ma")
    expect(handler.page.get_by_text("第2轮").first).to_be_visible()
    expect(handler.page.get_by_text("昨晚又有味道了").first).to_be_visible()
    loop.investigate(handler)
    loop.propose(handler, ("再换一台排风机", "换一台新的排风机", "两天内", "2600"))
    loop.hand_in(handler)
    loop.decide("通过")
    page = loop.open_link(link_in(loop.letter("再换一台排风机")))
    loop.choose(page, "再换一台排风机")
    loop.carry_out()

    agent = loop.staff("lin")
    confirm_by_call(agent)
    expect(agent.page.get_by_text("这件个案你经手过或审批过，回访由别的同事来做。")).to_be_visible()
    colleague = loop.staff("zhao")
    confirm_by_call(colleague)
    expect(colleague.page.locator(".zy-toast").get_by_text("通话已记下")).to_be_visible()
    loop.archive(agent)
    expect(agent.page.get_by_text("第2轮").first).to_be_visible()


def confirm_by_call(desk):
    if desk.page.get_by_text("这件个案你经手过或审批过，回访由别的同事来做。").count():
        return
    desk.pick("客户满意了吗", "满意")
    desk.form.get_by_label("办得怎么样").select_option("9")
    desk.fill(客户的原话="这回好了")
    desk.press("登记")


def test_what_a_supervisor_sends_back_comes_back_better_and_a_higher_limit_approves_it(windows):
    loop = Loop(windows)
    loop.raise_it()
    agent = loop.take_and_judge()
    loop.pass_on(agent)
    handler = loop.accept()
    loop.investigate(handler)
    loop.propose(handler, ("全楼换烟道", "全楼烟道换新", "一个月", "8000"))
    loop.hand_in(handler)

    supervisor = loop.staff("chen")
    expect(supervisor.page.get_by_text("超过你的额度")).to_be_visible()
    expect(supervisor.page.locator(".props.decide").get_by_label("通过", exact=True)).to_have_count(0)
    supervisor.deed("全部退回")
    supervisor.press("退回")
    expect(supervisor.page.locator("#deed").get_by_text("这里还差一句话。")).to_be_visible()
    supervisor.fill(还缺什么="没说为什么要全楼换")
    supervisor.press("退回", said="已退回")

    handler = loop.staff("ma")
    expect(handler.page.get_by_text("没说为什么要全楼换").first).to_be_visible()
    loop.propose(handler, ("只换出问题的两段", "换两段烟道", "一周内", "6000"))
    loop.hand_in(handler)

    # The supervisor adds one of her own, which she cannot approve herself.
    supervisor = loop.staff("chen")
    supervisor.deed("加方案")
    loop.write_proposal(supervisor, "先装临时排风", "装一台临时排风机", "今天", "300")
    supervisor.press("加上", said="方案已加上")
    supervisor.open(loop.number)
    own = supervisor.page.locator(".props.decide .prop").filter(has_text="先装临时排风")
    expect(own.get_by_text("这是你提的")).to_be_visible()
    expect(own.get_by_label("通过", exact=True)).to_have_count(0)

    loop.decide("通过", "通过", by="fang")
    page = loop.open_link(link_in(loop.letter("在这里选")))
    expect(page.locator(".po-opt")).to_have_count(2)
