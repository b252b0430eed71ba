"""Shapes that views hand to the component tags, and toasts. Plain values: no query is made here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhiyin.kit import figures

ClockLook = Literal["far", "soon", "over", "paused", "met"]
StepLook = Literal["done", "now", "todo", "skip"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time that can be missed. `share` is what is left of it, 0 to 100; `title` the moment itself."""

    state: ClockLook
    text: str
    share: int = 0
    label: str = ""
    title: str = ""


def running(left: dt.timedelta, *, share: int, soon: bool, label: str = "", title: str = "") -> Clock:
    """The badge of a clock that runs: far, soon or over by the time left (negative: over)."""
    facts = {"span": figures.duration(left)}
    if left < dt.timedelta(0):
        return Clock("over", _("%(span)s over") % facts, 0, label, title)
    return Clock("soon" if soon else "far", _("%(span)s left") % facts, max(0, min(100, share)), label, title)


def paused(why: str, *, label: str = "", title: str = "") -> Clock:
    """Stopped, and for whom: `why` is a short clause such as “waiting for her choice”."""
    return Clock("paused", why or _("stopped"), 0, label, title)


def met(took: dt.timedelta, limit: dt.timedelta | None = None, *, label: str = "", title: str = "") -> Clock:
    """Kept: how long it took, and within which limit."""
    facts = {"took": figures.duration(took), "limit": figures.duration(limit)}
    return Clock("met", (_("%(took)s, limit %(limit)s") if limit else "%(took)s") % facts, 100, label, title)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the navigation. `count` waits for this person; `key` follows G; `group` is a heading."""

    id: str
    icon: str
    label: str
    url: str
    count: int = 0
    overdue: bool = False
    key: str = ""
    group: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the loop with its result under it."""

    label: str
    state: StepLook
    result: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline. `kind` note paints the note's ground; `by` is set bold before the text."""

    at: dt.datetime
    icon: str
    text: str
    by: str = ""
    detail: str = ""
    quote: str = ""
    url: str = ""
    kind: str = ""
    emotion: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a key–value list; rows without a value are left out."""

    label: str
    value: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of a filtered list and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Move:
    """A stage a card may go to, or may not (then `why` says what is missing)."""

    stage: str
    label: str
    why: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def toast(request: HttpRequest, text: str, *, undo: str = "", kind: Literal["", "plain", "bad"] = "") -> None:
    """Say what was done, on the next page shown; `undo` is an address that takes a POST."""
    tags = " ".join(part for part in (kind, f"undo:{undo}" if undo else "") if part)
    messages.add_message(request, messages.SUCCESS, text, extra_tags=tags)
