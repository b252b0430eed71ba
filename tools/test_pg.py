"""Run the tests against a system PostgreSQL: `python tools/test_pg.py [pytest arguments]`.

Takes Debian's PostgreSQL 15 or newer (installed when it is missing and one is root) and starts a cluster of its own
in a temporary folder, under an unprivileged account, on a free port of loopback; it goes when the tests are done.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DEBIAN = Path("/usr/lib/postgresql")
OLDEST = 15
ACCOUNT = "postgres"
MISSING = (
    "这里没有 PostgreSQL 15 或更新的版本。以 root 运行 make test-pg 会自动装上，或先运行：apt-get install postgresql\n"
    "There is no PostgreSQL 15 or newer here. Run make test-pg as root to have it installed, or first: "
    "apt-get install postgresql"
)


def binaries() -> Path | None:
    """The folder of the newest server's programs, or None."""
    found = {int(place.name): place / "bin" for place in DEBIAN.glob("[0-9]*") if place.name.isdigit()}
    on_path = shutil.which("postgres")
    if on_path and (release := _release(Path(on_path))):
        found.setdefault(release, Path(on_path).parent)
    fit = {
        number: place for number, place in found.items() if number >= OLDEST and (place / "initdb").exists()
    }
    return fit[max(fit)] if fit else None


def _release(program: Path) -> int | None:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", told)
    return int(number[0]) if number else None


def installed() -> Path:
    """As `binaries`; installs Debian's where there is none and one may, else says what to do."""
    place = binaries()
    if place is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "postgresql"]):
            subprocess.run(["apt-get", *command], env=environment, check=True, stdout=subprocess.DEVNULL)
        place = binaries()
    if place is None:
        sys.exit(MISSING)
    return place


@contextmanager
def cluster(place: Path) -> Generator[str]:
    """A cluster of its own; yields the address of its database."""
    account = pwd.getpwnam(ACCOUNT) if os.geteuid() == 0 else None
    run: dict[str, Any] = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    folder = Path(tempfile.mkdtemp(prefix="zy-pg-"))
    secret, port = secrets.token_urlsafe(24), _free_port()
    (folder / "password").write_text(secret)
    if account:
        for each in (folder, folder / "password"):
            os.chown(each, account.pw_uid, account.pw_gid)
    data = folder / "data"
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200"
    )
    try:
        making = [
            "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        _quietly([place / "initdb", "-D", data, "-U", ACCOUNT, *making], folder, run)
        starting = [place / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"]
        _quietly(starting, folder, run)
        yield f"postgresql://{ACCOUNT}:{secret}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [place / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
            cwd=folder,
            check=False,
            capture_output=True,
            **run,
        )
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(command: Sequence[str | Path], folder: Path, run: dict[str, Any]) -> None:
    """Run it; where it fails, show what it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **run)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def main() -> int:
    """Install, start, test, stop; the exit status of the tests."""
    place = installed()
    told = subprocess.run(
        [place / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    sys.stdout.write(told)
    sys.stdout.flush()
    with cluster(place) as url:
        environment = os.environ | {"DATABASE_URL": url}
        return subprocess.run(
            [sys.executable, ROOT / "tools" / "test.py", *sys.argv[1:]], env=environment, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
