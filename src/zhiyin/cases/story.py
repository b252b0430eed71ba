"""A case as its customer reads it: plain steps, what was promised, who is in charge. No cost, no stages, no departments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import Kind, Outcome, ProposalState, Stage
from zhiyin.conversations import markers
from zhiyin.conversations.models import Attachment, Message
from zhiyin.conversations.rules import Author, MessageKind
from zhiyin.kit.errors import NotFound
from zhiyin.promises.rules import State as PromiseState


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, now or ahead."""

    title: str
    state: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to put it right, without what it costs us."""

    id: int
    title: str
    lines: tuple[str, ...]
    duration: str
    effort: str
    is_recommended: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A promise: `state` is open, kept, broken or released; `good_at` when a late one was made good."""

    text: str
    due_at: datetime
    state: str
    good_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    ours: bool
    automatic: bool
    author: str
    text: str
    at: datetime | None
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    case_id: int
    number: str
    subject: str
    kind: Kind
    stage: Stage
    outcome: str
    round: int
    owner: str
    opened_at: datetime
    in_danger: bool
    steps: tuple[Step, ...]
    offers: tuple[Offer, ...]
    chosen: Offer | None
    promises: tuple[Given, ...]
    lines: tuple[Line, ...]
    explanation: str
    remedy: str

    @property
    def may_choose(self) -> bool:
        return self.stage is Stage.APPROVED and bool(self.offers)

    @property
    def may_confirm(self) -> bool:
        return self.stage is Stage.REMEDIED

    @property
    def may_object(self) -> bool:
        """Confirmed or explained, and the customer sees it otherwise: it can be taken up again until archived."""
        return self.stage in {Stage.CONFIRMED, Stage.CLOSED} and self.outcome != Outcome.MERGED

    @property
    def may_write(self) -> bool:
        return self.stage is not Stage.ARCHIVED


RECEIVED = pgettext_lazy("portal", "Received")
# For each kind: the stage that makes the step done, and how customers call it while ahead and when done.
PATHS: Mapping[Kind, tuple[tuple[Stage, object, object], ...]] = MappingProxyType(
    {
        Kind.COMPLAINT: (
            (Stage.RECEIVED, RECEIVED, RECEIVED),
            (Stage.JUDGED, _("We look at what happened"), _("This is ours to put right")),
            (Stage.INVESTIGATED, _("We find the cause"), _("The cause has been found")),
            (Stage.CHOSEN, _("You choose how we put it right"), _("You have chosen")),
            (Stage.REMEDIED, _("We put it right"), _("Put right")),
            (Stage.CONFIRMED, _("Settled when you say so"), _("Settled")),
        ),
        Kind.REQUEST: (
            (Stage.RECEIVED, RECEIVED, RECEIVED),
            (Stage.ASSIGNED, _("We send somebody"), _("Somebody is on it")),
            (Stage.REMEDIED, _("We do it"), pgettext_lazy("portal", "Done")),
            (Stage.CONFIRMED, _("Settled when you say so"), _("Settled")),
        ),
        Kind.ENQUIRY: (
            (Stage.RECEIVED, RECEIVED, RECEIVED),
            (Stage.REMEDIED, _("We answer"), _("Answered")),
        ),
        Kind.SUGGESTION: (
            (Stage.RECEIVED, RECEIVED, RECEIVED),
            (Stage.JUDGED, _("We think it over"), _("Thought over")),
            (Stage.REMEDIED, _("We tell you what becomes of it"), _("Answered")),
        ),
        Kind.PRAISE: (
            (Stage.RECEIVED, RECEIVED, RECEIVED),
            (Stage.REMEDIED, _("We pass it on"), _("Passed on, thank you")),
        ),
    }
)
ORDER = tuple(Stage)


