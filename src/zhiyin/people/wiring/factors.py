"""How allauth's second factors behave here: secrets encrypted at rest, keys bound to the public address."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zhiyin.people import queries

log = structlog.get_logger(__name__)
SALT = b"zhiyin.people.second-factor:"
NOT_RIGHT = _("This code is not right. Wait for the next one and type it as it is shown.")


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {  # noqa: RUF012  # the library's own shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": NOT_RIGHT,
    }

    def encrypt(self, text: str) -> str:
        """A stolen copy of the database alone gives no second factor away."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; where SECRET_KEY has changed, one that fits no code, so that the factor has to be reset."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.warning("a second factor cannot be read: SECRET_KEY is not the one it was stored under")
            return str(generate_totp_secret())

    def get_totp_issuer(self) -> str:
        return str(queries.organisation().name)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys belong to the house's public name, whatever the request called itself."""
        return {"id": public_host(), "name": str(queries.organisation().name)}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        named: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return named | {"name": user.username, "display_name": user.name}


def public_host() -> str:
    """The name in the public address; browsers bind keys to it."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def keys_work() -> bool:
    """Whether browsers let keys be used here at all: over https, or on this very machine, and never by a bare number."""
    host = public_host()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(settings.HTTPS or host == "localhost")
    return False


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_digest(key))) for key in keys])


def _digest(key: str) -> bytes:
    return hashlib.sha256(SALT + key.encode()).digest()
