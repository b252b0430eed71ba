"""What every step stands on: places, stamps, progress lines and running a command quietly."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VAR = ROOT / "var"
STAMPS = VENV / ".stamps"
REQUIREMENTS = ROOT / "requirements"
LOG = VAR / "setup.log"
TAIL_LINES = 15


class Stuck(Exception):
    """A step cannot go on by itself; the message says, in both languages, what a person can do."""


def venv_python() -> Path:
    """The interpreter inside the virtual environment."""
    return VENV / "bin" / "python"


def is_root() -> bool:
    """Whether this process may install packages for the whole machine."""
    return os.geteuid() == 0


def say(text: str) -> None:
    """One progress line, at once."""
    print(text, flush=True)


def digest(*parts: str | Path) -> str:
    """SHA-256 over texts and file contents, in order; a missing file counts as empty."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) and part.is_file() else str(part).encode()
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def tree_digest(folder: Path, *, leave_out: Iterable[str] = ()) -> str:
    """SHA-256 over names, sizes and contents of all files under `folder`, without the folders named."""
    skip = set(leave_out)
    whole = hashlib.sha256()
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - skip)
        for name in sorted(files):
            path = Path(base, name)
            whole.update(digest(str(path.relative_to(folder)), path).encode())
    return whole.hexdigest()


def fresh(name: str, inputs: str) -> bool:
    """Whether the step `name` was finished with exactly these inputs."""
    stamp = STAMPS / name
    return stamp.is_file() and stamp.read_text() == inputs


def finish(name: str, inputs: str) -> None:
    """Remember that the step `name` is done."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(inputs)


def step(name: str, title: str, inputs: str, work: Callable[[], None], *, ready: bool = True) -> None:
    """Do `work` unless its stamp is fresh and its result (`ready`) is there."""
    if ready and fresh(name, inputs):
        return
    say(f"· {title} …")
    begun = time.monotonic()
    work()
    finish(name, inputs)
    say(f"  ✓ {time.monotonic() - begun:.1f} s")


def run(command: list[str | Path], *, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a command with its output in var/setup.log; its last lines are shown when it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    words = [str(word) for word in command]
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(words)}\n".encode())
        log.flush()
        begun = log.tell()
        environment = {**os.environ, **(env or {})}
        try:
            done = subprocess.run(
                words, env=environment, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
            )
        except OSError as error:
            raise Stuck(f"没有运行起来 / could not be run: {words[0]} ({error.strerror})") from error
    if done.returncode:
        with LOG.open("rb") as log:
            log.seek(begun)
            tail = log.read().decode(errors="replace").strip().splitlines()[-TAIL_LINES:]
        shown = "\n".join(f"    {line}" for line in tail)
        raise Stuck(
            f"{shown}\n这一步没有完成，全文在 / this step did not finish, the whole text is in: {LOG}"
        )


def works(command: list[str | Path]) -> bool:
    """Whether a command exists and ends well."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def apt_install(*packages: str) -> bool:
    """Install Debian packages as root; False where that is not possible here."""
    if not is_root() or not works(["apt-get", "--version"]):
        return False
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update", "-q"], env=env)
        run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], env=env)
    except Stuck:
        return False
    return True


@contextmanager
def alone() -> Iterator[None]:
    """Let one setup run at a time in this checkout; the second waits for the first."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("· 另一个安装正在进行，等它完成 / waiting for another setup …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def complain(stuck: Stuck) -> int:
    """Say why a step stopped; the exit status for it."""
    print(f"\n{stuck}", file=sys.stderr, flush=True)
    return 1
