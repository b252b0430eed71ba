"""A real SMTP server on loopback that says what it is told to say, and keeps what it has taken."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Handler:
    """`recipient` and `data` hold answers to give one after another; when they run out, all is well."""

    recipient: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    slow: float = 0.0
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.recipient:
            answer = self.recipient.pop(0)
            if not answer.startswith("2"):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.slow)
        if self.data:
            answer = self.data.pop(0)
            if not answer.startswith("2"):
                return answer
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 taken"


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="mail.example.com", enable_SMTPUTF8=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(port: int | None = None) -> Iterator[tuple[Handler, int]]:
    handler = Handler()
    server = Server(handler, hostname="127.0.0.1", port=port or free_port())
    server.start()
    try:
        yield handler, server.port
    finally:
        server.stop()
