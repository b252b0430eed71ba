"""How guessing is made hopeless without locking anybody out. Pure; the counters are rows (`actions.attempts`).

A stranger's failures must never cost the owner her way in, so what is counted against somebody is counted
together with *where* it came from: a name from one address, or one browser in which that person has signed in
before. A browser that is known is counted by itself alone; whatever anybody does elsewhere, it stays free.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FORGOTTEN_AFTER = timedelta(days=1)
NO_WAIT = timedelta(0)


@dataclass(frozen=True, slots=True)
class Curve:
    """So many failures cost nothing; each one after that makes the next attempt wait twice as long."""

    free: int
    first: timedelta
    most: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last of so many `failures` the next attempt is taken."""
        beyond = failures - self.free
        if beyond < 0:
            return NO_WAIT
        return min(self.first * 2 ** min(beyond, 20), self.most)


@dataclass(frozen=True, slots=True)
class Counter:
    """What failures are counted against. `shared`: others count there too, so a success takes only itself back.

    Where a counter has `alarm` and that many failures have come together, the others of the same attempt follow
    their `strict` curve: a name tried from a hundred addresses leaves each new address two attempts, never none.
    """

    kind: str
    subject: tuple[str, ...]
    curve: Curve | None
    strict: Curve | None = None
    shared: bool = False
    alarm: int = 0


SECONDS, MINUTES, HOURS = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
HERE = Curve(free=5, first=30 * SECONDS, most=15 * MINUTES)
HERE_WHEN_PRESSED = Curve(free=2, first=5 * MINUTES, most=6 * HOURS)
KNOWN_DEVICE = Curve(free=8, first=15 * SECONDS, most=5 * MINUTES)
# An office of fifty shares one address; a house that mistypes its way through Monday morning still gets in.
ADDRESS = Curve(free=60, first=5 * SECONDS, most=2 * MINUTES)
CODE_ANYWHERE = Curve(free=20, first=1 * MINUTES, most=30 * MINUTES)
ASKED_FOR_LETTERS = Curve(free=10, first=1 * MINUTES, most=15 * MINUTES)
LETTERS = Curve(free=3, first=20 * MINUTES, most=6 * HOURS)
PRESSED = 100


def signing_in(who: str, address: str, device: str) -> list[Counter]:
    """Counters of a password given for `who`; `device` is the mark of a browser known to be hers, or empty."""
    if device:
        return [Counter("device", (device,), KNOWN_DEVICE)]
    near = network(address)
    return [
        Counter("name here", (who, near), HERE, strict=HERE_WHEN_PRESSED),
        Counter("address", (near,), ADDRESS, shared=True),
        Counter("name", (who,), None, shared=True, alarm=PRESSED),
    ]


def giving_a_code(staff_id: int, address: str, device: str) -> list[Counter]:
    """Counters of a six-figure code. Only who knows the password gets this far, so a sum over all is no lock-out."""
    who = str(staff_id)
    if device:
        return [Counter("code device", (who, device), KNOWN_DEVICE)]
    return [
        Counter("code here", (who, network(address)), HERE),
        Counter("code", (who,), CODE_ANYWHERE),
    ]


def asking_for_a_letter(address: str) -> list[Counter]:
    """Counters of asking for a new password, whoever's."""
    return [Counter("letters asked", (network(address),), ASKED_FOR_LETTERS)]


def sending_a_letter(staff_id: int) -> list[Counter]:
    """Counters of letters to one person. Beyond them the answer stays the same; the links sent still work."""
    return [Counter("letters", (str(staff_id),), LETTERS)]


def remaining(counters: Sequence[Counter], seen: Sequence[tuple[int, datetime]], now: datetime) -> timedelta:
    """How long the next attempt must wait, given failures and time of the last one for each counter."""
    pressed = any(
        counter.alarm and failures >= counter.alarm
        for counter, (failures, _last) in zip(counters, seen, strict=True)
    )
    longest = NO_WAIT
    for counter, (failures, last) in zip(counters, seen, strict=True):
        curve = (counter.strict if pressed else None) or counter.curve
        if curve is not None:
            longest = max(longest, last + curve.wait(failures) - now)
    return longest


def network(address: str) -> str:
    """Where somebody is: an IPv4 address; of IPv6 the /64, since one household holds that many addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
