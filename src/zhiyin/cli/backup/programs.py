"""PostgreSQL's own tools, from the wheel, told where to connect without showing a password to `ps`."""

from __future__ import annotations

import os
import subprocess
from typing import IO

from psycopg import conninfo

from zhiyin.kit.errors import DomainError, gettext_noop
from zhiyin.kit.postgres import binaries

VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
}
LAST_WORDS = 600


class ToolFailed(DomainError):
    """pg_dump, pg_restore or psql gave up."""

    code = "backup.tool_failed"
    message = gettext_noop("%(tool)s stopped and nothing was changed: %(reason)s")


def environment(dsn: str) -> dict[str, str]:
    """The libpq variables of a connection string."""
    given = conninfo.conninfo_to_dict(dsn)
    told = {
        VARIABLES[key]: str(value) for key, value in given.items() if key in VARIABLES and value is not None
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, **told, "PGAPPNAME": "zhiyin backup", "LC_MESSAGES": "C"}


def start(
    tool: str, *arguments: str, dsn: str | None, stdin: int | IO[bytes], stdout: int | IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a tool; its remarks can be read from `stderr`."""
    env = environment(dsn) if dsn else None
    command = [str(binaries.folder() / tool), *arguments]
    return subprocess.Popen(command, env=env, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes], tool: str) -> None:
    """Wait for a tool and say why it failed, if it did."""
    remarks = process.stderr.read() if process.stderr else b""
    if process.stderr:
        process.stderr.close()
    if process.wait():
        raise ToolFailed(tool=tool, reason=remarks.decode(errors="replace").strip()[-LAST_WORDS:])
