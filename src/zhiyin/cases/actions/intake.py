"""A matter comes in: numbered, acknowledged once, its clocks started, help given first where it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from zhiyin.cases import texts
from zhiyin.cases.actions import clocks, index, placing
from zhiyin.cases.actions.hold import allow, changed_hands, hold, keep, record
from zhiyin.cases.models import Case, HandoverNote, NumberSeries
from zhiyin.cases.rules import clocks as clock_rules
from zhiyin.cases.rules import decisions, moves, numbers
from zhiyin.cases.rules.words import ClockKind, ClockState, Emotion, EventKind, Kind, Severity, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.models import Conversation
from zhiyin.conversations.rules import TokenReused
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel
from zhiyin.kit import files
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

SPOKEN = frozenset(
    {Channel.PHONE, Channel.COUNTER, Channel.NIGHT}
)  # told face to face, by whoever takes it down


@transaction.atomic
def open_case(
    *,
    kind: Kind,
    subject: str,
    description: str,
    customer_id: int,
    channel: Channel,
    now: datetime,
    by: Staff | None = None,
    remedy_sought: str = "",
    service_object_id: int | None = None,
    service_item_id: int | None = None,
    touchpoint_id: int | None = None,
    conversation_id: int | None = None,
    severity: Severity = Severity.MEDIUM,
    in_danger: bool = False,
    emotion: Emotion = Emotion.CALM,
    intensity: int = 1,
    client_token: UUID | None = None,
    file_ids: Sequence[UUID] = (),
    from_machine: bool = False,
    told: bool = False,
    follows_id: int | None = None,
) -> Case:
    """Open a case, in a new conversation or an existing one.

    A form sent twice (`client_token`) opens one case. `told` says that whoever takes it down has told the
    customer the number already. Raises WordsMissing, NotFound, Forbidden.
    """
    if by is not None:
        access.require(by, Deed.OPEN_CASE)
    if client_token and (before := _opened_already(client_token, customer_id)):
        files.discard(file_ids)
        return before
    subject = decisions.check_words("subject", subject)[:120]
    description = decisions.check_words("description", description)
    customer = Customer.objects.select_related("owner").filter(pk=customer_id).first()
    if customer is None:
        raise NotFound
    item, touchpoint = placing.looked_up(service_item_id, touchpoint_id)
    conversation = _conversation(
        conversation_id,
        customer=customer,
        channel=channel,
        subject=subject,
        text=description,
        by=by,
        now=now,
        file_ids=file_ids,
        from_machine=from_machine,
    )
    case = Case.objects.create(
        number=_next_number(now),
        kind=kind,
        subject=subject,
        description=description,
        remedy_sought=remedy_sought.strip(),
        customer=customer,
        service_object_id=service_object_id,
        service_item=item,
        touchpoint=touchpoint,
        conversation=conversation,
        channel=channel,
        severity=Severity.HIGH if in_danger else severity,
        in_danger=in_danger,
        emotion=emotion,
        intensity=intensity,
        stage=Stage.RECEIVED,
        stage_since=now,
        team_id=conversation.team_id or _team_id(customer, by),
        owner=by if by is not None and access.may(by, Deed.TAKE) else None,
        opened_at=now,
        opened_by=by,
        client_token=client_token,
        follows_id=follows_id,
    )
    record(case, EventKind.OPENED, now=now, by=by, by_customer=by is None, public=True)
    clocks.start(case, clock_rules.clocks_for(Kind(case.kind)), now=now)
    _acknowledge(case, told=told, from_machine=from_machine, by=by, now=now)
    index.renew(case)
    return case


def _opened_already(client_token: UUID, customer_id: int) -> Case | None:
    """What this form has become; whoever sends it a second time at the same moment waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cases.form:{client_token}"]
        )
    before = Case.objects.filter(client_token=client_token).first()
    if before is not None and before.customer_id != customer_id:
        raise TokenReused  # a form is no key to somebody else's case
    return before


def _conversation(
    conversation_id: int | None,
    *,
    customer: Customer,
    channel: Channel,
    subject: str,
    text: str,
    by: Staff | None,
    now: datetime,
    file_ids: Sequence[UUID],
    from_machine: bool,
) -> Conversation:
    if conversation_id is not None:
        conversation = Conversation.objects.filter(pk=conversation_id, customer=customer).first()
        if conversation is None:
            raise NotFound
        return conversation
    conversation = conversations.start(
        customer_id=customer.pk,
        channel=channel,
        subject=subject,
        team_id=_team_id(customer, by),
        assignee_id=by.pk if by is not None and access.may(by, Deed.TAKE) else None,
        now=now,
    )
    conversations.receive(
        conversation_id=conversation.pk, text=text, now=now, file_ids=file_ids, auto_submitted=from_machine
    )
    return conversation


def _team_id(customer: Customer, by: Staff | None) -> int:
    """The customer's team, else that of whoever takes it down, else the house's team for new cases."""
    team_id = customer.team_id or (by.team_id if by else None) or people.organisation().default_team_id
    if team_id is None and (first := people.teams().first()) is not None:
        team_id = first.pk
    if team_id is None:
        raise decisions.NoTeam
    return team_id


def _next_number(now: datetime) -> str:
    month = numbers.month_of(timezone.localdate(now))
    NumberSeries.objects.get_or_create(month=month)
    series = NumberSeries.objects.select_for_update().get(month=month)
    series.last += 1
    series.save(update_fields=["last"])
    return numbers.number(month, series.last)


