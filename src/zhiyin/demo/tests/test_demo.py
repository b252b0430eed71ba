"""The demo organisation, built once for the whole module and taken back afterwards."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F

from zhiyin.cases.models import (
    Case,
    CaseEvent,
    Clock,
    Confirmation,
    Expectation,
    Merge,
    Proposal,
    RelatedCase,
)
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.words import (
    Emotion,
    EscalationKind,
    EventKind,
    Gap,
    Kind,
    Outcome,
    ProposalState,
    Severity,
    Stage,
)
from zhiyin.catalogue import queries as catalogue
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.models import Conversation, Delivery, Message
from zhiyin.conversations.rules import DeliveryState
from zhiyin.customers.rules import Channel
from zhiyin.demo import build, house
from zhiyin.demo.schedule import ZONE
from zhiyin.guarantees.models import Breach, Undertaking
from zhiyin.guarantees.queries import KNOWN
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State as PromiseState
from zhiyin.statutory.models import Letter, Transfer

NOW = datetime(2026, 11, 22, 10, 5, tzinfo=ZONE)  # a Sunday: nobody of the service is at work


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Generator[build.Summary]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build.build(now=NOW)
        transaction.set_rollback(True)


def having(column: str) -> set[str]:
    return set(Case.objects.order_by().values_list(column, flat=True).distinct())


def test_there_is_a_case_in_every_stage_of_every_kind_feeling_weight_and_way_in(demo: build.Summary) -> None:
    assert having("stage") == set(Stage)
    assert having("kind") == set(Kind)
    assert having("emotion") == set(Emotion)
    assert having("severity") == set(Severity)
    assert having("channel") == set(Channel)
    assert having("intensity") == {1, 2, 3}
    assert having("outcome") == {"", *Outcome}
    assert having("gap") == {"", *Gap}


def test_the_figures_are_those_of_a_house_at_work(demo: build.Summary) -> None:
    assert demo.built
    assert (demo.staff, demo.password) == (14, house.PASSWORD)
    assert demo.customers >= 55
    assert demo.cases >= 90
    assert set(Staff.objects.values_list("role", flat=True)) == set(Role)
    weeks = {
        (NOW - at).days // 7 for at in Case.objects.values_list("resolved_at", flat=True) if at is not None
    }
    assert weeks >= set(range(11))  # no hole in the twelve weeks a manager looks at
    assert Conversation.objects.count() > Case.objects.count()


def test_no_case_stands_where_its_kind_does_not_go(demo: build.Summary) -> None:
    for event in CaseEvent.objects.exclude(stage_after="").select_related("case"):
        kind, before, after = Kind(event.case.kind), Stage(event.stage_before), Stage(event.stage_after)
        if event.kind in {EventKind.MERGED, EventKind.UNMERGED} or before == after:
            continue
        assert after in moves.MOVES[kind][before], event.case.number
    for case in Case.objects.all():
        assert Stage(case.stage) in {*moves.PATHS[Kind(case.kind)], Stage.CLOSED}, case.number


def test_nothing_happens_after_the_demo_starts(demo: build.Summary) -> None:
    assert not CaseEvent.objects.filter(at__gt=NOW).exists()
    assert not Conversation.objects.filter(last_message_at__gt=NOW).exists()


def test_hard_ways_are_among_them(demo: build.Summary) -> None:
    kinds = set(CaseEvent.objects.order_by().values_list("kind", flat=True).distinct())
    expected = {EventKind.REFUSED, EventKind.SENT_BACK, EventKind.NONE_FITS, EventKind.EXPLAINED}
    assert (
        expected | {EventKind.HELPED, EventKind.MERGED, EventKind.CLOCK_OVER, EventKind.CLOCK_SOON} <= kinds
    )
    assert Case.objects.filter(round=3).exists()
    assert Case.objects.filter(in_danger=True, helped_at__lt=F("opened_at") + timedelta(minutes=5)).exists()
    assert {EscalationKind.MEDIA, EscalationKind.REGULATOR} <= set(
        Case.objects.values_list("escalations__kind", flat=True)
    )
    waiting = Proposal.objects.filter(state=ProposalState.PROPOSED, case__stage=Stage.PROPOSED)
    limits = Staff.objects.filter(role=Role.SUPERVISOR).values_list("approval_limit", flat=True)
    assert waiting.filter(cost__gt=min(limits), cost__lte=max(limits)).exists()
    assert Confirmation.objects.filter(reached=False, case__stage=Stage.REMEDIED).exists()


def test_the_burst_hangs_together(demo: build.Summary) -> None:
    first = Case.objects.get(subject="7栋水泵房总管爆裂，水往电梯井流")
    assert RelatedCase.objects.filter(first=first).count() >= 10
    assert Merge.objects.filter(duplicate__customer=F("into__customer")).exists()


def test_promises_were_kept_broken_and_stand_open_for_today(demo: build.Summary) -> None:
    states = set(Promise.objects.order_by().values_list("state", flat=True).distinct())
    assert {PromiseState.KEPT, PromiseState.BROKEN, PromiseState.OPEN} <= states
    assert not Promise.objects.filter(state=PromiseState.OPEN, due_at__lt=NOW).exists()
    nearest = Promise.objects.filter(state=PromiseState.OPEN).earliest("due_at")
    assert nearest.due_at < NOW + timedelta(days=1, hours=3)  # Monday morning, seen from a Sunday


def test_some_clocks_are_over_and_some_nearly(demo: build.Summary) -> None:
    running = Clock.objects.filter(state="running")
    assert running.filter(breached_at__isnull=False).exists()
    assert running.filter(breached_at__isnull=True, warned_at__isnull=False).exists()
    assert not running.filter(breached_at__isnull=True, due_at__lt=NOW).exists()


def test_nothing_of_the_past_is_left_to_be_sent(demo: build.Summary) -> None:
    assert Delivery.objects.exists()
    assert not Delivery.objects.exclude(state=DeliveryState.SENT).exists()
    assert not Delivery.objects.exclude(address__endswith="@example.com").exists()


def test_a_worker_finds_nothing_to_carry_out_though_mail_is_set_up(demo: build.Summary) -> None:
    for delivery in Delivery.objects.all():
        assert conversations.begin(delivery_id=delivery.pk, claim=delivery.claim, now=NOW) is None


def test_every_change_is_audited_with_its_doorway(demo: build.Summary) -> None:
    with connection.cursor() as cursor:
        for model in ("case", "caseevent", "clock", "proposal"):
            table = apps.get_model("cases", f"{model}audit")._meta.db_table
            cursor.execute(
                f"SELECT DISTINCT metadata ->> 'doorway' FROM {table} "  # noqa: S608  # a table of ours
                "LEFT JOIN pghistory_context ON pghistory_context.id = pgh_context_id"
            )
            assert {doorway for (doorway,) in cursor.fetchall()} <= {"demo", "timer"}, table


def test_a_second_build_changes_nothing(demo: build.Summary) -> None:
    before = (Case.objects.count(), CaseEvent.objects.count(), Staff.objects.count())
    again = build.build(now=NOW + timedelta(days=2))
    assert not again.built
    assert (Case.objects.count(), CaseEvent.objects.count(), Staff.objects.count()) == before
    assert build.present()


def test_everybody_is_named_with_role_sign_in_name_and_password(demo: build.Summary) -> None:
    rows = build.accounts()
    assert len(rows) == demo.staff
    assert all(len(row) == 4 and row[3] == house.PASSWORD for row in rows)
    assert Staff.objects.get(username=rows[0][2]).check_password(house.PASSWORD)


@pytest.mark.django_db
def test_a_house_with_people_of_its_own_is_left_alone(agent: Staff) -> None:
    with pytest.raises(build.HouseInUse):
        build.build(now=NOW)
    assert Staff.objects.count() == 1


def test_every_file_stays_short() -> None:
    here = Path(build.__file__).parent
    for path in (*here.glob("*.py"), *here.glob("content/*.toml")):
        assert len(path.read_text("utf-8").splitlines()) < 400, path.name


def test_the_guarantee_holds_and_what_was_missed_is_mostly_made_good(demo: build.Summary) -> None:
    shown = catalogue.public(None, at=NOW)
    assert shown is not None
    assert {one.number for one in (shown.guarantee, *shown.others)} == {1, 2, 3}  # past, in force, to come
    missed = Breach.objects.filter(lifted_at__isnull=True)
    owed = missed.filter(made_good_at__isnull=True).count()
    assert 0 < owed < missed.count()
    known = missed.filter(KNOWN).count()
    assert missed.filter(seen_at__isnull=False).exists()
    assert known >= missed.count() - 4
    assert set(Undertaking.objects.order_by().values_list("state", flat=True).distinct()) >= {
        "open",
        "kept",
        "broken",
    }
    named = Case.objects.filter(touchpoint__isnull=False).count()
    assert named > Case.objects.count() * 0.7
    assert Message.objects.filter(touchpoint__isnull=False).exists()


def test_authorities_were_answered_by_letter_and_expectations_were_heard(demo: build.Summary) -> None:
    issued = Letter.objects.filter(state="issued").order_by("sequence")
    assert [letter.sequence for letter in issued] == [1, 2]
    assert issued.filter(transfer__body="hotline").exists()
    assert Letter.objects.filter(state="waiting").count() == 1
    assert Transfer.objects.filter(stage="accepted").exists()
    assert Expectation.objects.values("case").distinct().count() == 2
