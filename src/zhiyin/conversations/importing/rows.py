"""One dialogue from one line of JSON. Pure.

    {"id": "a-1", "channel": "chat", "satisfaction": 0,
     "messages": [{"role": "customer", "text": "…", "satisfaction": 2}, {"role": "agent", "text": "…"}]}

`satisfaction` may be absent or null: 0 dissatisfied, 1 neutral, 2 satisfied. `channel` may be absent: a chat.
Keys we do not know are passed over. Everything else that does not fit is a BadRow that says what and where.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from zhiyin.conversations.rules import LONGEST_TEXT, Author, Rating, clean
from zhiyin.customers.rules import Channel
from zhiyin.kit.errors import Invalid, gettext_noop

LONGEST_ID = 120
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ROLES = {"customer": Author.CUSTOMER, "agent": Author.STAFF}


class BadRow(Invalid):
    code = "import.row"


class NotJson(BadRow):
    code = "import.not_json"
    message = gettext_noop("This line stops being JSON at character %(at)s.")


class NumberTooLong(BadRow):
    code = "import.number_too_long"
    message = gettext_noop("A number in this line has thousands of digits.")


class TooDeep(BadRow):
    code = "import.too_deep"
    message = gettext_noop("This line is nested too deeply.")


class NotADialogue(BadRow):
    code = "import.not_a_dialogue"
    message = gettext_noop("A dialogue is an object in braces; this line holds something else.")


class BadId(BadRow):
    code = "import.bad_id"
    message = gettext_noop("“id” has to be a text of 1 to %(longest)s characters on one line.")


class UnknownChannel(BadRow):
    code = "import.unknown_channel"
    message = gettext_noop("“channel” is none we know. Known are: %(known)s.")


class NoMessages(BadRow):
    code = "import.no_messages"
    message = gettext_noop("“messages” has to be a list with at least one message.")


class BadMessage(BadRow):
    code = "import.bad_message"
    message = gettext_noop("Message %(number)s is not an object in braces.")


class UnknownRole(BadRow):
    code = "import.unknown_role"
    message = gettext_noop("Message %(number)s: “role” has to be customer or agent.")


class EmptyText(BadRow):
    code = "import.empty_text"
    message = gettext_noop("Message %(number)s has no text.")


class TextTooLong(BadRow):
    code = "import.text_too_long"
    message = gettext_noop("Message %(number)s is longer than %(longest)s characters.")


class Unstorable(BadRow):
    code = "import.unstorable"
    message = gettext_noop("Message %(number)s holds half a character or a NUL.")


class BadRating(BadRow):
    code = "import.bad_rating"
    message = gettext_noop("“satisfaction” of the dialogue has to be 0, 1, 2 or null.")


class BadTurnRating(BadRow):
    code = "import.bad_turn_rating"
    message = gettext_noop("Message %(number)s: “satisfaction” has to be 0, 1, 2 or null.")


@dataclass(frozen=True, slots=True)
class Turn:
    author: Author
    text: str
    rating: str  # a Rating's value, or "" for none


@dataclass(frozen=True, slots=True)
class Dialogue:
    external_id: str
    channel: Channel
    rating: str
    turns: tuple[Turn, ...]


def parse(line: str) -> Dialogue:
    """The dialogue in a line; raises a BadRow."""
    row = _json(line)
    if not isinstance(row, dict):
        raise NotADialogue
    messages = row.get("messages")
    if not isinstance(messages, list) or not messages:
        raise NoMessages
    return Dialogue(
        external_id=_id(row.get("id")),
        channel=_channel(row.get("channel")),
        rating=_rating(row.get("satisfaction"), BadRating()),
        turns=tuple(_turn(number, message) for number, message in enumerate(messages, 1)),
    )


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except RecursionError:
        raise TooDeep from None
    except json.JSONDecodeError as error:
        raise NotJson(at=error.colno) from None
    except ValueError:
        raise NumberTooLong from None


def _id(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ID:
        raise BadId(longest=LONGEST_ID)
    if _CONTROL.search(value) or _UNSTORABLE.search(value):
        raise BadId(longest=LONGEST_ID)
    return value


def _channel(value: Any) -> Channel:
    if value is None:
        return Channel.CHAT
    if not isinstance(value, str) or value not in list(Channel):
        raise UnknownChannel(known=", ".join(Channel))
    return Channel(value)


def _turn(number: int, message: Any) -> Turn:
    if not isinstance(message, dict):
        raise BadMessage(number=number)
    role, text = message.get("role"), message.get("text")
    if not isinstance(role, str) or role not in _ROLES:
        raise UnknownRole(number=number)
    if not isinstance(text, str):
        raise EmptyText(number=number)
    if _UNSTORABLE.search(text):
        raise Unstorable(number=number)
    kept = clean(text)
    if not kept:
        raise EmptyText(number=number)
    if len(kept) > LONGEST_TEXT:
        raise TextTooLong(number=number, longest=LONGEST_TEXT)
    return Turn(_ROLES[role], kept, _rating(message.get("satisfaction"), BadTurnRating(number=number)))


def _rating(value: Any, error: BadRow) -> str:
    """`true` is 1 to Python and 1.0 is too; a rating is neither."""
    if value is None:
        return ""
    if type(value) is not int or str(value) not in list(Rating):
        raise error
    return str(value)
