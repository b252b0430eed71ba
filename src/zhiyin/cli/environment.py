"""What every command stands on: DATA_DIR, the secret key, the database and Django, each found or made.

Commands that start the database stop it again when they end, unless another command uses it.
"""

from __future__ import annotations

import os
import secrets
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from zhiyin.cli import exits, language
from zhiyin.kit import postgres
from zhiyin.kit.errors import DomainError, gettext_noop

CHECKOUT = Path(__file__).resolve().parents[3]
SETTINGS = "zhiyin.config.settings"
KEY_BYTES = 50
FOLDERS = ("files", "static")


class NoDataDir(DomainError):
    """DATA_DIR cannot be written."""

    code = "cli.data_dir"
    message = gettext_noop("The folder %(folder)s cannot be written. Set DATA_DIR to one that can.")


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the data are, and the use of our own database server (None with `DATABASE_URL`)."""

    data_dir: Path
    lease: postgres.Lease | None


def data_dir() -> Path:
    """DATA_DIR, else `var` in a checkout, else the machine's place for service data."""
    told = os.environ.get("DATA_DIR")
    if told:
        return Path(told).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path("/var/lib/zhiyin")


def dsn() -> str:
    """The URL of the database, once the environment is ready."""
    return os.environ["DATABASE_URL"]


@contextmanager
def ready(*, database: bool = True, django: bool = True, tables: bool = False) -> Iterator[Environment]:
    """Prepare what is missing, set the process up, and put everything back on the way out.

    With `tables` the database is brought up to date too, so that a command works on a fresh machine.
    """
    folder = data_dir()
    try:
        # The database may run as another account, which has to pass through but not to look around.
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        os.environ["DATA_DIR"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        if not os.environ.get("SECRET_KEY"):
            os.environ["SECRET_KEY"] = secret_key(folder)
    except OSError as error:
        raise NoDataDir(folder=str(folder)) from error
    with leaving_on_term():
        lease = postgres.hold(folder) if database else None
        if lease is not None:
            os.environ["DATABASE_URL"] = lease.dsn
        try:
            if django:
                _setup_django()
            if tables:
                _bring_up_to_date()
            yield Environment(folder, lease)
        finally:
            if django:
                _close_connections()
            if lease is not None:
                os.environ.pop("DATABASE_URL", None)
                lease.release()


def secret_key(folder: Path) -> str:
    """The key that signs links and sessions: made once, readable by its owner alone."""
    file = folder / "secret-key"
    with suppress(FileNotFoundError):
        return file.read_text().strip()
    with suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(KEY_BYTES))
    return file.read_text().strip()


@contextmanager
def leaving_on_term() -> Iterator[None]:
    """Turn SIGTERM into a normal way out, so that what was started is stopped."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        sys.exit(exits.FAILED)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _setup_django() -> None:
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language.django_code())


def _bring_up_to_date() -> None:
    from zhiyin.cli import database

    database.migrate_quietly()


def _close_connections() -> None:
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()
        for connection in connections.all(initialized_only=True):
            close_pool = getattr(connection, "close_pool", None)
            if close_pool is not None:
                close_pool()
