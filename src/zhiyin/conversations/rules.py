"""Words and decisions about conversations, messages and their delivery. Pure."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class State(Choice):
    OPEN = "open", gettext_noop("Open")
    WAITING = "waiting", gettext_noop("Waiting for the customer")
    DONE = "done", gettext_noop("Done")


class Author(Choice):
    CUSTOMER = "customer", gettext_noop("Customer")
    STAFF = "staff", gettext_noop("Staff")
    SYSTEM = "system", gettext_noop("Automatic")


class MessageKind(Choice):
    MESSAGE = "message", gettext_noop("Message")
    ACKNOWLEDGEMENT = "acknowledgement", gettext_noop("Acknowledgement")
    NOTICE = "notice", gettext_noop("Notice of progress")
    NOTE = "note", gettext_noop("Internal note")  # customers never see it


class DeliveryState(Choice):
    QUEUED = "queued", gettext_noop("Waiting to be sent")
    SENT = "sent", gettext_noop("Sent")
    FAILED = "failed", gettext_noop("Could not be delivered")


class Rating(Choice):
    """How satisfied somebody was with a turn or a dialogue, as rated."""

    DISSATISFIED = "0", gettext_noop("Dissatisfied")
    NEUTRAL = "1", gettext_noop("Neutral")
    SATISFIED = "2", gettext_noop("Satisfied")
