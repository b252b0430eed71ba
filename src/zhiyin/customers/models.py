"""People and organisations served, how to reach them, and what they have to do with us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.customers.rules import Channel, ContactKind, Nature, ObjectKind, Purpose, Relation, Side
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Department, Staff, Team


@audited(exclude=("initials", "sort_key"))
class Customer(models.Model):
    name = models.CharField(_("name"), max_length=120)
    salutation = models.CharField(_("form of address"), max_length=40, blank=True)
    initials = models.CharField(max_length=60, blank=True, editable=False)  # pinyin initials, for search
    sort_key = models.CharField(max_length=400, blank=True, editable=False)  # by sound, for lists
    nature = choice(Nature, default=Nature.PERSON, verbose_name=_("nature"))
    side = choice(Side, default=Side.EXTERNAL, verbose_name=_("side"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    is_member = models.BooleanField(_("member"), default=False)
    preferred_channel = choice(Channel, blank=True, verbose_name=_("preferred channel"))
    since = models.DateField(_("customer since"), null=True, blank=True)
    note = models.TextField(_("worth knowing"), blank=True)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    owner = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked after by")
    )
    is_placeholder = models.BooleanField(default=False)  # stands in for somebody unknown in imported history
    source = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # grows with every change; a stale form is told so

    class Meta:
        ordering = ("sort_key", "pk")
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"], name="customer_by_sound"),
            models.Index(fields=["team", "sort_key", "id"], name="customer_team_by_sound"),
            models.Index(fields=["owner", "sort_key", "id"], name="customer_owner_by_sound"),
        ]
        constraints: ClassVar = [
            one_of("nature", Nature, model="customer"),
            one_of("side", Side, model="customer"),
            one_of("preferred_channel", Channel, model="customer", blank=True),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="customer_external"
            ),
            models.CheckConstraint(
                condition=Q(side=Side.EXTERNAL, department__isnull=True)
                | Q(side=Side.INTERNAL, department__isnull=False),
                name="customer_internal_department",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class ContactPoint(models.Model):
    """One way to reach a customer. Telephones are kept as E.164 (an extension behind it as `;ext=801`).

    Families share numbers, so they are not unique. What an unknown hand added to a customer we already knew is not
    confirmed: nothing is sent there until a member of staff has asked.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contact_points")
    kind = choice(ContactKind, verbose_name=_("kind"))
    value = models.CharField(_("value"), max_length=200)
    label = models.CharField(_("label"), max_length=40, blank=True)
    is_primary = models.BooleanField(_("first choice"), default=False)
    is_confirmed = models.BooleanField(_("confirmed"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("customer", "-is_primary", "pk")
        indexes: ClassVar = [models.Index(fields=["kind", "value"], name="contactpoint_value")]
        constraints: ClassVar = [
            one_of("kind", ContactKind, model="contactpoint"),
            models.UniqueConstraint(fields=["customer", "kind", "value"], name="contactpoint_once"),
            models.UniqueConstraint(
                fields=["customer", "kind"], condition=Q(is_primary=True), name="contactpoint_one_first"
            ),
        ]


@audited()
class ContactReveal(models.Model):
    """Somebody looked at a contact point in full: who, when, whose."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="reveals")
    contact_point = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="reveals"
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")


@audited()
class RestPeriod(models.Model):
    """Hours in which this customer is left in peace; a period over midnight has end before start."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="rest_periods")
    start = models.PositiveSmallIntegerField(_("from"))
    end = models.PositiveSmallIntegerField(_("to"))

    class Meta:
        ordering = ("customer", "start")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__lt=1440, end__lte=1440) & ~Q(start=F("end")), name="restperiod_order"
            ),
        ]


@audited()
class ServiceObject(models.Model):
    """What the service is about: a room, a vehicle, an order, a contract."""

    kind = choice(ObjectKind, verbose_name=_("kind"))
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("code"), max_length=60, unique=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [one_of("kind", ObjectKind, model="serviceobject")]

    def __str__(self) -> str:
        return self.name


@audited()
class ObjectRelation(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="object_relations")
    object = models.ForeignKey(ServiceObject, models.CASCADE, related_name="relations")
    relation = choice(Relation, verbose_name=_("relation"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("customer", "pk")
        constraints: ClassVar = [
            one_of("relation", Relation, model="objectrelation"),
            models.UniqueConstraint(fields=["customer", "object", "relation"], name="objectrelation_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="objectrelation_order",
            ),
        ]


@audited()
class Consent(models.Model):
    """Given for one purpose, to one version of the text, at one time; withdrawn at another."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    purpose = choice(Purpose, verbose_name=_("purpose"))
    text_version = models.CharField(_("version of the text"), max_length=40)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("customer", "purpose", "-given_at")
        constraints: ClassVar = [
            one_of("purpose", Purpose, model="consent"),
            models.UniqueConstraint(
                fields=["customer", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_order",
            ),
        ]
