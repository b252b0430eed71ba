"""Where a cluster, its secrets and its socket live."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zhiyin.kit.postgres import account as accounts
from zhiyin.kit.postgres.account import Account
from zhiyin.kit.postgres.problems import NotOurs, PasswordLost

APART = Path("/var/lib/zhiyin/clusters")
# sockaddr_un holds 107 bytes; "/.s.PGSQL.5432.lock" takes 19 of them.
LONGEST_SOCKET_FOLDER = 85
PASSWORD_BYTES = 24


@dataclass(frozen=True, slots=True)
class Place:
    """`control` (in DATA_DIR) keeps what the commands know; `state` holds the cluster and its locks."""

    control: Path
    state: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """The server's data directory."""
        return self.state / "cluster"

    @property
    def log(self) -> Path:
        """What the server says before its own log takes over."""
        return self.control / "start.log"

    def password(self, role: str) -> str:
        """The password of a database role; made on first use, readable by its owner alone."""
        file = self.control / f"password-{role}"
        with contextlib.suppress(FileNotFoundError):
            return file.read_text().strip()
        if self.cluster.exists():
            raise PasswordLost(file=str(file))
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        write_private(file, password)
        return password

    def socket(self) -> Path:
        """The folder of the server's Unix socket: short, 0700, the server account's own."""
        record = self.control / "socket"
        usual = self.state / "socket"
        if len(os.fsencode(usual)) <= LONGEST_SOCKET_FOLDER:
            usual.mkdir(mode=0o700, exist_ok=True)
            self.account.own(usual)
            return usual
        with contextlib.suppress(FileNotFoundError):
            recorded = Path(record.read_text().strip())
            if _private(recorded, self.account):
                return recorded
        made = Path(tempfile.mkdtemp(prefix="zhiyin-", dir=_short_parent()))
        self.account.own(made)
        write_private(record, str(made))
        return made


def write_private(file: Path, text: str) -> None:
    """Write a small secret whole or not at all, mode 0600."""
    making = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(f"{text}\n")
        out.flush()
        os.fsync(out.fileno())
    making.rename(file)


def find(data_dir: Path) -> Place:
    """The place of the cluster of `data_dir`; made where it is missing.

    Root's server runs as somebody else. Where that account cannot enter `data_dir` (a checkout under /root),
    the cluster lies under /var/lib/zhiyin instead and `data_dir` remembers where.
    """
    control = data_dir.resolve() / "postgres"
    root = os.geteuid() == 0
    control.mkdir(mode=0o711 if root else 0o700, parents=True, exist_ok=True)
    # Two commands that begin at once must not choose two places.
    with (control / "place.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _found(control)


def _found(control: Path) -> Place:
    record = control / "place"
    with contextlib.suppress(FileNotFoundError):
        state = Path(record.read_text().strip())
        return Place(control, state, _account(state))
    account = _account(control)
    if account.can_enter(control):
        return Place(control, control, account)
    state = APART / secrets.token_hex(4)
    state.mkdir(mode=0o711, parents=True)
    write_private(record, str(state))
    return Place(control, state, account)


def _account(state: Path) -> Account:
    cluster = state / "cluster"
    if not cluster.exists():
        return accounts.choose()
    owner = accounts.owner_of(cluster)
    if os.geteuid() not in (0, owner.uid):
        raise NotOurs(folder=str(cluster))
    return owner


def _private(folder: Path, account: Account) -> bool:
    try:
        status = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == account.uid
        and stat.S_IMODE(status.st_mode) == stat.S_IRWXU
    )


def _short_parent() -> str:
    candidates = (
        ("/run",)
        if os.geteuid() == 0
        else (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}")
    )
    for candidate in candidates:
        if (
            candidate
            and len(candidate) <= LONGEST_SOCKET_FOLDER // 2
            and os.access(candidate, os.W_OK | os.X_OK)
        ):
            return candidate
    return "/tmp"  # noqa: S108 - the folder made in it is 0700 and checked before each use
