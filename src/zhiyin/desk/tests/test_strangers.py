"""Attacks from inside the house and from its edges: by hand-made forms, from a department relieved, from another team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import Case, InternalRequest
from zhiyin.cases.rules.words import Emotion, Kind, Severity, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.customers.rules import Channel
from zhiyin.desk.views.customers.page import MANY
from zhiyin.facts import actions as facts
from zhiyin.facts.models import Column, Observation
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.kit.jobs import timers
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import sign_in
from zhiyin.statutory import actions as statutory
from zhiyin.statutory.rules.words import Body


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


def relieved(walk: Road) -> Case:
    """A case that the handler's department had, and another one has now."""
    case = walk.to(Stage.ASSIGNED)
    actions.note(case_id=case.pk, text="业主是老客户，别让他等", by=walk.agent, now=walk.tick())
    actions.offer(
        case_id=case.pk, department_id=walk.house.order.pk, text="改由秩序部", by=walk.agent, now=walk.tick()
    )
    case.refresh_from_db()
    return case


class TestADepartmentRelieved:
    def test_it_shows_the_notes_to_nobody_else(self, walk: Road, client_of, other_handler: Staff) -> None:
        case = relieved(walk)
        form = {
            "to_id": walk.colleague.pk, "need": "看一下", "shares_notes": "on", "version": case.version,
            "due_at": f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}",
        }  # fmt: skip
        answer = client_of(walk.handler).post(f"/cases/{case.number}/do/ask/", form)
        assert answer.status_code == 403
        assert not InternalRequest.objects.exists()

    def test_nothing_typed_is_lost_when_the_case_goes_away_meanwhile(self, walk: Road, client_of) -> None:
        case = relieved(walk)
        typed = "风机我已经看过，轴承响，明天上午换"
        answer = client_of(walk.handler).post(
            f"/cases/{case.number}/do/note/", {"text": typed, "version": case.version}
        )
        assert answer.status_code == 403
        assert typed in answer.content.decode()

    def test_nor_when_it_is_out_of_sight_altogether(self, walk: Road, client_of, other_agent: Staff) -> None:
        case = walk.open()
        typed = "我写了很久的一段备注"
        answer = client_of(other_agent).post(f"/cases/{case.number}/do/note/", {"text": typed})
        text = answer.content.decode()
        assert answer.status_code == 404
        assert typed in text
        assert case.subject not in text
        assert not case.events.filter(text=typed).exists()


class TestAnOldPage:
    DEEDS = (
        ("take", {}),
        ("correct", {"subject": "改了", "kind": "complaint", "severity": "2", "emotion": "calm", "intensity": "1"}),
        ("note", {"text": "备注"}),
    )  # fmt: skip

    @pytest.mark.parametrize(("name", "typed"), DEEDS)
    @pytest.mark.parametrize("version", [None, "", "x", "-1"])
    def test_a_form_that_does_not_say_what_it_was_made_from_changes_nothing(
        self, walk: Road, client_of, name: str, typed: dict[str, str], version: str | None
    ) -> None:
        case = walk.open()
        data = typed if version is None else typed | {"version": version}
        answer = client_of(walk.colleague).post(f"/cases/{case.number}/do/{name}/", data)
        assert answer.status_code == 409
        before = (case.subject, case.owner_id, case.version)
        case.refresh_from_db()
        assert (case.subject, case.owner_id, case.version) == before
        assert not case.events.filter(text="备注").exists()
        again = answer.context["form"].data
        assert client_of(walk.colleague).post(f"/cases/{case.number}/do/{name}/", again).status_code == 302

    def test_a_card_on_an_old_board_is_not_taken_unseen(self, walk: Road, client_of) -> None:
        case = walk.open(by=None)
        browser = client_of(walk.agent)
        board = browser.get("/cases/board/")
        assert f'"version": {case.version}' in board.content.decode()
        places = [
            move["place"] for _, cards in board.context["columns"] for one in cards for move in one.moves
        ]
        to = next(place for place in places if place)
        case.refresh_from_db()
        actions.correct(
            case_id=case.pk, subject="其实是烟味", kind=Kind(case.kind), severity=Severity(case.severity),
            in_danger=False, emotion=Emotion(case.emotion), intensity=1, remedy_sought="", by=walk.colleague,
            now=walk.tick(),
        )  # fmt: skip
        for old in ({"version": case.version}, {}):
            assert browser.post(f"/cases/{case.number}/move/", {"to": to} | old).status_code == 409
        case.refresh_from_db()
        assert case.owner is None
        browser.post(f"/cases/{case.number}/move/", {"to": to, "version": case.version})
        case.refresh_from_db()
        assert case.owner == walk.agent

    def test_a_letter_is_issued_only_as_it_was_seen(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.REMEDIED)
        transfer = statutory.receive(
            case_id=case.pk, body=Body.HOTLINE, external_number="GZ1", demand="答复", received_at=walk.now,
            by=walk.agent, now=walk.tick(),
        )  # fmt: skip
        letter = statutory.draft(transfer_id=transfer.pk, by=walk.agent, now=walk.tick())
        words = {"finding": "查清", "remedy": "修好", "prevention": "巡检"}
        statutory.rewrite(letter_id=letter.pk, words=words, by=walk.agent, now=walk.tick())
        letter = statutory.submit(letter_id=letter.pk, by=walk.agent, now=walk.tick())
        browser = client_of(walk.supervisor)
        assert browser.post(f"/letters/{letter.pk}/do/issue/").status_code == 422
        letter.refresh_from_db()
        assert not letter.number
        browser.post(f"/letters/{letter.pk}/do/issue/", {"version": letter.version})
        letter.refresh_from_db()
        assert letter.number


