"""The forms for what goes on among colleagues: hand-overs, requests, incidents, and what they leave open at the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.words import Emotion, EventKind
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.deeds.base import Deed, Plain, Reason
from zhiyin.kit import figures
from zhiyin.kit.language import say
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed as Right
from zhiyin.promises.rules import State

REMEMBERED = 4  # lines of the timeline a hand-over begins with


class HandOver(Deed):
    """Prefilled with what the house knows; whoever hands over puts it in her own words."""

    to_id = fields.Number(label=_("To whom"), empty=_("Choose a colleague"))
    text = fields.Words(label=_("What was done"), rows=3)
    promised = fields.Words(label=_("What the customer was promised"), required=False, rows=2)
    next_step = fields.Words(label=_("What comes next"), required=False, rows=2)
    emotion = fields.Pick(label=_("How the customer feels"), choices=fields.choices(Emotion))
    feeling = fields.Line(
        label=_("In words"), required=False, max_length=300, help_text=_("What to take care of in tone.")
    )

    def prepare(self) -> None:
        case = self.case.case
        rows = [(row.pk, _named(row)) for row in people.service_staff() if row.pk != case.owner_id]
        self.fields["to_id"].offer(rows)  # type: ignore[attr-defined]
        step = self.case.card.step
        self.initial = {
            "text": _done(self.case),
            "promised": _promised(self.case, self.now),
            "next_step": str(say(step)) if step else "",
            "emotion": case.emotion,
            **self.initial,
        }

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "emotion": Emotion(given["emotion"])}


class Ask(Deed):
    """A request inside the house: the next department is a customer too."""

    to_id = fields.Number(label=_("A colleague"), required=False, empty=_("Nobody in particular"))
    department_id = fields.Number(label=_("Or a department"), required=False, empty=_("None"))
    need = fields.Words(label=_("What is needed"), rows=3)
    due_at = fields.Moment(label=_("By when"))
    shares_notes = forms.BooleanField(
        label=_("May read the notes of this case"),
        required=False,
        help_text=_(
            "While the request is open, and nothing else of the case. Then a mention reaches them too."
        ),
    )

    def prepare(self) -> None:
        able = [
            row
            for row in people.active()
            if row.pk != self.staff.pk and access.may(row, Right.ANSWER_REQUEST)
        ]
        self.fields["to_id"].offer((row.pk, _named(row)) for row in able)  # type: ignore[attr-defined]
        self.fields["department_id"].offer((row.pk, row.name) for row in people.departments())  # type: ignore[attr-defined]
        self.initial = {"due_at": self.now + timedelta(days=1), **self.initial}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and bool(given.get("to_id")) == bool(given.get("department_id")):
            self.add_error("to_id", gettext("Choose either a colleague or a department."))
        return given


class Join(Deed):
    incident_id = fields.Number(label=_("Incident"), empty=_("Choose an incident"))

    def prepare(self) -> None:
        rows = self.case.incidents
        self.fields["incident_id"].offer((one.id, _called(one)) for one in rows)  # type: ignore[attr-defined]
        if rows and rows[0].why:
            self.initial = {"incident_id": rows[0].id, **self.initial}


class Differ(Reason):
    reason = fields.Words(label=_("What is different"), rows=2)


class Archive(Plain):
    """Nothing to fill in, unless colleagues are still asked."""

    without_answers = forms.BooleanField(required=False)

    def prepare(self) -> None:
        asked = [one for one in self.case.requests if one.request.ended_at is None]
        if not asked:
            del self.fields["without_answers"]
            return
        names = figures.listed(dict.fromkeys(one.whom for one in asked))
        self.fields["without_answers"].label = gettext("%(names)s need not answer any more") % {
            "names": names
        }
        self.fields["without_answers"].help_text = gettext(
            "Colleagues are still asked about this case. Archiving tells them that no answer is needed."
        )


def _done(page: Any) -> str:
    """The last lines of the timeline, as a beginning."""
    quiet = {EventKind.CLOCK_SOON, EventKind.CLOCK_OVER, EventKind.ACKNOWLEDGED, EventKind.LINK_OPENED}
    lines = [event for event in page.events if event.kind not in quiet][:REMEMBERED]
    said = [
        event.text if event.kind == EventKind.NOTED else str(say(EventKind(event.kind)))
        for event in reversed(lines)
    ]
    return figures.clauses(dict.fromkeys(said))


def _promised(page: Any, now: datetime) -> str:
    still = [link.promise for link in page.vows if link.promise.state == State.OPEN]
    return "\n".join(figures.aside(vow.text, figures.when(vow.due_at, now)) for vow in still)


def _called(one: Any) -> str:
    why = figures.listed(say(reason) for reason in one.why)
    return figures.aside(one.title, why) if why else str(one.title)


def _named(row: Any) -> str:
    place = row.team or row.department
    return f"{row.name}　{place.name}" if place else str(row.name)
