"""What of a conversation can be found: its subject and the new words of every message, an entry each."""

from __future__ import annotations

from collections.abc import Iterable

from zhiyin.conversations import markers
from zhiyin.conversations.models import Conversation, Message
from zhiyin.conversations.rules import split_quote
from zhiyin.kit import search

KIND = "conversation"


def add_subject(conversation: Conversation) -> None:
    if conversation.subject:
        search.add(kind=KIND, object_id=conversation.pk, texts=[conversation.subject])


def add_message(message: Message) -> None:
    """One entry more, at the same cost however long the thread is."""
    texts = findable([message.text], subject=message.conversation.subject)
    search.add(kind=KIND, object_id=message.conversation_id, texts=texts)


def add_messages(messages: Iterable[Message]) -> None:
    """The same for many messages of locked conversations, in two statements."""
    rows = [
        (message.conversation_id, findable([message.text], subject=message.conversation.subject))
        for message in messages
    ]
    search.add_many(kind=KIND, objects=rows)


def findable(texts: Iterable[str], *, subject: str) -> list[str]:
    """The words that are new in each text: what is quoted from before is found where it was first said."""
    return [split_quote(markers.hide(text, ""), subject=subject)[0] for text in texts]