class TestIdsOfAnotherCase:
    """Rows of another case, written by hand into the form of one's own."""

    def test_facts_of_another_case_are_neither_changed_nor_taken_out(self, walk: Road, client_of) -> None:
        mine, theirs = walk.open(), walk.open()
        for case in (mine, theirs):
            facts.begin(case_id=case.pk, starter=BY_KEY["own"], by=walk.agent, now=walk.tick())
        outcome = Column.objects.get(table__members__case=theirs, is_outcome=True)
        row = facts.observe(case_id=theirs.pk, texts={outcome.pk: "yes"}, by=walk.agent, now=walk.tick())
        browser = client_of(walk.agent)
        here = f"/cases/{mine.number}/facts/rows/{row.pk}/"
        column = Column.objects.get(table__members__case=mine, is_outcome=True)
        changed = {f"c{column.pk}": "no", f"c{outcome.pk}": "no", "version": row.version}
        assert browser.post(here, changed).status_code == 404
        assert browser.post(f"{here}remove/").status_code == 404
        columns = f"/cases/{mine.number}/facts/columns/{outcome.pk}/"
        assert browser.post(columns, {"name": "x", "kind": "yesno"}).status_code == 404
        assert browser.post(f"{columns}remove/").status_code == 404
        kept = Observation.objects.get()
        assert (kept.failed, kept.removed_at) == (True, None)

    def test_a_proposal_promise_or_expense_of_another_case_stays(self, walk: Road, client_of) -> None:
        mine, theirs = walk.to(Stage.PROPOSED), walk.to(Stage.PROPOSED)
        foreign = theirs.proposals.earliest("pk")
        browser = client_of(walk.handler)
        browser.post(
            f"/cases/{mine.number}/do/take_back/", {"proposal_id": foreign.pk, "version": mine.version}
        )
        foreign.refresh_from_db()
        assert foreign.state == "proposed"
        vow = actions.promise(
            case_id=theirs.pk, text="周五回电", due_at=timezone.now() + timedelta(days=1), by=walk.agent,
            now=walk.tick(),
        )  # fmt: skip
        answer = client_of(walk.agent).post(
            f"/cases/{mine.number}/do/keep_promise/", {"promise_id": vow.pk, "version": mine.version}
        )
        vow.refresh_from_db()
        assert (answer.status_code, vow.state) == (422, "open")

    def test_a_transfer_of_another_case_is_not_reached_through_ones_own(self, walk: Road, client_of) -> None:
        mine, theirs = walk.open(), walk.open()
        transfer = statutory.receive(
            case_id=theirs.pk, body=Body.HOTLINE, external_number="GZ2", demand="答复", received_at=walk.now,
            by=walk.agent, now=walk.tick(),
        )  # fmt: skip
        answer = client_of(walk.agent).post(f"/cases/{mine.number}/transfers/{transfer.pk}/accept/")
        assert answer.status_code == 404
        transfer.refresh_from_db()
        assert transfer.stage == "received"


