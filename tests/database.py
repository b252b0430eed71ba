"""A migrated database to copy: migrations run whenever they have changed, not at the start of every run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "zhiyin_template_"
BRINGING_MIGRATIONS = ("django", "procrastinate", "django-pghistory", "django-pgtrigger", "django-allauth")
LOCK = 7_305_119


def template(url: str) -> str:
    """The name of a database on the server of `url` that is migrated as far as this checkout goes."""
    name = PREFIX + _state()
    # Workers and concurrent runs wait here for the one that makes it.
    with psycopg.connect(on(url, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(connection, name):
            _make(connection, url, name)
    return name


def _state() -> str:
    digest = hashlib.sha256()
    for file in sorted((ROOT / "src" / "zhiyin").glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    for package in BRINGING_MIGRATIONS:
        digest.update(version(package).encode())
    return digest.hexdigest()[:12]


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make(connection: psycopg.Connection, url: str, name: str) -> None:
    making = f"{name}_new"
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
    environment = os.environ | {
        "DATABASE_URL": on(url, making),
        "DJANGO_SETTINGS_MODULE": "zhiyin.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    for command in ("migrate", "createcachetable"):
        subprocess.run(
            [sys.executable, "-m", "django", command, "--verbosity=0"], env=environment, cwd=ROOT, check=True
        )
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
    )


def on(url: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{query}"
