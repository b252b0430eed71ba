"""Signing in, out, and passwords, as people meet them."""

import re

import pytest
from django.core import mail
from django.test import Client

from zhiyin.people.models import Session, Staff
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW, make
from zhiyin.people.tests.signing import letters

PASSWORD = "correct horse staple"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _into_the_preferences(settings):
    settings.LOGIN_REDIRECT_URL = "people:me"


@pytest.fixture
def lin(agent):
    agent.set_password(PASSWORD)
    agent.save(update_fields=["password"])
    return agent


@pytest.fixture
def mailbox(settings):
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


def sign_in(client, login="lin", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


@pytest.mark.parametrize("login", ["lin", "LIN", " lin ", "lin@example.com", "Lin@Example.com"])
def test_with_name_or_address_and_password_one_is_in(lin, client, login):
    assert sign_in(client, login).headers["Location"] == "/settings/me/"
    assert Session.objects.get(staff=lin)


@pytest.mark.parametrize(
    ("login", "password"), [("lin", "wrong"), ("nobody", PASSWORD), ("lin\x00", "x"), ("", "")]
)
def test_otherwise_one_is_not_and_learns_nothing(lin, client, login, password):
    response = sign_in(client, login, password)
    assert response.status_code == 200
    assert not response.wsgi_request.user.is_authenticated


def test_wrong_name_and_wrong_password_get_the_same_sentence(lin, client):
    said = [
        re.sub(r"<input[^>]*>", "", sign_in(client, *pair).content.decode()).split('role="alert"')[1][:300]
        for pair in (("lin", "wrong"), ("nobody", "wrong"))
    ]
    assert said[0] == said[1]


def test_a_disabled_account_does_not_get_in(lin, client):
    Staff.objects.filter(pk=lin.pk).update(is_active=False)
    response = sign_in(client)
    assert not response.wsgi_request.user.is_authenticated


def test_guessing_is_stopped(lin):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(8):
        sign_in(stranger, password="wrong")
    response = sign_in(stranger)
    assert not response.wsgi_request.user.is_authenticated


def test_a_strangers_guessing_does_not_lock_the_owner_out(lin):
    stranger, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(9):
        sign_in(stranger, password="wrong")
    assert sign_in(owner).status_code == 302


def test_nor_does_a_neighbour_behind_the_same_address(lin):
    owner, neighbour = Client(), Client()
    sign_in(owner)
    owner.post("/accounts/logout/")
    for _ in range(9):
        sign_in(neighbour, password="wrong")
    assert sign_in(neighbour).status_code == 200
    assert sign_in(owner).status_code == 302


def test_signing_out_ends_the_session(lin, client):
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    assert not Session.objects.filter(staff=lin).exists()
    assert client.get("/settings/me/").status_code == 302


def test_the_way_back_leads_only_into_the_house(lin, client):
    response = client.post(LOGIN + "?next=https://evil.example/", {"login": "lin", "password": PASSWORD})
    assert response.headers["Location"].startswith("/")


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/", "/accounts/login/code/"])
def test_doors_this_house_does_not_have(client, db, address):
    assert client.get(address).status_code == 404


def change(client, old=PASSWORD, first="another horse staple", second="another horse staple"):
    return client.post(
        "/accounts/password/change/", {"oldpassword": old, "password1": first, "password2": second}
    )


def test_a_new_password_signs_other_browsers_out(lin, client_of):
    here, there = client_of(lin), client_of(lin)
    assert change(here).status_code == 302
    assert here.get("/settings/me/").status_code == 200
    assert there.get("/settings/me/").status_code == 302
    lin.refresh_from_db()
    assert lin.password.startswith("argon2")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "wrong"}, "not the password you have now"),
        ({"first": "short", "second": "short"}, "At least 10 characters"),
        ({"first": "8402957160", "second": "8402957160"}, "Only figures"),
        ({"first": "password123", "second": "password123"}, "Many people use"),
        ({"first": "林晓芸lin@example.com", "second": "林晓芸lin@example.com"}, "Too much like"),
        ({"second": "different horse"}, "The two differ"),
        ({"old": "", "first": "", "second": ""}, "This is still empty"),
    ],
)
def test_what_a_password_needs_is_said_beside_it(lin, client_of, given, said):
    lin.language = "en"
    lin.save(update_fields=["language"])
    response = change(client_of(lin), **given)
    assert said in response.content.decode()
    lin.refresh_from_db()
    assert lin.check_password(PASSWORD)


def test_without_mail_the_page_says_who_helps(client, db):
    response = client.get("/accounts/password/reset/", headers={"accept-language": "en"})
    assert "Your administrator gives you a link" in response.content.decode()
    assert client.post("/accounts/password/reset/", {"email": "lin@example.com"}).status_code == 200


def test_a_forgotten_password_is_set_by_letter_once(lin, client, mailbox):
    client.post("/accounts/password/reset/", {"email": "lin@example.com"})
    assert not mailbox  # who asks waits for no mail server, so the time tells nothing either
    address = re.search(r"http://testserver(\S+)", letters()[0].body)[1]
    clean = client.get(address).headers["Location"]
    assert "set-password" in clean
    new = {"password1": "another horse staple", "password2": "another horse staple"}
    assert client.post(clean, new).status_code == 302
    lin.refresh_from_db()
    assert lin.check_password("another horse staple")
    assert Client().get(address).status_code == 200  # a page that says it is used, no redirect to the form


def test_for_an_unknown_address_the_answer_is_the_same_and_no_letter_leaves(lin, client, mailbox):
    answers = [
        client.post("/accounts/password/reset/", {"email": address}).headers["Location"]
        for address in ("lin@example.com", "nobody@example.com")
    ]
    assert answers[0] == answers[1]
    assert len(letters()) == 1


def test_two_people_of_one_name_are_two_accounts(lin):
    other = make("lin2", "林晓芸", Role.QUALITY)
    assert other.pk != lin.pk
    assert other.created_at == NOW
