"""Accounts: made, changed, taken out of use."""

from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, transaction

from zhiyin.kit.errors import Forbidden
from zhiyin.people import actions, holdings, queries, rules
from zhiyin.people.actions.seats import digest
from zhiyin.people.models import Session, Skill, Staff, StaffSkill
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW, make


def change(staff, **new):
    values = {
        "name": staff.name,
        "email": staff.email,
        "role": Role(staff.role),
        "team_id": staff.team_id,
        "department_id": staff.department_id,
        "approval_limit": staff.approval_limit,
        "capacity": staff.capacity,
        "on_call": staff.on_call,
        "skill_ids": queries.skill_ids(staff.pk),
        "version": staff.version,
    }
    return actions.update_staff(**values | {"staff_id": staff.pk, "now": NOW} | new)


def test_an_agent_without_a_team_is_asked_for_one(house):
    with pytest.raises(rules.NeedsTeam) as error:
        make("lin", "林晓芸", Role.AGENT)
    assert error.value.field == "team"


def test_a_handler_without_a_department_is_asked_for_one(house):
    with pytest.raises(rules.NeedsDepartment):
        make("ma", "马建国", Role.HANDLER)


@pytest.mark.parametrize(
    "username", ["", " ", "a b", "lin@example.com", "-lin", "x" * 61, "lin\n芸", "a\x00"]
)
def test_a_sign_in_name_has_letters_figures_dots_and_dashes(house, username):
    with pytest.raises(rules.UsernameShape):
        make(username, "林晓芸", Role.ADMINISTRATOR)


@pytest.mark.parametrize("username", ["林晓芸", "l", "lin.xiaoyun-2", "x" * 60])
def test_a_chinese_sign_in_name_is_fine(house, username):
    assert make(username, "林晓芸", Role.ADMINISTRATOR).username == username


def test_sign_in_names_differ_by_more_than_capitals(agent):
    with pytest.raises(rules.UsernameTaken):
        actions.create_staff(username="LIN", name="林", role=Role.QUALITY, by=None, now=NOW)


def test_two_people_do_not_share_an_address(agent):
    with pytest.raises(rules.EmailTaken):
        actions.create_staff(
            username="lin2", email="LIN@example.com", name="林", role=Role.QUALITY, by=None, now=NOW
        )


def test_only_an_administrator_makes_accounts(supervisor):
    with pytest.raises(Forbidden):
        actions.create_staff(username="x", name="某", role=Role.QUALITY, by=supervisor, now=NOW)


@pytest.mark.parametrize("limit", [Decimal(-1), Decimal("NaN"), Decimal(10) ** 10])
def test_an_approval_limit_is_an_amount(supervisor, administrator, limit):
    with pytest.raises(rules.LimitOutOfRange):
        change(supervisor, approval_limit=limit, by=administrator)


def test_a_change_is_made_once_and_seen(agent, administrator):
    change(agent, name=" 林  晓 ", capacity=30, by=administrator)
    assert Staff.objects.values_list("name", "capacity", "version").get(pk=agent.pk) == ("林 晓", 30, 1)


def test_who_writes_on_an_old_page_overwrites_nothing(agent, administrator):
    change(agent, capacity=30, by=administrator)
    with pytest.raises(rules.Stale):
        change(agent, capacity=10, by=administrator)
    assert Staff.objects.get(pk=agent.pk).capacity == 30


def test_nobody_changes_her_own_role(administrator):
    make("admin2", "周", Role.ADMINISTRATOR)
    with pytest.raises(rules.NotYourself):
        change(administrator, role=Role.QUALITY, by=administrator)


def test_an_administrator_changes_her_own_name(administrator):
    assert change(administrator, name="郑文文", by=administrator).name == "郑文文"


def test_nobody_disables_herself(administrator):
    with pytest.raises(rules.NotYourself):
        actions.disable(staff_id=administrator.pk, by=administrator, now=NOW)


def test_the_last_administrator_stays(administrator):
    with pytest.raises(rules.LastAdministrator):
        actions.disable(staff_id=administrator.pk, by=None, now=NOW)
    with pytest.raises(rules.LastAdministrator):
        change(administrator, role=Role.QUALITY, by=None)


def test_nobody_is_moved_into_a_team_out_of_use(agent, administrator, house):
    team = actions.save_team(name="旧组", calendar_id=house.calendar.pk, is_active=False, by=None, now=NOW)
    with pytest.raises(rules.OutOfUse):
        change(agent, team_id=team.pk, by=administrator)


