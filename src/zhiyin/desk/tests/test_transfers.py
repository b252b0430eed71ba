"""What authorities pass on, through the pages: entered, put right, answered, and read by the customer."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.statutory import actions as statutory
from zhiyin.statutory.actions import duties
from zhiyin.statutory.models import Letter, Transfer
from zhiyin.statutory.rules.words import Body, Region, Sector
from zhiyin.statutory.tests.conftest import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


def slip(**changes) -> dict[str, str]:
    return {
        "body": "hotline",
        "external_number": "GZ20261118001",
        "received_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "demand": "要求书面答复",
        **changes,
    }


def enter(client: Client, case: Case, **changes):
    return client.post(reverse("desk:transfers", args=[case.number]), slip(**changes))


def do(client: Client, transfer: Transfer, deed: str, **data):
    return client.post(reverse("desk:transfer_do", args=[transfer.case.number, transfer.pk, deed]), data)


def passed_on(walk: Road, case: Case, number: str = "GZ1") -> Transfer:
    return statutory.receive(
        case_id=case.pk,
        body=Body.HOTLINE,
        external_number=number,
        demand="要求书面答复",
        received_at=walk.now,
        by=walk.agent,
        now=walk.now,
    )


class TestTransfers:
    def test_the_whole_way_of_a_slip_by_its_forms(self, walk, client_of):
        agent, boss = client_of(walk.agent), client_of(walk.supervisor)
        case = walk.to(Stage.REMEDIED)
        assert enter(agent, case).status_code == 302
        transfer = Transfer.objects.get()
        do(agent, transfer, "accept")
        page = do(agent, transfer, "letter")
        letter = Letter.objects.get()
        assert page["Location"] == reverse("desk:letter", args=[letter.pk])
        form = {
            "addressee": "12345热线办", "title": "复函", "opening": "收悉。", **WORDS, "version": letter.version,
        }  # fmt: skip
        assert agent.post(reverse("desk:letter_do", args=[letter.pk, "submit"]), form).status_code == 302
        assert "待签公函" in boss.get("/").content.decode()
        letter.refresh_from_db()
        boss.post(reverse("desk:letter_do", args=[letter.pk, "issue"]), {"version": letter.version})
        letter.refresh_from_db()
        assert letter.number == f"函〔{timezone.localdate().year}〕001号"
        assert letter.number in agent.get(reverse("desk:case", args=[case.number])).content.decode()
        assert agent.get(reverse("file", args=[letter.file_id])).content.startswith(b"%PDF")
        do(agent, transfer, "reply", text="窗口签收")
        do(agent, transfer, "close", result="办结")
        transfer.refresh_from_db()
        assert transfer.stage == "closed"
        assert letter.number in agent.get(reverse("desk:letters")).content.decode()

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, walk, client_of):
        case = walk.open()
        answer = enter(client_of(walk.agent), case, external_number="", demand="别丢了这句")
        assert answer.status_code == 422
        assert "别丢了这句" in answer.content.decode()
        ahead = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}"
        answer = enter(client_of(walk.agent), case, received_at=ahead)
        assert answer.status_code == 422
        assert "还没到" in answer.content.decode()
        assert not Transfer.objects.exists()

    def test_refusing_without_a_ground_opens_the_form_again(self, walk, client_of):
        transfer = passed_on(walk, walk.open())
        answer = do(client_of(walk.agent), transfer, "refuse", ground="")
        assert answer.status_code == 422
        assert "属于我们" in answer.content.decode()

    def test_counsel_is_asked_about_what_was_not_looked_up(self, walk, client_of):
        case = walk.open()
        passed_on(walk, case)
        page = client_of(walk.agent).get(reverse("desk:transfers", args=[case.number])).content.decode()
        assert "法务确认" in page

    def test_a_provisional_deadline_says_so(self, walk, client_of):
        case = walk.open()
        transfer = passed_on(walk, case)
        transfer.duties.update(is_provisional=True)
        assert "暂计" in client_of(walk.agent).get(reverse("desk:case", args=[case.number])).content.decode()

    def test_on_the_intake_form_an_authoritys_slip_is_entered_with_the_case(self, walk, client_of):
        form = {
            "channel": "letter", "name": "许念", "phone": "13900008888", "kind": "complaint", "subject": "异味",
            "description": "厨房反味", "emotion": "calm", "intensity": "1", "severity": "2",
            "client_token": str(uuid.uuid4()), "slip-body": "market", "slip-external_number": "1440300002",
        }  # fmt: skip
        agent = client_of(walk.agent)
        unnumbered = agent.post(reverse("desk:intake"), form | {"slip-external_number": ""})
        assert unnumbered.status_code == 422
        assert not Case.objects.exists()
        assert agent.post(reverse("desk:intake"), form).status_code == 302
        transfer = Transfer.objects.get()
        assert transfer.case.subject == "异味"
        assert transfer.demand == "厨房反味"
        assert transfer.escalation.external_number == "1440300002"
        twice = agent.post(reverse("desk:intake"), form | {"client_token": str(uuid.uuid4())})
        assert twice.status_code == 422
        assert transfer.case.number in twice.content.decode()
        assert Case.objects.count() == 1, "the case that could not have its slip was not kept either"

    def test_what_comes_back_and_what_is_taken_back_is_entered_by_forms_and_what_is_missing_said(
        self, walk, client_of
    ):
        agent, boss = client_of(walk.agent), client_of(walk.supervisor)
        case = walk.to(Stage.REMEDIED)
        transfer = passed_on(walk, case)
        do(agent, transfer, "refuse", ground="不归我们管")
        page = agent.get(reverse("desk:transfers", args=[case.number])).content.decode()
        assert "改为受理" in page
        assert "登记退单" in page
        assert do(agent, transfer, "insist").status_code == 302
        do(boss, transfer, "reply", text="已在平台答复")
        past = f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"
        wrong = do(agent, transfer, "send_again", until=past, ground="别丢了这句")
        assert wrong.status_code == 422
        assert "别丢了这句" in wrong.content.decode()
        assert "已经过去" in wrong.content.decode()
        until = f"{timezone.localdate() + timedelta(days=9):%Y-%m-%d}"
        assert do(agent, transfer, "send_again", until=until, ground="请补写补偿").status_code == 302
        page = agent.get(reverse("desk:transfers", args=[case.number])).content.decode()
        assert "请补写补偿" in page
        assert "写公函" in page
        assert do(agent, transfer, "withdraw", result="").status_code == 422
        do(agent, transfer, "withdraw", result="客户撤诉")
        transfer.refresh_from_db()
        assert (transfer.stage, transfer.result) == ("closed", "客户撤诉")

    def test_a_number_entered_wrongly_is_put_right_and_another_cases_number_is_not_taken(
        self, walk, client_of
    ):
        agent = client_of(walk.agent)
        case, other = walk.open(), walk.open()
        transfer = passed_on(walk, case, "GZ-错的")
        passed_on(walk, other, "GZ-别人的")
        form = {"external_number": "GZ-别人的", "office": "", "demand": "要求书面答复"}
        refused = do(agent, transfer, "amend", **form)
        assert refused.status_code == 422
        assert other.number in refused.content.decode()
        assert do(agent, transfer, "amend", **form | {"external_number": "GZ-对的"}).status_code == 302
        transfer.escalation.refresh_from_db()
        assert transfer.escalation.external_number == "GZ-对的"
        assert "GZ-错的" in case.events.filter(kind=EventKind.CORRECTED).get().text
        letter = statutory.draft(transfer_id=transfer.pk, by=walk.agent, now=walk.tick())
        assert "GZ-对的" in letter.title
        page = agent.get(reverse("desk:transfers", args=[case.number])).content.decode()
        assert "接着写公函" in page

    def test_the_rules_of_the_place_of_the_authority_hold(self, walk, client_of, administrator):
        statutory.save_profile(region=Region.GUANGDONG, city="深圳", by=administrator, now=walk.now)
        agent = client_of(walk.agent)
        case, elsewhere = walk.open(), walk.open()
        form = agent.get(reverse("desk:transfers", args=[case.number]) + "?do=new").context["form"]
        assert (form["region"].value(), form["city"].value()) == ("44", "深圳")
        enter(agent, case, body="market", region="44", city="深圳")
        enter(agent, elsewhere, body="market", external_number="2", region="31", city="")
        for transfer in Transfer.objects.all():
            do(agent, transfer, "accept")
        ends = dict(
            Transfer.objects.filter(duties__duty="mediate").values_list("region", "duties__rule__code")
        )
        assert ends == {"44": "market-mediate", "31": "market-mediate-shanghai"}
        page = agent.get(reverse("desk:transfers", args=[elsewhere.number])).content.decode()
        assert "上海市" in page

    def test_its_customer_reads_that_we_have_it_and_when_we_answer_and_no_ground(self, walk, client_of):
        case = walk.open()
        transfer = passed_on(walk, case)
        browser = client_of(None)
        answer = browser.post(
            reverse("portal:follow"), {"number": case.number, "contact": "13900004471"}, follow=True
        )
        page = answer.content.decode()
        assert "GZ1" in page
        assert "前答复来件单位" in page
        do(client_of(walk.agent), transfer, "refuse", ground="内部理由")
        page = browser.get(reverse("portal:case", args=[case.number])).content.decode()
        assert "内部理由" not in page
        assert "由别的单位负责" in page
        statutory.reply(transfer_id=transfer.pk, text="平台答复", by=walk.supervisor, now=timezone.now())
        page = browser.get(reverse("portal:case", args=[case.number])).content.decode()
        assert "已答复来件单位" in page
        assert "平台答复" not in page


class TestTrade:
    def test_the_time_of_the_trade_is_shown_with_what_it_rests_on(self, walk, client_of, administrator):
        statutory.save_profile(sector=Sector.EXPRESS, by=administrator, now=walk.now)
        case = walk.open()
        duties.claim_handling(walk.tick())
        page = client_of(walk.agent).get(reverse("desk:case", args=[case.number])).content.decode()
        assert "快递暂行条例" in page
