"""Signing in with the house account (OpenID Connect), against a real provider that speaks HTTP on loopback."""

import re
import time
from datetime import timedelta
from html import unescape

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from zhiyin.config import environment
from zhiyin.kit.audit import history
from zhiyin.people import actions
from zhiyin.people.models import Identity, Invitation, Session, Staff
from zhiyin.people.rules import Role
from zhiyin.people.tests import oidc
from zhiyin.people.tests.fixtures import sign_in


@pytest.fixture
def provider(settings):
    with oidc.running() as provider:
        app = {
            "provider_id": "oidc", "name": "和院统一登录", "client_id": oidc.CLIENT, "secret": oidc.SECRET,
            "settings": {"server_url": provider.url, "fetch_userinfo": True},
        }  # fmt: skip
        settings.OIDC = app
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]},
        }
        settings.LOGIN_REDIRECT_URL = "people:me"
        yield provider


def person(subject="s-1", email="lin@example.com", *, verified=True):
    return {"sub": subject, "email": email, "email_verified": verified, "name": "林晓芸"}


def to_the_service(browser, **form):
    """The address that our page leads on to."""
    page = browser.post("/accounts/oidc/", form)
    where = unescape(re.search(r'href="(http://127[^"]+)"', page.content.decode())[1])
    assert page.headers["Refresh"] == f"0; url={where}"
    return where


def and_back(browser, where):
    back = requests.get(where, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://testserver/accounts/oidc/callback/?")
    return browser.get(back.removeprefix("http://testserver"))


def go(browser, **form):
    return and_back(browser, to_the_service(browser, **form))


def is_in(browser):
    return browser.get("/settings/me/").status_code == 200


def test_the_sign_in_page_names_the_service(provider, client, db):
    assert "和院统一登录" in client.get("/accounts/login/").content.decode()


def test_a_colleague_whose_address_is_vouched_for_is_in(provider, agent, client):
    provider.person = person(email="Lin@Example.com")
    assert go(client).headers["Location"] == "/settings/me/"
    assert is_in(client)
    assert Session.objects.get(staff=agent)
    linked = Identity.objects.get()
    assert (linked.user_id, linked.uid) == (agent.pk, "s-1")
    assert history(Identity, linked.pk)[0].sort == "insert"


def test_the_way_leads_back_to_the_page_that_was_wanted_and_only_into_the_house(provider, agent):
    provider.person = person()
    assert go(Client(), next="/settings/security/").headers["Location"] == "/settings/security/"
    assert go(Client(), next="https://evil.example/").headers["Location"] == "/settings/me/"


def test_once_linked_the_subject_counts_and_no_longer_the_address(provider, agent, colleague):
    provider.person = person()
    go(Client())
    provider.person = person(email="zhao@example.com")
    browser = Client()
    go(browser)
    assert Session.objects.filter(staff=agent).count() == 2
    assert not Session.objects.filter(staff=colleague).exists()


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1, [1]])
def test_an_address_nobody_vouches_for_opens_nothing(provider, agent, client, verified):
    provider.person = person(verified=verified)
    assert go(client).status_code == 403
    assert not is_in(client)
    assert not Identity.objects.exists()


def test_a_stranger_gets_no_account(provider, house, client):
    provider.person = person(email="stranger@example.com")
    answer = go(client)
    assert answer.status_code == 403
    assert "邀请" in answer.content.decode() or "invitation" in answer.content.decode()
    assert not Staff.objects.exists()


def test_an_open_invitation_is_accepted_by_the_first_sign_in(provider, administrator, house, client):
    actions.invite(
        email="xin@example.com", name="新人", role=Role.AGENT, team_id=house.team.pk, by=administrator,
        now=timezone.now(),
    )  # fmt: skip
    provider.person = person(email="xin@example.com")
    go(client)
    assert is_in(client)
    staff = Staff.objects.get(email="xin@example.com")
    assert (staff.username, staff.role, staff.team, staff.has_usable_password()) == (
        "xin",
        "agent",
        house.team,
        False,
    )
    assert Invitation.objects.get().staff == staff


def test_one_that_has_run_out_is_not(provider, administrator, house, client):
    actions.invite(
        email="xin@example.com", name="新人", role=Role.AGENT, team_id=house.team.pk, by=administrator,
        now=timezone.now() - timedelta(days=8),
    )  # fmt: skip
    provider.person = person(email="xin@example.com")
    assert go(client).status_code == 403


@pytest.mark.parametrize("linked", [False, True])
def test_a_disabled_account_stays_shut(provider, agent, linked):
    provider.person = person()
    if linked:
        go(Client())
    Staff.objects.filter(pk=agent.pk).update(is_active=False)
    browser = Client()
    assert go(browser).status_code == 403
    assert not is_in(browser)


