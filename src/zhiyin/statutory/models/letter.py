"""Formal letters, the numbers they are issued under, and how authorities know the house."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.kit.models import StoredFile
from zhiyin.people.models import Staff
from zhiyin.statutory.models.transfer import Transfer
from zhiyin.statutory.rules.words import LetterKind, LetterState, Region, Sector


@audited()
class Profile(models.Model):
    """How authorities know the house: its trade and where it is, and the head, foot and seal of its letters. One row."""

    sector = choice(Sector, blank=True, verbose_name=_("our trade"))
    region = choice(Region, blank=True, verbose_name=_("region"))
    city = models.CharField(_("city"), max_length=40, blank=True)
    name = models.CharField(_("registered name"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    series_word = models.CharField(_("word of the series"), max_length=12, default="函")
    seal_place = models.CharField(_("seal place"), max_length=40, blank=True)
    signer = models.CharField(_("who signs"), max_length=40, blank=True)
    signer_title = models.CharField(_("as what"), max_length=40, blank=True)
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="profile_single"),
            one_of("sector", Sector, model="profile", blank=True),
            one_of("region", Region, model="profile", blank=True),
        ]


class LetterSeries(models.Model):
    """The last number given in a year; locked while a letter is issued, so numbers have no gaps and no doubles."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


@audited()
class Letter(models.Model):
    """A letter to an authority. Once issued it is a numbered file and stays; what was wrong is said in a correction."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="letters")
    kind = choice(LetterKind, default=LetterKind.REPLY)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    state = choice(LetterState, default=LetterState.DRAFT)
    addressee = models.CharField(_("to"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    opening = models.TextField(_("opening"))
    finding = models.TextField(_("what was found"), blank=True)
    remedy = models.TextField(_("what is put right"), blank=True)
    prevention = models.TextField(_("what keeps it from happening again"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    signer = models.CharField(_("who signs"), max_length=40, blank=True)
    signer_title = models.CharField(_("as what"), max_length=40, blank=True)
    sent_back = models.TextField(_("why it was sent back"), blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    issued_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["transfer", "-written_at", "-id"], name="letter_transfer"),
            models.Index(fields=["-year", "-sequence"], name="letter_register"),
            models.Index(fields=["transfer"], condition=Q(state="waiting"), name="letter_waiting"),
        ]
        constraints: ClassVar = [
            one_of("kind", LetterKind, model="letter"),
            one_of("state", LetterState, model="letter"),
            models.UniqueConstraint(fields=["year", "sequence"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["transfer"], condition=~Q(state="issued"), name="letter_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=LetterState.ISSUED,
                    year__isnull=False,
                    sequence__isnull=False,
                    issued_by__isnull=False,
                    issued_at__isnull=False,
                    file__isnull=False,
                )
                & ~Q(number="")
                | ~Q(state=LetterState.ISSUED) & Q(number="", year__isnull=True, file__isnull=True),
                name="letter_issued_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LetterState.WAITING, LetterState.ISSUED])
                | (~Q(finding="") & ~Q(remedy="") & ~Q(prevention="")),
                name="letter_covers_all",
            ),
            models.CheckConstraint(
                condition=Q(kind=LetterKind.REPLY, corrects__isnull=True)
                | Q(kind=LetterKind.CORRECTION, corrects__isnull=False),
                name="letter_corrects_one",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="issued_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="issued"),
            )
        ]
