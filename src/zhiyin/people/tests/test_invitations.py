"""Seats offered and taken."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhiyin.people import actions, queries, rules
from zhiyin.people.models import Invitation, Staff
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW

SEAT = {"username": "xinren", "password1": "correct horse staple", "password2": "correct horse staple"}


@pytest.fixture(autouse=True)
def _into_the_preferences(settings):
    settings.LOGIN_REDIRECT_URL = "people:me"


@pytest.fixture
def offered(administrator, client_of, house):
    """The page after an administrator has invited an agent."""
    form = {"name": "新人", "email": "new@example.com", "role": "agent", "team": house.team.pk}
    return client_of(administrator).post("/settings/invitations/", form)


def link_of(response):
    return re.search(r"http://testserver(/invitation/[\w-]{40,}/)", response.content.decode())[1]


def test_who_holds_the_link_takes_the_seat(offered, house, client):
    address = link_of(offered)
    assert client.get(address).headers["Location"] == "/invitation/"
    assert "新人" in client.get("/invitation/").content.decode()
    assert client.post("/invitation/", SEAT).headers["Location"] == "/settings/me/"
    staff = Staff.objects.get(username="xinren")
    assert (staff.name, staff.role, staff.team, staff.email) == (
        "新人",
        "agent",
        house.team,
        "new@example.com",
    )
    assert client.get("/settings/me/").status_code == 200
    assert Client().get(address).status_code == 404


def test_the_token_is_stored_nowhere(offered):
    token = link_of(offered).split("/")[2]
    assert not Invitation.objects.filter(digest__contains=token).exists()
    assert len(token) >= 43


def test_looking_at_the_link_changes_nothing(offered, client):
    before = Invitation.objects.values().get()
    for _ in range(3):
        client.get(link_of(offered))
        client.head(link_of(offered))
        client.get("/invitation/")
    assert Invitation.objects.values().get() == before


def test_the_link_is_not_shown_again(offered, administrator, client_of):
    again = client_of(administrator).get("/settings/invitations/")
    assert "/invitation/" not in again.content.decode().replace("/settings/invitations/", "")


def test_what_is_wrong_with_name_or_password_is_said_and_the_seat_stays_open(offered, client, agent):
    client.get(link_of(offered))
    assert client.post("/invitation/", SEAT | {"username": "lin"}).status_code == 422
    assert client.post("/invitation/", SEAT | {"password2": "other horse staple"}).status_code == 422
    assert client.post("/invitation/", SEAT | {"password1": "new", "password2": "new"}).status_code == 422
    response = client.post("/invitation/", SEAT | {"username": "a b"})
    assert 'value="a b"' in response.content.decode()
    assert client.post("/invitation/", SEAT).status_code == 302


def test_after_seven_days_the_seat_is_gone(offered, client):
    client.get(link_of(offered))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post("/invitation/", SEAT).status_code == 404
    assert client.get("/invitation/").status_code == 404


def test_a_withdrawn_invitation_opens_nothing(offered, administrator, client_of, client):
    client.get(link_of(offered))
    pk = Invitation.objects.get().pk
    browser = client_of(administrator)
    assert browser.post(f"/settings/invitations/{pk}/revoke/").status_code == 302
    assert client.post("/invitation/", SEAT).status_code == 404
    assert browser.post(f"/settings/invitations/{pk}/revoke/").status_code == 409


def test_inviting_the_same_address_again_ends_the_first_link(
    offered, administrator, client_of, house, client
):
    form = {"name": "新人", "email": "NEW@example.com", "role": "agent", "team": house.team.pk}
    client_of(administrator).post("/settings/invitations/", form)
    assert client.get(link_of(offered)).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "..", "林"])
def test_a_guessed_link_opens_nothing(db, client, token):
    assert client.get(f"/invitation/{token}/").status_code == 404
    assert client.get("/invitation/").status_code == 404


def test_a_letter_goes_out_where_mail_is_set_up(settings, administrator, client_of, house):
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    form = {"name": "新人", "email": "new@example.com", "role": "handler", "department": house.order.pk}
    response = client_of(administrator).post("/settings/invitations/", form)
    assert mail.outbox[0].to == ["new@example.com"]
    assert link_of(response) in mail.outbox[0].body


def test_a_letter_that_does_not_go_out_is_no_harm(settings, monkeypatch, administrator, client_of, house):
    settings.EMAIL_CONFIGURED = True

    def fail(self):
        raise SMTPException

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    form = {"name": "新人", "email": "new@example.com", "role": "quality"}
    response = client_of(administrator).post("/settings/invitations/", form)
    assert link_of(response)


def test_a_supervisor_invites_into_her_own_team(supervisor, client_of, house):
    browser = client_of(supervisor)
    form = {"name": "新人", "email": "new@example.com", "role": "agent", "team": house.team.pk}
    assert browser.post("/settings/invitations/", form).status_code == 200
    assert queries.invitations(supervisor).count() == 1


@pytest.mark.parametrize("role", ["administrator", "supervisor", "quality"])
def test_but_makes_nobody_mightier(supervisor, client_of, house, role):
    form = {"name": "新人", "email": "new@example.com", "role": role, "team": house.team.pk}
    assert client_of(supervisor).post("/settings/invitations/", form).status_code == 422
    with pytest.raises(rules.RoleNotYours):
        actions.invite(
            name="新人", email="n@example.com", role=Role(role), team_id=house.team.pk, by=supervisor, now=NOW
        )


def test_and_not_into_another_team(supervisor, house):
    with pytest.raises(rules.RoleNotYours):
        actions.invite(
            name="新",
            email="n@example.com",
            role=Role.AGENT,
            team_id=house.other_team.pk,
            by=supervisor,
            now=NOW,
        )


def test_a_supervisor_neither_sees_nor_withdraws_what_others_offered(offered, supervisor, client_of):
    browser = client_of(supervisor)
    assert "new@example.com" not in browser.get("/settings/invitations/").content.decode()
    pk = Invitation.objects.get().pk
    assert browser.post(f"/settings/invitations/{pk}/revoke/").status_code == 404


def test_who_has_an_account_is_not_invited_again(administrator, agent, client_of, house):
    form = {"name": "林", "email": agent.email, "role": "agent", "team": house.team.pk}
    assert client_of(administrator).post("/settings/invitations/", form).status_code == 422


def test_an_agent_without_team_is_not_invited_and_nothing_typed_is_lost(administrator, client_of, house):
    form = {"name": "新人", "email": "new@example.com", "role": "agent"}
    response = client_of(administrator).post("/settings/invitations/", form)
    assert response.status_code == 422
    assert 'value="new@example.com"' in response.content.decode()


def test_the_list_asks_no_more_for_more_rows(administrator, client_of, house):
    browser = client_of(administrator)
    counts = []
    for batch in (1, 12):
        for number in range(batch):
            actions.invite(
                name="新人",
                email=f"n{batch}-{number}@example.com",
                role=Role.QUALITY,
                by=administrator,
                now=NOW,
            )
        with CaptureQueriesContext(connection) as seen:
            browser.get("/settings/invitations/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_an_invitation_that_ran_out_is_renewed_under_a_new_link(offered, administrator, client_of, client):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    pk = Invitation.objects.get().pk
    browser = client_of(administrator)
    assert f"/settings/invitations/{pk}/renew/" in browser.get("/settings/invitations/").content.decode()
    renewed = browser.post(f"/settings/invitations/{pk}/renew/")
    assert link_of(renewed) != link_of(offered)
    assert client.get(link_of(offered)).status_code == 404
    client.get(link_of(renewed))
    assert client.post("/invitation/", SEAT).status_code == 302
    assert browser.post(f"/settings/invitations/{pk}/renew/").status_code == 409


def test_a_withdrawn_seat_is_not_renewed_nor_anothers(offered, administrator, supervisor, client_of):
    pk = Invitation.objects.get().pk
    assert client_of(supervisor).post(f"/settings/invitations/{pk}/renew/").status_code == 404
    browser = client_of(administrator)
    browser.post(f"/settings/invitations/{pk}/revoke/")
    assert browser.post(f"/settings/invitations/{pk}/renew/").status_code == 409