def test_a_second_factor_set_up_here_is_asked_for_here(provider, agent, client):
    TOTP.activate(agent, generate_totp_secret())
    provider.person = person()
    assert go(client).headers["Location"] == "/accounts/login/second/"
    assert not is_in(client)


def test_a_token_signed_by_somebody_else_is_worth_nothing(provider, agent, client):
    provider.person = person()
    provider.signs_with = oidc.new_key()
    assert go(client).status_code == 401
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another-client"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": "somebody-else"}],
)
def test_nor_is_one_for_somebody_else_or_of_yesterday(provider, agent, client, claims):
    provider.person, provider.signed = person(), claims
    assert go(client).status_code == 401
    assert not is_in(client)


def test_an_answer_nobody_asked_for_is_not_taken(provider, agent):
    provider.person = person()
    where = to_the_service(Client())
    victim = Client()
    assert and_back(victim, where).status_code == 401
    assert not is_in(victim)


def test_an_answer_is_taken_once(provider, agent, client):
    provider.person = person()
    back = requests.get(to_the_service(client), allow_redirects=False, timeout=5).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    client.post("/accounts/logout/")
    assert client.get(back.removeprefix("http://testserver")).status_code == 401


def test_who_turns_back_there_reads_so_here(provider, agent, client):
    provider.denies = True
    answer = go(client)
    assert answer.status_code == 401
    assert not is_in(client)


def test_a_service_that_does_not_answer_is_said_in_words(provider, settings, client, db):
    settings.OIDC["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.post("/accounts/oidc/").status_code == 502


def test_one_that_calls_itself_something_else_is_not_trusted(provider, client, db, monkeypatch):
    found = provider.configuration()
    monkeypatch.setattr(provider, "configuration", lambda: found | {"issuer": "https://evil.example"})
    assert client.post("/accounts/oidc/").status_code == 502


def test_without_a_service_there_are_no_such_doors(client, db):
    assert client.post("/accounts/oidc/").status_code == 404
    assert client.get("/accounts/oidc/callback/").status_code == 404


def test_who_has_no_password_confirms_with_the_service_and_finds_what_she_typed(
    provider, administrator, house
):
    provider.person = person(email="admin@example.com")
    browser = Client()
    go(browser)
    sign_in(browser, administrator, ago=20 * 60)
    form = {"name": "新人", "email": "new@example.com", "role": "handler", "department": house.order.pk}
    assert browser.post("/settings/invitations/", form).headers["Location"] == "/accounts/confirm/"
    assert "和院统一登录" in browser.get("/accounts/confirm/").content.decode()
    where = to_the_service(browser, next="/accounts/confirm/")
    assert "prompt=login" in where
    assert and_back(browser, where).headers["Location"] == "/accounts/confirm/"
    page = browser.get("/accounts/confirm/").content.decode()
    assert 'action="/settings/invitations/" data-auto' in page
    assert 'value="new@example.com"' in page


def test_a_service_that_asks_nobody_confirms_nothing(provider, administrator):
    provider.person = person(email="admin@example.com")
    browser = Client()
    go(browser)
    sign_in(browser, administrator, ago=20 * 60)
    where = to_the_service(browser, next="/accounts/confirm/")
    assert "max_age=0" in where
    provider.signed = {"auth_time": int(time.time()) - 3600}
    assert and_back(browser, where).status_code == 403
    assert "data-auto" not in browser.get("/accounts/confirm/").content.decode()
    assert browser.get("/settings/invitations/").status_code == 200
    assert browser.post("/settings/invitations/", {"name": "x"}).headers["Location"] == "/accounts/confirm/"
    provider.signed = {"auth_time": int(time.time())}
    assert go(browser, next="/accounts/confirm/").headers["Location"] == "/accounts/confirm/"
    assert browser.post("/settings/invitations/", {"name": "x"}).status_code == 422


def test_half_a_configuration_stops_the_start(monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", "https://login.example")
    with pytest.raises(environment.Unconfigured, match="belong together"):
        environment.outside_sign_in()
    monkeypatch.setenv("OIDC_CLIENT_ID", "x")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "y")
    assert environment.outside_sign_in()["settings"]["server_url"] == "https://login.example"
    monkeypatch.setenv("OIDC_ISSUER", "http://login.example")
    with pytest.raises(environment.Unconfigured, match="https"):
        environment.outside_sign_in()


def test_an_hour_later_the_token_of_now_is_no_key(provider, agent, client):
    provider.person, provider.signed = person(), {"exp": int(time.time()) - 3600}
    assert go(client).status_code == 401
