"""Timers: each effect once, whoever looks, whatever else fails, however long nobody looked."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from zhiyin.kit.jobs import timers
from zhiyin.kit.models import StoredFile, TimerState
from zhiyin.kit.tests.factories import NOW, stored_file

Events = StoredFile.audit.rel.related_model


def due(now):
    """Test rows fall due at their `created_at` and are dealt with when their size is 0."""
    return StoredFile.objects.filter(size__gt=0, created_at__lte=now).order_by("created_at", "pk")


def settle(row):
    row.size = 0
    row.save(update_fields=["size"])


def effects():
    return Events.objects.filter(pgh_label="update").values_list("id", flat=True)


@pytest.fixture(autouse=True)
def _own_timers(monkeypatch):
    monkeypatch.setattr(timers, "_timers", {})
    monkeypatch.setattr(timers, "_failed", timers._Failed())


@pytest.mark.django_db
def test_what_is_due_is_dealt_with_once_and_what_is_not_waits():
    past, future = stored_file(), stored_file(created_at=NOW + timedelta(minutes=1))
    timers.register("sizes", lambda now: timers.claim_batch(due(now), handle=settle))
    assert timers.tick(NOW) == {"sizes": 1}
    assert timers.tick(NOW) == {"sizes": 0}
    assert list(effects()) == [past.pk]
    assert timers.tick(NOW + timedelta(days=3)) == {"sizes": 1}
    assert sorted(effects()) == sorted([past.pk, future.pk])


@pytest.mark.django_db
def test_more_rows_than_a_batch_are_all_dealt_with_in_one_look():
    for _ in range(7):
        stored_file()
    timers.register("sizes", lambda now: timers.claim_batch(due(now), handle=settle, limit=3))
    assert timers.tick(NOW) == {"sizes": 7}


@pytest.mark.django_db
def test_a_row_that_raises_is_rolled_back_logged_and_rests_while_the_others_go_on(caplog, monkeypatch):
    bad, good = stored_file(name="bad"), stored_file(name="good", created_at=NOW + timedelta(seconds=1))

    def handle(row):
        settle(row)
        if row.name == "bad":
            raise ValueError("on purpose")

    timers.register("sizes", lambda now: timers.claim_batch(due(now), handle=handle))
    later = NOW + timedelta(hours=1)
    assert timers.tick(later) == {"sizes": 1}
    assert list(effects()) == [good.pk]
    assert "timer_row_failed" in caplog.text
    caplog.clear()
    timers.tick(later)
    assert "timer_row_failed" not in caplog.text

    rested = timers.time.monotonic() + 5
    monkeypatch.setattr(timers.time, "monotonic", lambda: rested)
    timers.tick(later)
    assert "timer_row_failed" in caplog.text
    assert StoredFile.objects.get(pk=bad.pk).size > 0


@pytest.mark.django_db
def test_a_timer_that_raises_stops_no_other_and_rests_longer_each_time(caplog):
    stored_file()

    def broken(now):
        raise ValueError("on purpose")

    timers.register("a broken one", broken)
    timers.register("sizes", lambda now: timers.claim_batch(due(now), handle=settle))
    assert timers.tick(NOW) == {"a broken one": 0, "sizes": 1}
    assert "timer_failed" in caplog.text
    first = timers._timers["a broken one"].next
    timers.tick(NOW)
    assert timers._timers["a broken one"].next > first + 1


@pytest.mark.django_db
def test_each_timer_leaves_its_pulse():
    timers.register("sizes", lambda now: 0)
    timers.tick(NOW)
    assert TimerState.objects.get().looked_at == NOW


def test_a_name_registers_once():
    timers.register("x", print)
    timers.register("x", print)
    with pytest.raises(ValueError, match="already"):
        timers.register("x", len)


@pytest.mark.django_db(transaction=True)
def test_two_scanners_at_once_give_every_row_its_effect_once():
    rows = {stored_file().pk for _ in range(40)}
    stop = Event()

    def claim(now):
        done = timers.claim_batch(due(now), handle=settle, limit=5)
        if not StoredFile.objects.filter(size__gt=0).exists():
            stop.set()
        return done

    timers.register("sizes", claim)
    scanners = [
        Thread(target=timers.run_forever, args=[stop], kwargs={"clock": lambda: NOW}) for _ in range(2)
    ]
    for scanner in scanners:
        scanner.start()
    for scanner in scanners:
        scanner.join(60)
    assert sorted(effects()) == sorted(rows)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_passed_over():
    held, free = stored_file(), stored_file()
    done = []

    def scan():
        done.append(timers.claim_batch(due(NOW), handle=settle))
        connection.close()

    with transaction.atomic():
        StoredFile.objects.select_for_update().get(pk=held.pk)
        scanner = Thread(target=scan)
        scanner.start()
        scanner.join(60)
    assert done == [1]
    assert list(effects()) == [free.pk]
