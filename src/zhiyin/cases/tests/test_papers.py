"""The PDF of an archived case says what was decided and why, not only what happened when."""

import io
import json

import pytest
from pypdf import PdfReader

from zhiyin.cases import actions, archive, papers, pdf
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.road import Road
from zhiyin.customers.rules import Channel


@pytest.fixture
def document(road: Road) -> dict:
    """Gone round twice: not settled the first time, and nothing fitted at first."""
    case = road.to(Stage.REMEDIED)
    actions.confirm(
        case_id=case.pk, satisfied=False, words="昨晚又有味道", channel=Channel.PORTAL, now=road.tick()
    )
    case.refresh_from_db()
    for step in (road.investigate, road.submit, road.approve):
        step(case)
    actions.none_fits(
        case_id=case.pk, words="都要请假在家", channel=Channel.PHONE, by=road.agent, now=road.tick()
    )
    for step in (road.submit, road.approve, road.choose_latest, road.remedy, road.confirm, road.archive):
        step(case)
    case.refresh_from_db()
    return json.loads(archive.document(case))


def test_judgement_proposals_choice_remedy_and_answer_stand_in_the_pdf(document: dict) -> None:
    pages = PdfReader(io.BytesIO(pdf.case_report(document))).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for words in (
        "服务标准写明室内没有倒灌异味", "查清原因是应该的",  # the judgement, both answers
        "恢复整夜开机，换止逆阀", "¥1,260", "备件齐", "陈立，额度¥5,000",  # what was on offer, and who approved it
        "都要请假在家", "只换户内止逆阀", "昨晚又有味道", "第2轮",
    ):  # fmt: skip
        assert words in text, words


def test_every_round_is_told(document: dict) -> None:
    tables = {table.title: table.rows for table in papers.decided(document)}
    assert {title: len(rows) for title, rows in tables.items()} == {
        "判断": 1, "方案": 6, "客户选的": 3, "做了什么": 2, "客户怎么说": 2,
    }  # fmt: skip
    assert [row[1] for row in tables["客户选的"]] == ["恢复整夜开机，换止逆阀", "都不合适", "只换户内止逆阀"]


def test_what_did_not_happen_has_no_table(road: Road) -> None:
    case = road.open()
    assert papers.decided(json.loads(archive.document(case))) == []


def test_an_archive_made_before_some_part_was_kept_is_still_read() -> None:
    assert papers.decided({"case": {}}) == []
