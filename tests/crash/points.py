"""Named points inside a transaction, held open from outside: the product runs unchanged.

Triggers that only the test's database has ask for a shared advisory lock, free as long as nobody minds. Whoever
wants to catch a transaction at a point takes the lock for himself and waits until the other side asks for it.
A deferred constraint trigger runs inside COMMIT, after everything the product does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import psycopg

NUMBER = 7_305
PATIENCE = 60.0
GLANCE = 0.05

ASKING = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND NOT granted"
)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)

FUNCTION = f"""
    CREATE FUNCTION crash_point() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared({NUMBER}, TG_ARGV[0]::int);
        RETURN NEW;
    END $$
"""
BY_HAND = "NEW.kind NOT LIKE 'clock%'"
# name: (number, table, event, condition, inside COMMIT)
POINTS = {
    "deed": (1, "cases_caseevent", "INSERT", BY_HAND, False),
    "deed commits": (2, "cases_caseevent", "INSERT", BY_HAND, True),
    "upload": (3, "conversations_attachment", "INSERT", "true", False),
    "upload commits": (4, "conversations_attachment", "INSERT", "true", True),
    "letter taken": (5, "conversations_delivery", "UPDATE", "NEW.state = 'sent'", False),
    "clock": (6, "cases_caseevent", "INSERT", "NEW.kind LIKE 'clock%'", False),
    "told": (8, "cases_sharedpart", "UPDATE", "OLD.state = 'waiting' AND NEW.state = 'done'", False),
    "told commits": (9, "cases_sharedpart", "UPDATE", "OLD.state = 'waiting' AND NEW.state = 'done'", True),
    "promise": (7, "promises_promise", "UPDATE", "NEW.made_good_at IS NULL", False),
}


class NeverCame(AssertionError):
    """What was waited for did not come about."""


def until(condition: Callable[[], object], what: str, *, seconds: float = PATIENCE) -> None:
    """Return as soon as `condition` holds; NeverCame after `seconds`."""
    pause = Event()
    for _ in range(int(seconds / GLANCE)):
        if condition():
            return
        pause.wait(GLANCE)
    raise NeverCame(f"{what} ({seconds:.0f} s)")


def install(dsn: str) -> None:
    """Lay the points into the test's database."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(FUNCTION)
        for number, table, event, condition, commits in POINTS.values():
            kind, when = ("CONSTRAINT", "AFTER") if commits else ("", "BEFORE")
            deferred = "DEFERRABLE INITIALLY DEFERRED" if commits else ""
            connection.execute(
                f"CREATE {kind} TRIGGER crash_{number} {when} {event} ON {table} {deferred} "
                f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION crash_point({number})"
            )


class Hold:
    """A point held: who comes there waits until `release`, or until the database dies."""

    def __init__(self, dsn: str, point: str) -> None:
        self.point, self.number = point, POINTS[point][0]
        self.connection = psycopg.connect(dsn, autocommit=True)
        self.connection.execute("SELECT pg_advisory_lock(%s, %s)", [NUMBER, self.number])

    def caught(self, *, least: int = 1) -> list[int]:
        """Wait until `least` transactions stand at the point; their backends' numbers."""
        until(lambda: len(self._asking()) >= least, f"nobody came to “{self.point}”")
        return self._asking()

    def crowd(self, *, least: int) -> None:
        """Wait until `least` transactions wait for any lock: here, or behind one that stands here."""
        until(lambda: self.connection.execute(WAITING).fetchone()[0] >= least, f"no crowd at “{self.point}”")

    def release(self, caught: list[int]) -> None:
        """Let everybody go on, and wait until those that were caught are done with their transaction."""
        self.connection.execute("SELECT pg_advisory_unlock(%s, %s)", [NUMBER, self.number])
        busy = "SELECT 1 FROM pg_stat_activity WHERE pid = ANY(%s) AND xact_start IS NOT NULL"
        until(lambda: not self.connection.execute(busy, [caught]).fetchone(), "a transaction did not end")

    def _asking(self) -> list[int]:
        return [row[0] for row in self.connection.execute(ASKING, [NUMBER, self.number])]


@contextmanager
def held(dsn: str, point: str) -> Iterator[Hold]:
    """Hold a point; whatever happens, nobody is left waiting there."""
    hold = Hold(dsn, point)
    try:
        yield hold
    finally:
        hold.connection.close()
