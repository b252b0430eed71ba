"""Today: the next thing with its reason, the day as strings, and everything that falls due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhiyin.cases import queries as cases
from zhiyin.cases.queries import Due, DueKind, Nearness
from zhiyin.desk import statutory, strings, words
from zhiyin.desk.context import customer_address
from zhiyin.desk.views.colleagues import clock as request_clock
from zhiyin.kit import figures, ui
from zhiyin.kit.language import say
from zhiyin.people import access, calendars, doors
from zhiyin.people.access import Deed
from zhiyin.promises import queries as promises

HOUR = timedelta(hours=1)
SHOWN = 40  # of one group; the rest is a list away
KINDS = {
    "clock": frozenset({DueKind.CLOCK, DueKind.TELL, DueKind.STATUTORY}),
    "promise": frozenset({DueKind.PROMISE}),
    "call": frozenset({DueKind.CALL}),
    "decide": frozenset(
        {DueKind.OFFER, DueKind.APPROVAL, DueKind.ESCALATION, DueKind.ARCHIVE, DueKind.LETTER}
    ),
}
ICONS = {
    DueKind.CLOCK: "hourglass-low",
    DueKind.TELL: "checks",
    DueKind.PROMISE: "link",
    DueKind.CALL: "phone-outgoing",
    DueKind.OFFER: "user-share",
    DueKind.APPROVAL: "circle-check",
    DueKind.ESCALATION: "arrow-up-right",
    DueKind.ARCHIVE: "archive",
    DueKind.STATUTORY: "gavel",
    DueKind.LETTER: "mail-forward",
}


@doors.signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The day of whoever asks, or of the team with `?whose=team`."""
    now, staff = timezone.now(), doors.me(request)
    if not access.may(staff, Deed.SEE_CASES):
        return render(request, "desk/today_quiet.html", {"now": now})
    team = request.GET.get("whose") == "team" and access.may(staff, Deed.TAKE)
    found = cases.due(staff, now, team=team)
    kind = request.GET.get("kind", "")
    shown = [one for one in found if kind not in KINDS or one.kind in KINDS[kind]]
    at = int(request.GET.get("next") == "1" and len(found) > 1)
    calendar = calendars.load(staff.team.calendar_id if staff.team else None)
    among = cases.from_colleagues(staff)
    context = {
        "among": among,
        "tells": cases.to_tell(staff),
        "among_requests": [
            (one, request_clock(one, now=now)) for one in (*among.requests, *among.answers, *among.news)
        ],
        "now": now,
        "team": team,
        "may_team": access.may(staff, Deed.TAKE),
        "may_open": access.may(staff, Deed.OPEN_CASE),
        "next": _next(found[at], now) if found else None,
        "skipped": at,
        "more": len(found) > at + 1,
        "day": strings.day(found, calendar, now=now),
        "groups": list(_groups(shown, now)),
        "kinds": list(_segments(found, kind, team)),
        "kind": kind if kind in KINDS else "",
        "kept": promises.kept_share(staff, since=_week_start(now)),
        "open_vows": [one for one in found if one.kind is DueKind.PROMISE],
        "unclaimed": sum(1 for one in found if one.card is not None and one.card.owner_id is None),
        "waiting_for_me": [
            one for one in found if one.kind in KINDS["decide"] and one.kind is not DueKind.ARCHIVE
        ],
    }
    return render(request, "desk/today.html", context)


def _groups(items: list[Due], now: datetime) -> Iterator[dict[str, Any]]:
    for near in Nearness:
        mine = [one for one in items if one.near is near]
        if mine:
            rows = [_row(one, now) for one in mine[:SHOWN]]
            yield {"label": say(near), "total": len(mine), "rows": rows, "hidden": len(mine) - len(rows)}


def _row(one: Due, now: datetime) -> dict[str, Any]:
    card = one.card
    return {
        "due": one,
        "card": card,
        "icon": ICONS[one.kind],
        "kind": say(card.clock.kind) if one.kind is DueKind.CLOCK and card and card.clock else say(one.kind),
        "url": address(one),
        "badge": badge(one, now),
        "time": _clock_time(one, now),
    }


