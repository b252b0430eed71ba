"""Logs as JSON lines on standard error, with anything that looks personal masked."""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL = re.compile(r"(?<![\w.])(?:\+?\d[\d -]{6,}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?![\w])")
TOKEN = re.compile(r"(/(?:k|invitation|reset)/)[\w-]{16,}")


def mask(text: str) -> str:
    """Telephone numbers, e-mail addresses and link tokens as stars."""
    return TOKEN.sub(r"\1***", PERSONAL.sub("***", text))


def masked(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that masks every text of an event but its own marks."""
    for key, value in event.items():
        if isinstance(value, str) and key not in {"timestamp", "level", "logger"}:
            event[key] = mask(value)
    return event


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
