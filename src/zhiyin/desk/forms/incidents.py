"""The forms of mass incidents: what happened, what customers read, what is done for all."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.incidents import IncidentState, SharedKind
from zhiyin.cases.rules.words import Gap
from zhiyin.catalogue import queries as catalogue
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.colleagues import Beside
from zhiyin.kit.fields import TokenField, VersionField
from zhiyin.people import queries as people

PLACES = {
    "en": {"name": "{name}", "number": "{number}"},
    "zh-hans": {"name": "{姓名}", "number": "{编号}"},
    "zh-hant": {"name": "{姓名}", "number": "{編號}"},
}


class Incident(forms.Form):
    """What is known of it. `since` and `until` lie in the past as a rule."""

    version = VersionField()
    case = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    title = fields.Line(label=_("In one line"), help_text=_("As colleagues find it: where, and what."))
    what_happened = fields.Words(label=_("What happened"), rows=4)
    since = fields.Moment(label=_("It began"))
    until = fields.Moment(label=_("It ended"), required=False)
    place = fields.Line(
        label=_("Places concerned"),
        required=False,
        max_length=200,
        help_text=_("Several with a comma between them. Cases about them are offered."),
    )
    words = fields.Line(
        label=_("Words customers use for it"),
        required=False,
        max_length=200,
        help_text=_("Several with a comma between them, such as “no water”."),
    )
    department_id = fields.Number(label=_("Responsible department"), required=False, empty=_("Not known yet"))
    touchpoint_id = fields.Number(
        label=_("Touchpoint"),
        required=False,
        empty=_("Not named"),
        help_text=_("Its cases carry it too, those that name none of their own."),
    )

    def __init__(self, *args: Any, now: datetime, keep: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        known = list(catalogue.touchpoints())
        known += [keep] if keep is not None and keep not in known else []
        self.fields["touchpoint_id"].offer((row.pk, row.name) for row in known)  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].now = now  # type: ignore[attr-defined]
        self.fields["department_id"].offer((row.pk, row.name) for row in people.departments())  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "case"}}


class Notice(Beside):
    """What customers read before they ask."""

    version = VersionField()
    notice = fields.Words(
        label=_("What customers read"),
        required=False,
        rows=3,
        help_text=_("Plain words: what happened, what we do, when they hear more. No names."),
    )
    is_public = forms.BooleanField(label=_("Show it to customers"), required=False)


class Move(Beside):
    version = VersionField()
    to = forms.ChoiceField(
        choices=[(one.value, one.value) for one in IncidentState], widget=forms.HiddenInput
    )
    text = fields.Words(label=_("How it was solved, or why it goes on"), required=False, rows=2)


class Shared(forms.Form):
    """Something done once for all. `do` says whether it is only looked at yet."""

    token = TokenField()
    text = fields.Words(label=_("Text"), rows=5)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["token"].initial = uuid.uuid4()

    def details(self) -> dict[str, Any]:
        """What the deed takes besides its text, as it is kept."""
        own = {"token", "text"}
        return {name: _plain(value) for name, value in self.cleaned_data.items() if name not in own}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)


class Reply(Shared):
    text = fields.Words(label=_("To all customers"), rows=6)
    newcomers = forms.BooleanField(label=_("Only to those who joined since the last reply"), required=False)

    def __init__(self, *args: Any, untold: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        if not untold:
            del self.fields["newcomers"]
        said = gettext("%(name)s becomes each customer's name, %(number)s the number of the case.")
        self.fields["text"].help_text = said % PLACES.get(get_language() or "", PLACES["en"])


class Ask(Shared):
    text = fields.Words(
        label=_("What was done"),
        rows=3,
        help_text=_("The question whether it is settled, with each customer's own link, stands below it."),
    )


class Judge(Shared):
    ground_sufficient = fields.YesNo(
        _("Sufficient"), _("Not sufficient"), label=_("The ground"), initial="yes"
    )
    text = fields.Words(label=_("Why"), rows=2)
    demand_reasonable = fields.YesNo(_("Reasonable"), _("Goes too far"), label=_("The demand"), initial="yes")
    demand_reason = fields.Words(label=_("Why"), rows=2)


class Offer(Shared):
    department_id = fields.Number(label=_("Department"), empty=_("Choose a department"))
    text = fields.Words(label=_("What the department should know"), rows=3)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department_id"].offer((row.pk, row.name) for row in people.departments())  # type: ignore[attr-defined]


class Accept(Shared):
    text = fields.Words(label=_("Note"), required=False, rows=2)


class Investigate(Shared):
    findings = fields.Words(label=_("What was found"), rows=3)
    text = fields.Words(label=_("Root cause"), rows=2)
    gap = fields.Pick(label=_("Service gap"), choices=fields.choices(Gap))


class Remedy(Shared):
    text = fields.Words(
        label=_("What was done"),
        rows=3,
        help_text=_("Every customer reads this and is asked whether it is settled."),
    )
    prevention = fields.Words(label=_("So that it does not happen again"), required=False, rows=2)
    cost = fields.Money(label=_("Cost of each case"), initial=0)


FORMS: dict[SharedKind, type[Shared]] = {
    SharedKind.REPLY: Reply,
    SharedKind.ASK: Ask,
    SharedKind.JUDGE: Judge,
    SharedKind.OFFER: Offer,
    SharedKind.ACCEPT: Accept,
    SharedKind.INVESTIGATE: Investigate,
    SharedKind.REMEDY: Remedy,
}