def badge(one: Due, now: datetime) -> ui.Clock | None:
    """How near it is: the case's own clock for clocks, else the time until it is due."""
    if one.kind in {DueKind.CLOCK, DueKind.TELL, DueKind.OFFER, DueKind.APPROVAL, DueKind.ESCALATION}:
        return words.clock(one.card.clock, now=now) if one.card else None
    if one.at is None:
        return None
    if one.kind is DueKind.STATUTORY and one.card is not None:
        share = (
            round(100 * ((one.at - now) / (one.at - one.card.opened_at)))
            if one.at > one.card.opened_at
            else 0
        )
        return ui.running(one.at - now, share=share, soon=statutory.soon(one.at, now), label=_("Statutory"))
    left = one.at - now
    whole = one.at - (one.made_at or (one.card.stage_since if one.card else now))
    share = round(100 * (left / whole)) if whole else 0
    return ui.running(left, share=share, soon=left < HOUR)


def address(one: Due) -> str:
    """Where it is done."""
    if one.card is not None and one.kind in {DueKind.STATUTORY, DueKind.LETTER}:
        return reverse("desk:transfers", args=[one.card.number])
    if one.card is not None:
        return reverse("desk:case", args=[one.card.number])
    return customer_address(one.customer_id) or reverse("desk:cases")


def _next(one: Due, now: datetime) -> dict[str, Any]:
    row = _row(one, now)
    urgent = one.help_first or one.near is Nearness.OVER
    return {
        **row,
        "word": _("Now") if urgent or one.at is None else "",
        "why": _why(one),
        "tail": _about(one, now),
    }


def _why(one: Due) -> str:
    """Why this one comes first, in a few words."""
    if one.help_first:
        return _("help first, judge later")
    if one.kind is DueKind.PROMISE:
        return _("promised, and past its time") if one.near is Nearness.OVER else _("you promised it")
    if one.kind is DueKind.CALL:
        return _("a colleague's case; you ask how it went")
    if one.kind is DueKind.APPROVAL:
        return _("proposals wait for your decision")
    if one.kind is DueKind.OFFER:
        return _("your department is asked")
    if one.kind is DueKind.STATUTORY:
        return _("an authority waits for the answer")
    if one.kind is DueKind.LETTER:
        return _("a letter to an authority waits for your approval")
    if one.kind is DueKind.ESCALATION:
        return _("somebody asks you to decide")
    if one.kind is DueKind.TELL:
        return _("the customer does not know yet that it arrived")
    if one.kind is DueKind.ARCHIVE:
        return _("all done, only the archive is left")
    return _("past its time, so give a word first") if one.near is Nearness.OVER else _("due first")


def _about(one: Due, now: datetime) -> str:
    if one.card is None:
        return ""
    facts = {
        "when": figures.when(one.card.opened_at, now),
        "step": say(one.card.step) if one.card.step else "",
    }
    return _("Came in %(when)s; now: %(step)s.") % facts if facts["step"] else ""


def _clock_time(one: Due, now: datetime) -> str:
    if one.at is None:
        return ""
    local, today = timezone.localtime(one.at), timezone.localtime(now).date()
    return f"{local:%H:%M}" if local.date() == today else figures.day(local.date(), today)


def _segments(items: list[Due], kind: str, team: bool) -> Iterator[dict[str, Any]]:  # noqa: FBT001  # only handed on
    labels = {
        "": _("All"),
        "clock": _("Time limits"),
        "promise": _("Promises"),
        "call": _("Calls"),
        "decide": _("Decisions"),
    }
    for name, label in labels.items():
        total = sum(1 for one in items if not name or one.kind in KINDS[name])
        if name and not total and name != kind:
            continue
        query = "&".join(
            part for part in (f"kind={name}" if name else "", "whose=team" if team else "") if part
        )
        yield {
            "name": name,
            "label": label,
            "n": total,
            "url": f"?{query}" if query else reverse("desk:today"),
        }


def _week_start(now: datetime) -> datetime:
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=local.weekday())
