"""Files: known by content, kept for good, shown only to whom a gate lets through."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.kit import files
from zhiyin.kit.errors import NotFound
from zhiyin.kit.files import gates, kinds
from zhiyin.kit.models import StoredFile
from zhiyin.kit.tests.factories import NOW

pytestmark = pytest.mark.urls("zhiyin.kit.tests.urls")
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
OLE = kinds.OLE + b"\x00" * 600


def zipped(*names, first=None):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return body.getvalue()


def ftyp(brand):
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40


DOCX = zipped("[Content_Types].xml", "word/document.xml")
KINDS = [
    ("a.png", PNG, "image/png"),
    ("a.png", b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image/jpeg"),
    ("a", b"GIF89a" + b"\x00" * 20, "image/gif"),
    ("a", b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 20, "image/webp"),
    ("a", ftyp(b"heic"), "image/heic"),
    ("a", ftyp(b"isom"), "video/mp4"),
    ("a", ftyp(b"qt  "), "video/quicktime"),
    ("a", ftyp(b"M4A "), "audio/mp4"),
    ("a", b"ID3\x03" + b"\x00" * 20, "audio/mpeg"),
    ("a", b"RIFF\x00\x00\x00\x00WAVEfmt " + b"\x00" * 20, "audio/x-wav"),
    ("a", b"#!AMR\n" + b"\x00" * 20, "audio/amr"),
    ("a.exe", b"%PDF-1.7\n" + b"\x00" * 20, "application/pdf"),
    ("a.zip", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (
        "a.docx",
        zipped("[Content_Types].xml", "xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "a",
        zipped(first="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    ("报表.xls", OLE, "application/vnd.ms-excel"),
    ("说明.txt", "漏水三天了".encode(), "text/plain"),
    ("说明.txt", "漏水三天了".encode("gb18030"), "text/plain"),
    ("说明.txt", "漏水".encode("utf-16"), "text/plain"),
    ("长.txt", ("水" * 9000).encode(), "text/plain"),
    ("a.bat", b"del *.*", "text/plain"),
    ("名单.csv", "姓名,电话\n王,1".encode(), "text/csv"),
    ("a.png", b"<?xml version='1.0'?><svg xmlns='x'><script>1</script></svg>", "image/svg+xml"),
    ("a.txt", b"hello <script>alert(1)</script>", "text/html"),
    ("original.eml", b"From: a@b\r\nTo: c@d\r\n\r\nhello", "message/rfc822"),
]
REFUSED = [
    ("a.png", b"MZ\x90\x00" + b"\x00" * 200),
    ("a.jpg", b"\x7fELF" + b"\x00" * 200),
    ("a.docx", zipped("evil.exe")),
    ("a.docx", b"PK\x03\x04" + b"\x00" * 100),
    ("a.zip", zipped(first="application/x-evil")),
    ("a.msi", OLE),
    ("a.txt", b"ab\x00cd"),
    ("a.txt", bytes(range(256))),
    ("a.rar", b"Rar!\x1a\x07\x00" + b"\x00" * 20),
]


def upload(name="现场.png", body=PNG):
    return SimpleUploadedFile(name, body, content_type="application/x-claimed")


@pytest.fixture(autouse=True)
def _own_gates(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(gates, "_gates", {})
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "zhiyin.kit.files.storage.DurableStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.mark.parametrize(("name", "body", "kind"), KINDS)
def test_a_file_is_what_its_content_says(name, body, kind):
    assert kinds.kind_of(io.BytesIO(body), name) == kind


@pytest.mark.parametrize(("name", "body"), REFUSED)
def test_what_is_not_taken_is_refused_whatever_it_is_called(name, body):
    assert kinds.kind_of(io.BytesIO(body), name) is None


@given(st.binary(max_size=300), st.text(max_size=10))
def test_no_content_breaks_the_recognition(body, name):
    assert kinds.kind_of(io.BytesIO(body), name) in {None, *kinds.ENDINGS}


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("合同 终稿.PDF", "application/pdf", "合同 终稿.pdf"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\照片\\漏水.jpg", "image/jpeg", "漏水.jpg"),
        ("evil.bat", "text/plain", "evil.bat.txt"),
        ("a\u202egnp.exe", "image/png", "agnp.exe.png"),
        ("a\r\nSet-Cookie: x.png", "image/png", "a Set-Cookie: x.png"),
        ("", "image/png", "file.png"),
        ("...", "image/png", "file.png"),
        ("照" * 300 + ".png", "image/png", "照" * 176 + ".png"),
    ],
)
def test_a_name_is_cleaned_and_its_ending_tells_the_truth(name, kind, clean):
    assert kinds.clean_name(name, kind) == clean


@given(st.text(max_size=250), st.sampled_from(sorted(kinds.ENDINGS)))
def test_every_name_becomes_one_that_fits_and_ends_well(name, kind):
    clean = kinds.clean_name(name, kind)
    assert 0 < len(clean) <= kinds.LONGEST_NAME
    assert clean.rpartition(".")[2] in kinds.ENDINGS[kind]
    assert not set(clean) & set("/\\\r\n\x00")


@pytest.mark.django_db
def test_a_stored_file_keeps_its_bytes_and_its_measure():
    file = files.store(upload=upload(), by_id=3, now=NOW)
    assert (file.name, file.content_type, file.size, file.uploaded_by) == (
        "现场.png",
        "image/png",
        len(PNG),
        3,
    )
    assert files.read(file) == PNG
    assert Path(default_storage.path(files.path_of(file))).stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_large_upload_that_came_through_a_temporary_file_is_kept_whole():
    big = TemporaryUploadedFile("big.png", "image/png", len(PNG) + 3_000_000, None)
    big.write(PNG + b"\x01" * 3_000_000)
    big.seek(0)
    file = files.store(upload=big, by_id=None, now=NOW)
    big.close()
    assert len(files.read(file)) == len(PNG) + 3_000_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_upload", "error", "word"),
    [
        (upload(body=b""), files.Empty, "现场.png"),
        (upload("a.exe", b"MZ\x90\x00" + b"\x00" * 200), files.WrongKind, "a.exe"),
        (upload(body=PNG + b"\x00" * 2048), files.TooLarge, "0 MB"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(settings, given_upload, error, word):
    settings.UPLOAD_MAX_BYTES = 1024
    with pytest.raises(error) as raised:
        files.store(upload=given_upload, by_id=None, now=NOW)
    assert word in str(raised.value)
    assert raised.value.field == "files"
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_the_bytes_are_on_the_disk_before_the_row_is_written(monkeypatch):
    order = []
    flush = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (order.append("disk"), flush(descriptor)))
    save = StoredFile.save
    monkeypatch.setattr(StoredFile, "save", lambda self, **rest: (order.append("row"), save(self, **rest)))
    files.store(upload=upload(), by_id=None, now=NOW)
    assert order[-1] == "row"
    assert order.count("disk") >= 3


def open_to(*ids):
    files.register_gate("test", lambda file_id, request: file_id in ids)


@pytest.mark.django_db
def test_without_a_gate_that_opens_a_file_does_not_exist(client):
    file = files.store(upload=upload(), by_id=None, now=NOW)
    address = reverse("file", args=[file.pk])
    assert client.get(address).status_code == 404
    open_to(file.pk)
    assert client.get(address).content == PNG
    assert client.post(address).status_code == 405
    gates._gates.clear()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_gate_that_opens_for_a_file_that_is_not_there_finds_nothing(client):
    files.register_gate("test", lambda file_id, request: True)
    assert client.get("/files/00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "body", "shown", "said"),
    [
        ("漏水 现场.png", PNG, "inline", "image/png"),
        ("合同.pdf", b"%PDF-1.7\n" + b"\x00" * 20, "attachment", "application/pdf"),
        ("图.svg", b"<svg xmlns='x'><script>1</script></svg>", "attachment", "application/octet-stream"),
        ("页.html", b"<html><script>1</script>", "attachment", "application/octet-stream"),
    ],
)
def test_only_pictures_sound_and_video_are_shown_in_place_and_nothing_can_act(
    client, name, body, shown, said
):
    file = files.store(upload=upload(name, body), by_id=None, now=NOW)
    open_to(file.pk)
    response = client.get(reverse("file", args=[file.pk]))
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith(f"{shown}; filename*=utf-8''")
    assert unquote(disposition.partition("''")[2]) == name
    assert response.headers["Content-Type"] == said
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]
    asked = client.get(reverse("file", args=[file.pk]) + "?download")
    assert asked.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_a_file_whose_bytes_are_gone_is_not_there(client, caplog):
    file = files.store(upload=upload(), by_id=None, now=NOW)
    open_to(file.pk)
    default_storage.delete(files.path_of(file))
    assert client.get(reverse("file", args=[file.pk])).status_code == 404
    assert "file_missing" in caplog.text
    with pytest.raises(NotFound):
        files.read(file)


@pytest.mark.django_db
def test_files_without_a_row_are_swept_after_a_day_and_others_never():
    kept = files.store(upload=upload(), by_id=None, now=NOW)
    with transaction.atomic():
        lost = files.store(upload=upload(), by_id=None, now=NOW)
        transaction.set_rollback(True)
    written = default_storage.get_modified_time(files.path_of(lost))
    assert files.sweep(written + timedelta(hours=23)) == 0
    assert files.sweep(written + timedelta(hours=25)) == 1
    assert not default_storage.exists(files.path_of(lost))
    assert files.read(kept) == PNG


def test_sweeping_an_empty_house_finds_nothing():
    assert files.sweep(NOW) == 0
