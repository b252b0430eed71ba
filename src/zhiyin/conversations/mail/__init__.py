"""E-mail that arrives: read, put into its thread, acknowledged once."""

from __future__ import annotations

from zhiyin.conversations.mail.intake import receive_email

__all__ = ["receive_email"]
