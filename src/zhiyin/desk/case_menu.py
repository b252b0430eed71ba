"""What else can be done on a case, in the groups of its menu. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhiyin.cases.queries import Do, Possible

STEP = ""
GROUPS = {
    STEP: _("This step"),
    "customer": _("With the customer"),
    "inside": _("Among us"),
    "case": _("About this case"),
    "others": _("Other cases"),
}
PLACES = {
    Do.REPLY: "customer",
    Do.PROMISE: "customer",
    Do.SEND_LINK: "customer",
    Do.WITHDRAW: "customer",
    Do.NOTE: "inside",
    Do.TAKE: "inside",
    Do.HAND_OVER: "inside",
    Do.ASK: "inside",
    Do.OFFER: "inside",
    Do.ESCALATE: "inside",
    Do.HELP: "case",
    Do.SPEND: "case",
    Do.CORRECT: "case",
    Do.PLACE: "case",
    Do.RELATE: "others",
    Do.MERGE: "others",
    Do.UNMERGE: "others",
    Do.INCIDENT: "others",
}
IN_HEAD = frozenset({Do.REPLY, Do.NOTE, Do.ESCALATE})
"""What the page head offers where there is room for it; the menu shows it in the hand alone."""


def groups(
    deeds: Iterable[Possible], beside: Iterable[Possible], *, more: bool
) -> list[tuple[Any, str, list[Possible]]]:
    """Heading, name and deeds of each group that has any; `more` keeps the one about the case for what has no deed."""
    shown = {one.do for one in beside}
    kept = [one for one in deeds if not one.main and one.do not in shown and one.do is not Do.PACKAGE]
    rows = [
        (GROUPS[name], name, [one for one in kept if PLACES.get(one.do, STEP) == name]) for name in GROUPS
    ]
    return [row for row in rows if row[2] or (more and row[1] == "case")]
