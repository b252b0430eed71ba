"""Formal letters: approved by somebody else, numbered without gaps, kept as they were issued."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from zhiyin.cases import actions as cases
from zhiyin.cases import archive
from zhiyin.cases.rules.words import Stage
from zhiyin.kit import files
from zhiyin.kit.errors import Forbidden
from zhiyin.statutory import actions, pdf, queries
from zhiyin.statutory.models import Letter, LetterSeries
from zhiyin.statutory.rules import decisions, letters
from zhiyin.statutory.tests.conftest import WORDS, at

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    """The words of a PDF without the space its lines put between them."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def issued(waiting_letter, road) -> Letter:
    return actions.issue(letter_id=waiting_letter().pk, by=road.supervisor, now=road.tick())


def test_the_pdf_carries_letterhead_number_addressee_and_all_three_parts(waiting_letter, road, administrator):
    actions.save_profile(
        name="广州和院物业服务有限公司",
        address="广州市天河区和院路8号",
        telephone="400-000-1234",
        seal_place="（公司印章）",
        signer="周正",
        signer_title="总经理",
        by=administrator,
        now=road.now,
    )
    letter = issued(waiting_letter, road)
    text = text_of(files.read(letter.file))
    wanted = (
        "广州和院物业服务有限公司",
        "函〔2026〕001号",
        "12345政务服务便民热线：",
        "一、",
        "三、",
        "总经理周正",
        "2026年11月18日",
        "（公司印章）",
        "和院路8号",
        letter.transfer.escalation.external_number,
        *WORDS.values(),
    )
    assert [words for words in wanted if "".join(words.split()) not in text] == []
    assert letter.file.name == "函〔2026〕001号.pdf"


def test_a_draft_shows_that_it_has_no_number(waiting_letter):
    letter = queries.of_case(waiting_letter().transfer.case_id)[0].letters.all()[0]
    assert "草稿" in text_of(pdf.letter(letter, queries.profile()))


def test_a_letter_begins_with_what_the_case_knows(passed_on, road):
    case = road.to(Stage.REMEDIED)
    letter = actions.draft(transfer_id=passed_on(case).pk, by=road.agent, now=road.tick())
    remedy = case.remedies.get()
    assert remedy.text == letter.remedy
    assert remedy.prevention == letter.prevention
    assert case.investigations.get().root_cause in letter.finding
    assert case.customer.name in letter.opening
    assert "{" not in letter.opening + letter.closing


def test_it_is_not_handed_in_without_remedy_and_prevention(passed_on, road):
    letter = actions.draft(transfer_id=passed_on().pk, by=road.agent, now=road.tick())
    for part in ("finding", "remedy", "prevention"):
        words = {name: "" if name == part else "写了" for name in ("finding", "remedy", "prevention")}
        actions.rewrite(letter_id=letter.pk, by=road.agent, now=road.tick(), words=words)
        with pytest.raises(decisions.PartMissing) as missing:
            actions.submit(letter_id=letter.pk, by=road.agent, now=road.tick())
        assert missing.value.field == part


def test_an_agent_does_not_issue_and_nobody_issues_her_own(waiting_letter, road, passed_on):
    letter = waiting_letter()
    with pytest.raises(Forbidden):
        actions.issue(letter_id=letter.pk, by=road.agent, now=road.tick())
    actions.rewrite(letter_id=letter.pk, by=road.supervisor, now=road.tick(), words={"remedy": "主管改过"})
    actions.submit(letter_id=letter.pk, by=road.supervisor, now=road.tick())
    with pytest.raises(decisions.OwnLetter):
        actions.issue(letter_id=letter.pk, by=road.supervisor, now=road.tick())


def test_sent_back_it_is_a_draft_with_the_reason(waiting_letter, road):
    letter = actions.send_back(
        letter_id=waiting_letter().pk, reason="补充检测数据", by=road.supervisor, now=road.tick()
    )
    assert letter.state == "draft"
    assert letter.sent_back == "补充检测数据"
    with pytest.raises(decisions.NotWaiting):
        actions.issue(letter_id=letter.pk, by=road.supervisor, now=road.tick())