def _acknowledge(case: Case, *, told: bool, from_machine: bool, by: Staff | None, now: datetime) -> None:
    """Once, at once, on the same channel; a machine is never answered (ISO 10002:2018, 7.4).

    Where nothing can be sent or shown at once, the clock goes on: it is a task until somebody has told.
    """
    if from_machine or case.conversation.is_history:
        clocks.settle(case, ClockKind.ACKNOWLEDGE, now=now, state=ClockState.STOPPED)
        return
    message = conversations.acknowledge(
        conversation_id=case.conversation_id, text=texts.acknowledgement(case), now=now
    )
    reaches = case.channel == Channel.PORTAL or (message is not None and conversations.leaves(message))
    if told or reaches:
        _told(case, by=by if told else None, now=now)
    answered = case.conversation.message_count > 1 and case.conversation.waiting_since is None
    if answered or (told and case.channel in SPOKEN):  # somebody wrote to or spoke with the customer already
        clocks.settle(case, ClockKind.RESPOND, now=now)


def _told(case: Case, *, by: Staff | None, now: datetime) -> None:
    clocks.settle(case, ClockKind.ACKNOWLEDGE, now=now)
    record(case, EventKind.ACKNOWLEDGED, now=now, by=by)


@transaction.atomic
def tell(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Somebody has told the customer, by voice or letter, that this was received and under which number."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.REPLY)
    _told(case, by=by, now=now)
    keep(case)
    return case


@transaction.atomic
def take(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Take charge of a case nobody has, or of a colleague's."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.TAKE)
    if case.owner_id == by.pk:
        return case
    case.handovers += changed_hands(case, by)
    case.owner = by
    keep(case, "owner", "handovers")
    record(case, EventKind.TAKEN, now=now, by=by)
    _answered_by(case, by, now=now)
    return case


def _answered_by(case: Case, to: Staff, *, now: datetime, by: Staff | None = None) -> None:
    """Who has the case answers the customer too; history is answered by nobody."""
    if not case.conversation.is_history:
        conversations.assign(conversation_id=case.conversation_id, staff_id=to.pk, by=by or to, now=now)


@transaction.atomic
def hand_over(
    *,
    case_id: int,
    to_id: int,
    text: str,
    by: Staff,
    now: datetime,
    promised: str = "",
    next_step: str = "",
    emotion: Emotion | None = None,
    feeling: str = "",
    version: int | None = None,
) -> Case:
    """Give the case to a colleague with what was done (`text`), what is promised, what comes next, how the customer feels.

    The note stands on top of the case for her until she says that she has read it.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.HAND_OVER)
    done = decisions.check_words("text", text)
    to = people.staff(to_id)
    access.require(to, Deed.TAKE)
    if to.pk == case.owner_id:
        return case
    case.handovers += changed_hands(case, to)
    case.owner = to
    if to.team_id and to.team_id != case.team_id:
        case.team_id = to.team_id
    keep(case, "owner", "team", "handovers")
    record(case, EventKind.REASSIGNED, now=now, by=by, text=f"{to.name}\n{done}")
    if to.pk != by.pk:
        HandoverNote.objects.create(
            case=case,
            giver=by,
            taker=to,
            done=done,
            promised=promised.strip(),
            next_step=next_step.strip(),
            emotion=emotion or case.emotion,
            feeling=feeling.strip(),
            at=now,
        )
    _answered_by(case, to, by=by, now=now)
    return case


@transaction.atomic
def correct(
    *,
    case_id: int,
    by: Staff,
    now: datetime,
    version: int | None = None,
    subject: str | None = None,
    kind: Kind | None = None,
    severity: Severity | None = None,
    in_danger: bool | None = None,
    emotion: Emotion | None = None,
    intensity: int | None = None,
    remedy_sought: str | None = None,
    service_object_id: int | None = None,
) -> Case:
    """Put details right that were taken down at first; the kind only while nothing has been decided."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.OPEN_CASE)
    wanted = {
        "subject": decisions.check_words("subject", subject)[:120] if subject is not None else None,
        "severity": severity,
        "in_danger": in_danger,
        "emotion": emotion,
        "intensity": intensity,
        "remedy_sought": remedy_sought.strip() if remedy_sought is not None else None,
        "service_object_id": service_object_id,
    }
    changed = {
        column: value
        for column, value in wanted.items()
        if value is not None and value != getattr(case, column)
    }
    if kind is not None and kind != case.kind:
        if case.stage != Stage.RECEIVED:
            raise moves.IllegalMove(old=Stage(case.stage), new=Stage.RECEIVED)
        changed["kind"] = kind
    if not changed:
        return case
    for column, value in changed.items():
        setattr(case, column, value)
    keep(case, *changed)
    if "kind" in changed:
        _restart_clocks(case, now=now)
    record(case, EventKind.CORRECTED, now=now, by=by)
    index.renew(case)
    return case


def _restart_clocks(case: Case, *, now: datetime) -> None:
    """Another kind has other clocks; they count from when the case was opened."""
    wanted = clock_rules.clocks_for(Kind(case.kind))
    there = set(case.clocks.filter(round=case.round).values_list("kind", flat=True))
    clocks.settle(case, *(ClockKind(kind) for kind in there - set(wanted)), now=now, state=ClockState.STOPPED)
    clocks.start(case, tuple(kind for kind in wanted if kind not in there), now=now)


@transaction.atomic
def give_help(*, case_id: int, text: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Help first: people were sent, water was turned off. Whose fault it is waits."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.NOTE)
    if case.helped_at is None:
        case.helped_at = now
    keep(case, "helped_at")
    record(case, EventKind.HELPED, now=now, by=by, text=decisions.check_words("text", text), public=True)
    return case


__all__ = ["correct", "give_help", "hand_over", "open_case", "take", "tell"]
