"""The verbs about authorities, letters and expectations; see `deeds`. And how authorities know the demo house."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases.models import Escalation
from zhiyin.cases.rules.expectations import Effect, Genuine, Option, Who, Wish
from zhiyin.demo import deeds
from zhiyin.demo.deeds import Act, Deed, Stage
from zhiyin.demo.plays import Step, table
from zhiyin.people.models import Staff
from zhiyin.statutory import actions
from zhiyin.statutory.models import Letter, Transfer
from zhiyin.statutory.rules.words import Body, LetterState, Region, Sector


def letterhead(stage: Stage) -> None:
    """The head, foot and seal of the house's letters, from `content/house.toml`."""
    said = dict(table("house")["letterhead"])
    sector, region = Sector(said.pop("sector")), Region(said.pop("region"))
    actions.save_profile(**said, sector=sector, region=region, by=None, now=stage.now)


def passed(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """An authority passed it on: body | office | demand | number, where no escalation has it | days on the slip."""
    open_one = Escalation.objects.filter(case_id=act.case_id, kind="regulator").order_by("-pk").first()
    days = step.part(4)
    actions.receive(
        case_id=act.case_id,
        body=Body(step.part(0)),
        office=step.part(1),
        demand=step.part(2),
        external_number=step.part(3) or (open_one.external_number if open_one else ""),
        escalation_id=open_one.pk if open_one and not step.part(3) else None,
        received_at=at,
        stated_due_on=timezone.localdate(at) + timedelta(days=int(days)) if days else None,
        by=deeds.acting(by),
        now=at,
    )


def ours(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """We accept what was passed on."""
    actions.accept(transfer_id=_transfer(act), by=deeds.acting(by), now=at)


def more(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The authority grants more time: days | ground."""
    today = timezone.localdate(at)
    actions.extend(
        transfer_id=_transfer(act),
        until=today + timedelta(days=int(step.part(0))),
        ground=step.part(1),
        granted_on=today,
        by=deeds.acting(by),
        now=at,
    )


def letter(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The answer is written and handed in: what was found | the remedy | the prevention."""
    person = deeds.acting(by)
    draft = actions.draft(transfer_id=_transfer(act), by=person, now=at)
    parts = dict(zip(("finding", "remedy", "prevention"), map(act.words, step.parts), strict=True))
    actions.rewrite(letter_id=draft.pk, words=parts, by=person, now=at)
    actions.submit(letter_id=draft.pk, by=person, now=at)


def issue(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """A supervisor issues the letter that waits."""
    waiting = Letter.objects.get(transfer_id=_transfer(act), state=LetterState.WAITING)
    actions.issue(letter_id=waiting.pk, by=deeds.acting(by), now=at)


def sent(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The authority has been answered: how."""
    actions.reply(transfer_id=_transfer(act), text=step.part(0), by=deeds.acting(by), now=at)


def ended(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The authority closed it: what it said."""
    actions.close(transfer_id=_transfer(act), result=step.part(0), by=deeds.acting(by), now=at)


def expect(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Stated | yes or unsure, reason | practical need | wishes, how that shows | [told] uncertainty | options.

    An option is who, cost, effect and what could be done; there may be several.
    """
    genuine, reason = _pair(step.part(1))
    wishes, shows = _pair(step.part(3))
    uncertainty = step.part(4)
    told = uncertainty.startswith("told ")
    cases.expect(
        case_id=act.case_id,
        stated=step.part(0),
        genuine=Genuine(genuine),
        genuine_reason=reason,
        practical_need=step.part(2),
        wishes=[Wish(name) for name in wishes.split("+") if name],
        psychological_need=shows,
        uncertainty=uncertainty.removeprefix("told "),
        uncertainty_told_at=at if told else None,
        options=[_option(part) for part in step.parts[5:]],
        by=deeds.acting(by),
        now=at,
    )


def _option(part: str) -> Option:
    who, cost, effect, text = part.split(" ", 3)
    return Option(who=Who(who), text=text, cost=Decimal(cost), effect=Effect(effect))


def _pair(part: str) -> tuple[str, str]:
    first, _, rest = part.partition(" ")
    return first, rest


def _transfer(act: Act) -> int:
    return Transfer.objects.filter(case_id=act.case_id).latest("pk").pk


VERBS: dict[str, Deed] = {
    deed.__name__: deed for deed in (passed, ours, more, letter, issue, sent, ended, expect)
}