class TestAMassIncident:
    def test_what_one_customer_said_is_read_by_who_sees_that_case(
        self, walk: Road, client_of, other_agent: Staff, handler: Staff
    ) -> None:
        case = walk.to(Stage.REMEDIED)
        incident = actions.open_incident(
            title="3栋停水", what_happened="主管爆裂", since=walk.now - timedelta(hours=1), case_ids=[case.pk],
            by=walk.agent, now=walk.tick(),
        )  # fmt: skip
        words = "家里有刚出生的孩子，水还是黄的"
        actions.confirm(
            case_id=case.pk, satisfied=False, words=words, channel=Channel.PORTAL, now=walk.tick()
        )
        where = f"/incidents/{incident.pk}/"
        assert words in client_of(walk.agent).get(where).content.decode()
        stranger = client_of(other_agent).get(where)
        assert stranger.status_code == 200
        assert words not in stranger.content.decode()
        assert case.number not in stranger.content.decode()


class TestRevealing:
    def url(self, customer) -> str:
        return f"/customers/{customer.pk}/contacts/{customer.contact_points.earliest('pk').pk}/reveal/"

    def test_hours_after_signing_in_it_asks_who_is_there(self, walk: Road) -> None:
        browser = Client()
        sign_in(browser, walk.agent, ago=5 * 3600)
        where = self.url(walk.customer)
        assert browser.post(where).headers["Location"] == "/accounts/confirm/"
        assert (
            browser.post(where, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/accounts/confirm/"
        )
        assert not walk.customer.reveals.exists()

    def test_within_a_shift_it_does_not(self, walk: Road) -> None:
        browser = Client()
        sign_in(browser, walk.agent, ago=3 * 3600)
        assert browser.post(self.url(walk.customer)).status_code == 200

    def test_who_looks_at_one_after_the_other_is_asked(self, walk: Road) -> None:
        browser = Client()
        sign_in(browser, walk.agent, ago=3600)
        for _ in range(MANY):
            assert browser.post(self.url(walk.customer)).status_code == 200
        assert browser.post(self.url(walk.customer)).headers["Location"] == "/accounts/confirm/"
        assert walk.customer.reveals.count() == MANY


def test_whoever_approved_the_remedy_does_not_ask_whether_it_is_well(walk: Road, client_of) -> None:
    case = walk.to(Stage.REMEDIED)
    browser = client_of(walk.supervisor)
    form = {"satisfied": "yes", "channel": "phone", "version": case.version, "words": "都好"}
    answer = browser.post(f"/cases/{case.number}/do/confirm/", form, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "approved" in str(browser.get(f"/cases/{case.number}/").context["main"].why.message)
    assert "都好" in answer.content.decode()
    case.refresh_from_db()
    assert case.stage == Stage.REMEDIED
    assert client_of(walk.colleague).post(f"/cases/{case.number}/do/confirm/", form).status_code == 302


def test_a_broken_promise_holds_the_archive_until_it_is_made_good(walk: Road, client_of) -> None:
    case = walk.to(Stage.REMEDIED)
    vow = actions.promise(
        case_id=case.pk,
        text="周五前回电",
        due_at=walk.now + timedelta(minutes=30),
        by=walk.agent,
        now=walk.tick(),
    )
    walk.tick(120)
    walk.confirm(case)
    timers.tick(timezone.now())
    vow.refresh_from_db()
    assert vow.state == "broken"
    case.refresh_from_db()
    browser = client_of(walk.agent)
    assert "周五前回电" in str(browser.get(f"/cases/{case.number}/").context["main_why"])
    assert browser.post(f"/cases/{case.number}/do/archive/", {"version": case.version}).status_code == 422
    browser.post(f"/cases/{case.number}/do/keep_promise/", {"promise_id": vow.pk})
    case.refresh_from_db()
    assert browser.post(f"/cases/{case.number}/do/archive/", {"version": case.version}).status_code == 302
