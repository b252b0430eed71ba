"""Second factors as people set them up, use them, lose them, and are made to have them."""

import re
from urllib.parse import unquote

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhiyin.kit.audit import history
from zhiyin.people import actions, rules
from zhiyin.people.models import SecondFactor, SignInPolicy
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW
from zhiyin.people.tests.signing import (
    APP,
    CODES,
    KEY,
    PASSWORD,
    SECOND,
    SECURITY,
    code_of,
    codes_on,
    is_in,
    letters,
    secret_on,
    set_up_app,
    step_one,
)


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
    assert not mailbox  # nobody waits for a mail server
    assert [letter.to for letter in letters()] == [["lin@example.com"]] * 3


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
    "credential",
    ["", "x", "[]", "{}", "null", '{"response": 1}', '{"id": "x", "rawId": "x", "response": {}}'],
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
    assert (
        browser.post("/settings/sign-in/", {"roles": ["agent", "quality"], "version": 0}).status_code == 302
    )
    policy = SignInPolicy.objects.get()
    assert policy.mfa_roles == ["agent", "quality"]
    assert history(SignInPolicy, 1)[0].staff_id == administrator.pk
    assert browser.post("/settings/sign-in/", {"roles": ["god"], "version": 1}).status_code == 422


def test_a_policy_that_moved_on_is_not_overwritten(administrator, client_of):
    browser = client_of(administrator)
    browser.post("/settings/sign-in/", {"roles": ["agent"], "version": 0})
    assert browser.post("/settings/sign-in/", {"roles": [], "version": 0}).status_code == 409
    assert SignInPolicy.objects.get().mfa_roles == ["agent"]


@pytest.mark.parametrize(
    "address", ["/", "/settings/me/", SECURITY, "/cases/", "/accounts/password/change/", "/kit/"]
)
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
    answer = client_of(administrator).post(f"/settings/staff/{lin.pk}/factors/")
    assert answer.headers["Location"] == f"/settings/staff/{lin.pk}/"
    assert not SecondFactor.objects.filter(user=lin).exists()
    assert not is_in(own)
    told = letters()[-1]
    assert (told.to, "郑文" in told.body) == (["lin@example.com"], True)
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