def test_who_sits_in_a_team_out_of_use_can_still_be_edited(agent, administrator, house):
    type(house.team).objects.filter(pk=house.team.pk).update(is_active=False)
    assert change(agent, capacity=5, by=administrator).capacity == 5


def test_every_skill_given_or_taken_leaves_an_audit_row(agent, administrator):
    first, second = (actions.save_skill(name=name, by=None, now=NOW) for name in ("粤语", "水电"))
    agent = change(agent, skill_ids=[first.pk, second.pk], by=administrator)
    change(agent, skill_ids=[second.pk], by=administrator)
    trail = (
        apps.get_model("people", "StaffSkillAudit")
        .objects.order_by("pgh_id")
        .values_list("pgh_label", "skill_id")
    )
    assert list(trail) == [("insert", first.pk), ("insert", second.pk), ("delete", first.pk)]
    assert queries.skill_ids(agent.pk) == [second.pk]


def test_an_unknown_skill_is_passed_over(agent, administrator):
    change(agent, skill_ids=[0], by=administrator)
    assert not StaffSkill.objects.exists()


def test_a_removed_skill_leaves_everybody(agent, administrator):
    skill = actions.save_skill(name="粤语", by=administrator, now=NOW)
    change(agent, skill_ids=[skill.pk], by=administrator)
    actions.remove_skill(skill_id=skill.pk, by=administrator, now=NOW)
    assert not Skill.objects.exists()
    assert not StaffSkill.objects.exists()


def test_a_disabled_account_is_signed_out_everywhere_at_once(agent, supervisor, administrator, client_of):
    phone, desktop, colleague = client_of(agent), client_of(agent), client_of(supervisor)
    actions.disable(staff_id=agent.pk, by=administrator, now=NOW)
    assert not Session.objects.filter(staff=agent).exists()
    assert Session.objects.filter(staff=supervisor).count() == 1
    for browser in (phone, desktop):
        assert browser.get("/settings/me/").status_code == 302
    assert colleague.get("/settings/me/").status_code == 200


def test_even_a_session_that_survived_opens_nothing(agent, client_of):
    browser = client_of(agent)
    Staff.objects.filter(pk=agent.pk).update(is_active=False)
    assert browser.get("/settings/me/").status_code == 302


def test_invitations_of_a_disabled_account_are_withdrawn(supervisor, administrator, house):
    token = actions.invite(
        email="new@example.com", name="新人", role=Role.AGENT, team_id=house.team.pk, by=supervisor, now=NOW
    )
    actions.disable(staff_id=supervisor.pk, by=administrator, now=NOW)
    with pytest.raises(rules.InvitationOver):
        queries.invitation_by_digest(digest(token), NOW)


def test_an_old_address_no_longer_belongs_to_an_account(agent, administrator):
    EmailAddress.objects.create(user=agent, email=agent.email, primary=True, verified=True)
    change(agent, email="new@example.com", by=administrator)
    assert not EmailAddress.objects.filter(user=agent).exists()


def test_what_a_person_holds_is_told_by_the_rooms_above(agent):
    holdings.register("test", lambda pk: [holdings.Holding("未结个案", 3), holdings.Holding("承诺", 0)])
    try:
        assert [(row.label, row.count) for row in holdings.of(agent.pk)] == [("未结个案", 3)]
    finally:
        holdings.unregister("test")


def test_a_first_administrator_gets_a_sign_in_name_from_the_address(house):
    first = actions.create_administrator(
        email="li.wei@example.com", name="李伟", password="correct horse staple", by=None, now=NOW
    )
    second = actions.create_administrator(
        email="li.wei@example.org", name="李薇", password="correct horse staple", by=None, now=NOW
    )
    assert (first.username, second.username) == ("li.wei", "li.wei2")
    assert first.check_password("correct horse staple")
    assert first.password.startswith("argon2")


def test_the_database_itself_refuses_an_agent_without_a_team(agent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=agent.pk).update(team=None)


def test_a_team_with_people_stays_in_use(agent, administrator, house):
    with pytest.raises(rules.StillUsed):
        actions.save_team(
            team_id=house.team.pk,
            name="客服一组",
            calendar_id=house.calendar.pk,
            is_active=False,
            by=administrator,
            now=NOW,
        )


def test_colleagues_are_the_others_of_the_team(agent, colleague, other_agent, handler):
    assert list(queries.colleagues(agent)) == [colleague]
    assert list(queries.colleagues(handler)) == []