def test_what_somebody_else_changed_meanwhile_is_not_issued_unread(waiting_letter, road):
    letter = waiting_letter()
    with pytest.raises(decisions.Changed):
        actions.issue(letter_id=letter.pk, version=letter.version - 1, by=road.supervisor, now=road.tick())


def test_an_issued_letter_stays_and_a_correction_is_a_letter_of_its_own(waiting_letter, road):
    letter = issued(waiting_letter, road)
    with pytest.raises(decisions.Issued):
        actions.rewrite(letter_id=letter.pk, by=road.agent, now=road.tick(), words={"remedy": "改写"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(remedy="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()
    again = actions.correct(letter_id=letter.pk, by=road.agent, now=road.tick())
    actions.rewrite(
        letter_id=again.pk, by=road.agent, now=road.tick(), words={"remedy": "更正：为12户加装止逆阀。"}
    )
    actions.submit(letter_id=again.pk, by=road.agent, now=road.tick())
    second = actions.issue(letter_id=again.pk, by=road.supervisor, now=road.tick())
    assert second.number == "函〔2026〕002号"
    assert letter.number in text_of(files.read(second.file))
    assert text_of(files.read(letter.file)).count("更正") == 0


def test_numbers_begin_anew_each_year(waiting_letter, road):
    issued(waiting_letter, road)
    road.now = at("2027-01-04 09:00")
    assert issued(waiting_letter, road).number == "函〔2027〕001号"


def test_what_fails_while_it_is_issued_takes_no_number(waiting_letter, road, monkeypatch, settings):
    letter = waiting_letter()
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(files.TooLarge):
        actions.issue(letter_id=letter.pk, by=road.supervisor, now=road.tick())
    settings.UPLOAD_MAX_BYTES = 10**7
    assert actions.issue(letter_id=letter.pk, by=road.supervisor, now=road.tick()).sequence == 1


@pytest.mark.django_db(transaction=True)
def test_six_letters_issued_at_once_have_six_numbers_without_a_gap(waiting_letter, road):
    written = [waiting_letter().pk for _ in range(6)]
    now = road.tick()

    def issue(pk: int) -> int | None:
        try:
            return actions.issue(letter_id=pk, by=road.supervisor, now=now).sequence
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as people:
        found = sorted(people.map(issue, written))
    assert found == [1, 2, 3, 4, 5, 6]
    assert LetterSeries.objects.get(year=2026).last == 6


def test_the_archive_holds_the_transfer_and_the_letter_itself(waiting_letter, passed_on, road, tmp_path):
    case = road.to(Stage.CONFIRMED)
    transfer = passed_on(case)
    letter = actions.issue(letter_id=waiting_letter(transfer).pk, by=road.supervisor, now=road.tick())
    actions.reply(transfer_id=transfer.pk, by=road.agent, now=road.tick())
    cases.archive(case_id=case.pk, by=road.agent, now=road.tick())
    with zipfile.ZipFile(archive.package(number=case.number, to=tmp_path)) as bundle:
        document = json.loads(bundle.read("case.json"))
        names = [name for name in bundle.namelist() if "函〔2026〕001号.pdf" in name]
        text = text_of(bundle.read("case.pdf"))
    (kept,) = document["enclosed"]["transfers"]
    assert kept["letters"][0]["sha256"] == letter.file.sha256
    assert kept["number"] == transfer.escalation.external_number
    assert len(names) == 1
    assert letter.number in text
    assert "要求物业查清异味原因" in text


class TestPlaces:
    def test_places_are_filled_in_either_tongue_and_values_are_not_read_as_places(self):
        values = {"authority": "热线办", "demand": "{编号}", "number": "GZ1"}
        assert letters.fill("{来件单位}转来{ number }，诉求{诉求}。", values) == "热线办转来GZ1，诉求{编号}。"

    def test_an_unknown_place_is_refused_with_its_name(self, road, administrator):
        with pytest.raises(decisions.UnknownVariable) as refused:
            actions.save_profile(opening="贵单位{来件}转来", by=administrator, now=road.now)
        assert refused.value.data["name"] == "来件"
