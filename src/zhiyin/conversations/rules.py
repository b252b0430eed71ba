"""Words and decisions about conversations, messages and their delivery. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Conflict, Invalid, NotFound, gettext_noop


class State(Choice):
    OPEN = "open", gettext_noop("In progress")
    WAITING = "waiting", gettext_noop("Waiting for the customer")
    DONE = "done", gettext_noop("Finished")


class Author(Choice):
    CUSTOMER = "customer", gettext_noop("Customer")
    STAFF = "staff", gettext_noop("Us")
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


class Trouble(Choice):
    """Why a delivery has not gone through, in words for staff; `reason` beside it keeps the server's own."""

    UNCONFIGURED = "unconfigured", gettext_noop("Sending is not set up yet")
    UNREACHABLE = "unreachable", gettext_noop("The mail server did not answer")
    SIGN_IN = "sign_in", gettext_noop("The mail server did not accept our sign-in")
    BUSY = "busy", gettext_noop("The receiving server asks us to try later")
    REFUSED = "refused", gettext_noop("The receiving server does not take it")
    BOUNCED = "bounced", gettext_noop("It came back")
    UNEXPECTED = "unexpected", gettext_noop("Something unexpected happened while sending")


class Rating(Choice):
    """How satisfied somebody was with a turn or a dialogue, as rated."""

    DISSATISFIED = "0", gettext_noop("Dissatisfied")
    NEUTRAL = "1", gettext_noop("Neutral")
    SATISFIED = "2", gettext_noop("Satisfied")


class View(Choice):
    """The drawers of the inbox."""

    MINE = "mine", gettext_noop("Mine")
    UNASSIGNED = "unassigned", gettext_noop("Nobody's yet")
    WAITING = "waiting", gettext_noop("Waiting for an answer")
    ALL = "all", gettext_noop("All")
    HISTORY = "history", gettext_noop("Imported history")


class ConversationMissing(NotFound):
    code = "conversation.missing"
    message = gettext_noop("There is no such conversation, or it belongs to another team.")


class EmptyMessage(Invalid):
    code = "message.empty"
    message = gettext_noop("Write something, or attach a file, before sending.")


class MessageTooLong(Invalid):
    code = "message.too_long"
    message = gettext_noop(
        "This text has %(length)s characters and a message holds %(limit)s. Attach it as a file."
    )


class TokenReused(Conflict):
    code = "message.token_reused"
    message = gettext_noop("This form was already used for another conversation. Load the page again.")


class FileUnavailable(Invalid):
    code = "message.file_unavailable"
    message = gettext_noop("One of the files is already part of another message. Attach it once more.")


class SnoozeInThePast(Invalid):
    code = "conversation.snooze_past"
    message = gettext_noop("Choose a time that is still to come.")


class CannotAnswer(Invalid):
    code = "conversation.cannot_answer"
    message = gettext_noop("%(name)s does not answer customers. Choose an agent or a supervisor.")


class HistoryStaysPut(Invalid):
    code = "conversation.history"
    message = gettext_noop("This is imported history. It stays as it was; open a case from it instead.")


class NotFailed(Conflict):
    code = "delivery.not_failed"
    message = gettext_noop("This message is already on its way.")


PREVIEW_LENGTH = 200
SUBJECT_LENGTH = 200
LONGEST_TEXT = 100_000

LEASE = timedelta(minutes=5)
"""How long one attempt may take before somebody else tries; far above what a slow server is allowed."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=3)
STUCK_AFTER = timedelta(minutes=30)

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` as it is kept: line ends alike, no control characters or half characters, bare ends."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str, length: int) -> str:
    """`text` on one line of at most `length` characters, the last one an ellipsis if something was cut."""
    line = " ".join(clean(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def check_text(text: str, *, files: int) -> str:
    """The text as it is kept; raises EmptyMessage (nothing and no file) or MessageTooLong."""
    kept = clean(text)
    if not kept and not files:
        raise EmptyMessage(field="text")
    if len(kept) > LONGEST_TEXT:
        raise MessageTooLong(field="text", length=len(kept), limit=LONGEST_TEXT)
    return kept


def next_try(*, attempts: int, queued_at: datetime, now: datetime) -> datetime | None:
    """When to try again after `attempts` tries: 1 min, doubled up to 6 h; None once three days are over."""
    if now - queued_at >= GIVE_UP_AFTER:
        return None
    wait: timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 12))
    return now + wait


_QUOTE_HEAD = re.compile(
    r"^(?:"
    r"-{2,}\s*(?:Original Message|原始邮件|原始郵件|Original-Nachricht)\s*-{2,}"
    r"|On .{6,200} wrote:"
    r"|(?:在|于|於)?\s*\d{4}\s*[-/年.].{2,200}(?:写道|寫道)\s*[:：]"
    r"|.{1,120}(?:写道|寫道)\s*[:：]"
    r")\s*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"^\s*(?:fwd?|转发|轉寄|轉發)\s*[:：]", re.IGNORECASE)


def split_quote(text: str, *, subject: str = "") -> tuple[str, str]:
    """(what is new, what is quoted from before). Nothing is lost; a forwarded letter is all new.

    The quotation starts at the line a mail program puts above it, or where nothing but `>` lines follow.
    """
    if _FORWARD.match(subject):
        return text, ""
    lines = text.split("\n")
    cut = next((at for at, line in enumerate(lines) if _QUOTE_HEAD.match(line.strip())), None)
    if cut is None:
        cut = len(lines)
        while cut and (lines[cut - 1].startswith(">") or not lines[cut - 1].strip()):
            cut -= 1
        if not any(line.startswith(">") for line in lines[cut:]):
            return text, ""
    fresh, quoted = "\n".join(lines[:cut]).strip(), "\n".join(lines[cut:]).strip()
    return (fresh, quoted) if fresh else (text, "")
