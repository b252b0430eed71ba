"""Accounts: made, changed, taken out of use and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from zhiyin.kit.errors import NotFound
from zhiyin.people import access, rules, security
from zhiyin.people.access import Deed
from zhiyin.people.actions.notices import tell
from zhiyin.people.models import Department, Identity, Invitation, Session, Skill, Staff, StaffSkill, Team
from zhiyin.people.rules import Language, Notice, Role, Theme


@transaction.atomic
def create_staff(
    *,
    username: str,
    name: str,
    role: Role,
    by: Staff | None,
    now: datetime,
    email: str = "",
    password: str | None = None,
    team_id: int | None = None,
    department_id: int | None = None,
    approval_limit: Decimal = Decimal(0),
    capacity: int = 20,
    on_call: bool = False,
    skill_ids: Iterable[int] = (),
    language: Language = Language.ZH_HANS,
) -> Staff:
    """Make an account. `by` None is the command line or the demo. Without a password nobody can sign in yet.

    Raises `access.NotYours` and the `Invalid`s of `people.rules`, each with its field.
    """
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    rules.check_seat(role, team_id=team_id, department_id=department_id)
    rules.check_figures(approval_limit=approval_limit, capacity=capacity)
    check_units(team_id, department_id)
    staff = Staff(
        username=rules.check_username(username),
        email=email.strip(),
        name=rules.check_name(name),
        role=role,
        team_id=team_id,
        department_id=department_id,
        approval_limit=approval_limit,
        capacity=capacity,
        on_call=on_call,
        language=language,
        created_at=now,
    )
    staff.set_password(password)
    _save(staff)
    _set_skills(staff, skill_ids)
    return staff


@transaction.atomic
def create_administrator(*, email: str, name: str, password: str, by: Staff | None, now: datetime) -> Staff:
    """Make an administrator who signs in with her address, or with the part of it before the @."""
    username = free_username(email)
    return create_staff(
        username=username, email=email, name=name, password=password, role=Role.ADMINISTRATOR, by=by, now=now
    )


@transaction.atomic
def update_staff(
    *,
    staff_id: int,
    name: str,
    email: str,
    role: Role,
    team_id: int | None,
    department_id: int | None,
    approval_limit: Decimal,
    capacity: int,
    on_call: bool,
    skill_ids: Iterable[int],
    version: int | None,
    by: Staff | None,
    now: datetime,
) -> Staff:
    """Change somebody's seat. Raises `rules.Stale` when the row has moved on since `version` was read."""
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    staff = _locked(staff_id)
    rules.check_version(version, staff.version)
    role_changes = role != staff.role
    if role_changes:
        _check_administrators(staff, by)
    rules.check_seat(role, team_id=team_id, department_id=department_id)
    rules.check_figures(approval_limit=approval_limit, capacity=capacity)
    check_units(
        team_id if team_id != staff.team_id else None,
        department_id if department_id != staff.department_id else None,
    )
    if email.strip() != staff.email:
        # allauth keeps its own list of addresses: an old one must not open the door any longer.
        EmailAddress.objects.filter(user_id=staff.pk).delete()
        Identity.objects.filter(user_id=staff.pk).delete()  # the new one decides anew whom a service means
    staff.name, staff.email, staff.role = rules.check_name(name), email.strip(), role
    staff.team_id, staff.department_id = team_id, department_id
    staff.approval_limit, staff.capacity, staff.on_call = approval_limit, capacity, on_call
    staff.version += 1
    _save(
        staff,
        "name",
        "email",
        "role",
        "team",
        "department",
        "approval_limit",
        "capacity",
        "on_call",
        "version",
    )
    _set_skills(staff, skill_ids)
    if role_changes:
        _withdraw_offers(staff, now=now, besides=access.INVITABLE.get(role, frozenset()))
        # What her role now includes, and the second factor it may need, begin with a sign-in.
        end_sessions(staff_id=staff.pk, now=now)
    return staff


@transaction.atomic
def disable(*, staff_id: int, by: Staff | None, now: datetime) -> Staff:
    """Take an account out of use: signed out everywhere at once, and the invitations it sent are withdrawn.

    What the person holds stays hers until somebody takes it over; `people.holdings` tells what that is.
    """
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    staff = _locked(staff_id)
    _check_administrators(staff, by)
    if staff.is_active:
        staff.is_active = False
        staff.version += 1
        staff.save(update_fields=["is_active", "version"])
    _withdraw_offers(staff, now=now)
    end_sessions(staff_id=staff.pk, now=now)
    return staff


@transaction.atomic
def enable(*, staff_id: int, by: Staff | None, now: datetime) -> Staff:
    """Put an account back into use; the person signs in anew."""
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    staff = _locked(staff_id)
    if not staff.is_active:
        staff.is_active = True
        staff.version += 1
        staff.save(update_fields=["is_active", "version"])
    return staff


def end_sessions(*, staff_id: int, now: datetime, besides: str | None = None) -> int:
    """Sign somebody out of every browser (`besides` one, by its session key); how many there were."""
    return Session.objects.filter(staff_id=staff_id).exclude(pk=besides or "").delete()[0]


