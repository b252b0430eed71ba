"""Who runs the server: PostgreSQL refuses root, so root hands it to an account without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhiyin.kit.postgres.problems import NoAccount

OWN_NAME = "zhiyin"
OTHERS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group of this machine."""

    uid: int
    gid: int

    def is_me(self) -> bool:
        """Whether this process already runs as this account."""
        return self.uid == os.geteuid()

    def switch(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` run a command as this account."""
        if self.is_me():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may pass through `folder`; tried, because modes alone do not tell."""
        return self.succeeds(["test", "-x", str(folder)])

    def succeeds(self, command: list[str]) -> bool:
        """Whether a command ends well when this account runs it."""
        try:
            done = subprocess.run(
                command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False, **self.switch()
            )
        except OSError:
            return False
        return done.returncode == 0

    def own(self, path: Path) -> None:
        """Give `path` to this account."""
        if not self.is_me():
            os.chown(path, self.uid, self.gid)


def owner_of(path: Path) -> Account:
    """The account that `path` belongs to."""
    status = path.stat()
    return Account(status.st_uid, status.st_gid)


def choose() -> Account:
    """The account for a new server: this one, or for root one without rights (made where it is missing)."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    account = _named(OWN_NAME) or _created() or next(filter(None, map(_named, OTHERS)), None)
    if account is None:
        raise NoAccount
    return account


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _created() -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = [useradd, *options, "--shell", "/usr/sbin/nologin", OWN_NAME]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return _named(OWN_NAME)
