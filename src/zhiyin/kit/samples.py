"""What the page of components shows: every state once, with people who do not exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhiyin.kit import ui

COLOURS = ("ink", "ink-2", "ink-3", "brand", "soon", "over", "ok", "hot", "tense", "low", "calm", "glad")


class SampleForm(forms.Form):
    phone = forms.CharField(label=gettext_lazy("Telephone"), min_length=11)
    cost = forms.DecimalField(
        label=gettext_lazy("Cost"),
        required=False,
        help_text=gettext_lazy("Above ¥2,000 somebody with a higher limit approves."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("a", gettext_lazy("Complaint")), ("b", gettext_lazy("Service request"))],
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Came by"),
        widget=forms.RadioSelect,
        choices=[("phone", gettext_lazy("Telephone")), ("counter", gettext_lazy("Counter"))],
    )
    danger = forms.BooleanField(label=gettext_lazy("People or property are in danger"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea)
    files = forms.FileField(label=gettext_lazy("Files"), required=False)


class SampleFilters(forms.Form):
    q = forms.CharField(label=gettext_lazy("Number, words, name, last figures of a phone"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("", "–"), ("a", gettext_lazy("Complaint")), ("b", gettext_lazy("Service request"))],
    )


def clocks() -> list[ui.Clock]:
    hour = dt.timedelta(hours=1)
    return [
        ui.running(52 * hour, share=80, soon=False),
        ui.running(dt.timedelta(minutes=41), share=51, soon=True),
        ui.running(-dt.timedelta(minutes=38), share=0, soon=True),
        ui.paused(_("waiting for the customer")),
        ui.met(dt.timedelta(minutes=4), dt.timedelta(minutes=30)),
        ui.running(2 * hour, share=24, soon=True, label=_("First answer")),
    ]


def steps() -> list[ui.Step]:
    done = (_("Receive"), _("Judge"), _("Department"), _("Investigate"), _("Propose"), _("Approve"))
    todo = (_("Remedy"), _("Confirm"), _("Archive"))
    return [
        *(ui.Step(name, "done", _("done")) for name in done),
        ui.Step(_("Choose"), "now", _("waiting")),
        *(ui.Step(name, "todo") for name in todo),
    ]


def events(now: dt.datetime) -> list[ui.Event]:
    return [
        ui.Event(now - dt.timedelta(minutes=12), "eye", _("opened the link with the proposals"), by="苏文秀"),
        ui.Event(
            now - dt.timedelta(hours=20),
            "message-2",
            "",
            by="苏文秀",
            quote="三个方案我晚上和家里人看看",
            emotion="calm",
        ),
        ui.Event(now - dt.timedelta(days=2), "note", "上门前先打电话", by="林晓芸", kind="note"),
        ui.Event(now - dt.timedelta(days=400), "circle-check", _("Approved"), by="周敏", detail="额度内"),
    ]


def page(now: dt.datetime) -> dict[str, Any]:
    wrong = SampleForm({"phone": "1390021447", "cost": "2180", "kind": "a", "channel": "phone"})
    return {
        "now": now,
        "clocks": clocks(),
        "steps": steps(),
        "events": events(now),
        "form": wrong,
        "filters_form": SampleFilters(),
        "feelings": ("anger", "clamour", "anxiety", "sadness"),
        "colours": COLOURS,
        "page": Paginator(range(60), 20).page(2),
        "facts": [
            ui.Fact(_("Telephone"), "139****4471"),
            ui.Fact(_("Quiet hours"), "12:00–14:00", _("never called then")),
        ],
        "moments": [now - dt.timedelta(days=days) for days in (0, 1, 6, 400)],
    }
