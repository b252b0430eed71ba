"""Taking files in, giving them out, and sweeping up those that belong to nothing.

The bytes are on the disk before the row commits, so a row never lacks its file. A transaction that fails, or a
process that dies, leaves a file without a row: `sweep` removes it after a day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhiyin.kit.errors import NotFound
from zhiyin.kit.files.kinds import (
    DISGUISED,
    ENDINGS,
    SHOWN,
    Empty,
    Gone,
    TooLarge,
    WrongKind,
    clean_name,
    kind_of,
)
from zhiyin.kit.models import StoredFile

KEPT_ORPHANED = timedelta(days=1)
MEGABYTE = 1024 * 1024
LONGEST_SAID = 60
PUT_BY = "files.put_by"
SLIP = ("id", "name", "content_type", "sha256")
LEEWAY = timedelta(hours=1)  # a slip ends before the bytes are swept

log = structlog.get_logger(__name__)


def store(
    *, upload: UploadedFile[Any], by_id: int | None, now: datetime, kind: str | None = None
) -> StoredFile:
    """Keep an uploaded file; `by_id` is the staff member, None for a customer.

    Raises `TooLarge`, `Empty` or `WrongKind`. A caller that knows the `kind` (one of those taken) says so: then
    it is kept as it is, damaged or empty, as a letter that arrived is kept for the record. What hangs the file
    on something does so in the same transaction.
    """
    file = _described(upload, by_id=by_id, now=now, kind=kind)
    default_storage.save(path_of(file), upload)
    file.save(force_insert=True)
    return file


def _described(
    upload: UploadedFile[Any], *, by_id: int | None, now: datetime, kind: str | None
) -> StoredFile:
    """The row of an upload that may be taken, not saved yet."""
    said = (upload.name or "file")[-LONGEST_SAID:]
    if not upload.size and kind is None:
        raise Empty(name=said, field="files")
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise TooLarge(name=said, most=settings.UPLOAD_MAX_BYTES // MEGABYTE, field="files")
    kind = kind or kind_of(cast("BinaryIO", upload), upload.name or "")
    if kind not in ENDINGS:
        raise WrongKind(name=said, field="files")
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return StoredFile(
        id=uuid4(),
        name=clean_name(upload.name or "", kind),
        content_type=kind,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=by_id,
        created_at=now,
    )


def put_by(*, upload: UploadedFile[Any], now: datetime) -> str:
    """Keep the bytes of a file that came with a form to be mended, without a row: `sweep` removes what nobody fetches.

    Returns a signed slip for the form, which `fetch` takes. Raises as `store`.
    """
    file = _described(upload, by_id=None, now=now, kind=None)
    default_storage.save(path_of(file), upload)
    slip = {name: str(getattr(file, name)) for name in SLIP} | {"size": file.size}
    return signing.dumps(slip, salt=PUT_BY)


def named_on(slip: str) -> str:
    """The name of the file a slip is for; empty for a slip that is not ours, or too old."""
    return str(_read(slip).get("name", ""))


def fetch(*, slip: str, by_id: int | None, now: datetime) -> StoredFile:
    """The file put by, as if it came just now; a form sent twice gets the same one. Raises `Gone`."""
    said = _read(slip)
    if not said or not default_storage.exists(_path(UUID(said["id"]))):
        raise Gone(field="files")
    held = {name: said[name] for name in ("name", "content_type", "size", "sha256")}
    return StoredFile.objects.get_or_create(
        id=UUID(said["id"]), defaults=held | {"uploaded_by": by_id, "created_at": now}
    )[0]


def _read(slip: str) -> dict[str, Any]:
    try:
        return dict(signing.loads(slip, salt=PUT_BY, max_age=KEPT_ORPHANED - LEEWAY))
    except (signing.BadSignature, ValueError):
        return {}


def discard(file_ids: Iterable[UUID]) -> None:
    """Forget files that nothing holds, such as those of a form sent twice; `sweep` removes their bytes."""
    for file in StoredFile.objects.filter(pk__in=list(file_ids)):
        with suppress(ProtectedError):
            file.delete()


def path_of(file: StoredFile) -> str:
    """Where the bytes are, for `default_storage`."""
    return _path(file.pk)


def read(file: StoredFile) -> bytes:
    """The bytes as they came; raises NotFound if they are gone from the disk."""
    try:
        with default_storage.open(path_of(file)) as content:
            return bytes(content.read())
    except FileNotFoundError as missing:
        log.error("file_missing", file=str(file.pk))  # noqa: TRY400 - the trace says nothing more
        raise NotFound from missing


def open_response(file: StoredFile, *, inline_ok: bool) -> HttpResponse:
    """The file as an answer: shown in place only if the caller agrees and it is of a kind that cannot act."""
    shown = inline_ok and file.content_type in SHOWN
    kind = "application/octet-stream" if file.content_type in DISGUISED else file.content_type
    response = HttpResponse(read(file), content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(not shown, file.name) or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sweep(now: datetime) -> int:
    """Remove files that have had no row for a day; a timer. Returns how many, then 0."""
    removed = 0
    for ids in _folders():
        old = [
            file_id
            for file_id in ids
            if default_storage.get_modified_time(_path(file_id)) < now - KEPT_ORPHANED
        ]
        kept = set(StoredFile.objects.filter(pk__in=old).values_list("pk", flat=True))
        for file_id in old:
            if file_id not in kept:
                default_storage.delete(_path(file_id))
                removed += 1
    if removed:
        log.info("files_swept", removed=removed)
    return removed


def _path(file_id: UUID) -> str:
    return f"{file_id.hex[:2]}/{file_id}"


def _folders() -> Iterator[list[UUID]]:
    if not default_storage.exists(""):
        return
    for folder in default_storage.listdir("")[0]:
        yield [UUID(name) for name in default_storage.listdir(folder)[1] if _is_id(name)]


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
