"""How messages leave the house: one small protocol, and a registry of what speaks it.

A transport returns (the other side has taken the message), or raises `Refused` (it never will) or
`Unavailable` (try again). It must use `envelope_id` unchanged, so that a repeat can be told from another message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from zhiyin.conversations.rules import Trouble
from zhiyin.customers.rules import Channel, ContactKind


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along; `read` fetches its bytes when they are needed."""

    name: str
    content_type: str
    read: Callable[[], bytes]


class NotDelivered(Exception):
    """The message has not gone out; `trouble` says why, `reason` is what the other side said."""

    def __init__(self, trouble: Trouble, reason: str = "") -> None:
        self.trouble, self.reason = trouble, reason
        super().__init__(f"{trouble.value}: {reason}")


class Refused(NotDelivered):
    """For good: trying again would not help."""


class Unavailable(NotDelivered):
    """For now: try again later."""


class Transport(Protocol):
    """One way out. `contact` is the kind of contact point whose value is an address here."""

    name: str
    contact: ContactKind

    def is_ready(self) -> bool:
        """Whether it is set up; deliveries wait, without counting attempts, until it is."""

    def new_envelope_id(self) -> str:
        """A name for a new message, unique in the world and of at most 200 characters."""

    def send(
        self,
        *,
        envelope_id: str,
        address: str,
        subject: str,
        text: str,
        attachments: Sequence[Attached],
        thread: Sequence[str] = (),
        automatic: bool = False,
    ) -> None:
        """Hand one message over. `thread`: ids before it, oldest first; `automatic`: no person wrote it."""


_by_channel: dict[Channel, Transport] = {}


def register(channel: Channel, transport: Transport) -> None:
    """Let messages of `channel` leave through `transport`; called from `AppConfig.ready`."""
    _by_channel[channel] = transport


def transport_for(channel: str) -> Transport | None:
    """The way out of a channel, or None where a person carries the words (telephone, counter, letter)."""
    return _by_channel.get(Channel(channel))


def by_name(name: str) -> Transport | None:
    return next((transport for transport in _by_channel.values() if transport.name == name), None)


def ready() -> list[str]:
    """Names of the transports that are set up."""
    return sorted({transport.name for transport in _by_channel.values() if transport.is_ready()})
