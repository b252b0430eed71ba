"""The environment, read once and loudly: a missing or unreadable value stops the start with a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Unconfigured(Exception):
    """The environment lacks something or says it in a way that cannot be read."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise Unconfigured(
            f"{name} is not set. Start through the `zhiyin` command, which sets it, or set it yourself."
        )
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value not in {"0", "1", "true", "false", "yes", "no", ""}:
        raise Unconfigured(f"{name} says {value!r}; it takes 1 or 0.")
    return value in {"1", "true", "yes"}


def words(name: str, default: str) -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def database(url: str) -> dict[str, Any]:
    """A PostgreSQL URL as Django's settings. Query parameters go to libpq; `host` may be a socket folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Unconfigured("DATABASE_URL must begin with postgresql://; no other database is supported.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or query.pop("dbname", "zhiyin"),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": unquote(parts.hostname or "") or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "OPTIONS": {
            key: value for key, value in query.items() if key not in {"user", "password", "host", "port"}
        },
        "ATOMIC_REQUESTS": False,
    }


def mail(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:port` (or `smtps://`, `smtp+tls://`) as Django's mail settings; empty: no mail leaves."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "EMAIL_CONFIGURED": False}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise Unconfigured(
            "EMAIL_URL must look like smtp://user:password@host:25, smtps://… or smtp+tls://…."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_CONFIGURED": True,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }


def mailbox(url: str) -> dict[str, Any]:
    """`imaps://user:password@host:993/INBOX` (or `imap://`, `imap+tls://`); empty: no mailbox is read."""
    parts = urlsplit(url)
    if url and (parts.scheme not in {"imap", "imaps", "imap+tls"} or not parts.hostname):
        raise Unconfigured(
            "IMAP_URL must look like imaps://user:password@host/INBOX, imap+tls://… or imap://…."
        )
    return {
        "host": parts.hostname or "",
        "port": parts.port or (993 if parts.scheme == "imaps" else 143),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
        "ssl": parts.scheme == "imaps",
        "tls": parts.scheme == "imap+tls",
        "timeout": 30,
    }


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def outside_sign_in() -> dict[str, Any]:
    """OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET (and OIDC_NAME for the button) as an app of django-allauth.

    Nothing set: people sign in with what they have here. Half of it set stops the start.
    """
    issuer, client, secret = (text(f"OIDC_{name}", "") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"))
    if not issuer and not client and not secret:
        return {}
    if not issuer or not client or not secret:
        raise Unconfigured(
            "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three, or none."
        )
    parts = urlsplit(issuer)
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    ):
        raise Unconfigured("OIDC_ISSUER must be an https:// address; what it says decides who gets in.")
    return {
        "provider_id": "oidc",
        "name": text("OIDC_NAME", ""),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "fetch_userinfo": True},
    }
