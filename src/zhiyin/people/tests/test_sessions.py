"""Where somebody is signed in, how it ends, and showing once more who is there."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhiyin.people import actions
from zhiyin.people.models import Session
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW, sign_in
from zhiyin.people.tests.signing import (
    APP,
    CODES,
    KEY,
    PASSWORD,
    SECURITY,
    code_of,
    is_in,
    set_up_app,
    step_one,
)


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """The strength of the hash is not what is tried here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def lin(agent):
    agent.set_password(PASSWORD)
    agent.save(update_fields=["password"])
    return agent


def test_every_browser_is_listed_and_can_be_signed_out(lin):
    here = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36"})
    there = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"}, REMOTE_ADDR="203.0.113.9")
    step_one(browser=here)
    step_one(browser=there)
    page = here.get(SECURITY).content.decode()
    assert "Chrome · Windows" in page
    assert "Safari · iPhone" in page
    assert "203.0.113.9" in page
    assert not any(key in page for key in Session.objects.values_list("session_key", flat=True))
    where = re.search(r"/settings/security/sessions/\w+/end/", page)[0]
    assert here.post(where).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert here.post(where).status_code == 404


def test_all_others_at_once(lin, client_of, colleague):
    here, there, elsewhere, hers = *(step_one()[0] for _ in range(3)), client_of(colleague)
    here.post("/settings/security/sessions/end/")
    assert [is_in(one) for one in (here, there, elsewhere, hers)] == [True, False, False, True]


def test_nobody_signs_another_out(lin, colleague, client_of):
    own = step_one()[0]
    step_one(browser=Client())
    where = re.search(r"/settings/security/sessions/\w+/end/", own.get(SECURITY).content.decode())[0]
    assert client_of(colleague).post(where).status_code == 404


def test_a_new_role_ends_the_sessions_of_the_old(lin, administrator, client_of):
    own = client_of(lin)
    actions.update_staff(
        staff_id=lin.pk, name=lin.name, email=lin.email, role=Role.QUALITY, team_id=None, department_id=None,
        approval_limit=Decimal(0), capacity=20, on_call=False, skill_ids=[], version=0, by=administrator, now=NOW,
    )  # fmt: skip
    assert not is_in(own)
    assert not Session.objects.filter(staff=lin).exists()


def test_a_new_password_leaves_no_other_session_on_the_list(lin):
    here, there = step_one()[0], step_one()[0]
    new = "another horse staple"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(there)
    assert Session.objects.filter(staff=lin).count() == 1


def test_last_seen_moves_without_a_write_for_every_page(lin):
    browser = step_one()[0]
    browser.get(SECURITY)
    with CaptureQueriesContext(connection) as seen:
        browser.get(SECURITY)
    assert not [one for one in seen if one["sql"].startswith("UPDATE")]
    Session.objects.update(seen_at=NOW)
    browser.get(SECURITY)
    assert Session.objects.get(staff=lin).seen_at > NOW


# Who is there?


def stale(staff):
    browser = Client()
    sign_in(browser, staff, ago=16 * 60)
    return browser


def test_before_what_is_sensitive_one_shows_who_one_is_and_what_was_typed_is_sent(administrator, house):
    administrator.set_password(PASSWORD)
    administrator.save(update_fields=["password"])
    browser = stale(administrator)
    form = {"name": "新 & 人", "email": "new@example.com", "role": "handler", "department": house.order.pk}
    assert browser.post("/settings/invitations/", form).headers["Location"] == "/accounts/confirm/"
    assert browser.post("/accounts/confirm/", {"password": "wrong"}).status_code == 422
    page = browser.post("/accounts/confirm/", {"password": PASSWORD}).content.decode()
    assert '<form method="post" action="/settings/invitations/" data-auto>' in page
    form_sent = page.split("data-auto>")[1].split("</form>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form_sent))
    assert fields.pop("csrfmiddlewaretoken")
    assert fields == {name: str(value).replace("&", "&amp;") for name, value in form.items()}
    assert "/invitation/" in browser.post("/settings/invitations/", form).content.decode()


@pytest.mark.parametrize("address", [APP, KEY, CODES])
def test_second_factors_are_not_changed_from_a_screen_left_alone(lin, address):
    assert stale(lin).get(address).headers["Location"] == "/accounts/confirm/"


def test_after_a_mere_look_one_comes_back_to_it(lin):
    browser = stale(lin)
    browser.get(APP)
    assert browser.post("/accounts/confirm/", {"password": PASSWORD}).headers["Location"] == APP
    assert browser.get(APP).status_code == 200


def test_a_code_confirms_too(lin, client_of):
    secret = set_up_app(client_of(lin))
    browser = stale(lin)
    browser.get(CODES)
    assert browser.post("/accounts/confirm/", {"code": "000000"}).status_code == 422
    assert browser.post("/accounts/confirm/", {"code": code_of(secret)}).headers["Location"] == CODES


def test_another_persons_act_is_not_carried_on(lin, administrator):
    browser = stale(administrator)
    browser.post("/settings/teams/new/", {"name": "x"})
    sign_in(browser, lin, ago=16 * 60)
    answer = browser.post("/accounts/confirm/", {"password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_reading_is_never_held_up(administrator):
    assert stale(administrator).get("/settings/staff/").status_code == 200