def story(case_id: int) -> Story:
    """Everything the customer's page shows, in a constant number of queries. Raises NotFound."""
    case = Case.objects.select_related("owner").filter(pk=case_id).first()
    if case is None:
        raise NotFound
    offers = {
        proposal.pk: Offer(
            id=proposal.pk,
            title=proposal.title,
            lines=tuple(line.strip() for line in proposal.description.splitlines() if line.strip()),
            duration=proposal.duration,
            effort=proposal.effort,
            is_recommended=proposal.is_recommended,
        )
        for proposal in case.proposals.filter(
            round=case.round, state__in=(ProposalState.APPROVED, ProposalState.CHOSEN)
        ).order_by("-is_recommended", "pk")
    }
    chosen = (
        case.choosings.filter(round=case.round, proposal__isnull=False)
        .values_list("proposal_id", flat=True)
        .first()
    )
    remedy = case.remedies.filter(round=case.round).first()
    explained = case.events.filter(kind="explained").first() if case.outcome == Outcome.EXPLAINED else None
    return Story(
        case_id=case.pk,
        number=case.number,
        subject=case.subject,
        kind=Kind(case.kind),
        stage=Stage(case.stage),
        outcome=case.outcome,
        round=case.round,
        owner=case.owner.name if case.owner else "",
        opened_at=case.opened_at,
        in_danger=case.in_danger,
        steps=_steps(case),
        offers=tuple(offers.values()),
        chosen=offers.get(chosen) if chosen else None,
        promises=tuple(
            Given(
                text=link.promise.text,
                due_at=link.promise.due_at,
                state=link.promise.state,
                good_at=_made_good(link.promise),
            )
            for link in case.case_promises.select_related("promise").order_by("promise__due_at", "pk")
            if link.promise.state != PromiseState.RELEASED
        ),
        lines=_lines(case),
        explanation=explained.text if explained else "",
        remedy=remedy.text if remedy else "",
    )


def shows_file(case_ids: Collection[int], file_id: UUID) -> bool:
    """Whether a file was exchanged with the customer in one of these cases; papers among ourselves are not."""
    conversations = Case.objects.filter(pk__in=case_ids).values("conversation_id")
    shown = Attachment.objects.filter(file_id=file_id, message__conversation_id__in=conversations)
    return shown.exclude(message__kind=MessageKind.NOTE).exists()


def _made_good(promise: object) -> datetime | None:
    return getattr(promise, "made_good_at", None)


def _steps(case: Case) -> tuple[Step, ...]:
    reached = {
        event.stage_after: event.at for event in case.events.exclude(stage_after="").order_by("at", "pk")
    }
    reached[Stage.RECEIVED.value] = case.opened_at
    at = ORDER.index(Stage.CONFIRMED if case.stage == Stage.ARCHIVED else Stage(case.stage))
    steps, now_shown = [], False
    for stage, ahead, done in PATHS[Kind(case.kind)]:
        if ORDER.index(stage) <= at and case.stage != Stage.CLOSED:
            steps.append(Step(title=str(done), state="done", at=reached.get(stage.value)))
        elif stage is Stage.RECEIVED:
            steps.append(Step(title=str(done), state="done", at=case.opened_at))
        elif case.stage == Stage.CLOSED:
            break
        else:
            steps.append(Step(title=str(ahead), state="ahead" if now_shown else "now"))
            now_shown = True
    if case.stage == Stage.CLOSED:
        steps.append(Step(title=str(_("Closed, with our reasons")), state="done", at=case.resolved_at))
    return tuple(steps)


def _lines(case: Case) -> tuple[Line, ...]:
    messages = (
        Message.objects.filter(conversation_id=case.conversation_id)
        .exclude(kind=MessageKind.NOTE)
        .select_related("staff")
        .prefetch_related("attachments__file")
        .order_by("position")
    )
    return tuple(
        Line(
            ours=message.author != Author.CUSTOMER,
            automatic=message.author == Author.SYSTEM,
            author=message.staff.name if message.staff else "",
            text=markers.without(message.text).strip(),
            at=message.sent_at,
            files=tuple((str(one.file_id), one.file.name) for one in message.attachments.all()),
        )
        for message in messages
    )
