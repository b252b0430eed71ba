"""The product's own database role and its databases. The superuser only makes them."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
ROLE = "zhiyin"
DATABASE = "zhiyin"
MAINTENANCE = "postgres"


def url(*, role: str, password: str, socket: str, database: str) -> str:
    """A libpq URL over a Unix socket; nothing in it depends on PG* variables of the caller."""
    query = {"host": socket, "port": "5432", "user": role, "password": password}
    return f"postgresql:///{quote(database, safe='')}?{urlencode(query, quote_via=quote)}"


def with_database(dsn: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(dsn)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{quote(name, safe='')}{query}"


def ensure_role(admin: str, password: str) -> None:
    """Make the product's role: it creates databases and is no superuser, so no query of ours steps out."""
    with psycopg.connect(admin, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            return
        make = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
        connection.execute(make.format(sql.Identifier(ROLE), sql.Literal(password)))


def ensure_database(dsn: str, name: str = DATABASE) -> str:
    """Create the database `name` on the server of `dsn` where it is missing; returns its URL."""
    with psycopg.connect(with_database(dsn, MAINTENANCE), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return with_database(dsn, name)
