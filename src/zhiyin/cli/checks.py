"""`zhiyin check`: what would be unsafe or would not work, a sentence each."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from zhiyin.cli.language import gettext as _

SOURCE = Path(__file__).resolve().parents[1]
OLDEST_SERVER = 150000
SHORTEST_KEY = 50
FEWEST_KINDS = 5
SERVICE_SECONDS = 10
LOOPBACK = ("127.0.0.1", "::1", "localhost", "")
NEEDED_ON = ("fsync", "full_page_writes", "synchronous_commit")


def findings(data_dir: Path) -> list[str]:
    """Every finding, in the terminal's language; empty when all is well."""
    return [*secrets(data_dir), *settings(), *signing_in(), *files(), *server(), *framework()]


def is_public() -> bool:
    """Whether the service is meant for others than this machine."""
    host = urlsplit(os.environ.get("PUBLIC_URL", "")).hostname or ""
    return os.environ.get("BIND", "") not in LOOPBACK or host not in LOOPBACK


def secrets(data_dir: Path) -> Iterator[str]:
    """Keys that are missing, weak, or readable by others."""
    from django.conf import settings as django_settings

    key = django_settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_KINDS or key.startswith("django-insecure"):
        yield _("SECRET_KEY is too short or too simple: at least 50 random characters are needed.")
    for file in sorted([data_dir / "secret-key", *data_dir.glob("postgres/password-*")]):
        if file.is_file() and file.stat().st_mode & 0o077:
            yield _("%(file)s can be read by others: chmod 600 %(file)s") % {"file": file}
    media = Path(str(django_settings.MEDIA_ROOT or data_dir / "files"))
    if media.is_dir() and media.stat().st_mode & 0o007:
        yield _("The uploaded files in %(folder)s can be read by others: chmod 700 %(folder)s") % {
            "folder": media
        }


def settings() -> Iterator[str]:
    """Settings that are fine on a desk and not in public."""
    from django.conf import settings as django_settings

    if "*" in django_settings.ALLOWED_HOSTS:
        yield _("ALLOWED_HOSTS is *: name the hosts that are served.")
    if not is_public():
        return
    if django_settings.DEBUG:
        yield _("DEBUG is on while others can reach the service: set DEBUG=0.")
    url = os.environ.get("PUBLIC_URL", "")
    if url and urlsplit(url).scheme != "https":
        yield _("PUBLIC_URL is not https: sign-in and links would travel in the clear.")


def signing_in() -> Iterator[str]:
    """What keeps people from a way to sign in that was meant for them."""
    from django.conf import settings as django_settings

    host = urlsplit(django_settings.PUBLIC_URL).hostname or ""
    if is_public() and _is_number(host):
        yield _(
            "Passkeys and security keys need a name in PUBLIC_URL, not a number: nobody can use them as it is."
        )
    if not django_settings.OIDC:
        return
    if not django_settings.OIDC["name"]:
        yield _("OIDC_NAME is not set: say what the button for your sign-in service is called.")
    reason = _unreachable(django_settings.OIDC["settings"]["server_url"])
    if reason:
        yield _("The sign-in service of OIDC_ISSUER cannot be used: %(reason)s") % {"reason": reason}


def _unreachable(issuer: str) -> str:
    """Why the service's own description cannot be read, or does not name it; empty when all is well."""
    import requests

    try:
        answer = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=SERVICE_SECONDS)
        answer.raise_for_status()
        named = str(answer.json().get("issuer", ""))
    except (requests.RequestException, ValueError, AttributeError) as error:
        return type(error).__name__
    return "" if named.rstrip("/") == issuer else f"issuer {named}"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def files() -> Iterator[str]:
    """Parts that setup builds and that are not there."""
    from django.conf import settings as django_settings

    texts = list(SOURCE.glob("*/locale/*/LC_MESSAGES/*.po"))
    if any(not text.with_suffix(".mo").is_file() for text in texts):
        yield _("Translations are not compiled: make setup")
    if not Path(str(django_settings.DJANGO_VITE["default"]["manifest_path"])).is_file():
        yield _("The front end is not built: make setup")


def server() -> Iterator[str]:
    """A database that is too old, may lose what it confirmed, or has not the shape of this version."""
    from django.db import DatabaseError, connection

    from zhiyin.cli import database

    try:
        with connection.cursor() as cursor:
            for name in NEEDED_ON:
                cursor.execute("SELECT current_setting(%s)", [name])
                if cursor.fetchone()[0] == "off":
                    yield _("%(name)s is off in PostgreSQL: a confirmed write could be lost.") % {
                        "name": name
                    }
            cursor.execute("SELECT current_setting('server_version_num')::int")
            if cursor.fetchone()[0] < OLDEST_SERVER:
                yield _("PostgreSQL is older than 15.")
        waiting = database.pending()
    except DatabaseError as error:
        yield _("The database does not answer: %(reason)s") % {"reason": str(error).strip().splitlines()[0]}
        return
    if waiting:
        yield _("%(count)s migrations are not applied: zhiyin migrate") % {"count": len(waiting)}


def framework() -> Iterator[str]:
    """What Django's own checks call an error."""
    from django.core import checks

    for message in checks.run_checks():
        if message.level >= checks.ERROR:
            yield f"{message.id}: {message.msg}"
