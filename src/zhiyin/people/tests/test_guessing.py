"""Guessing is hopeless, and whoever fails on purpose in somebody's name locks nobody out."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.db.models import F
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.kit.jobs import timers
from zhiyin.people import actions, guessing
from zhiyin.people.guessing import HERE, MINUTES, SECONDS, Counter, Curve
from zhiyin.people.models import Attempt
from zhiyin.people.tests.fixtures import NOW
from zhiyin.people.tests.signing import letters

PASSWORD = "correct horse staple"
LOGIN, SECOND, RESET = "/accounts/login/", "/accounts/login/second/", "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """A hundred sign-ins a test: the strength of the hash is not what is tried here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def lin(agent):
    agent.set_password(PASSWORD)
    agent.save(update_fields=["password"])
    return agent


@pytest.fixture
def secret(lin):
    secret = generate_totp_secret()
    TOTP.activate(lin, secret)
    return secret


@pytest.fixture
def mailbox(settings):
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


def from_(address):
    return Client(REMOTE_ADDR=address)


def sign_in(browser, password=PASSWORD, login="lin"):
    """Whether the password was taken."""
    return browser.post(LOGIN, {"login": login, "password": password}).status_code == 302


def right(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def time_passes(span):
    """Every count is as old as if `span` had gone by."""
    Attempt.objects.update(last_at=F("last_at") - span)


def test_after_some_failures_even_the_right_password_waits_and_the_page_says_how_long(lin):
    stranger = from_("203.0.113.9")
    for _ in range(HERE.free):
        assert not sign_in(stranger, "wrong")
    assert not sign_in(stranger)
    page = stranger.post(LOGIN, {"login": "lin", "password": PASSWORD}, headers={"accept-language": "en"})
    assert "Try again in 1 min" in page.content.decode()
    time_passes(31 * SECONDS)
    assert sign_in(stranger)


def test_the_wait_grows_with_every_further_failure(lin):
    stranger = from_("203.0.113.9")
    for _ in range(HERE.free):
        sign_in(stranger, "wrong")
    for wait in (30, 60, 120, 240):
        time_passes((wait - 2) * SECONDS)
        assert not sign_in(stranger), "too early"
        time_passes(3 * SECONDS)
        assert not sign_in(stranger, "wrong")


def test_being_refused_costs_nothing_more(lin):
    stranger = from_("203.0.113.9")
    for _ in range(HERE.free + 50):
        sign_in(stranger, "wrong")
    time_passes(31 * SECONDS)
    assert sign_in(stranger)


def test_however_a_name_is_written_it_is_one(lin):
    stranger = from_("203.0.113.9")
    for number in range(HERE.free):
        sign_in(stranger, "wrong", login=(" lin", "LIN", "Lin", "l\u0131n")[number % 4])
    assert not sign_in(stranger)


def test_the_wait_of_a_name_tells_nobody_which_address_it_has(lin):
    """Were they counted as one, the address would have to wait where both exist, and nowhere else."""
    for name, address in (("lin", "lin@example.com"), ("nobody", "nobody@example.com")):
        stranger = from_("203.0.113.9" if name == "lin" else "198.51.100.7")
        for _ in range(HERE.free):
            sign_in(stranger, "wrong", login=name)
        page = stranger.post(
            LOGIN, {"login": address, "password": "wrong"}, headers={"accept-language": "en"}
        )
        assert "Try again" not in page.content.decode(), address


def test_a_stranger_locks_nobody_out_who_sits_elsewhere(lin):
    for _ in range(60):
        sign_in(from_("203.0.113.9"), "wrong")
    assert sign_in(from_("198.51.100.7"))


def test_nor_who_sits_beside_him_in_a_browser_she_has_used_before(lin):
    owner = from_("203.0.113.9")
    sign_in(owner)
    owner.post("/accounts/logout/")
    for _ in range(120):
        sign_in(from_("203.0.113.9"), "wrong", login="lin")
    for number in range(80):
        sign_in(from_("203.0.113.9"), "wrong", login=f"nobody{number}")
    assert not sign_in(from_("203.0.113.9"))
    assert sign_in(owner)


def test_nor_from_a_thousand_addresses_at_once(lin):
    """A new address always has an attempt left; that is all a botnet gets from each, too."""
    counters = [guessing.signing_in(str(lin.pk), f"203.0.{n // 250}.{n % 250}", "") for n in range(300)]
    for one in counters:
        actions.begin_attempt(counters=one, now=NOW)
    last = guessing.signing_in(str(lin.pk), "192.0.2.1", "")
    waits = [actions.begin_attempt(counters=last, now=NOW) for _ in range(3)]
    assert waits == [timedelta(0), timedelta(0), 5 * MINUTES]


def test_one_household_of_ipv6_is_one_place(lin):
    for number in range(HERE.free):
        sign_in(from_(f"2001:db8:1:2::{number:x}"), "wrong")
    assert not sign_in(from_("2001:db8:1:2::ffff"))
    assert sign_in(from_("2001:db8:1:3::1"))


def test_an_office_behind_one_address_gets_in_on_monday(lin, colleague):
    for number in range(40):
        sign_in(from_("203.0.113.9"), "typo", login=f"colleague{number}")
    assert sign_in(from_("203.0.113.9"))


def test_a_mark_made_up_or_of_somebody_else_helps_nobody(lin, colleague):
    colleague.set_password(PASSWORD)
    colleague.save(update_fields=["password"])
    browser = from_("203.0.113.9")
    sign_in(browser, login="zhao")
    browser.post("/accounts/logout/")
    for _ in range(HERE.free):
        sign_in(browser, "wrong")
    assert not sign_in(browser)
    forged = from_("203.0.113.9")
    forged.cookies["zy_device"] = "eyIxIjoieCJ9:1abc:x"
    assert not sign_in(forged)


def test_guessing_codes_is_stopped_even_from_many_addresses(lin, secret):
    for number in range(guessing.CODE_ANYWHERE.free):
        stranger = from_(f"203.0.113.{number}")
        assert sign_in(stranger)
        stranger.post(SECOND, {"code": "000000"})
    stranger = from_("192.0.2.77")
    sign_in(stranger)
    stranger.post(SECOND, {"code": right(secret)})
    assert stranger.get("/settings/me/").status_code == 302


def test_and_leaves_the_owners_own_browser_free(lin, secret):
    owner = from_("198.51.100.7")
    sign_in(owner)
    owner.post(SECOND, {"code": right(secret, -1)})
    owner.post("/accounts/logout/")
    for number in range(40):
        stranger = from_(f"203.0.113.{number}")
        sign_in(stranger)
        stranger.post(SECOND, {"code": "000000"})
    sign_in(owner)
    owner.post(SECOND, {"code": right(secret)})
    assert owner.get("/settings/me/").status_code == 200


def test_a_strangers_asking_fills_no_mailbox_and_the_first_links_work(lin, mailbox):
    for number in range(9):
        assert from_(f"203.0.113.{number}").post(RESET, {"email": lin.email}).status_code == 302
    assert len(letters()) == guessing.LETTERS.free
    link = mailbox[0].body.split("http://testserver")[1].split()[0]
    assert "set-password" in Client().get(link).headers["Location"]


def test_asking_on_and_on_from_one_place_is_stopped_for_that_place_alone(lin, mailbox):
    for number in range(guessing.ASKED_FOR_LETTERS.free):
        from_("203.0.113.9").post(RESET, {"email": f"nobody{number}@example.com"})
    assert from_("203.0.113.9").post(RESET, {"email": lin.email}).status_code == 429
    assert from_("198.51.100.7").post(RESET, {"email": lin.email}).status_code == 302
    assert len(letters()) == 1


def test_the_table_of_attempts_names_nobody(lin):
    sign_in(from_("203.0.113.9"), "wrong")
    assert Attempt.objects.exists()
    assert not Attempt.objects.filter(key__contains="lin").exists()
    assert all(len(row.key) == 40 for row in Attempt.objects.all())


def test_counts_are_forgotten_after_a_day_and_cleared_away(lin):
    for _ in range(HERE.free):
        sign_in(from_("203.0.113.9"), "wrong")
    time_passes(timedelta(hours=25))
    assert sign_in(from_("203.0.113.9"))
    sign_in(from_("203.0.113.9"), "wrong")
    time_passes(timedelta(hours=25))
    assert timers.tick(timezone.now())["sign_in_leftovers"]
    assert not Attempt.objects.exists()


@given(st.integers(0, 10_000))
def test_no_wait_is_longer_than_its_most_or_shorter_than_the_one_before(failures):
    for curve in (HERE, guessing.HERE_WHEN_PRESSED, guessing.ADDRESS, guessing.KNOWN_DEVICE):
        assert curve.wait(failures) <= curve.wait(failures + 1) <= curve.most


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_whatever_was_tried_elsewhere_a_fresh_place_is_free(here, elsewhere):
    counters = [Counter("here", ("a",), HERE), Counter("all", ("b",), None, shared=True, alarm=10)]
    seen = [(0, NOW), (elsewhere, NOW)]
    assert guessing.remaining(counters, seen, NOW) == timedelta(0)
    assert Curve(5, SECONDS, MINUTES).wait(0) == timedelta(0)
