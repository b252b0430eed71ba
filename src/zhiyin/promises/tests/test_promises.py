"""Promises from the word to the settlement, and the scanners that watch them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from zhiyin.customers import actions as customers
from zhiyin.customers.models import Customer
from zhiyin.kit.errors import DomainError, Forbidden, Invalid, NotFound
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW
from zhiyin.promises import actions, hooks, queries, timers
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State

HOUR = timedelta(hours=1)
DUE = NOW + 4 * HOUR  # 14:00 on a Wednesday


@pytest.fixture
def customer(agent) -> Customer:
    return customers.create_customer(name="苏文秀", team_id=agent.team_id, by=agent, now=NOW)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """What the hooks were told."""
    told: list[tuple[str, int]] = []
    kept = (hooks._broken[:], hooks._reminded[:], hooks._renewed[:])
    hooks._broken[:], hooks._reminded[:], hooks._renewed[:] = [], [], []
    hooks.on_broken(lambda promise, now: told.append(("broken", promise.pk)))
    hooks.on_reminded(lambda promise, now: told.append(("reminded", promise.pk)))
    hooks.on_renewed(lambda old, new, now: told.append(("renewed", new.replaces_id)))
    yield told
    hooks._broken[:], hooks._reminded[:], hooks._renewed[:] = kept


def make(customer: Customer, by: Staff, text: str = "电话问她选哪个", **more) -> Promise:
    more.setdefault("due_at", DUE)
    return actions.make(customer_id=customer.pk, text=text, by=by, now=NOW, **more)


@pytest.mark.django_db
class TestMaking:
    def test_whoever_says_it_keeps_it_and_is_reminded_within_working_hours(self, customer, agent) -> None:
        promise = make(customer, agent)
        assert (promise.owner, promise.state) == (agent, State.OPEN)
        # two and a half working hours lie between, for lunch is from 12:00 to 13:30; a quarter of them is left
        assert promise.remind_at == NOW + timedelta(hours=1, minutes=52, seconds=30)

    def test_it_can_be_somebody_elses_to_keep(self, customer, agent, handler) -> None:
        promise = make(customer, agent, owner_id=handler.pk)
        assert (promise.owner, promise.made_by) == (handler, agent)

    @pytest.mark.parametrize("due", [NOW, NOW - HOUR])
    def test_a_time_that_has_passed_is_refused(self, customer, agent, due) -> None:
        with pytest.raises(Invalid, match="already passed") as caught:
            make(customer, agent, due_at=due)
        assert caught.value.field == "due_at"

    @pytest.mark.parametrize(
        ("text", "says"), [("", "Write what"), (" \0\n", "Write what"), ("好" * 301, "at most 300")]
    )
    def test_it_needs_words_but_not_too_many(self, customer, agent, text, says) -> None:
        with pytest.raises(Invalid, match=says):
            make(customer, agent, text=text)

    def test_nobody_promises_for_one_who_left_or_to_one_who_is_not_there(
        self, customer, agent, colleague
    ) -> None:
        Staff.objects.filter(pk=colleague.pk).update(is_active=False)
        with pytest.raises(Invalid, match="does not sign in here any more"):
            make(customer, agent, owner_id=colleague.pk)
        with pytest.raises(NotFound):
            actions.make(customer_id=0, text="x", due_at=DUE, by=agent, now=NOW)

    def test_those_who_only_look_promise_nothing(self, customer, quality, researcher, administrator) -> None:
        for staff in (quality, researcher, administrator):
            with pytest.raises(Forbidden):
                make(customer, staff)


@pytest.mark.django_db
class TestSettling:
    def test_done_in_time_it_is_kept_once(self, customer, agent) -> None:
        promise = make(customer, agent)
        kept = actions.keep(promise_id=promise.pk, note="她选了第二个", by=agent, now=DUE)
        assert (kept.state, kept.settled_at, kept.settled_by, kept.settled_note) == (
            State.KEPT, DUE, agent, "她选了第二个",
        )  # fmt: skip
        with pytest.raises(DomainError, match="settled already"):
            actions.keep(promise_id=promise.pk, by=agent, now=DUE)
        assert timers.expire(DUE + HOUR) == 0

    def test_done_too_late_it_stays_broken_and_is_noted_as_made_good(self, customer, agent, heard) -> None:
        promise = make(customer, agent)
        late = DUE + timedelta(minutes=5)
        timers.expire(late)
        done = actions.keep(promise_id=promise.pk, note="道了歉", by=agent, now=late)
        assert (done.state, done.settled_at, done.made_good_at) == (State.BROKEN, DUE, late)
        with pytest.raises(DomainError, match="settled already"):
            actions.keep(promise_id=promise.pk, by=agent, now=late)
        share = queries.kept_share(agent, NOW)
        assert (share.kept, share.broken, share.made_good) == (0, 1, 1)
        assert heard == [("broken", promise.pk)]

    def test_done_too_late_before_any_scanner_came_it_is_broken_all_the_same(
        self, customer, agent, heard
    ) -> None:
        promise = make(customer, agent)
        done = actions.keep(promise_id=promise.pk, by=agent, now=DUE + HOUR)
        assert (done.state, done.settled_at) == (State.BROKEN, DUE)
        assert timers.expire(DUE + HOUR) == 0
        assert heard == [("broken", promise.pk)]

    def test_the_customer_lets_go_of_it_in_words_and_in_time(self, customer, agent) -> None:
        promise = make(customer, agent)
        with pytest.raises(Invalid, match="how the customer agreed"):
            actions.release(promise_id=promise.pk, note=" ", by=agent, now=NOW)
        with pytest.raises(DomainError, match="has passed"):
            actions.release(promise_id=promise.pk, note="她说不用了", by=agent, now=DUE + HOUR)
        released = actions.release(promise_id=promise.pk, note="她说不用了", by=agent, now=NOW)
        assert released.state == State.RELEASED
        with pytest.raises(DomainError, match="settled already"):
            actions.release(promise_id=promise.pk, note="她说不用了", by=agent, now=NOW)

    def test_a_later_time_is_a_new_promise_that_names_the_old(self, customer, agent, heard) -> None:
        old = make(customer, agent)
        new = actions.renew(promise_id=old.pk, due_at=DUE + HOUR, note="她说三点也行", by=agent, now=NOW)
        old.refresh_from_db()
        assert (old.state, new.state, new.replaces, new.text) == (State.RELEASED, State.OPEN, old, old.text)
        assert heard == [("renewed", old.pk)]
        assert list(queries.open_for(customer.pk)) == [new]

    def test_a_renewal_that_does_not_work_out_leaves_the_old_one_open(self, customer, agent) -> None:
        promise = make(customer, agent)
        with pytest.raises(Invalid, match="already passed"):
            actions.renew(promise_id=promise.pk, due_at=NOW, note="她同意", by=agent, now=NOW)
        promise.refresh_from_db()
        assert promise.state == State.OPEN

    def test_the_database_holds_without_us(self, customer, agent) -> None:
        promise = make(customer, agent)
        for change in ({"state": "kept"}, {"made_good_at": NOW}, {"due_at": NOW - HOUR}, {"state": "maybe"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Promise.objects.filter(pk=promise.pk).update(**change)


@pytest.mark.django_db
class TestScanners:
    def test_each_promise_is_reminded_once_and_broken_once(self, customer, agent, heard) -> None:
        promise = make(customer, agent)
        assert timers.remind(promise.remind_at - HOUR) == 0
        assert [timers.remind(promise.remind_at) for _ in range(2)] == [1, 0]
        assert timers.expire(DUE) == 0  # the moment it falls due is still in time
        assert [timers.expire(DUE + HOUR) for _ in range(2)] == [1, 0]
        promise.refresh_from_db()
        assert (promise.state, promise.settled_at) == (State.BROKEN, DUE)
        assert heard == [("reminded", promise.pk), ("broken", promise.pk)]

    def test_after_a_long_sleep_what_is_over_is_broken_not_reminded(self, customer, agent, heard) -> None:
        promise = make(customer, agent)
        assert (timers.remind(DUE + HOUR), timers.expire(DUE + HOUR)) == (0, 1)
        assert heard == [("broken", promise.pk)]

    def test_one_that_fails_holds_up_no_other(self, customer, agent, heard) -> None:
        bad, good = make(customer, agent), make(customer, agent, due_at=DUE + HOUR)

        def stumble(promise, now):
            if promise.pk == bad.pk:
                raise RuntimeError

        hooks.on_broken(stumble)
        assert timers.expire(DUE + 2 * HOUR) == 1
        bad.refresh_from_db()
        good.refresh_from_db()
        assert (bad.state, good.state) == (State.OPEN, State.BROKEN)


@pytest.mark.django_db(transaction=True)
def test_two_scanners_at_once_break_each_promise_exactly_once(agent, heard) -> None:
    customer = customers.create_customer(name="苏文秀", team_id=agent.team_id, by=agent, now=NOW)
    wanted = {make(customer, agent, due_at=DUE + timedelta(minutes=n)).pk for n in range(12)}
    start = threading.Barrier(2)
    counts: list[int] = []

    def scan() -> None:
        try:
            start.wait(timeout=10)
            counts.append(timers.expire(DUE + HOUR))
        finally:
            connection.close()

    scanners = [threading.Thread(target=scan) for _ in range(2)]
    for scanner in scanners:
        scanner.start()
    for scanner in scanners:
        scanner.join(timeout=30)
    assert sum(counts) == 12
    assert sorted(heard) == [("broken", pk) for pk in sorted(wanted)]
    assert not Promise.objects.exclude(state=State.BROKEN).exists()


@pytest.mark.django_db
def test_who_sees_which_promise(
    customer, agent, colleague, other_agent, supervisor, handler, other_handler
) -> None:
    mine = make(customer, agent)
    departments = make(customer, agent, owner_id=handler.pk)

    def sees(staff) -> set[Promise]:
        return set(queries.visible(staff))

    assert sees(agent) == sees(colleague) == sees(supervisor) == {mine, departments}
    assert sees(handler) == {departments}
    assert sees(other_agent) == sees(other_handler) == sees(None) == set()
    with pytest.raises(NotFound):
        queries.get(other_agent, mine.pk)


@pytest.mark.django_db
def test_lists_of_promises_go_by_nearness(customer, agent) -> None:
    far, near = make(customer, agent, due_at=DUE + HOUR), make(customer, agent)
    done = make(customer, agent)
    actions.keep(promise_id=done.pk, by=agent, now=NOW)
    assert queries.for_customer(agent, customer.pk) == [near, far, done]
    assert list(queries.due(agent, DUE)) == [near]
