"""Staff, teams, departments, and the calendars they work by.

Rows that several people edit carry a `version`: a page hands back the one it was rendered with.
"""

from __future__ import annotations

from typing import ClassVar

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.kit.audit import audited
from zhiyin.kit.choices import Choice
from zhiyin.kit.db import choice, one_of
from zhiyin.kit.errors import gettext_noop
from zhiyin.people.rules import HINTS, Language, Role, Theme


@audited()
class Calendar(models.Model):
    """When somebody works: weekly periods, statutory days, own exceptions; or round the clock."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, default="Asia/Shanghai")
    always = models.BooleanField(_("round the clock"), default=False)
    observes_statutory = models.BooleanField(_("observes statutory holidays"), default=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


@audited()
class CalendarPeriod(models.Model):
    """One working period of a weekday; several a day are several rows. Minutes after midnight, to 1440."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # 0 is Monday
    start = models.PositiveSmallIntegerField(_("from"))
    end = models.PositiveSmallIntegerField(_("to"))

    class Meta:
        ordering = ("calendar", "weekday", "start")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="calendarperiod_weekday"),
            models.CheckConstraint(
                condition=Q(start__lt=F("end"), end__lte=1440), name="calendarperiod_order"
            ),
        ]


@audited()
class CalendarException(models.Model):
    """A date that goes its own way: closed, or own hours. Wins over statutory days."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="exceptions")
    date = models.DateField(_("date"))
    start = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)  # both empty: closed that day
    end = models.PositiveSmallIntegerField(_("to"), null=True, blank=True)
    note = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        ordering = ("calendar", "date", "start")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=F("end"), end__lte=1440),
                name="calendarexception_order",
            ),
        ]


class DayKind(Choice):
    HOLIDAY = "holiday", gettext_noop("Statutory holiday")
    WORKDAY = "workday", gettext_noop("Swapped working day")


@audited()
class StatutoryDay(models.Model):
    """A statutory holiday or a swapped working day (调休), as announced; loaded year by year."""

    date = models.DateField(_("date"), unique=True)
    kind = choice(DayKind, verbose_name=_("kind"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ("date",)
        constraints: ClassVar = [one_of("kind", DayKind, model="statutoryday")]


@audited()
class Department(models.Model):
    """A part of the house that answers for faults (责任部门); internal customers come from here too."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, related_name="+", verbose_name=_("working calendar")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


@audited()
class Team(models.Model):
    """Agents who look after the same customers."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, related_name="+", verbose_name=_("working calendar")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


@audited()
class Skill(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username__iexact=username)


@audited(exclude=("password", "last_login"))
class Staff(AbstractBaseUser):
    """Somebody who works here and signs in."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=60)
    role = choice(Role, verbose_name=_("role"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("team")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("department"),
    )
    approval_limit = models.DecimalField(_("approval limit"), max_digits=12, decimal_places=2, default=0)
    skills = models.ManyToManyField(
        Skill, through="people.StaffSkill", blank=True, related_name="+", verbose_name=_("skills")
    )
    capacity = models.PositiveSmallIntegerField(_("open cases at a time"), default=20)
    on_call = models.BooleanField(_("on call"), default=False)
    language = choice(Language, default=Language.ZH_HANS, verbose_name=_("language"))
    theme = choice(Theme, default=Theme.AUTO, verbose_name=_("appearance"))
    shortcuts = models.BooleanField(_("single-letter shortcuts"), default=True)
    hints_done = ArrayField(models.CharField(max_length=24), default=list, blank=True)  # of `rules.HINTS`
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = StaffManager()

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            one_of("role", Role, model="staff"),
            one_of("theme", Theme, model="staff"),
            one_of("language", Language, model="staff"),
            models.CheckConstraint(condition=Q(approval_limit__gte=0), name="staff_approval_limit"),
            models.CheckConstraint(
                condition=Q(hints_done__contained_by=list(HINTS)), name="staff_hints_known"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.HANDLER) | Q(department__isnull=False), name="staff_handler_department"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.AGENT, Role.SUPERVISOR]) | Q(team__isnull=False),
                name="staff_service_team",
            ),
            models.UniqueConstraint(models.functions.Lower("username"), name="staff_username_nocase"),
            models.UniqueConstraint(
                models.functions.Lower("email"), condition=~Q(email=""), name="staff_email_nocase"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


@audited()
class StaffSkill(models.Model):
    """Somebody has a skill; a table of its own, so that its changes are audited like everything else."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="skill_rows")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="staff_rows")

    class Meta:
        ordering = ("staff", "skill")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "skill"], name="staffskill_once"),
        ]


class Session(AbstractBaseSession):
    """A browser that is signed in, or holds a customer's link. Knows whose it is, so that it can be ended."""

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="+")
    device = models.CharField(max_length=200, blank=True, default="")  # as the browser calls itself
    address = models.CharField(max_length=45, blank=True, default="")
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        return DatabaseStore  # reads and writes the same as ours; naming ours here would be a circle


class Attempt(models.Model):
    """How often something was guessed wrong in a row: a sign-in name from one address, an address as such.

    The key is a keyed digest, so that the table tells nobody who was tried from where.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)


@audited(exclude=("data", "last_used_at"))
class SecondFactor(Authenticator):  # type: ignore[misc]  # allauth ships no types
    """allauth's row of an authenticator app, a key or a set of recovery codes, as the audit sees it: no secret."""

    class Meta:
        proxy = True


@audited(exclude=("extra_data", "last_login"))
class Identity(SocialAccount):  # type: ignore[misc]  # allauth ships no types
    """allauth's row of whom an outside sign-in service calls by which subject, as the audit sees it."""

    class Meta:
        proxy = True


@audited()
class SignInPolicy(models.Model):
    """Which roles must show a second factor. One row."""

    mfa_roles = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="signinpolicy_single"),
            models.CheckConstraint(
                condition=Q(mfa_roles__contained_by=[role.value for role in Role]),
                name="signinpolicy_roles_known",
            ),
        ]


@audited(exclude=("digest",))
class Invitation(models.Model):
    """A seat offered to somebody; the link is known only to the letter, here is its digest."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=60)
    role = choice(Role, verbose_name=_("role"))
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints: ClassVar = [one_of("role", Role, model="invitation")]


@audited()
class Organisation(models.Model):
    """This house, as customers know it. One row."""

    name = models.CharField(_("name"), max_length=80)
    place = models.CharField(_("place or branch"), max_length=80, blank=True)
    mark = models.CharField(_("two-character mark"), max_length=4, blank=True)
    phone = models.CharField(_("service telephone"), max_length=40, blank=True)
    email = models.EmailField(_("sender address"), blank=True)
    outside_routes = models.TextField(_("outside routes for complaints"), blank=True)
    principles = models.TextField(_("declared principles"), blank=True)
    default_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team for new cases")
    )
    language = choice(Language, default=Language.ZH_HANS, verbose_name=_("language"))
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="organisation_single"),
            one_of("language", Language, model="organisation"),
        ]

    def __str__(self) -> str:
        return self.name
