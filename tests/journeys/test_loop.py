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
    agent.page.locator(".zy-side").get_by_role("button", name="办完").click()
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
    sums = next(content for name, content in files.items() if "sum" in name.lower() or "sha256" in name.lower())
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
