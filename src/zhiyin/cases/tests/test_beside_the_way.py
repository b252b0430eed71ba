"""Beside the way: danger, acknowledgement, merging, escalation, clocks, keys, the archive."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from zhiyin.cases import actions, links, story
from zhiyin.cases.models import Archive, CaseEvent, Clock
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import (
    ClockKind,
    ClockState,
    EscalationKind,
    EventKind,
    LinkPurpose,
    Outcome,
    Severity,
    Stage,
)
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.importing import import_dialogues
from zhiyin.conversations.models import Conversation, Delivery, Message
from zhiyin.conversations.rules import MessageKind
from zhiyin.customers.rules import Channel
from zhiyin.kit.errors import NotFound


def test_help_comes_first_where_somebody_is_in_danger(road: Road) -> None:
    case = road.open(in_danger=True)
    assert case.severity == Severity.HIGH
    assert set(case.clocks.values_list("calendar", flat=True)) == {None}
    actions.give_help(case_id=case.pk, text="秩序部到场，拉了警戒", by=road.agent, now=road.tick())
    case.refresh_from_db()
    assert case.helped_at is not None
    assert case.stage == Stage.RECEIVED


def test_a_customer_is_acknowledged_once_at_once_by_mail_and_a_machine_never(road: Road) -> None:
    told = road.open(channel=Channel.EMAIL, by=None)
    assert (
        Delivery.objects.filter(
            message__conversation=told.conversation, message__kind=MessageKind.ACKNOWLEDGEMENT
        ).count()
        == 1
    )
    assert told.clocks.get(kind=ClockKind.ACKNOWLEDGE).state == ClockState.MET
    machine = road.open(channel=Channel.EMAIL, by=None, from_machine=True)
    assert not Delivery.objects.filter(message__conversation=machine.conversation).exists()
    assert machine.clocks.get(kind=ClockKind.ACKNOWLEDGE).state == ClockState.STOPPED


def test_a_letter_is_acknowledged_when_somebody_has_told(road: Road) -> None:
    case = road.open(channel=Channel.LETTER, told=False)
    assert case.clocks.get(kind=ClockKind.ACKNOWLEDGE).state == ClockState.RUNNING
    actions.tell(case_id=case.pk, by=road.agent, now=road.tick())
    assert case.clocks.get(kind=ClockKind.ACKNOWLEDGE).state == ClockState.MET


def test_the_same_matter_raised_twice_is_merged_and_the_merge_can_be_undone(road: Road) -> None:
    first, second = road.open(), road.to(Stage.JUDGED)
    before = list(second.clocks.order_by("pk").values_list("state", flat=True))
    actions.merge(case_id=second.pk, into_id=first.pk, by=road.supervisor, now=road.tick())
    second.refresh_from_db()
    assert (second.stage, second.outcome, second.duplicate_of) == (Stage.CLOSED, Outcome.MERGED, first)
    actions.unmerge(case_id=second.pk, by=road.supervisor, now=road.tick())
    second.refresh_from_db()
    assert (second.stage, second.outcome, second.duplicate_of) == (Stage.JUDGED, "", None)
    assert list(second.clocks.order_by("pk").values_list("state", flat=True)) == before


def test_an_undecided_escalation_holds_the_archive_back(road: Road) -> None:
    case = road.to(Stage.CONFIRMED)
    raised = actions.escalate(
        case_id=case.pk,
        kind=EscalationKind.REGULATOR,
        reason="12345转来",
        external_number="A-17",
        by=road.agent,
        now=road.tick(),
    )
    with pytest.raises(decisions.OpenEscalation):
        road.archive(case)
    actions.answer_escalation(
        case_id=case.pk, escalation_id=raised.pk, answer="已书面回复", by=road.supervisor, now=road.tick()
    )
    road.archive(case)


def test_an_archived_case_stays_as_it_is_whoever_tries(road: Road) -> None:
    case = road.to(Stage.ARCHIVED)
    for deed in (
        lambda: actions.note(case_id=case.pk, text="再补一句", by=road.agent, now=road.tick()),
        lambda: actions.reopen(case_id=case.pk, reason="再看看", by=road.agent, now=road.tick()),
        lambda: actions.take(case_id=case.pk, by=road.colleague, now=road.tick()),
    ):
        with pytest.raises(moves.Archived):
            deed()
    for change in (
        lambda: Archive.objects.filter(case=case).update(document="{}"),
        lambda: Archive.objects.filter(case=case).delete(),
        lambda: CaseEvent.objects.filter(case=case).update(text="改过"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_clock_that_ran_out_is_marked_once_however_often_the_scanner_comes_by(road: Road) -> None:
    from zhiyin.cases.actions import clocks

    case = road.open(told=False, channel=Channel.LETTER)
    later = road.now + timedelta(days=30)
    while clocks.claim_breaches(later):
        pass
    assert clocks.claim_breaches(later) == 0
    marked = Clock.objects.filter(case=case, breached_at__isnull=False).count()
    assert marked == case.clocks.count()
    assert case.events.filter(kind=EventKind.CLOCK_OVER).count() == marked


def test_a_deed_that_comes_late_marks_its_clock_late_scanned_or_not(road: Road) -> None:
    case = road.open()
    road.tick(60 * 24 * 10)
    road.judge(case)
    clock = case.clocks.get(kind=ClockKind.JUDGE)
    assert clock.state == ClockState.MET
    assert clock.breached_at is not None


def test_a_case_opened_from_history_goes_to_the_archive_and_wakes_nobody(road: Road, tmp_path: Path) -> None:
    file = tmp_path / "chats.jsonl"
    file.write_text(
        '{"id": "old-1", "channel": "chat", "satisfaction": 0, "messages": ['
        '{"role": "customer", "text": "水压一直不够"}, {"role": "agent", "text": "帮您看一下"}]}\n'
    )
    import_dialogues(file, now=road.now)
    old = Conversation.objects.get(is_history=True)
    case = road.open(conversation_id=old.pk, customer_id=old.customer_id, channel=Channel.CHAT)
    actions.take(case_id=case.pk, by=road.agent, now=road.tick())
    for step in road.steps()[:-2]:
        step(case)
    actions.confirm(
        case_id=case.pk, satisfied=True, channel=Channel.PHONE, by=road.colleague, now=road.tick()
    )
    road.archive(case)
    case.refresh_from_db()
    assert case.stage == Stage.ARCHIVED
    assert not Delivery.objects.exists()


class TestKeys:
    def test_a_key_opens_one_case_and_acts_once(self, road: Road) -> None:
        case = road.to(Stage.APPROVED)
        key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=road.now)
        grant = links.exchange(key=key, now=road.now)
        picked = case.proposals.earliest("pk")
        actions.choose(
            case_id=grant.case_id,
            proposal_id=picked.pk,
            channel=Channel.PORTAL,
            link_id=grant.link_id,
            now=road.tick(),
        )
        assert links.exchange(key=key, now=road.now).purpose is LinkPurpose.FOLLOW
        with pytest.raises((NotFound, decisions.NotOnOffer)):
            actions.choose(
                case_id=grant.case_id,
                proposal_id=picked.pk,
                channel=Channel.PORTAL,
                link_id=grant.link_id,
                now=road.tick(),
            )

    def test_an_older_key_stops_working_when_a_newer_one_is_made(self, road: Road) -> None:
        case = road.to(Stage.APPROVED)
        old = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=road.now)
        links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=road.now)
        with pytest.raises(NotFound):
            links.exchange(key=old, now=road.now)

    def test_a_key_expires_and_a_made_up_one_opens_nothing(self, road: Road) -> None:
        key = links.issue(case=road.open(), purpose=LinkPurpose.FOLLOW, now=road.now)
        for wrong, now in ((key, road.now + timedelta(days=31)), ("x" * 43, road.now), ("", road.now)):
            with pytest.raises(NotFound):
                links.exchange(key=wrong, now=now)

    def test_no_stored_text_contains_a_key(self, road: Road) -> None:
        case = road.to(Stage.APPROVED)
        key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=road.now)
        assert not Message.objects.filter(text__contains=key).exists()
        assert not case.links.filter(digest__contains=key).exists()


def test_the_customer_reads_no_cost_and_no_department(road: Road) -> None:
    case = road.to(Stage.APPROVED)
    told = str(story.story(case.pk))
    for inner in ("1260", "380", "工程部", "备件齐"):
        assert inner not in told
