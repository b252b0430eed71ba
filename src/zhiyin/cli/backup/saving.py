"""Writing an archive: one snapshot for the dump and for the counts that will prove it."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

import zhiyin
from zhiyin.cli.backup import manifest, programs
from zhiyin.cli.backup.manifest import Manifest, Track

TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname <> 'information_schema' AND schemaname !~ '^pg_' ORDER BY 1, 2
"""


def save(dsn: str, files: Path, to: Path, *, now: datetime, track: Track) -> Manifest:
    """Write the archive `to`, whole or not at all, readable by its owner alone."""
    with tempfile.TemporaryDirectory(prefix=".zhiyin-", dir=to.parent) as folder:
        dump = Path(folder, manifest.DUMP)
        server, tables = _dump(dsn, dump, track)
        # After the snapshot: whatever a row of it names is on disk by now, since files go before rows.
        names = sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())
        content = Manifest(
            format=manifest.FORMAT,
            product=zhiyin.__version__,
            made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
            server=server,
            dump=manifest.checksum_of(dump),
            tables=tables,
            files={name: manifest.checksum_of(files / name) for name in names},
        )
        archive = Path(folder, "archive")
        _pack(archive, dump, files, content, track, compress=to.suffix in (".gz", ".tgz"))
        archive.rename(to)
    return content


def _dump(dsn: str, dump: Path, track: Track) -> tuple[str, dict[str, int]]:
    with psycopg.connect(dsn) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
        snapshot, server = row or ("", "")
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        with dump.open("wb") as out:
            process = programs.start("pg_dump", *options, dsn=dsn, stdin=subprocess.DEVNULL, stdout=out)
            tables = counts(connection, track)
            programs.finish(process, "pg_dump")
    return server, tables


def counts(connection: psycopg.Connection[tuple[object, ...]], track: Track) -> dict[str, int]:
    """Rows of every table of ours, as the connection's transaction sees them."""
    names = connection.execute(TABLES).fetchall()
    counted = {}
    for done, (schema, table) in enumerate(names, 1):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(str(schema), str(table)))
        row = connection.execute(query).fetchone()
        counted[f"{schema}.{table}"] = int(str(row[0])) if row else 0
        track("tables", done, len(names))
    return counted


def _pack(archive: Path, dump: Path, files: Path, content: Manifest, track: Track, *, compress: bool) -> None:
    descriptor = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz" if compress else "w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, manifest.NAME, content.to_json())
            tar.add(dump, manifest.DUMP, filter=_anonymous)
            for done, name in enumerate(content.files, 1):
                tar.add(files / name, f"{manifest.FILES}{name}", filter=_anonymous)
                track("files", done, len(content.files))
        out.flush()
        os.fsync(out.fileno())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """No names and numbers of this machine's accounts."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
