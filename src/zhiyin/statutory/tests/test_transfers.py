"""What an authority passes on: its times, its stages, and what it means for the case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases.rules.decisions import OpenEscalation
from zhiyin.cases.rules.words import EscalationKind, EventKind, Stage
from zhiyin.kit.errors import Forbidden
from zhiyin.people import actions as people
from zhiyin.statutory import actions
from zhiyin.statutory.actions import duties
from zhiyin.statutory.models import StatutoryDuty, StatutoryRule, Transfer
from zhiyin.statutory.rules import decisions
from zhiyin.statutory.rules.deadlines import last_day
from zhiyin.statutory.rules.words import Body, Duty, DutyState, Mark, Sector, Start, TransferStage, Unit
from zhiyin.statutory.tests.conftest import at

pytestmark = pytest.mark.django_db


def day_of(transfer: Transfer, duty: Duty) -> date:
    return last_day(transfer.duties.get(duty=duty).due_at, "Asia/Shanghai")


def said(case, kind: EventKind) -> list[str]:
    return list(case.events.filter(kind=kind).values_list("text", flat=True))


class TestDeadlines:
    def test_a_hotline_transfer_is_accepted_and_returned_within_working_days(self, passed_on):
        transfer = passed_on()  # Wednesday 18 November 2026
        assert day_of(transfer, Duty.ACCEPT) == date(2026, 11, 19)
        assert day_of(transfer, Duty.RETURN) == date(2026, 11, 25)
        assert {one.rule.mark for one in transfer.duties.all()} == {Mark.UNVERIFIED}

    def test_over_national_day_the_holidays_do_not_count_and_the_worked_saturday_does(self, passed_on):
        transfer = passed_on(received_at=at("2026-09-28 15:00"))
        assert day_of(transfer, Duty.RETURN) == date(2026, 10, 10)

    def test_what_stands_on_the_slip_goes_before_the_rule(self, passed_on):
        transfer = passed_on(stated_due_on=date(2026, 11, 20))
        assert day_of(transfer, Duty.RETURN) == date(2026, 11, 20)

    def test_a_market_transfer_shows_the_authoritys_own_times_and_reminds_nobody_of_them(
        self, passed_on, road
    ):
        transfer = passed_on(body=Body.MARKET)
        assert day_of(transfer, Duty.DECIDE) == date(2026, 11, 27)
        assert not transfer.duties.filter(duty=Duty.MEDIATE).exists(), "it counts from the acceptance"
        actions.accept(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        assert transfer.duties.filter(duty=Duty.MEDIATE, theirs=True).exists()
        duties.claim_breaches(road.now + timedelta(days=400))
        assert not transfer.duties.filter(theirs=True, breached_at__isnull=False).exists()

    def test_a_rule_changed_later_leaves_what_came_before_as_it_was(self, passed_on, road, administrator):
        old = passed_on(external_number="甲1")
        rule = StatutoryRule.objects.get(code="hotline-return")
        actions.save_rule(
            rule_id=rule.pk,
            duty=Duty.RETURN,
            body=Body.HOTLINE,
            sector=None,
            amount=3,
            unit=Unit.WORKING_DAYS,
            starts_from=Start.RECEIVED,
            rolls=True,
            remind_days=1,
            effective_from=date(2026, 11, 23),
            effective_to=None,
            basis="新的热线管理办法",
            mark=Mark.VERIFIED,
            by=administrator,
            now=road.tick(),
        )
        still_old = passed_on(external_number="甲2", received_at=at("2026-11-18 10:05"))
        road.now = at("2026-11-24 09:00")
        new = passed_on(external_number="甲3")
        duties.recompute()
        assert day_of(old, Duty.RETURN) == day_of(still_old, Duty.RETURN) == date(2026, 11, 25)
        assert day_of(new, Duty.RETURN) == date(2026, 11, 27)
        rule.refresh_from_db()
        assert rule.amount == 5

    def test_the_database_itself_refuses_to_overwrite_a_rule(self, db):
        with pytest.raises(DatabaseError), transaction.atomic():
            StatutoryRule.objects.filter(code="hotline-return").update(amount=99)
        with pytest.raises(DatabaseError), transaction.atomic():
            StatutoryRule.objects.filter(code="hotline-return").delete()
        StatutoryRule.objects.filter(code="hotline-return").update(effective_to=date(2027, 1, 1))

    def test_a_deadline_in_a_year_without_a_notice_is_provisional_and_moves_when_it_comes(
        self, passed_on, road, administrator
    ):
        road.now = at("2026-12-30 09:00")
        transfer = passed_on()
        duty = transfer.duties.get(duty=Duty.RETURN)
        assert duty.is_provisional
        assert day_of(transfer, Duty.RETURN) == date(2027, 1, 6)
        people.load_statutory(text="2027-01-01..2027-01-03,休\n", by=administrator, now=road.tick())
        duty.refresh_from_db()
        assert not duty.is_provisional
        assert day_of(transfer, Duty.RETURN) == date(2027, 1, 7), "1 January is off after all"

    def test_an_extension_keeps_its_ground_and_the_deadline_before(self, passed_on, road):
        transfer = passed_on()
        extension = actions.extend(
            transfer_id=transfer.pk,
            until=date(2026, 12, 2),
            ground="需要排风厂家到场检测",
            granted_on=date(2026, 11, 18),
            by=road.agent,
            now=road.tick(),
        )
        assert day_of(transfer, Duty.RETURN) == date(2026, 12, 2)
        assert last_day(extension.before_at, "Asia/Shanghai") == date(2026, 11, 25)
        with pytest.raises(decisions.NotLater):
            actions.extend(
                transfer_id=transfer.pk,
                until=date(2026, 12, 2),
                ground="再延",
                granted_on=date(2026, 11, 18),
                by=road.agent,
                now=road.tick(),
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            type(extension).objects.update(ground="改写")


class TestScanning:
    def test_reminders_and_breaches_are_marked_once_and_said_on_the_timeline(self, passed_on):
        transfer = passed_on()
        assert duties.claim_reminders(at("2026-11-18 12:00")) == 0
        assert duties.claim_reminders(at("2026-11-19 08:00")) == 1  # acceptance, on its last day
        assert duties.claim_reminders(at("2026-11-19 08:01")) == 0
        assert duties.claim_breaches(at("2026-11-20 00:00")) == 1
        assert duties.claim_breaches(at("2026-11-20 00:01")) == 0
        assert len(said(transfer.case, EventKind.DUTY_SOON)) == 1
        assert "2026年11月19日" in said(transfer.case, EventKind.DUTY_OVER)[0]

    def test_a_deed_that_comes_late_is_marked_late_without_the_scanner(self, passed_on, road):
        transfer = passed_on()
        actions.accept(transfer_id=transfer.pk, by=road.agent, now=at("2026-11-23 09:00"))
        duty = transfer.duties.get(duty=Duty.ACCEPT)
        assert duty.breached_at is not None
        assert duty.state == DutyState.MET

    @pytest.mark.django_db(transaction=True)
    def test_two_scanners_mark_a_breach_once(self, passed_on):
        transfer = passed_on()
        late = at("2027-06-01 09:00")

        def scan(_: int) -> int:
            try:
                return duties.claim_breaches(late)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as scanners:
            found = sum(scanners.map(scan, range(2)))
        assert found == 2  # acceptance and return, each by one of them
        assert len(said(transfer.case, EventKind.DUTY_OVER)) == 2


class TestStages:
    def test_from_receipt_to_closing(self, passed_on, road, waiting_letter):
        transfer = passed_on()
        actions.accept(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        letter = waiting_letter(transfer)
        actions.issue(letter_id=letter.pk, by=road.supervisor, now=road.tick())
        actions.reply(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        actions.close(transfer_id=transfer.pk, result="回访满意，办结", by=road.agent, now=road.tick())
        transfer.refresh_from_db()
        assert transfer.stage == TransferStage.CLOSED
        assert set(transfer.duties.values_list("state", flat=True)) == {DutyState.MET}
        assert transfer.escalation.answered_at is not None

    def test_not_accepting_needs_a_ground_and_an_answer_is_still_owed(self, passed_on, road):
        transfer = passed_on()
        with pytest.raises(decisions.WordsMissing):
            actions.refuse(transfer_id=transfer.pk, ground=" ", by=road.agent, now=road.tick())
        actions.refuse(transfer_id=transfer.pk, ground="不在我公司管理范围", by=road.agent, now=road.tick())
        assert transfer.duties.get(duty=Duty.RETURN).state == DutyState.RUNNING

    def test_an_authority_that_insists_has_its_transfer_accepted_after_all(self, passed_on, road):
        transfer = passed_on(body=Body.MARKET)
        actions.refuse(transfer_id=transfer.pk, ground="不归我们管", by=road.agent, now=road.tick())
        actions.accept(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        transfer.refresh_from_db()
        assert transfer.stage == TransferStage.ACCEPTED
        assert transfer.duties.filter(duty=Duty.MEDIATE).count() == 1
        with pytest.raises(decisions.NotNow):
            actions.accept(transfer_id=transfer.pk, by=road.agent, now=road.tick())

    def test_what_the_authority_takes_back_runs_no_more_and_holds_no_case(self, passed_on, road):
        case = road.to(Stage.CONFIRMED)
        transfer = passed_on(case)
        actions.refuse(transfer_id=transfer.pk, ground="不归我们管", by=road.agent, now=road.tick())
        actions.withdraw(
            transfer_id=transfer.pk, result="热线同意退单，改派街道", by=road.agent, now=road.tick()
        )
        assert not transfer.duties.filter(state=DutyState.RUNNING).exists()
        assert cases.archive(case_id=case.pk, by=road.agent, now=road.tick()).stage == Stage.ARCHIVED

    def test_an_answer_sent_back_is_owed_again_and_the_old_letter_does_not_answer_it(
        self, passed_on, waiting_letter, road
    ):
        case = road.to(Stage.CONFIRMED)
        transfer = passed_on(case)
        first = actions.issue(letter_id=waiting_letter(transfer).pk, by=road.supervisor, now=road.tick())
        actions.reply(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        with pytest.raises(decisions.AlreadyPast):
            actions.send_again(
                transfer_id=transfer.pk,
                ground="重办",
                until=date(2026, 11, 1),
                by=road.agent,
                now=road.tick(),
            )
        actions.send_again(
            transfer_id=transfer.pk,
            ground="诉求人不满意，请写明补偿",
            until=date(2026, 12, 4),
            by=road.agent,
            now=road.tick(),
        )
        assert day_of(transfer, Duty.RETURN) == date(2026, 12, 4)
        assert any("诉求人不满意，请写明补偿" in line for line in said(case, EventKind.TRANSFERRED))
        with pytest.raises(OpenEscalation):
            cases.archive(case_id=case.pk, by=road.agent, now=road.tick())
        with pytest.raises(decisions.LetterFirst):
            actions.reply(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        second = actions.issue(letter_id=waiting_letter(transfer).pk, by=road.supervisor, now=road.tick())
        actions.reply(transfer_id=transfer.pk, by=road.agent, now=road.tick())
        transfer.escalation.refresh_from_db()
        assert transfer.escalation.answer == second.number != first.number
        duties.claim_breaches(at("2026-12-30 00:00"))
        assert not transfer.duties.filter(duty=Duty.RETURN, breached_at__isnull=False).exists()

    def test_without_a_letter_only_a_supervisor_says_how_it_was_answered(self, passed_on, road):
        transfer = passed_on()
        for words in ("", "已在热线平台答复"):
            with pytest.raises(decisions.LetterFirst):
                actions.reply(transfer_id=transfer.pk, text=words, by=road.agent, now=road.tick())
        actions.reply(transfer_id=transfer.pk, text="已在热线平台答复", by=road.supervisor, now=road.tick())
        assert Transfer.objects.get().stage == TransferStage.REPLIED

    def test_a_case_is_not_archived_before_the_authority_is_answered(self, passed_on, road):
        case = road.to(Stage.CONFIRMED)
        transfer = passed_on(case)
        with pytest.raises(OpenEscalation):
            cases.archive(case_id=case.pk, by=road.agent, now=road.tick())
        actions.reply(transfer_id=transfer.pk, text="已在平台答复", by=road.supervisor, now=road.tick())
        cases.archive(case_id=case.pk, by=road.agent, now=road.tick())
        actions.close(transfer_id=transfer.pk, result="办结", by=road.agent, now=road.tick())

    def test_a_number_is_entered_once_and_the_case_that_has_it_is_named(self, passed_on):
        first = passed_on(external_number="GZ1")
        with pytest.raises(decisions.AlreadyHere) as refused:
            passed_on(external_number=" GZ1 ")
        assert refused.value.data["number"] == first.case.number
        passed_on(external_number="GZ1", body=Body.MARKET)

    def test_an_escalation_to_a_regulator_becomes_the_transfer_and_is_not_doubled(self, passed_on, road):
        case = road.open()
        outside = cases.escalate(
            case_id=case.pk, kind=EscalationKind.REGULATOR, reason="打了12345", by=road.agent, now=road.tick()
        )
        transfer = passed_on(case, external_number="GZ77", escalation_id=outside.pk)
        outside.refresh_from_db()
        assert case.escalations.count() == 1
        assert outside.external_number == "GZ77"
        assert transfer.escalation_id == outside.pk
        with pytest.raises(decisions.NotEscalatedOutside):
            passed_on(case, external_number="GZ78", escalation_id=outside.pk)

    def test_a_time_that_lies_ahead_and_a_slip_dated_back_are_refused(self, passed_on, road):
        with pytest.raises(decisions.StillAhead):
            passed_on(received_at=road.now + timedelta(days=1))
        with pytest.raises(decisions.BeforeReceipt):
            passed_on(stated_due_on=date(2026, 11, 17))

    def test_another_team_and_a_department_do_not_enter_transfers(self, passed_on, other_agent, handler):
        for stranger in (other_agent, handler):
            with pytest.raises(Forbidden):
                passed_on(by=stranger)


class TestTrade:
    def test_in_a_trade_with_a_time_for_complaints_every_complaint_gets_it_once(self, road, administrator):
        actions.save_profile(sector=Sector.EXPRESS, by=administrator, now=road.now)
        case = road.open()
        assert duties.claim_handling(road.tick()) == 1
        assert duties.claim_handling(road.tick()) == 0
        duty = StatutoryDuty.objects.get()
        assert last_day(duty.due_at, "Asia/Shanghai") == date(2026, 11, 25)
        cases.reply(case_id=case.pk, text="在查", by=road.agent, now=road.tick())
        assert duties.claim_handled(road.tick()) == 0
        later = road.to(Stage.REMEDIED)
        assert duties.claim_handling(road.tick()) == 0, "it was put right before anybody looked"
        assert later.resolved_at is not None

    def test_put_right_in_time_is_in_time_however_late_the_scanner_looks(self, road, administrator):
        actions.save_profile(sector=Sector.EXPRESS, by=administrator, now=road.now)
        case = road.open()
        duties.claim_handling(road.tick())
        for step in road.steps()[:7]:
            step(case)
            case.refresh_from_db()
        assert duties.claim_handled(road.now + timedelta(days=60)) == 1
        duty = StatutoryDuty.objects.get()
        assert duty.breached_at is None
        assert timezone.localdate(duty.settled_at) == timezone.localdate(case.resolved_at)

    def test_other_trades_have_none(self, road):
        road.open()
        assert duties.claim_handling(road.tick()) == 0
