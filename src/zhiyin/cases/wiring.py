"""What this room plugs into the floors below: timers, link markers, recomputed clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases import enclosures, expected, links
from zhiyin.cases.actions import clocks, colleagues, talking
from zhiyin.cases.models import Case, InternalRequest
from zhiyin.cases.queries import expecting
from zhiyin.cases.rules import numbers
from zhiyin.cases.rules.colleagues import ALIVE
from zhiyin.cases.rules.words import LinkPurpose, Stage
from zhiyin.conversations import markers, references
from zhiyin.kit.jobs import timers
from zhiyin.people import calendars, holdings
from zhiyin.people.holdings import Holding
from zhiyin.promises import hooks
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State as PromiseState


def connect() -> None:
    timers.register("clock_warnings", clocks.claim_warnings)
    timers.register("clock_breaches", clocks.claim_breaches)
    timers.register("request_reminders", colleagues.claim_reminders)
    timers.register("requests_due", colleagues.claim_breaches)
    calendars.on_changed(recompute)
    holdings.register("cases", held)
    hooks.on_renewed(talking.renewed)
    references.register(references.Reference(name="case", label=number_of, find=named_in))
    enclosures.register(
        enclosures.Enclosure(name="expectations", content=expecting.enclosed, tables=expected.tables)
    )
    for purpose in LinkPurpose:
        markers.register(purpose.value, _address_of(purpose))


def recompute(*, calendar_ids: frozenset[int] | None, now: datetime) -> None:
    """Hours have changed: running clocks that count by them are reckoned anew."""
    clocks.recompute(calendar_ids)


def number_of(conversation_id: int) -> str:
    """The number customers quote: of the latest case talked about in the conversation."""
    latest = Case.objects.filter(conversation_id=conversation_id).order_by("-pk")
    return latest.values_list("number", flat=True).first() or ""


def named_in(subject: str) -> Iterator[int]:
    """Conversations whose cases a subject line names."""
    named = [numbers.tidy(found) for found in numbers.FIND.findall(subject)]
    yield from Case.objects.filter(number__in=named).values_list("conversation_id", flat=True)


def held(staff_id: int) -> list[Holding]:
    """What somebody leaves behind: cases in charge of and promises to keep."""
    in_charge = (
        Case.objects.filter(owner_id=staff_id).exclude(stage__in=[Stage.CLOSED, Stage.ARCHIVED]).count()
    )
    to_keep = Promise.objects.filter(owner_id=staff_id, state=PromiseState.OPEN).count()
    to_answer = InternalRequest.objects.filter(to_id=staff_id, state__in=ALIVE).count()
    return [
        Holding(label=_("open cases"), count=in_charge),
        Holding(label=_("open promises"), count=to_keep),
        Holding(label=_("requests to answer"), count=to_answer),
    ]


def _address_of(purpose: LinkPurpose) -> markers.Expand:
    def address(case_id: int) -> str:
        """A fresh key, made at the moment the message leaves, so that none is ever stored."""
        key = links.issue(case=Case.objects.get(pk=case_id), purpose=purpose, now=timezone.now())
        return f"{settings.PUBLIC_URL}/portal/k/{key}"

    return address
