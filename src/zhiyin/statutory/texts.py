"""What this room writes by itself: lines of the timeline, opening and closing of a letter, in the house's language."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhiyin.people import queries as people
from zhiyin.statutory.models import Extension, Profile, StatutoryDuty, Transfer
from zhiyin.statutory.rules import deadlines, letters
from zhiyin.statutory.rules.words import Body, Duty


def named(transfer: Transfer) -> str:
    """The authority and its number."""
    with translation.override(people.organisation().language):
        return f"{authority(transfer)}　{transfer.escalation.external_number}"


def authority(transfer: Transfer) -> str:
    """The office by its name, else what kind of authority it is."""
    return transfer.office or _(Body(transfer.body).label)


def extended(extension: Extension) -> str:
    with translation.override(people.organisation().language):
        return _("until %(day)s: %(ground)s") % {"day": full_day(extension.until), "ground": extension.ground}


def due(duty: StatutoryDuty) -> str:
    """What has to happen, and its last day."""
    with translation.override(people.organisation().language):
        last = deadlines.last_day(duty.due_at, settings.TIME_ZONE)
        return _("%(what)s, by %(day)s") % {"what": _(Duty(duty.duty).label), "day": full_day(last)}


def opening(transfer: Transfer, profile: Profile) -> str:
    """The opening of a letter with its places filled."""
    with translation.override(people.organisation().language):
        return letters.fill(profile.opening or default_opening(), _values(transfer, profile))


def closing(transfer: Transfer, profile: Profile) -> str:
    with translation.override(people.organisation().language):
        return letters.fill(profile.closing or default_closing(), _values(transfer, profile))


def title(transfer: Transfer) -> str:
    with translation.override(people.organisation().language):
        return _("Reply on “%(subject)s” (No. %(number)s)") % {
            "subject": transfer.case.subject,
            "number": transfer.escalation.external_number,
        }


def correction_title(number: str) -> str:
    with translation.override(people.organisation().language):
        return _("Correction of our letter %(number)s") % {"number": number}


def correction_opening(number: str, day: date) -> str:
    with translation.override(people.organisation().language):
        return _(
            "In our letter %(number)s of %(day)s something needs correcting. What follows replaces it:"
        ) % {
            "number": number,
            "day": full_day(day),
        }


def place(name: str) -> str:
    """A place to be filled in, as the reader writes it: in braces."""
    return f"{{{_(letters.SHOWN[name])}}}"


def default_opening() -> str:
    return _(
        "On %(received)s we received the complaint you passed on (No. %(number)s). %(customer)s wrote about "
        "“%(subject)s” and asks: %(demand)s We have looked into it, and report as follows."
    ) % {name: place(name) for name in letters.SHOWN}


def default_closing() -> str:
    return _(
        "Should anything remain open, please reach us at %(telephone)s; our case number is %(case)s."
    ) % {name: place(name) for name in letters.SHOWN}


def full_day(day: date) -> str:
    """A day with its year, as letters write it."""
    return _("%(year)s-%(month)s-%(day)s") % {"year": day.year, "month": day.month, "day": day.day}


def _values(transfer: Transfer, profile: Profile) -> dict[str, str]:
    case = transfer.case
    return {
        "authority": authority(transfer),
        "number": transfer.escalation.external_number,
        "received": full_day(timezone.localdate(transfer.received_at)),
        "customer": case.customer.name,
        "subject": case.subject,
        "demand": transfer.demand.rstrip("。.；; "),  # it stands inside a sentence
        "case": case.number,
        "telephone": profile.telephone or people.organisation().phone,
    }
