"""Formal letters: written, handed in, approved by somebody else, and issued as a numbered file that stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case, CaseFile
from zhiyin.cases.rules.words import EventKind
from zhiyin.kit import files
from zhiyin.kit.errors import NotFound
from zhiyin.kit.models import StoredFile
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.statutory import pdf, queries, texts
from zhiyin.statutory.actions.transfers import grip
from zhiyin.statutory.models import Letter, LetterSeries, Transfer
from zhiyin.statutory.rules import decisions, letters
from zhiyin.statutory.rules.words import OPEN, LetterKind, LetterState, TransferStage

PARTS = ("finding", "remedy", "prevention")
WRITTEN = ("addressee", "title", "opening", *PARTS, "closing", "signer", "signer_title")
LONGEST = {"addressee": 80, "title": 120, "signer": 40, "signer_title": 40}


@transaction.atomic
def draft(*, transfer_id: int, by: Staff, now: datetime) -> Letter:
    """Begin the reply, filled in with what the case knows: cause, remedy, prevention. Raises LetterUnderWay, NotNow."""
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage), *OPEN)
    _check_none_under_way(transfer)
    profile = queries.profile()
    known = queries.known_parts(case)
    return Letter.objects.create(
        transfer=transfer,
        addressee=texts.authority(transfer)[: LONGEST["addressee"]],
        title=texts.title(transfer)[: LONGEST["title"]],
        opening=texts.opening(transfer, profile),
        closing=texts.closing(transfer, profile),
        signer=profile.signer,
        signer_title=profile.signer_title,
        written_by=by,
        written_at=now,
        **known,
    )


@transaction.atomic
def correct(*, letter_id: int, by: Staff, now: datetime) -> Letter:
    """Begin a correction of an issued letter; the issued one stays as it is. Raises NothingToCorrect, LetterUnderWay."""
    wrong, transfer, _case = _grip(letter_id, by)
    if wrong.state != LetterState.ISSUED or wrong.issued_at is None:
        raise decisions.NothingToCorrect
    _check_none_under_way(transfer)
    words = {name: getattr(wrong, name) for name in WRITTEN}
    words["title"] = texts.correction_title(wrong.number)[: LONGEST["title"]]
    words["opening"] = texts.correction_opening(wrong.number, timezone.localdate(wrong.issued_at))
    return Letter.objects.create(
        transfer=transfer, kind=LetterKind.CORRECTION, corrects=wrong, written_by=by, written_at=now, **words
    )


@transaction.atomic
def rewrite(
    *, letter_id: int, words: Mapping[str, str], by: Staff, now: datetime, version: int | None = None
) -> Letter:
    """Change what a letter says before it is issued; one that waited for approval is a draft again. Raises Issued."""
    letter, _transfer, _case = _grip(letter_id, by)
    _check_open(letter)
    _check_version(letter, version)
    changed = {name: words[name].strip()[: LONGEST.get(name)] for name in WRITTEN if name in words}
    for name in ("addressee", "title", "opening"):
        if name in changed:
            decisions.check_words(name, changed[name])
    for name, value in changed.items():
        setattr(letter, name, value)
    letter.state, letter.written_by, letter.written_at = LetterState.DRAFT, by, now
    letter.version += 1
    letter.save(update_fields=[*changed, "state", "version", "written_by", "written_at"])
    return letter


@transaction.atomic
def submit(*, letter_id: int, by: Staff, now: datetime, version: int | None = None) -> Letter:
    """Hand it to a supervisor. It covers what was found, the remedy and the prevention, or it is not handed in."""
    letter, _transfer, _case = _grip(letter_id, by)
    _check_open(letter)
    _check_version(letter, version)
    for part in PARTS:
        if not getattr(letter, part).strip():
            raise decisions.PartMissing(field=part)
    letter.state, letter.sent_back = LetterState.WAITING, ""
    letter.version += 1
    letter.save(update_fields=["state", "sent_back", "version"])
    return letter


@transaction.atomic
def send_back(*, letter_id: int, reason: str, by: Staff, now: datetime) -> Letter:
    """Not like this yet, and why."""
    letter, _transfer, _case = _grip(letter_id, by, deed=Deed.ISSUE_LETTER)
    if letter.state != LetterState.WAITING:
        raise decisions.NotWaiting
    letter.state, letter.sent_back = LetterState.DRAFT, decisions.check_words("reason", reason)
    letter.version += 1
    letter.save(update_fields=["state", "sent_back", "version"])
    return letter


@transaction.atomic
def issue(*, letter_id: int, by: Staff, now: datetime, version: int | None = None) -> Letter:
    """Approve and issue: the next number of the year, the file, kept with the case. From then on it stays.

    Number, file and row are one transaction: where one fails there is none, and the number is given to the next.
    Raises OwnLetter, NotWaiting, Changed.
    """
    letter, _transfer, case = _grip(letter_id, by, deed=Deed.ISSUE_LETTER)
    _check_open(letter)
    if letter.state != LetterState.WAITING:
        raise decisions.NotWaiting
    _check_version(letter, version)
    if letter.written_by_id == by.pk:
        raise decisions.OwnLetter
    profile = queries.profile()
    letter.year = timezone.localdate(now).year
    letter.sequence = _next(letter.year)
    letter.number = letters.number(profile.series_word, letter.year, letter.sequence)
    letter.issued_by, letter.issued_at, letter.state = by, now, LetterState.ISSUED
    letter.version += 1
    letter.file = _filed(letter, by=by, now=now)
    letter.save(
        update_fields=["year", "sequence", "number", "issued_by", "issued_at", "state", "version", "file"]
    )
    CaseFile.objects.create(case=case, file=letter.file)
    record(case, EventKind.LETTER_ISSUED, now=now, by=by, text=f"{letter.number}　{letter.title}")
    return letter


def _filed(letter: Letter, *, by: Staff, now: datetime) -> StoredFile:
    content = pdf.letter(letter, queries.profile())
    upload = SimpleUploadedFile(f"{letter.number}.pdf", content, content_type="application/pdf")
    return files.store(upload=upload, by_id=by.pk, now=now, kind="application/pdf")


def _next(year: int) -> int:
    LetterSeries.objects.get_or_create(year=year)
    series = LetterSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _grip(letter_id: int, by: Staff, *, deed: Deed = Deed.ESCALATE) -> tuple[Letter, Transfer, Case]:
    transfer_id = Letter.objects.filter(pk=letter_id).values_list("transfer_id", flat=True).first()
    if transfer_id is None:
        raise NotFound
    transfer, case = grip(transfer_id, by, deed=deed)
    return Letter.objects.select_for_update().get(pk=letter_id), transfer, case


def _check_open(letter: Letter) -> None:
    if letter.state == LetterState.ISSUED:
        raise decisions.Issued(number=letter.number)


def _check_version(letter: Letter, version: int | None) -> None:
    if version is not None and version != letter.version:
        raise decisions.Changed(name=letter.written_by.name)


def _check_none_under_way(transfer: Transfer) -> None:
    if transfer.letters.exclude(state=LetterState.ISSUED).exists():
        raise decisions.LetterUnderWay
