"""Bringing an archive back: proved before anything is touched, all or nothing, proved again afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg
from psycopg import sql

from zhiyin.cli.backup import manifest, programs, saving
from zhiyin.cli.backup.manifest import Manifest, Track
from zhiyin.kit.errors import DomainError, gettext_noop

# Our pg_dump may be newer than the server: it begins with `SET` lines, remarks and `SELECT set_config` lines.
SETTING = re.compile(rb"SET (\w+) = ")
BEFORE_THE_TABLES = re.compile(rb"SET |SELECT pg_catalog\.set_config|--|\\|\s*$")

# Kind and quoted name of everything that a restore replaces. Depending on something internally or
# automatically (i, a) means going with it; depending on an extension (e) means not being ours.
OURS = """
WITH bound AS (SELECT classid, objid FROM pg_depend WHERE deptype IN ('e', 'i', 'a'))
SELECT kind, name FROM (
    SELECT 1 AS turn, 'SCHEMA' AS kind, quote_ident(nspname) AS name,
        'pg_namespace'::regclass AS class, oid
    FROM pg_namespace WHERE nspname <> 'public' AND nspname <> 'information_schema' AND nspname !~ '^pg_'
    UNION ALL
    SELECT 2, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
        WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass::text, 'pg_class'::regclass, oid
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 3, 'ROUTINE', oid::regprocedure::text, 'pg_proc'::regclass, oid
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 4, 'TYPE', oid::regtype::text, 'pg_type'::regclass, oid
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND (typtype IN ('e', 'd', 'r')
        OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))
) AS found
WHERE NOT EXISTS (SELECT FROM bound WHERE bound.classid = found.class AND bound.objid = found.oid)
ORDER BY turn, name
"""


class Unusable(DomainError):
    """The archive or the place to restore to cannot be used; nothing was changed."""

    code = "restore.unusable"


class NotAnArchive(Unusable):
    """Something else, or cut short."""

    message = gettext_noop("%(file)s is not a whole Zhiyin backup; nothing was changed.")


class Damaged(Unusable):
    """A checksum does not match."""

    message = gettext_noop("The backup is damaged at %(name)s; nothing was changed.")


class NotEmpty(Unusable):
    """There are data already."""

    message = gettext_noop("There are data here already. To replace them: zhiyin restore FILE --replace")


class InUse(Unusable):
    """Somebody is connected."""

    message = gettext_noop("The database is in use: stop the service first, then restore.")


class NotVerified(DomainError):
    """After the restore something is not what the archive says."""

    code = "restore.not_verified"
    message = gettext_noop("Restored, but %(name)s is not what the backup says.")


@dataclass(frozen=True, slots=True)
class Target:
    """Where to restore to."""

    dsn: str
    files: Path


def restore(archive: Path, target: Target, *, replace: bool, track: Track) -> Manifest:
    """Restore and verify; `Unusable` means nothing was changed, `NotVerified` that the last proof failed."""
    target.files.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=target.files.parent) as name:
        folder = Path(name)
        content = _unpack(archive, folder, track)
        _check_target(target, replace=replace)
        _load(target.dsn, folder / manifest.DUMP, content)
        _swap(folder / "files", target.files, folder / "before")
    _verify(content, target, track)
    return content


def _unpack(archive: Path, folder: Path, track: Track) -> Manifest:
    """Write everything that the manifest names into `folder`, checksums compared on the way."""
    (folder / "files").mkdir(mode=0o700)
    try:
        with tarfile.open(archive, "r:*") as tar:
            first = tar.next()
            stream = tar.extractfile(first) if first and first.name == manifest.NAME else None
            if stream is None:
                raise NotAnArchive(file=archive)
            content = manifest.parse(stream.read())
            expected = {manifest.DUMP: content.dump}
            expected |= {f"{manifest.FILES}{name}": known for name, known in content.files.items()}
            total = len(expected)
            while entry := tar.next():
                _take(tar, entry, expected, folder)
                track("files", total - len(expected), total)
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise NotAnArchive(file=archive) from error
    if expected:
        raise Damaged(name=min(expected))
    return content


def _take(tar: tarfile.TarFile, entry: tarfile.TarInfo, expected: dict[str, str], folder: Path) -> None:
    known = expected.pop(entry.name, None)
    path = PurePosixPath(entry.name)
    stream = tar.extractfile(entry) if entry.isreg() else None
    if known is None or stream is None or path.is_absolute() or ".." in path.parts:
        raise Damaged(name=entry.name)
    target = folder / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        shutil.copyfileobj(stream, out, manifest.CHUNK)
    # What is on disk is compared, not what passed by.
    if manifest.checksum_of(target) != known:
        raise Damaged(name=entry.name)


def _check_target(target: Target, *, replace: bool) -> None:
    with psycopg.connect(target.dsn) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
        if others and others[0]:
            raise InUse
        filled = bool(connection.execute(saving.TABLES).fetchone())
    if not replace and (filled or (target.files.is_dir() and any(target.files.iterdir()))):
        raise NotEmpty


def _load(dsn: str, dump: Path, content: Manifest) -> None:
    """Empty the database, run the dump and compare the counts in one transaction: any doubt undoes it all."""
    options = ["--no-owner", "--no-privileges", "--file=-", str(dump)]
    psql = programs.start(
        "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
        dsn=dsn, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    script = psql.stdin
    if script is None:
        raise AssertionError
    try:
        script.write(b"SET client_min_messages = warning;\nBEGIN;\n" + _emptying(dsn).encode())
        reader = programs.start(
            "pg_restore", *options, dsn=None, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        _copy(reader.stdout, script, known=_settings(dsn))
        programs.finish(reader, "pg_restore")
        script.write(_counting(content).encode() + b"COMMIT;\n")
        script.close()
    except BrokenPipeError:
        # psql stopped first and knows why.
        pass
    except BaseException:
        psql.kill()
        psql.wait()
        raise
    programs.finish(psql, "psql")


def _copy(source: IO[bytes] | None, script: IO[bytes], *, known: frozenset[bytes]) -> None:
    """Hand the dump on, without the settings of its first lines that an older server does not know."""
    if source is None:
        return
    with source:
        for line in iter(source.readline, b""):
            setting = SETTING.match(line)
            if setting is None or setting[1] in known:
                script.write(line)
            if not BEFORE_THE_TABLES.match(line):
                break
        shutil.copyfileobj(source, script, manifest.CHUNK)


def _settings(dsn: str) -> frozenset[bytes]:
    with psycopg.connect(dsn) as connection:
        return frozenset(name.encode() for (name,) in connection.execute("SELECT name FROM pg_settings"))


def _emptying(dsn: str) -> str:
    """Statements that drop what is ours and leave the schema `public`, extensions and rights as they are."""
    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT set_config('search_path', '', false)")
        found = connection.execute(OURS).fetchall()
    return "".join(f"DROP {kind} IF EXISTS {name} CASCADE;\n" for kind, name in found)


def _counting(content: Manifest) -> str:
    """A block that fails unless every table holds the rows that the manifest says."""
    checks = []
    for name, rows in content.tables.items():
        schema, _, table = name.partition(".")
        where = sql.Identifier(schema, table).as_string()
        message = sql.Literal(f"{name} does not hold the rows of the backup").as_string()
        differs = f"(SELECT count(*) FROM {where}) <> {int(rows)}"  # noqa: S608 - both quoted above
        checks.append(f"IF {differs} THEN RAISE EXCEPTION USING MESSAGE = {message}; END IF;")
    body = "\n".join(checks)
    return f"\nDO $counting$ BEGIN\n{body}\nEND $counting$;\n"


def _swap(new: Path, place: Path, aside: Path) -> None:
    if place.exists():
        place.rename(aside)
    new.rename(place)


def _verify(content: Manifest, target: Target, track: Track) -> None:
    with psycopg.connect(target.dsn) as connection:
        found = saving.counts(connection, track)
    for name in sorted(content.tables.keys() | found.keys()):
        if content.tables.get(name) != found.get(name):
            raise NotVerified(name=name)
    for name, known in content.files.items():
        if manifest.checksum_of(target.files / name) != known:
            raise NotVerified(name=name)
