"""One PostgreSQL server on one data directory: created, started, adopted, stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from zhiyin.kit.postgres import binaries, place, processes, roles
from zhiyin.kit.postgres.problems import InitFailed, StartFailed, StillBusy

START_SECONDS = 120.0
STOP_SECONDS = 30.0
ORPHAN_SECONDS = 10.0
READY_LINE = 7
SOCKET_NOTE = ".s.PGSQL.5432.lock"
MEMORY_SHARE = 8
SMALLEST_BUFFERS_MB, LARGEST_BUFFERS_MB = 32, 1024

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # Logs carry no personal data: no statement, no parameter, no DETAIL with a row's values.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FLEETING = dict.fromkeys(DURABLE, "off")


class Cluster:
    """The server of `data_dir`. `durable=False` is for tests: quick, and worth nothing after a power cut."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.durable = durable
        self.place = place.find(data_dir)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        """The URL of the product's database for the product's own role."""
        return self._url(roles.ROLE, roles.DATABASE)

    @property
    def pid(self) -> int | None:
        """The process of the running server, whoever started it; None when there is none."""
        pid = self._noted_pid()
        return pid if pid and processes.works_in(pid, self.place.cluster) else None

    def start(self) -> None:
        """Create what is missing, adopt a running server or start one; ready for connections on return."""
        self._reap()
        if not self.place.cluster.exists():
            self._create()
        pid = self.pid
        if pid is None:
            self._launch()
        else:
            self._await_ready(pid)
        roles.ensure_role(self._url(roles.SUPERUSER, roles.MAINTENANCE), self.place.password(roles.ROLE))
        roles.ensure_database(self.dsn)

    def stop(self) -> None:
        """Stop the server quickly and cleanly: sessions end, everything committed is on disk."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, signal.SIGINT)
            if not processes.wait_gone(pid, self.place.cluster, seconds=STOP_SECONDS):
                os.kill(pid, signal.SIGQUIT)
                processes.wait_gone(pid, self.place.cluster, seconds=STOP_SECONDS)
        self._reap()

    def weaker_than_asked(self) -> bool:
        """Whether a server runs without durability although this caller needs it."""
        with contextlib.suppress(FileNotFoundError):
            return self.durable and "fsync=off" in (self.place.cluster / "postmaster.opts").read_text()
        return False

    def refuse_weaker(self) -> None:
        """Say that another command's fleeting server is in the way."""
        raise StillBusy(folder=str(self.place.cluster))

    def _url(self, role: str, database: str) -> str:
        socket = str(self.place.socket())
        return roles.url(role=role, password=self.place.password(role), socket=socket, database=database)

    def _create(self) -> None:
        """Run initdb beside the final place and move the result there whole."""
        account, making = self.place.account, self.place.state / "cluster.new"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        account.own(making)
        self.place.password(roles.ROLE)
        secret = self.place.state / ".initial-password"
        place.write_private(secret, self.place.password(roles.SUPERUSER))
        account.own(secret)
        options = ["--auth=scram-sha-256", f"--username={roles.SUPERUSER}", f"--pwfile={secret}"]
        # The built-in provider needs no locale of the machine and sorts the same everywhere.
        options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--data-checksums", "--no-instructions", *([] if self.durable else ["--no-sync"])]
        try:
            done = self._run("initdb", *options, "-D", str(making))
        finally:
            secret.unlink(missing_ok=True)
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip()[-600:]
            raise InitFailed(folder=str(self.place.cluster), reason=reason)
        making.rename(self.place.cluster)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        account = self.place.account
        command = [str(binaries.folder_for(account) / program), *arguments]
        return subprocess.run(
            command, cwd="/", env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False,
            **account.switch(),
        )  # fmt: skip

    def _launch(self) -> None:
        self._clear_remains()
        account = self.place.account
        command = [str(binaries.folder_for(account) / "postgres"), "-D", str(self.place.cluster)]
        settings = SETTINGS | (DURABLE if self.durable else FLEETING) | {"shared_buffers": _shared_buffers()}
        settings["unix_socket_directories"] = _quoted(self.place.socket())
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.place.log.open("wb") as log:
            # A session of its own: Ctrl-C on the terminal is for the command, which then stops the server.
            self._process = subprocess.Popen(
                command, cwd="/", env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, umask=0o077, **account.switch(),
            )  # fmt: skip
        self._await_ready(self._process.pid)

    def _clear_remains(self) -> None:
        """After a crash: let the last orphans of a killed server go, then drop its note and its socket's.

        With no process left in the data directory the notes can only name a stranger that got the same number, or
        the dead whom another command has not collected yet; for either PostgreSQL would refuse to start.
        """
        cluster = self.place.cluster
        for pid in processes.all_in(cluster):
            processes.wait_gone(pid, cluster, seconds=ORPHAN_SECONDS)
        if not processes.all_in(cluster):
            (cluster / "postmaster.pid").unlink(missing_ok=True)
            (self.place.socket() / SOCKET_NOTE).unlink(missing_ok=True)

    def _await_ready(self, pid: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(pid):
            ended = (
                self._process is not None and self._process.pid == pid and self._process.poll() is not None
            )
            if ended or time.monotonic() > deadline:
                reason = self.place.log.read_text(errors="replace").strip()[-600:]
                raise StartFailed(reason=reason, log=str(self.place.log))
            time.sleep(processes.GLANCE_SECONDS)

    def _ready(self, pid: int) -> bool:
        lines = self._note()
        return (
            len(lines) > READY_LINE and lines[0].strip() == str(pid) and lines[READY_LINE].strip() == "ready"
        )

    def _note(self) -> list[str]:
        try:
            return (self.place.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _noted_pid(self) -> int | None:
        lines = self._note()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def _reap(self) -> None:
        """Collect our own ended child, so that it does not linger."""
        if self._process is not None and self._process.poll() is not None:
            self._process = None


def _environment() -> dict[str, str]:
    """The server inherits nothing from the caller but where programs are."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C", "TZ": "UTC"}


def _quoted(folder: Path) -> str:
    """One folder as a value of a setting that is a comma-separated list of names."""
    return '"' + str(folder).replace('"', '""') + '"'


def _shared_buffers() -> str:
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return f"{max(SMALLEST_BUFFERS_MB, min(LARGEST_BUFFERS_MB, megabytes // MEMORY_SHARE))}MB"
