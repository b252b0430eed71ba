"""The forms of a request inside the house, for whoever answers it and whoever asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.desk.forms import fields


class Beside(forms.Form):
    """Several of these stand on one page: each has ids of its own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{type(self).__name__.lower()}-%s")
        super().__init__(*args, **options)


class Answer(Beside):
    text = fields.Words(label=_("Your answer"), rows=4)


class Decline(Beside):
    reason = fields.Words(label=_("Why not, and who could"), rows=2)


class Nothing(Beside):
    """Nothing to fill in."""


class Withdraw(Beside):
    reason = fields.Words(label=_("Reason"), required=False, rows=2)


class Judge(Beside):
    """Whether the answer is enough; if not, what is missing, and until when."""

    sufficient = fields.YesNo(_("Yes, this is enough"), _("Not yet"), label=_("Is the answer enough?"))
    words = fields.Words(label=_("What is still missing"), required=False, rows=2)
    due_at = fields.Moment(label=_("New time"), required=False)

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].now = now  # type: ignore[attr-defined]
