"""The closed lists of the catalogue."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class Level(Choice):
    """How much of a service is owed: what everybody may expect, what goes further, what nobody expects."""

    DUTY = "duty", gettext_noop("Duty")
    EXTRA = "extra", gettext_noop("Extra")
    BEYOND = "beyond", gettext_noop("Beyond expectation")


class Measure(Choice):
    """Which moment of a case a target runs to; the first four are named like the clocks of cases."""

    ACKNOWLEDGE = "acknowledge", gettext_noop("Told that it was received")
    RESPOND = "respond", gettext_noop("First answer by a person")
    JUDGE = "judge", gettext_noop("Told whose responsibility it is")
    RESOLVE = "resolve", gettext_noop("Settled for the customer")
    HELP = "help", gettext_noop("Help on the spot, where something is in danger")


class GuaranteeState(Choice):
    DRAFT = "draft", gettext_noop("Draft")
    PUBLISHED = "published", gettext_noop("Published")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn before it held")
