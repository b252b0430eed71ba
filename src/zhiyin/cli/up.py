"""`zhiyin up`: web, worker and timers under one supervisor, on a database that is watched too."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from zhiyin.cli import environment, exits, services
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn
from zhiyin.cli.supervisor import Pause, Service, Supervisor, gone
from zhiyin.kit import postgres

LOOPBACK = ("127.0.0.1", "::1", "localhost")
LAST_PORT = 65535
LOOK_SECONDS = 0.1
ANSWER_SECONDS = 5.0


def up(*, before: Callable[[environment.Environment], None] | None = None, strict: bool = True) -> int:
    """Run until a signal; `before` prepares data once the database is there. Returns an exit status.

    Where others than this machine can reach it, `strict` starts only when `zhiyin check` finds nothing.
    """
    host, port = os.environ.get("BIND", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) <= LAST_PORT:
        warn(_("PORT is %(port)s: it has to be a number from 1 to 65535.") % {"port": port})
        return exits.UNUSABLE
    if not free(host, int(port)):
        warn(_("Port %(port)s is taken. Choose another: PORT=8010 zhiyin up") % {"port": port})
        return exits.FAILED
    os.environ.setdefault("PUBLIC_URL", f"http://{_shown(host)}:{port}")
    os.environ["PORT"] = port
    with environment.ready(tables=True) as ready:
        if not _fit(host, ready) and strict:
            return exits.UNSAFE
        if before:
            before(ready)
        asyncio.run(_keep(ready, host, int(port)))
    return exits.OK


def free(host: str, port: int) -> bool:
    """Whether `port` can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen()
        except OSError:
            return False
    return True


def _fit(host: str, ready: environment.Environment) -> bool:
    """Whether it is safe to listen on `host`, and if not, why."""
    from zhiyin.cli import checks

    if host in LOOPBACK:
        return True
    findings = checks.findings(ready.data_dir)
    for finding in findings:
        warn(finding)
    return not findings


async def _keep(ready: environment.Environment, host: str, port: int) -> None:
    supervisor = Supervisor(_services(host, port), tell=_tell)
    companions = [_announce(host, port)]
    if ready.lease is not None:
        companions.append(_keep_database(ready.lease, supervisor))
    await supervisor.run(*companions)
    say(_("Zhiyin has stopped."))


def _services(host: str, port: int) -> list[Service]:
    command = [sys.executable, "-m", "zhiyin"]
    workers = str(services.web_workers())
    return [
        Service("web", [*command, "web", "--host", host, "--port", str(port), "--workers", workers]),
        Service("worker", [*command, "worker"]),
        Service("timers", [*command, "timers"]),
    ]


def _tell(name: str, seconds: float) -> None:
    facts = {"name": name, "seconds": f"{seconds:.1f}"}
    warn(_("%(name)s has ended and starts again in %(seconds)s s.") % facts)


async def _announce(host: str, port: int) -> None:
    """One calm line when the first page can be had."""
    known_as = urlsplit(os.environ["PUBLIC_URL"]).netloc
    while not await asyncio.to_thread(healthy, host, port, known_as=known_as):  # noqa: ASYNC110 - nobody tells us; we ask
        await asyncio.sleep(LOOK_SECONDS)
    say(_("Zhiyin is running: %(url)s  (Ctrl+C stops it)") % {"url": os.environ["PUBLIC_URL"]})


def healthy(host: str, port: int, *, known_as: str = "localhost") -> bool:
    """Whether /healthz answers 200; the service is asked by a name that it serves."""
    connection = HTTPConnection(_shown(host).strip("[]"), port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": known_as})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


async def _keep_database(lease: postgres.Lease, supervisor: Supervisor) -> None:
    """Start our own PostgreSQL again whenever it ends under us."""
    pause = Pause()
    loop = asyncio.get_running_loop()
    while not supervisor.stopping.is_set():
        begun = loop.time()
        pid = lease.cluster.pid
        if pid is not None:
            await gone(pid)
        if supervisor.stopping.is_set():
            return
        warn(_("The database has ended and is being started again."))
        try:
            await asyncio.to_thread(lease.revive)
        except postgres.PostgresProblem:
            await asyncio.sleep(pause.after(loop.time() - begun))
        else:
            # A worker that lost its connection goes on without hearing of new jobs at once.
            supervisor.renew("worker")


def _shown(host: str) -> str:
    """The address to open in a browser for an address listened on."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