@transaction.atomic
def end_session(*, staff: Staff, reference: str, now: datetime) -> None:
    """Sign oneself out of one browser. Raises `rules.SessionOver` when it is no longer signed in."""
    keys = Session.objects.filter(staff_id=staff.pk).values_list("session_key", flat=True)
    key = next((key for key in keys if security.session_reference(key) == reference), None)
    if key is None:
        raise rules.SessionOver
    Session.objects.filter(pk=key, staff_id=staff.pk).delete()


@transaction.atomic
def set_password(*, staff: Staff, password: str, now: datetime, besides: str | None = None) -> None:
    """A new password, checked before; it ends every session `besides` the one it was set in."""
    _locked(staff.pk)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    end_sessions(staff_id=staff.pk, now=now, besides=besides)
    tell(staff, Notice.PASSWORD)


@transaction.atomic
def set_preferences(
    *, staff: Staff, language: Language, theme: Theme, shortcuts: bool, now: datetime
) -> Staff:
    """What only the person herself decides."""
    own = _locked(staff.pk)
    own.language, own.theme, own.shortcuts = language, theme, shortcuts
    own.save(update_fields=["language", "theme", "shortcuts"])
    return own


@transaction.atomic
def put_hint_away(*, staff: Staff, hint: str, now: datetime) -> Staff:
    """She knows this place now: its hint never shows to her again. Raises `NotFound` for a hint there is not."""
    if hint not in rules.HINTS:
        raise NotFound
    own = _locked(staff.pk)
    if hint not in own.hints_done:
        own.hints_done = [*own.hints_done, hint]
        own.save(update_fields=["hints_done"])
    return own


@transaction.atomic
def show_hints_again(*, staff: Staff, now: datetime) -> Staff:
    """Every hint shows once more where it belongs."""
    own = _locked(staff.pk)
    own.hints_done = []
    own.save(update_fields=["hints_done"])
    return own


def free_username(email: str) -> str:
    """A sign-in name nobody has yet, made of the part of the address before the @."""
    stem = rules.username_from(email)
    taken = {
        name.lower()
        for name in Staff.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    }
    free = (stem if not number else f"{stem}{number + 1}" for number in range(len(taken) + 1))
    return next(candidate for candidate in free if candidate.lower() not in taken)


def check_units(team_id: int | None, department_id: int | None) -> None:
    """The team and department that somebody is put into must be in use. Raises `rules.OutOfUse`."""
    for model, pk, field in ((Team, team_id, "team"), (Department, department_id, "department")):
        if pk is None:
            continue
        unit = model._default_manager.filter(pk=pk).first()  # the documented way for a class in a variable
        if unit is None:
            raise NotFound
        if not unit.is_active:
            raise rules.OutOfUse(field=field, name=unit.name)


def _locked(staff_id: int) -> Staff:
    staff = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if staff is None:
        raise NotFound
    return staff


def _withdraw_offers(staff: Staff, *, now: datetime, besides: Collection[Role] = ()) -> None:
    """Seats offered by somebody who may offer them no longer: whoever holds the links keeps no back door."""
    offered = Invitation.objects.filter(invited_by=staff, accepted_at=None, revoked_at=None)
    offered.exclude(role__in=besides).update(revoked_at=now)


def _check_administrators(staff: Staff, by: Staff | None) -> None:
    """Nobody changes her own role or access, and the house never loses its last administrator."""
    if by is not None and by.pk == staff.pk:
        raise rules.NotYourself
    if staff.role != Role.ADMINISTRATOR or not staff.is_active:
        return
    # All are locked in one order, so that two administrators cannot remove each other in the same moment.
    active = Staff.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    pks = set(active.values_list("pk", flat=True))
    if by is not None and by.pk not in pks:
        raise access.NotYours(deed=Deed.MANAGE_PEOPLE)
    if not pks - {staff.pk}:
        raise rules.LastAdministrator


def _save(staff: Staff, *columns: str) -> None:
    if staff.email and Staff.objects.filter(email__iexact=staff.email).exclude(pk=staff.pk).exists():
        raise rules.EmailTaken(field="email", email=staff.email)
    try:
        with transaction.atomic():
            staff.save(update_fields=columns or None)
    except IntegrityError as error:
        if "staff_email_nocase" in str(error):
            raise rules.EmailTaken(field="email", email=staff.email) from None
        if "username" in str(error):
            raise rules.UsernameTaken(field="username", username=staff.username) from None
        raise


def _set_skills(staff: Staff, skill_ids: Iterable[int]) -> None:
    wanted = set(Skill.objects.filter(pk__in=list(skill_ids)).values_list("pk", flat=True))
    held = set(StaffSkill.objects.filter(staff=staff).values_list("skill_id", flat=True))
    StaffSkill.objects.filter(staff=staff, skill_id__in=held - wanted).delete()
    StaffSkill.objects.bulk_create(
        StaffSkill(staff=staff, skill_id=skill_id) for skill_id in sorted(wanted - held)
    )
