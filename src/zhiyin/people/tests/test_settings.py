"""The settings: who sees which page, what is kept, what is said."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhiyin.people import actions, holdings, queries
from zhiyin.people.models import Organisation, Session, Staff, Team
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW, make

EVERYBODY = ["/settings/me/"]
INVITERS = ["/settings/invitations/"]
ADMINISTRATORS = [
    "/settings/staff/",
    "/settings/staff/{staff}/",
    "/settings/staff/{staff}/disable/",
    "/settings/teams/",
    "/settings/teams/new/",
    "/settings/teams/{team}/",
    "/settings/departments/",
    "/settings/departments/new/",
    "/settings/departments/{department}/",
    "/settings/skills/",
    "/settings/skills/{skill}/",
    "/settings/calendars/",
    "/settings/calendars/new/",
    "/settings/calendars/{calendar}/",
    "/settings/statutory/",
    "/settings/organisation/",
]
DEEDS = [
    "/settings/staff/{staff}/enable/",
    "/settings/staff/{staff}/password/",
    "/settings/skills/{skill}/remove/",
    "/settings/calendars/preview/",
]
LISTS = ["staff", "teams", "departments", "skills", "calendars"]
ROLES = ["agent", "supervisor", "handler", "quality", "researcher", "administrator"]


@pytest.fixture
def address(house, colleague):
    skill = actions.save_skill(name="粤语", by=None, now=NOW)
    known = {
        "staff": colleague.pk,
        "team": house.team.pk,
        "department": house.order.pk,
        "skill": skill.pk,
        "calendar": house.calendar.pk,
    }
    return lambda template: template.format(**known)


@pytest.mark.parametrize("template", EVERYBODY + INVITERS + ADMINISTRATORS)
def test_nobody_is_asked_to_sign_in(client, address, template):
    response = client.get(address(template))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/settings/")


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_her_own_and_only_administrators_the_rest(request, client_of, address, role):
    browser = client_of(request.getfixturevalue(role))
    for template in EVERYBODY:
        assert browser.get(address(template)).status_code == 200
    for template in INVITERS:
        assert browser.get(address(template)).status_code == (
            200 if role in {"supervisor", "administrator"} else 403
        )
    for template in ADMINISTRATORS:
        assert browser.get(address(template)).status_code == (200 if role == "administrator" else 403), (
            template
        )
    for template in DEEDS:
        answer = browser.post(address(template)).status_code
        assert answer in {200, 302} if role == "administrator" else answer == 403, template


def test_deeds_are_never_done_by_a_look(client_of, administrator, address):
    browser = client_of(administrator)
    for template in DEEDS:
        assert browser.get(address(template)).status_code == 405


def test_who_may_not_is_told_in_words(client_of, agent):
    response = client_of(agent).get("/settings/staff/", headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "主管" in response.content.decode() or "supervisor" in response.content.decode()


@pytest.mark.parametrize("thing", ["staff", "teams", "departments", "skills", "calendars"])
def test_what_is_not_there_is_not_found(client_of, administrator, thing):
    browser = client_of(administrator)
    assert browser.get(f"/settings/{thing}/999999/").status_code == 404
    assert browser.get(f"/settings/{thing}/99999999999999999999/").status_code == 404


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client, db):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/settings/me/?a=1"}
    response = client.get("/settings/me/", headers=headers)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fsettings%2Fme%2F%3Fa%3D1"


def test_the_side_list_has_only_ones_own_places(client_of, agent, supervisor, administrator):
    def places(staff):
        page = client_of(staff).get("/settings/me/").content.decode()
        side = page.split('<div class="settings">')[1].split("</nav>")[0]
        return set(re.findall(r'href="(/settings/\w+/)"', side))

    assert places(agent) == {"/settings/me/", "/settings/security/"}
    assert places(supervisor) == {"/settings/me/", "/settings/security/", "/settings/invitations/"}
    assert places(administrator) >= {f"/settings/{place}/" for place in [*LISTS, "statutory", "organisation"]}


def test_preferences_are_kept_and_answer_in_the_new_language(client_of, agent):
    browser = client_of(agent)
    given = {"language": "en", "theme": "dark", "shortcuts": ""}
    page = browser.post("/settings/me/", given, follow=True).content.decode()
    agent.refresh_from_db()
    assert (agent.language, agent.theme, agent.shortcuts) == ("en", "dark", False)
    assert "Saved" in page
    assert '<html lang="en" data-bs-theme="dark"' in page
    assert agent.version == 0  # one's own taste is no change of the seat


def test_a_made_up_language_is_refused(client_of, agent):
    assert client_of(agent).post("/settings/me/", {"language": "xx", "theme": "dark"}).status_code == 422


def seat(staff, **changes):
    return {
        "name": staff.name,
        "email": staff.email,
        "role": staff.role,
        "team": staff.team_id or "",
        "department": staff.department_id or "",
        "approval_limit": staff.approval_limit,
        "capacity": staff.capacity,
        "version": staff.version,
    } | changes


def test_an_administrator_changes_a_seat(client_of, administrator, agent, house):
    skill = actions.save_skill(name="粤语", by=None, now=NOW)
    given = seat(agent, team=house.other_team.pk, capacity=7, on_call="on", skills=[skill.pk])
    assert client_of(administrator).post(f"/settings/staff/{agent.pk}/", given).status_code == 302
    agent.refresh_from_db()
    assert (agent.team, agent.capacity, agent.on_call) == (house.other_team, 7, True)
    assert queries.skill_ids(agent.pk) == [skill.pk]


def test_the_second_of_two_sees_what_the_first_saved_and_loses_nothing(client_of, administrator, agent):
    browser, page = client_of(administrator), f"/settings/staff/{agent.pk}/"
    browser.post(page, seat(agent, capacity=7))
    response = browser.post(page, seat(agent, capacity=9, name="林小云"))
    said = response.content.decode()
    assert response.status_code == 409
    assert 'value="林小云"' in said
    assert "<dd>7</dd>" in said
    assert 'name="version" value="1"' in said
    assert Staff.objects.get(pk=agent.pk).capacity == 7
    assert browser.post(page, seat(agent, capacity=9, version=1)).status_code == 302
    assert Staff.objects.get(pk=agent.pk).capacity == 9


def test_a_page_without_its_version_counts_as_old(client_of, administrator, agent):
    given = seat(agent, capacity=9)
    del given["version"]
    assert client_of(administrator).post(f"/settings/staff/{agent.pk}/", given).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"email": "no address"},
        {"role": "boss"},
        {"team": ""},
        {"team": "999"},
        {"approval_limit": "much"},
        {"approval_limit": "-5"},
        {"approval_limit": "1e99"},
        {"capacity": "501"},
        {"capacity": "many"},
        {"name": "x" * 61},
        {"skills": ["999"]},
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_changes(client_of, administrator, agent, wrong):
    before = Staff.objects.values().get(pk=agent.pk)
    response = client_of(administrator).post(f"/settings/staff/{agent.pk}/", seat(agent, **wrong))
    assert response.status_code == 422
    assert "ferr" in response.content.decode()
    assert Staff.objects.values().get(pk=agent.pk) == before


def test_before_an_account_is_disabled_the_page_says_what_it_holds(client_of, administrator, agent):
    holdings.register(
        "test", lambda pk: [holdings.Holding("未结个案", 3, "/cases/")] if pk == agent.pk else []
    )
    try:
        page = client_of(administrator).get(f"/settings/staff/{agent.pk}/disable/").content.decode()
    finally:
        holdings.unregister("test")
    assert "未结个案" in page
    assert '<a href="/cases/">3</a>' in page
    assert Staff.objects.get(pk=agent.pk).is_active


def test_disabled_then_enabled(client_of, administrator, agent):
    hers, browser = client_of(agent), client_of(administrator)
    browser.post(f"/settings/staff/{agent.pk}/disable/")
    assert not Session.objects.filter(staff=agent).exists()
    assert hers.get("/settings/me/").status_code == 302
    browser.post(f"/settings/staff/{agent.pk}/enable/")
    assert Staff.objects.get(pk=agent.pk).is_active
    assert hers.get("/settings/me/").status_code == 302  # the old session stays ended


def test_an_administrator_does_not_disable_herself(client_of, administrator):
    assert client_of(administrator).post(f"/settings/staff/{administrator.pk}/disable/").status_code == 403


def test_a_link_for_a_new_password_works_without_mail(client_of, administrator, agent, client):
    page = client_of(administrator).post(f"/settings/staff/{agent.pk}/password/").content.decode()
    link = re.search(r"http://testserver(/accounts/reset/[^\"]+)", page)[1]
    form = client.get(link).headers["Location"]
    new = {"password1": "another horse staple", "password2": "another horse staple"}
    assert client.post(form, new).status_code == 302
    agent.refresh_from_db()
    assert agent.check_password("another horse staple")


def test_the_staff_list_is_filtered_and_searched(
    client_of, administrator, agent, other_agent, handler, house
):
    actions.disable(staff_id=other_agent.pk, by=administrator, now=NOW)

    def names(query):
        page = client_of(administrator).get(f"/settings/staff/?{query}").content.decode()
        return set(re.findall(r'zy-list-title" href="[^"]+">([^<]+)<', page))

    assert names("") == {"郑文", "林晓芸", "马建国"}
    assert names("q=晓芸") == {"林晓芸"}
    assert names("q=MA@example") == {"马建国"}
    assert names("role=handler") == {"马建国"}
    assert names(f"team={house.team.pk}") == {"林晓芸"}
    assert names(f"department={house.engineering.pk}") == {"马建国"}
    assert names("state=disabled") == {"吴桐"}
    assert names("state=all&q=吴") == {"吴桐"}
    assert names("q=nobody") == set()
    assert names("team=999&role=boss&page=zzz&state=%00") == {"郑文", "林晓芸", "马建国"}


@pytest.mark.parametrize("place", LISTS)
def test_a_list_asks_no_more_for_more_rows(client_of, administrator, house, place):
    browser, counts = client_of(administrator), []
    week = [(0, 540, 1080), (1, 540, 1080)]
    for start, stop in ((0, 2), (2, 14)):
        for number in range(start, stop):
            skill = actions.save_skill(name=f"技能{number}", by=None, now=NOW)
            calendar = actions.save_calendar(name=f"日历{number}", periods=week, by=None, now=NOW)
            team = actions.save_team(name=f"组{number}", calendar_id=calendar.pk, by=None, now=NOW)
            actions.save_department(name=f"部{number}", calendar_id=calendar.pk, by=None, now=NOW)
            make(f"p{number}", f"人{number}", Role.AGENT, team_id=team.pk, skill_ids=[skill.pk])
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/settings/{place}/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_team_is_made_renamed_and_put_out_of_use(client_of, administrator, house):
    browser = client_of(administrator)
    given = {"name": "夜班组", "calendar": house.calendar.pk, "is_active": "on", "version": ""}
    assert browser.post("/settings/teams/new/", given).status_code == 302
    team = Team.objects.get(name="夜班组")
    page = f"/settings/teams/{team.pk}/"
    assert browser.post(page, given | {"name": "夜组", "version": 0}).status_code == 302
    assert browser.post(page, given | {"version": 0}).status_code == 409
    assert (
        browser.post(page, {"name": "夜组", "calendar": house.calendar.pk, "version": 1}).status_code == 302
    )
    team.refresh_from_db()
    assert (team.name, team.is_active) == ("夜组", False)


def test_a_second_department_of_one_name_is_refused_beside_the_name(client_of, administrator, house):
    given = {"name": "工程部", "calendar": house.calendar.pk, "is_active": "on"}
    response = client_of(administrator).post("/settings/departments/new/", given)
    assert response.status_code == 422
    assert 'value="工程部"' in response.content.decode()


def test_skills_come_and_go(client_of, administrator):
    browser = client_of(administrator)
    assert browser.post("/settings/skills/", {"name": "粤语"}).status_code == 302
    assert browser.post("/settings/skills/", {"name": "粤语"}).status_code == 422
    pk = queries.skills().get().pk
    browser.post(f"/settings/skills/{pk}/", {"name": "广东话"})
    assert queries.skill(pk).name == "广东话"
    browser.post(f"/settings/skills/{pk}/remove/")
    assert not queries.skills().exists()


def test_the_organisation_is_kept(client_of, administrator, house):
    browser = client_of(administrator)
    given = {
        "name": "和院物业", "place": "二期", "mark": "和院", "phone": "400-1", "email": "", "outside_routes": "12315",
        "principles": "客户满意在先", "default_team": house.other_team.pk, "language": "zh-hant", "version": 1,
    }  # fmt: skip
    stored = queries.organisation().version
    assert browser.post("/settings/organisation/", given | {"version": stored}).status_code == 302
    found = queries.organisation()
    assert (found.place, found.default_team_id, found.language) == ("二期", house.other_team.pk, "zh-hant")
    assert browser.post("/settings/organisation/", given | {"version": stored}).status_code == 409


def test_a_house_without_its_row_gets_neutral_words(db):
    assert queries.organisation().name
    assert Organisation.objects.count() == 1
    assert queries.organisation() == queries.organisation()


def test_every_settings_change_is_in_the_audit_with_who_made_it(client_of, administrator, agent):
    client_of(administrator).post(f"/settings/staff/{agent.pk}/", seat(agent, capacity=7))
    event = apps.get_model("people", "StaffAudit").objects.filter(pgh_obj=agent).latest("pgh_id")
    assert event.capacity == 7
    assert event.pgh_context.metadata["staff"] == administrator.pk
