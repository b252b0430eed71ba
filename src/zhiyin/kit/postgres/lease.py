"""Sharing one server among commands: the last one out stops it.

Each command holds a shared lock for as long as it uses the server; the kernel lets go of it even when the
command is killed. A server whose users were all killed keeps running and is adopted by the next command.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from zhiyin.kit.postgres.server import Cluster


class Lease:
    """The use of a running server until `release`."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.cluster = Cluster(data_dir, durable=durable)
        self._users: IO[str] | None = None
        with self._deciding():
            if self.cluster.pid and self.cluster.weaker_than_asked():
                self._replace_weaker()
            found = self.cluster.pid
            try:
                self.cluster.start()
            except BaseException:
                if found is None:
                    self.cluster.stop()
                raise
            self._users = self._open("users.lock")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    @property
    def dsn(self) -> str:
        """Where to connect."""
        return self.cluster.dsn

    def alive(self) -> bool:
        """Whether the server is running."""
        return self.cluster.pid is not None

    def revive(self) -> None:
        """Start the server again after it died under its users."""
        with self._deciding():
            self.cluster.start()

    def release(self) -> None:
        """Stop using the server, and stop the server when nobody else uses it."""
        if self._users is None:
            return
        with self._deciding():
            alone = self._alone(self._users)
            self._users.close()
            self._users = None
            if alone:
                self.cluster.stop()

    def _replace_weaker(self) -> None:
        with self._open("users.lock") as users:
            if not self._alone(users):
                self.cluster.refuse_weaker()
        self.cluster.stop()

    @contextmanager
    def _deciding(self) -> Iterator[None]:
        """One command at a time starts or stops the server."""
        with self._open("control.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open(self, name: str) -> IO[str]:
        descriptor = os.open(self.cluster.place.state / name, os.O_RDWR | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "r+")

    @staticmethod
    def _alone(users: IO[str]) -> bool:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def hold(data_dir: Path, *, durable: bool = True) -> Lease | None:
    """A lease on the server of `data_dir`; None where `DATABASE_URL` names another one."""
    return None if os.environ.get("DATABASE_URL") else Lease(data_dir, durable=durable)


@contextmanager
def running(data_dir: Path, *, durable: bool = True) -> Iterator[str]:
    """Yield the URL of a running database: `DATABASE_URL`, or the server of `data_dir` while needed."""
    lease = hold(data_dir, durable=durable)
    if lease is None:
        yield os.environ["DATABASE_URL"]
        return
    try:
        yield lease.dsn
    finally:
        lease.release()
