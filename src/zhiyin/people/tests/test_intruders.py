"""What somebody tries who is not who he says: each of these once led in, or to what was not his."""

from decimal import Decimal

import pytest
from django.test import Client

from zhiyin.people import actions
from zhiyin.people.models import Identity, Invitation, Staff
from zhiyin.people.rules import Language, LinkedOtherwise, Role
from zhiyin.people.tests.fixtures import NOW, make, sign_in
from zhiyin.people.tests.signing import PASSWORD, SECOND, is_in, letters, step_one
from zhiyin.people.tests.softkey import SoftKey

PASSKEY = "/accounts/login/passkey/"
HTMX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def _here(settings):
    settings.PUBLIC_URL = "http://localhost:8000"


@pytest.fixture
def lin(agent):
    agent.set_password(PASSWORD)
    agent.save(update_fields=["password"])
    return agent


@pytest.fixture
def mailed(settings):
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.usefixtures("_here")
class TestAKeyFoundOnTheStairs:
    """Its finder may touch it, and knows neither PIN nor password."""

    def test_a_key_that_asked_for_its_owner_signs_in_alone(self, colleague):
        key = SoftKey(colleague, verifies=True)
        key.set_up()
        browser = Client()
        asked = browser.get(PASSKEY, headers=HTMX).json()["request_options"]
        browser.post(PASSKEY, {"credential": key.answer(asked)})
        assert is_in(browser)

    def test_touching_it_signs_nobody_in(self, colleague):
        key = SoftKey(colleague, verifies=False)
        key.set_up()
        browser = Client()
        asked = browser.get(PASSKEY, headers=HTMX).json()["request_options"]
        assert browser.post(PASSKEY, {"credential": key.answer(asked)}).status_code == 302
        assert not is_in(browser)

    def test_nor_with_the_challenge_of_the_finders_own_second_step(self, lin, colleague):
        own, found = SoftKey(lin, verifies=False), SoftKey(colleague, verifies=False)
        own.set_up()
        found.set_up()
        browser, _ = step_one()
        asked = browser.get(SECOND).context["ceremony"]  # asks for no PIN: the password came before
        browser.post(PASSKEY, {"credential": found.answer(asked)})
        assert not is_in(browser)

    def test_after_the_password_a_touch_is_enough(self, lin):
        key = SoftKey(lin, verifies=False)
        key.set_up()
        browser, _ = step_one()
        asked = browser.get(SECOND).context["ceremony"]
        browser.post(SECOND, {"credential": key.answer(asked)})
        assert is_in(browser)


class TestAScreenLeftAlone:
    def test_no_password_is_set_where_there_was_none(self, agent):
        browser = Client()
        sign_in(browser, agent, ago=3600)
        new = {"password1": "another horse staple", "password2": "another horse staple"}
        answer = browser.post("/accounts/password/set/", new)
        assert answer.headers["Location"] == "/accounts/confirm/"
        agent.refresh_from_db()
        assert not agent.has_usable_password()

    def test_the_way_back_from_confirming_stays_in_the_house(self, quality):
        browser = Client()
        sign_in(browser, quality, ago=3600)
        where = {"referer": "https://elsewhere.example//elsewhere.example/again"}
        browser.get("/cases/2611-0001/package/", headers=where)
        assert browser.session["held_act"]["back"] == "/"


class TestWhoMayOfferSeatsNoLonger:
    def offer(self, by, role=Role.ADMINISTRATOR, email="back@example.com", **place):
        return actions.invite(email=email, name="后门", role=role, by=by, now=NOW, **place)

    def demote(self, person, by, role=Role.QUALITY):
        actions.update_staff(
            staff_id=person.pk, name=person.name, email=person.email, role=role, team_id=person.team_id,
            department_id=None, approval_limit=Decimal(0), capacity=1, on_call=False, skill_ids=(), version=None,
            by=by, now=NOW,
        )  # fmt: skip

    def test_her_link_makes_nobody_an_administrator(self, administrator):
        second = make("zhou", "周正", Role.ADMINISTRATOR)
        token = self.offer(second)
        self.demote(second, administrator)
        browser = Client()
        assert browser.get(f"/invitation/{token}/").status_code == 404
        assert not Invitation.objects.filter(revoked_at=None).exists()

    def test_what_her_new_role_may_offer_too_stays(self, administrator, house):
        second = make("zhou", "周正", Role.ADMINISTRATOR, team_id=house.team.pk)
        self.offer(second, Role.AGENT, "kind@example.com", team_id=house.team.pk)
        self.offer(second)
        self.demote(second, administrator, Role.SUPERVISOR)
        open_ones = Invitation.objects.filter(revoked_at=None)
        assert [one.email for one in open_ones] == ["kind@example.com"]

    def test_a_link_opened_before_it_was_renewed_seats_nobody(self, administrator):
        token = self.offer(administrator)
        browser = Client()
        assert browser.get(f"/invitation/{token}/").status_code == 302
        actions.renew_invitation(invitation_id=Invitation.objects.get().pk, by=administrator, now=NOW)
        given = {"username": "intruder", "password1": "a long sentence", "password2": "a long sentence"}
        assert browser.post("/invitation/", given).status_code == 404
        assert not Staff.objects.filter(username="intruder").exists()


class TestAnAddressGivenToSomebodyElse:
    """The service of the house gives the address of one who left to a newcomer, who has another subject."""

    def enter(self, subject, email="lin@example.com"):
        return actions.enter_by_identity(
            provider="oidc", subject=subject, email=email, language=Language.ZH_HANS, now=NOW
        )

    def test_the_newcomer_is_not_let_into_the_seat(self, agent):
        assert self.enter("s-1") == agent
        with pytest.raises(LinkedOtherwise):
            self.enter("s-2")
        assert self.enter("s-1", email="") == agent

    def test_an_administrator_undoes_a_link_and_the_address_decides_anew(
        self, agent, administrator, client_of
    ):
        self.enter("s-1")
        browser = client_of(administrator)
        assert (
            f"/settings/staff/{agent.pk}/factors/"
            in browser.get(f"/settings/staff/{agent.pk}/").content.decode()
        )
        browser.post(f"/settings/staff/{agent.pk}/factors/")
        assert self.enter("s-2") == agent

    def test_with_another_address_the_old_account_elsewhere_opens_nothing(self, agent, administrator):
        self.enter("s-1")
        actions.update_staff(
            staff_id=agent.pk, name=agent.name, email="moved@example.com", role=Role.AGENT,
            team_id=agent.team_id, department_id=None, approval_limit=Decimal(0), capacity=1, on_call=False,
            skill_ids=(), version=None, by=administrator, now=NOW,
        )  # fmt: skip
        assert not Identity.objects.exists()

    def test_whose_account_was_linked_is_told(self, agent, mailed):
        self.enter("s-1")
        assert [one.to for one in letters()] == [["lin@example.com"]]


def test_a_disabled_colleague_gets_no_link_that_waited(lin, administrator, mailed):
    Client().post("/accounts/password/reset/", {"email": lin.email})
    actions.disable(staff_id=lin.pk, by=administrator, now=NOW)
    assert not letters()
