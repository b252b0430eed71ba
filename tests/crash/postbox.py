"""A real SMTP server on loopback that can keep a letter between its last byte and the answer."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from tests.crash.points import until

LONGEST = 60.0


class Postbox:
    """Counts what it took by Message-ID; `answer` cleared: the 250 is kept back."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.addresses: dict[str, str] = {}
        self.reading = 0
        self.answer = threading.Event()
        self.answer.set()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.reading += 1
        await asyncio.to_thread(self.answer.wait, LONGEST)
        self.taken[str(letter["Message-ID"])] += 1
        self.addresses[str(letter["Message-ID"])] = str(letter["To"])
        return "250 kept"

    def keep_back(self) -> None:
        """From now on letters are read and not answered."""
        self.reading = 0
        self.answer.clear()

    def caught(self) -> None:
        """Wait until a letter has been read that is not answered."""
        until(lambda: self.reading, "no letter came")


@contextmanager
def open_postbox() -> Iterator[tuple[Postbox, int]]:
    """The postbox and its port."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port(), decode_data=False)
    controller.start()
    try:
        yield postbox, controller.port
    finally:
        postbox.answer.set()
        controller.stop()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
