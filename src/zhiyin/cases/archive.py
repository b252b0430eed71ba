"""The archive of a case: one canonical document with its checksum, and the package it is handed out as.

The package is a ZIP with `case.json` (the document as archived), `case.pdf` (the same for reading), `files/` (what
was attached, by number and own name) and `SHA256SUMS`, which `sha256sum --check` understands.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db import models

from zhiyin.cases import enclosures, pdf
from zhiyin.cases.models import Case, CaseFile, InternalAnswer
from zhiyin.conversations.models import Attachment, Message
from zhiyin.kit import files
from zhiyin.kit.errors import DomainError, NotFound, gettext_noop
from zhiyin.kit.models import StoredFile

FORMAT = "zhiyin-case/1"
PARTS = (
    "judgements",
    "assignments",
    "investigations",
    "proposals",
    "choosings",
    "remedies",
    "confirmations",
    "escalations",
    "expenses",
    "clocks",
    "handover_notes",
    "requests",
)
LEFT_OUT = frozenset({"case", "client_token", "version", "digest"})


class NotArchived(DomainError):
    code = "case.not_archived"
    message = gettext_noop("Only an archived case can be handed out as a package.")


class Damaged(DomainError):
    code = "case.archive_damaged"
    message = gettext_noop(
        "The archive of %(number)s no longer matches its checksum. Restore it from a backup."
    )


@dataclass(frozen=True, slots=True)
class PackedFile:
    path: str
    sha256: str


def document(case: Case) -> str:
    """Everything known about the case as canonical JSON: sorted keys, UTF-8, no spaces, decimals and times as text."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "case": row(case) | {"customer_name": case.customer.name, "team_name": case.team.name},
        "contacts": [f"{point.kind}:{point.value}" for point in case.customer.contact_points.all()],
        "messages": [
            row(message) for message in Message.objects.filter(conversation_id=case.conversation_id)
        ],
        "events": [row(event) for event in case.events.order_by("at", "pk")],
        "promises": [row(link.promise) for link in case.case_promises.select_related("promise")],
        "files": [
            {"id": str(file.pk), "name": file.name, "size": file.size, "sha256": file.sha256}
            for file in attached(case)
        ],
    }
    content["answers"] = [
        row(answer) for answer in InternalAnswer.objects.filter(request__case=case).order_by("pk")
    ]
    for part in PARTS:
        content[part] = [row(one) for one in getattr(case, part).order_by("pk")]
    enclosed = enclosures.contents(case)
    if enclosed:
        content["enclosed"] = enclosed
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def row(instance: models.Model) -> dict[str, Any]:
    """A table row by column name; people and departments by name beside their id."""
    found: dict[str, Any] = {}
    for field in instance._meta.concrete_fields:
        if field.name in LEFT_OUT:
            continue
        found[field.attname] = plain(getattr(instance, field.attname))
        if isinstance(field, models.ForeignKey) and field.related_model._meta.model_name in {
            "staff",
            "department",
        }:
            related = getattr(instance, field.name)
            found[field.name] = related.name if related else None
    return found


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value)


def attached(case: Case) -> Iterator[StoredFile]:
    """Files of the case and of its conversation, oldest first."""
    for link in CaseFile.objects.filter(case=case).select_related("file").order_by("pk"):
        yield link.file
    for attachment in (
        Attachment.objects.filter(message__conversation_id=case.conversation_id)
        .select_related("file")
        .order_by("pk")
    ):
        yield attachment.file


def package(*, number: str, to: Path) -> Path:
    """Write the package of an archived case into the folder `to` and return its path.

    Raises NotFound, NotArchived, Damaged (document or a file no longer match what was archived).
    """
    case = Case.objects.select_related("customer", "team", "archive").filter(number=number).first()
    if case is None:
        raise NotFound
    if not hasattr(case, "archive"):
        raise NotArchived
    if checksum(case.archive.document) != case.archive.sha256:
        raise Damaged(number=number)
    to.mkdir(parents=True, exist_ok=True)
    target = to / f"{number}.zip"
    partial = target.with_suffix(".part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as bundle:
        packed = [
            _write(bundle, "case.json", case.archive.document.encode()),
            _write(bundle, "case.pdf", pdf.case_report(json.loads(case.archive.document))),
        ]
        for position, file in enumerate(json.loads(case.archive.document)["files"], 1):
            stored = StoredFile.objects.get(pk=file["id"])
            with default_storage.open(files.path_of(stored)) as handle:
                content = handle.read()
            if hashlib.sha256(content).hexdigest() != file["sha256"]:
                raise Damaged(number=number)
            packed.append(_write(bundle, f"files/{position:02d}-{safe_name(file['name'])}", content))
        bundle.writestr("SHA256SUMS", "".join(f"{one.sha256}  {one.path}\n" for one in packed))
    partial.replace(target)
    return target


def safe_name(name: str) -> str:
    """A file's own name without folders, control characters or a leading dot."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in base if letter.isprintable()).lstrip(".")[:120] or "file"


def _write(bundle: zipfile.ZipFile, path: str, content: bytes) -> PackedFile:
    bundle.writestr(path, content)
    return PackedFile(path=path, sha256=hashlib.sha256(content).hexdigest())
