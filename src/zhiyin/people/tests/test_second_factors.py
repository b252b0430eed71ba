"""Second factors as people set them up, use them, lose them, and are made to have them."""

import re
import time
from decimal import Decimal
from urllib.parse import unquote

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhiyin.kit.audit import history
from zhiyin.people import actions, rules
from zhiyin.people.models import SecondFactor, Session, SignInPolicy
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW, sign_in

PASSWORD = "correct horse staple"
APP, CODES, KEY = "/accounts/factor/app/", "/accounts/factor/codes/", "/accounts/factor/key/"
SECOND, SECURITY = "/accounts/login/second/", "/settings/security/"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """The strength of the hash is not what is tried here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def mailbox(settings):
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


@pytest.fixture
def lin(agent):
    agent.set_password(PASSWORD)
    agent.save(update_fields=["password"])
    return agent


def code_of(secret, *, ahead=0):
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + ahead))


def secret_on(page):
    return re.search(r'id="s-secret"[^>]*value="([A-Z2-7 ]+)"', page)[1]


def set_up_app(browser):
    """The secret, once its first code has been accepted."""
    secret = secret_on(browser.get(APP).content.decode())
    assert browser.post(APP, {"code": code_of(secret, ahead=-1)}).headers["Location"] == CODES
    return secret


def codes_on(page):
    return re.findall(r'<li class="num">(\d{4} \d{4})</li>', page)


def step_one(login="lin", browser=None):
    browser = browser or Client()
    answer = browser.post("/accounts/login/", {"login": login, "password": PASSWORD})
    return browser, answer


def is_in(browser):
    return browser.get("/settings/me/").status_code == 200


def test_the_app_is_set_up_from_a_picture_or_by_hand(lin, client_of):
    browser = client_of(lin)
    page = browser.get(APP).content.decode()
    assert '<img src="data:image/svg+xml;base64,' in page
    assert "otpauth://totp/lin" in unquote(page)
    secret = secret_on(page)
    assert browser.post(APP, {"code": "000000"}).status_code == 422
    assert secret_on(browser.get(APP).content.decode()) == secret  # a wrong code costs no second scan
    assert browser.post(APP, {"code": code_of(secret)}).headers["Location"] == CODES


def test_the_secret_lies_encrypted_in_the_database(lin, client_of):
    secret = set_up_app(client_of(lin)).replace(" ", "")
    assert secret not in str(SecondFactor.objects.get(type="totp").data)


def test_recovery_codes_are_shown_once_and_can_be_kept_as_a_file(lin, client_of):
    browser = client_of(lin)
    set_up_app(browser)
    page = browser.get(CODES).content.decode()
    codes = codes_on(page)
    assert len(set(codes)) == 10
    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]+)" download', page)[1])
    assert all(code in file for code in codes)
    assert not codes_on(browser.get(CODES).content.decode())


def test_after_the_password_the_code_is_asked_for(lin, client_of):
    secret = set_up_app(client_of(lin))
    browser, answer = step_one()
    assert answer.headers["Location"] == SECOND
    assert not is_in(browser)
    assert browser.post(SECOND, {"code": "000000"}).status_code == 422
    assert not is_in(browser)
    assert browser.post(SECOND, {"code": code_of(secret)}).status_code == 302
    assert is_in(browser)


def test_a_code_works_once(lin, client_of):
    secret = set_up_app(client_of(lin))
    code = code_of(secret)
    first, second = step_one()[0], step_one()[0]
    first.post(SECOND, {"code": code})
    second.post(SECOND, {"code": f"{code[:3]} {code[3:]}"})
    assert is_in(first)
    assert not is_in(second)


def test_a_recovery_code_opens_once_and_new_ones_end_the_old(lin, client_of):
    own = client_of(lin)
    set_up_app(own)
    codes = codes_on(own.get(CODES).content.decode())
    browser = step_one()[0]
    browser.post(SECOND, {"code": codes[0]})
    assert is_in(browser)
    again = step_one()[0]
    again.post(SECOND, {"code": codes[0]})
    assert not is_in(again)
    assert own.post(CODES).headers["Location"] == CODES
    assert not set(codes_on(own.get(CODES).content.decode())) & set(codes)
    again.post(SECOND, {"code": codes[1]})
    assert not is_in(again)


def test_second_factors_are_in_the_audit_without_their_secrets(lin, client_of):
    browser = client_of(lin)
    set_up_app(browser)
    factor = SecondFactor.objects.get(type="totp")
    browser.post(f"/settings/security/factors/{factor.pk}/remove/")
    changes = history(SecondFactor, factor.pk)
    assert [change.sort for change in changes] == ["delete", "insert"]
    assert {change.staff_id for change in changes} == {lin.pk}
    assert "data" not in {field.name for change in changes for field in change.fields}


def test_the_owner_is_told_of_what_changes(lin, client_of, mailbox):
    browser = client_of(lin)
    set_up_app(browser)
    browser.post(CODES)
    browser.post(f"/settings/security/factors/{SecondFactor.objects.get(type='totp').pk}/remove/")
    assert [letter.to for letter in mailbox] == [["lin@example.com"]] * 3


def test_with_the_last_factor_the_recovery_codes_go(lin, client_of):
    browser = client_of(lin)
    set_up_app(browser)
    browser.post(f"/settings/security/factors/{SecondFactor.objects.get(type='totp').pk}/remove/")
    assert not SecondFactor.objects.exists()
    assert step_one()[1].headers["Location"] != SECOND


def test_nobody_touches_anothers_factor(lin, colleague, client_of):
    set_up_app(client_of(lin))
    factor = SecondFactor.objects.get(type="totp")
    assert client_of(colleague).post(f"/settings/security/factors/{factor.pk}/remove/").status_code == 404
    assert client_of(colleague).get(f"/settings/security/keys/{factor.pk}/").status_code == 404
    assert SecondFactor.objects.filter(pk=factor.pk).exists()


@pytest.mark.parametrize(
    "credential", ["", "x", "[]", "{}", "null", '{"response": 1}', '{"id": "x", "rawId": "x", "response": {}}']
)
def test_nonsense_in_place_of_a_keys_answer_is_said_in_words(lin, client_of, credential):
    browser = client_of(lin)
    browser.get(KEY)
    assert browser.post(KEY, {"name": "钥匙", "credential": credential}).status_code == 422
    assert browser.post("/accounts/confirm/", {"credential": credential}).status_code in {302, 422}
    assert Client().post("/accounts/login/passkey/", {"credential": credential}).status_code == 302
    set_up_app(browser)
    assert step_one()[0].post(SECOND, {"credential": credential}).status_code == 422


# What a role must have


@pytest.fixture
def asked_of_agents(administrator):
    return actions.save_sign_in_policy(mfa_roles={Role.AGENT}, by=administrator, now=NOW)


def test_administrators_choose_the_roles_and_the_audit_knows(administrator, client_of):
    browser = client_of(administrator)
    assert browser.post("/settings/sign-in/", {"roles": ["agent", "quality"], "version": 0}).status_code == 302
    policy = SignInPolicy.objects.get()
    assert policy.mfa_roles == ["agent", "quality"]
    assert history(SignInPolicy, 1)[0].staff_id == administrator.pk
    assert browser.post("/settings/sign-in/", {"roles": ["god"], "version": 1}).status_code == 422


def test_a_policy_that_moved_on_is_not_overwritten(administrator, client_of):
    browser = client_of(administrator)
    browser.post("/settings/sign-in/", {"roles": ["agent"], "version": 0})
    assert browser.post("/settings/sign-in/", {"roles": [], "version": 0}).status_code == 409
    assert SignInPolicy.objects.get().mfa_roles == ["agent"]


@pytest.mark.parametrize("address", ["/", "/settings/me/", SECURITY, "/cases/", "/accounts/password/change/", "/kit/"])
def test_who_must_have_a_factor_reaches_nothing_else_before(lin, asked_of_agents, address):
    browser, _ = step_one()
    assert browser.get(address).headers["Location"] == "/accounts/factor/"
    assert browser.post(address).headers["Location"] == "/accounts/factor/"
    part = browser.get(address, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/accounts/factor/")


def test_and_everything_as_soon_as_it_is_set_up(lin, asked_of_agents):
    browser, _ = step_one()
    assert browser.get("/accounts/factor/").status_code == 200
    set_up_app(browser)
    assert codes_on(browser.get(CODES).content.decode())
    assert is_in(browser)


def test_a_role_that_asks_keeps_its_last_factor(lin, client_of):
    browser = client_of(lin)
    set_up_app(browser)
    actions.save_sign_in_policy(mfa_roles={Role.AGENT}, by=None, now=NOW)
    factor = SecondFactor.objects.get(type="totp")
    with pytest.raises(rules.LastFactor):
        actions.remove_factor(staff=lin, factor_id=factor.pk, now=NOW)
    assert browser.post(f"/settings/security/factors/{factor.pk}/remove/").status_code == 422
    assert SecondFactor.objects.filter(pk=factor.pk).exists()


def test_other_roles_are_left_alone(asked_of_agents, supervisor, client_of):
    assert is_in(client_of(supervisor))


def test_it_costs_every_page_one_query(lin, client_of):
    with CaptureQueriesContext(connection) as seen:
        client_of(lin).get("/settings/me/")
    assert sum("people_signinpolicy" in one["sql"] for one in seen) == 1


# Lost


def test_an_administrator_takes_lost_factors_away_and_the_colleague_is_told(
    lin, administrator, client_of, mailbox
):
    own = client_of(lin)
    set_up_app(own)
    mailbox.clear()
    answer = client_of(administrator).post(f"/settings/staff/{lin.pk}/factors/")
    assert answer.headers["Location"] == f"/settings/staff/{lin.pk}/"
    assert not SecondFactor.objects.filter(user=lin).exists()
    assert not is_in(own)
    assert (mailbox[0].to, "郑文" in mailbox[0].body) == (["lin@example.com"], True)
    assert step_one()[1].headers["Location"] != SECOND


def test_nobody_else_may_nor_an_administrator_for_herself(lin, supervisor, administrator, client_of):
    set_up_app(client_of(lin))
    assert client_of(supervisor).post(f"/settings/staff/{lin.pk}/factors/").status_code == 403
    assert client_of(administrator).post(f"/settings/staff/{administrator.pk}/factors/").status_code == 403
    assert SecondFactor.objects.filter(user=lin).exists()


def test_under_another_secret_key_a_stored_factor_fits_no_code(lin, client_of, settings):
    secret = set_up_app(client_of(lin))
    settings.SECRET_KEY = "another-key-than-the-one-it-was-stored-under-0123456789"
    browser, _ = step_one()
    assert browser.post(SECOND, {"code": code_of(secret)}).status_code == 422
    settings.SECRET_KEY_FALLBACKS = ["for-tests-alone-and-known-to-everybody-0123456789"]
    browser.post(SECOND, {"code": code_of(secret)})
    assert is_in(browser)


# Sessions


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
