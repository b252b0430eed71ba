"""The archived case as a PDF for reading, typeset by Typst: no network, no files but its fonts."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases import enclosures, papers
from zhiyin.cases.rules.words import ClockKind, EventKind, Kind, Outcome
from zhiyin.conversations import markers
from zhiyin.kit import figures
from zhiyin.kit.choices import Choice

TEMPLATE = Path(__file__).parent / "report.typ"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def case_report(document: Mapping[str, Any]) -> bytes:
    """PDF bytes for one archived document (see `archive.document`)."""
    return typeset(TEMPLATE, _content(document))


def typeset(template: Path, content: Mapping[str, Any]) -> bytes:
    """PDF bytes of a Typst template, which reads `content` as JSON: no network, no files but fonts."""
    return bytes(
        typst.compile(
            template.read_bytes(),
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            font_paths=[str(folder) for folder in font_folders()],
        )
    )


def font_folders() -> list[Path]:
    """Where Chinese fonts may lie: the house's own folder first, then the system's."""
    named = os.environ.get("ZHIYIN_FONTS", "")
    folders = [Path(named)] if named else []
    folders += [
        settings.DATA_DIR / "fonts",
        Path("var/fonts"),
        *(Path(folder).expanduser() for folder in FONT_FOLDERS),
    ]
    return [folder for folder in folders if folder.is_dir()]


def _content(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows, in words: the template knows nothing of codes."""
    case = document["case"]
    return {
        "title": case["subject"],
        "number": case["number"],
        "kind": _label(Kind, case["kind"]),
        "labels": {
            "record": _("Record of a case"),
            "asked": _("What the customer asks for"),
            "happened": _("What happened"),
            "cause": _("Root cause"),
            "timeline": _("What was done"),
            "words": _("What was said"),
            "clocks": _("Clocks"),
            "files": _("Files"),
            "page": _("Page"),
        },
        "facts": [
            [_("Customer"), case["customer_name"]],
            [_("Received"), _moment(case["opened_at"])],
            [_("Archived"), _moment(case["archived_at"])],
            [_("Outcome"), _label(Outcome, case["outcome"])],
            [_("In charge"), case["owner"] or "—"],
            [_("Responsible department"), case["department"] or "—"],
            [_("Cost"), figures.money(Decimal(case["cost"])) if case["cost"] is not None else "—"],
            [_("Reopened"), str(case["round"] - 1)],
        ],
        "description": case["description"],
        "remedy_sought": case["remedy_sought"],
        "root_cause": case["root_cause"],
        "events": [_event(event) for event in document["events"]],
        "messages": [_message(message) for message in document["messages"] if message["kind"] != "note"],
        "clocks": [
            [_label(ClockKind, clock["kind"]), _("late") if clock["breached_at"] else _("in time")]
            for clock in document["clocks"]
        ],
        "files": [[file["name"], file["sha256"]] for file in document["files"]],
        "decided": [dataclasses.asdict(table) for table in papers.decided(document)],
        "tables": [dataclasses.asdict(table) for table in enclosures.tables(document)],
    }


def _event(event: Mapping[str, Any]) -> list[str]:
    text = _label(ClockKind, event["text"]) if event["kind"].startswith("clock_") else event["text"]
    who = event["staff"] or (_("Customer") if event["by_customer"] else _("Automatic"))
    return [_moment(event["at"]), who, _label(EventKind, event["kind"]), text]


def _message(message: Mapping[str, Any]) -> list[str]:
    author = {"customer": _("Customer"), "system": _("Automatic")}.get(
        message["author"], message["staff"] or ""
    )
    return [_moment(message["sent_at"]), author, markers.hide(message["text"], _("[link]"))]


def _label(words: type[Choice], value: str) -> str:
    return _(words(value).label) if value else "—"


def _moment(value: str | None) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}" if value else "—"
