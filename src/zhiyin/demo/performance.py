"""Plays performed side by side, each step at its moment, in the order of time, as the house would have lived them.

Between the steps the timers run as they would have, so that a clock was over and a promise broken on the day it
was, not on the day the demo is built. Letters that an action queued count as taken by the other side at once,
inside the same transaction: nothing of the past is left that could ever be sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from zhiyin.cases import actions as cases
from zhiyin.cases.models import Clock
from zhiyin.cases.rules.words import ClockKind, ClockState, Emotion, Kind, Severity
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.models import Delivery
from zhiyin.conversations.rules import DeliveryState
from zhiyin.customers.models import ServiceObject
from zhiyin.customers.rules import Channel
from zhiyin.demo import outside, schedule
from zhiyin.demo.bonds import VERBS
from zhiyin.demo.deeds import Act, Stage
from zhiyin.demo.plays import CUSTOMER, Play, Step, kind_of
from zhiyin.guarantees.models import Undertaking
from zhiyin.guarantees.rules import State as UndertakingState
from zhiyin.kit import audit
from zhiyin.kit.jobs import timers
from zhiyin.people.models import Staff
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State as PromiseState
from zhiyin.statutory.models import StatutoryDuty
from zhiyin.statutory.rules.words import DutyState

DOORWAY = "demo"
OPEN = "open"
SPOKEN = frozenset({Channel.PHONE, Channel.COUNTER, Channel.NIGHT})
WRITTEN = frozenset(
    {Channel.EMAIL, Channel.CHAT, Channel.WECHAT}
)  # the customer's words come before the case
ROUNDS = timedelta(hours=2)
Progress = Callable[[int, int], None]


class Stumbled(RuntimeError):
    """A step of a play that the house's rules do not allow: a fault in the content, named by play and step."""


def perform(
    plays: Sequence[Play], stage: Stage, customers: dict[str, int], progress: Progress | None = None
) -> None:
    """All plays up to `stage.now`."""
    moments = schedule.plan(plays, hours=stage.hours, now=stage.now)
    acts = {play.key: Act(play, stage, customers[play.who]) for play in plays}
    steps = sorted((at, play.key, number) for play in plays for number, at in enumerate(moments[play.key]))
    rounds = steps[0][0]
    for done, (at, key, number) in enumerate(steps, 1):
        rounds = _rounds(rounds, at)
        _step(acts[key], number, at)
        if progress:
            progress(done, len(steps))
    _rounds(rounds, stage.now)
    _tick(stage.now)


def _rounds(last: datetime, until: datetime) -> datetime:
    """Let the timers run every other hour between where something is due; returns when they last did."""
    while until - last >= ROUNDS:
        last += ROUNDS
        if _anything_due(last):
            _tick(last)
    return last


def _anything_due(at: datetime) -> bool:
    """Whether it is worth calling the timers: three questions instead of all their claims."""
    soon = Q(warn_at__lte=at, warned_at__isnull=True) | Q(due_at__lte=at)
    clocks = Clock.objects.filter(soon, state=ClockState.RUNNING, breached_at__isnull=True)
    nearly = Q(remind_at__lte=at, reminded_at__isnull=True) | Q(due_at__lt=at)
    owed = Undertaking.objects.filter(state=UndertakingState.OPEN, due_at__lt=at)
    vows = Promise.objects.filter(nearly, state=PromiseState.OPEN)
    legal = StatutoryDuty.objects.filter(
        soon, state=DutyState.RUNNING, theirs=False, breached_at__isnull=True
    )
    return clocks.exists() or vows.exists() or owed.exists() or legal.exists()


def _tick(at: datetime) -> None:
    with audit.acting(DOORWAY):
        timers.tick(at)
        deliver(at)


def _step(act: Act, number: int, at: datetime) -> None:
    who = act.play.cast[number]
    by = act.stage.staff[who] if who != CUSTOMER else None
    with audit.acting(DOORWAY, staff_id=by.pk if by else None):
        try:
            if number == 0:
                _begin(act, by, at)
            else:
                _go_on(act, act.play.steps[number - 1], by, at)
        except Exception as problem:
            what = act.play.steps[number - 1].verb if number else "opening"
            raise Stumbled(f"{act.play.key} step {number} ({what}): {problem!r}") from problem
        deliver(at)


def _begin(act: Act, by: Staff | None, at: datetime) -> None:
    """A case opens, or the customer's first words arrive."""
    play = act.play
    if play.kind and Channel(play.via) not in WRITTEN:
        _open(act, by, at)
        return
    conversation = conversations.start(
        customer_id=act.customer_id,
        channel=Channel(play.via),
        subject=play.subject,
        team_id=act.stage.teams[play.who],
        now=at,
    )
    act.conversation_id = act.stage.conversations[play.key] = conversation.pk
    conversations.receive(conversation_id=conversation.pk, text=act.words(play.text), now=at)


def _go_on(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    if step.verb == OPEN:
        _open(act, by, at)
    else:
        (VERBS | outside.VERBS)[step.verb](act, step, by, at)


def _open(act: Act, by: Staff | None, at: datetime) -> None:
    play = act.play
    channel = Channel(play.via)
    case = cases.open_case(
        kind=Kind(play.kind),
        subject=play.subject,
        description=act.words(play.text),
        customer_id=act.customer_id,
        channel=channel,
        remedy_sought=play.wants,
        service_item_id=act.stage.services.get(kind_of(play.key)),
        service_object_id=ServiceObject.objects.get(code=play.about).pk if play.about else None,
        conversation_id=act.conversation_id or None,
        severity=Severity(play.grave),
        in_danger=play.danger,
        emotion=Emotion(play.feel),
        intensity=play.strength,
        told=act.told or channel in SPOKEN,
        by=by,
        now=at,
    )
    act.case_id, act.conversation_id, act.number = case.pk, case.conversation_id, case.number
    act.told = not case.clocks.filter(kind=ClockKind.ACKNOWLEDGE, state=ClockState.RUNNING).exists()
    act.stage.cases[play.key] = case.pk


def deliver(at: datetime) -> None:
    """What was queued has been taken; see above. The house was empty, so whatever waits is the demo's."""
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        conversations.settle_sent(delivery_id=pk, now=at)
