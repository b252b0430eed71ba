"""Logs as JSON lines on standard error, with anything that looks personal masked."""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# Chinese stands right beside a number, so only Latin letters and digits end one.
PERSONAL = re.compile(
    r"(?<![A-Za-z0-9_.-])(?:\+?\d[\d -]{6,}\d|[A-Za-z0-9._+-]+@[\w-]+(?:\.[\w-]+)+)(?![A-Za-z0-9_-])"
)
TOKEN = re.compile(r"(/(?:k|invitation|invitations|reset|key)/)[^/\s\"'?]{8,}")
# PostgreSQL repeats the row in question: `Key (phone)=(…) already exists.`, `Failing row contains (…).`
ROW = re.compile(r"(?m)^(\s*(?:DETAIL|CONTEXT):).*$|(Failing row contains \().*(\))")


def mask(text: str) -> str:
    """Telephone numbers, e-mail addresses, link tokens and the database's quotations as stars."""
    return ROW.sub(_row, TOKEN.sub(r"\1***", PERSONAL.sub("***", text)))


def _row(found: re.Match[str]) -> str:
    return f"{found[1]} ***" if found[1] else f"{found[2]}***{found[3]}"


def masked(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that masks every text of an event but its own marks."""
    for key, value in event.items():
        if key not in {"timestamp", "level", "logger"}:
            event[key] = _masked(value)
    return event


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    return value


def configure(*, level: str, pretty: bool) -> None:
    """Send every logger through one masking formatter. `pretty` is for a developer's terminal."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(allow={"request_id", "status_code", "job_id", "task", "process"}),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        masked,
    ]
    renderer: Any = (
        structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "house": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {"procrastinate": {"level": "WARNING"}, "django.server": {"level": "WARNING"}},
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
