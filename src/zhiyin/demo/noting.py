"""The verbs about facts: a table is begun, the customer is asked, and somebody notes down a time; see `deeds`."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from zhiyin.cases import links
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import LinkPurpose
from zhiyin.demo import deeds, texts
from zhiyin.demo.deeds import Act
from zhiyin.demo.plays import Step
from zhiyin.demo.schedule import ZONE
from zhiyin.facts import actions
from zhiyin.facts.models import Column
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.facts.rules.words import Kind
from zhiyin.people.models import Staff


def facts(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Begin a facts table: starter | what it is about | what the customer is asked to do."""
    with translation.override(texts.language()):  # what the house writes, not what the reader reads
        actions.begin(
            case_id=act.case_id,
            starter=BY_KEY[step.part(0)],
            name=step.part(1),
            request=step.part(2),
            say=translation.gettext,
            by=deeds.acting(by),
            now=at,
        )


def column(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """One more condition: its name | its kind."""
    actions.add_column(
        case_id=act.case_id, name=step.part(0), kind=Kind(step.part(1)), by=deeds.acting(by), now=at
    )


def ask(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Send the customer the link; she has it at once, as with every letter of the demo."""
    actions.ask(case_id=act.case_id, by=deeds.acting(by), now=at)
    links.issue(case=Case.objects.get(pk=act.case_id), purpose=LinkPurpose.FACTS, now=at)


def noted(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """One time, now: a part for each condition after the time, in the order of the table, then whether it failed."""
    columns = Column.objects.filter(table__members__case_id=act.case_id).order_by("position")
    given = iter(step.parts)
    texts = {
        column.pk: f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" if column.kind == Kind.TIME else next(given)
        for column in columns
    }
    if by is None:
        actions.observe_as_customer(case_id=act.case_id, texts=texts, now=at)
    else:
        actions.observe(case_id=act.case_id, texts=texts, by=by, now=at)
