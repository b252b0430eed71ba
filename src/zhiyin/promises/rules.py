"""Words and decisions about promises. Pure."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class State(Choice):
    OPEN = "open", gettext_noop("Open")
    KEPT = "kept", gettext_noop("Kept")
    BROKEN = "broken", gettext_noop("Broken")
    RELEASED = "released", gettext_noop("Released by the customer")


class Weight(Choice):
    HARD = "hard", gettext_noop("By a stated time")
    SOFT = "soft", gettext_noop("Without a stated time")
