"""The steps of the loop as people take them, by clicking and typing, for the journeys that go through many."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import count
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from tests.journeys.people import Desk, Windows
from tests.journeys.product import text_of

SERIAL = count(1)
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/portal/k/[\w-]{22,})")
PROPOSALS = (
    ("恢复整夜排风", "屋顶排风机恢复整夜开\n一周内每天半夜测一次", "今晚起", "180"),
    ("恢复排风，换止逆阀", "排风机整夜开\n烟道口换新止逆阀", "三天内", "460"),
    ("恢复排风、换阀、清洗油烟机", "前两项都做\n请厂家清洗油烟机", "一周内", "820"),
)


def picture() -> bytes:
    """A small PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + bytes([200, 120, 40] * 8) for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def link_in(letter: EmailMessage) -> str:
    """The address that a letter asks to open."""
    found = LINK.search(text_of(letter))
    assert found, f"No link in: {text_of(letter)}"
    return found[1]


@dataclass
class Loop:
    """One customer's matter and the people who see it through."""

    windows: Windows
    agent: str = "lin"
    handler: str = "ma"
    supervisor: str = "chen"
    number: str = ""
    serial: int = field(default_factory=lambda: next(SERIAL))

    @property
    def email(self) -> str:
        return f"kehu{self.serial}@example.com"

    @property
    def place(self) -> str:
        return f"{self.serial}栋0{self.serial}02"

    def staff(self, username: str) -> Desk:
        desk = self.windows.desk(username)
        desk.open(self.number)
        return desk

    def letter(self, saying: str) -> EmailMessage:
        return self.windows.product.postbox.letter(self.email, saying)

    def raise_it(self, *, photo: bool = False, danger: bool = False) -> Page:
        """The customer says what is wrong; the page that follows shows the number."""
        page = self.windows.portal(phone=True)
        page.goto("/portal/")
        if danger:
            page.get_by_label("有人有危险，或者东西正在损坏").check()
        page.get_by_label("有地方不对").check()
        page.get_by_label("是什么事？").fill("厨房一到周末夜里就返油烟味。已经第三次了。")
        page.get_by_label("您希望怎么办？").fill("查清味道从哪来")
        page.get_by_label("楼栋房号").fill(self.place)
        if photo:
            page.get_by_label("照片或材料").set_input_files(
                {"name": "厨房.png", "mimeType": "image/png", "buffer": picture()}
            )
        page.get_by_label("怎么称呼您？").fill("苏文秀")
        page.get_by_label("电话或邮箱").fill(self.email)
        page.get_by_role("button", name="发送").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("办到哪了")
        self.number = page.locator(".po-no").inner_text()
        return page

    def take_and_judge(self) -> Desk:
        desk = self.staff(self.agent)
        desk.press("我来接手", said="现在由你负责")
        self.tell_if_asked(desk)
        self.judge(desk)
        return desk

    def tell_if_asked(self, desk: Desk) -> None:
        if desk.page.locator("#now h2").inner_text() == "还没告诉客户我们受理了":
            desk.press("已告诉客户", said="已记下客户知道了")

    def judge(self, desk: Desk) -> None:
        desk.stands("事由成立吗，要求合理吗")
        desk.pick("事由成立吗", "成立")
        desk.fill(理由="服务标准写明室内没有倒灌异味")
        desk.pick("要求合理吗", "合理")
        desk.fill(要求的理由="查清原因是应该的")
        desk.press("判断", said="已判断")

    def pass_on(self, desk: Desk, department: str = "工程部") -> None:
        desk.form.get_by_label("责任部门").select_option(label=department)
        desk.fill(部门该知道的="只在周末夜里出现，先查排风机")
        desk.press("转过去", said="已转出")

    def accept(self) -> Desk:
        desk = self.staff(self.handler)
        desk.press("接下", said="已接下，归你办")
        return desk

    def agree_time(self, desk: Desk) -> None:
        """The agent rings the customer: by when the cause is known."""
        desk.open(self.number)
        due = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=2)
        desk.fill(几时之前查清=due.strftime("%Y-%m-%dT18:00"))
        desk.press("说好了", said="说好了，已记成承诺")

    def investigate(self, desk: Desk) -> None:
        desk.open(self.number)
        desk.fill(查到什么="周末夜里排风机都停着", 根因="排风机周末节能停机")
        desk.form.get_by_label("属于哪个差距").select_option(index=2)
        desk.press("记下", said="原因已记下")

    def propose(self, desk: Desk, *proposals: tuple[str, str, str, str]) -> None:
        for number, (title, lines, soon, cost) in enumerate(proposals):
            if number:
                desk.deed("加方案")
            self.write_proposal(desk, title, lines, soon, cost)
            desk.press("加上", said="方案已加上")

    @staticmethod
    def write_proposal(desk: Desk, title: str, lines: str, soon: str, cost: str) -> None:
        desk.fill(客户看到的=title, 要做的事=lines, 几时能办好=soon, 我们的费用=cost, 可行性="备件有库存")

    def hand_in(self, desk: Desk) -> None:
        desk.press("送主管审批", said="已交主管审批")

    def decide(self, *answers: str, reason: str = "", by: str = "") -> Desk:
        """The supervisor answers each proposal in order: 通过, 退回 or 先放着."""
        desk = self.staff(by or self.supervisor)
        for row, answer in zip(desk.page.locator(".props.decide .prop").all(), answers, strict=True):
            row.get_by_label(answer, exact=True).check()
        if reason:
            desk.fill(原因=reason)
        desk.press("做决定", said="已定下")
        return desk

    def open_link(self, path: str, *, phone: bool = True) -> Page:
        """The customer opens what the letter says; the page hands the key in by itself."""
        page = self.windows.portal(phone=phone)
        page.goto(path)
        page.wait_for_url(re.compile(rf"/portal/{self.number}/"))
        assert "/k/" not in page.url
        return page

    def choose(self, page: Page, title: str) -> None:
        page.locator(".po-opt").filter(has_text=title).first.locator("label").click()
        page.get_by_role("button", name="就选这个").click()
        expect(page.get_by_text("谢谢您，我们就按您选的办。")).to_be_visible()

    def carry_out(self) -> Desk:
        desk = self.staff(self.handler)
        desk.fill(做了什么="止逆阀换好，排风机整夜开")
        desk.press("已办完", said="已办好，去问客户")
        return desk

    def answer(self, page: Page, *, satisfied: bool, words: str = "") -> None:
        page.get_by_label("办好了" if satisfied else "还没有", exact=True).check()
        page.get_by_label("您想说的").fill(words)
        page.get_by_role("group", name="先不说结果").get_by_label("9", exact=True).check()
        page.get_by_role("button", name="告诉我们").click()

    def to_approval(self) -> Desk:
        """Raised, judged, passed on, accepted, investigated, three ways proposed and handed in."""
        self.raise_it()
        agent = self.take_and_judge()
        self.pass_on(agent)
        handler = self.accept()
        self.investigate(handler)
        self.propose(handler, *PROPOSALS)
        self.hand_in(handler)
        return handler

    def to_remedied(self) -> None:
        self.to_approval()
        self.decide("通过", "通过", "通过")
        page = self.open_link(link_in(self.letter("在这里选")))
        self.choose(page, PROPOSALS[1][0])
        self.carry_out()

    def archive(self, desk: Desk) -> None:
        desk.open(self.number)
        desk.press("归档")
        desk.page.locator("#zy-ask").get_by_role("button", name="归档").click()
        expect(desk.page.locator(".zy-toast").get_by_text("已归档")).to_be_visible()
