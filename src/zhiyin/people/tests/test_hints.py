"""What a place says the first time: once, until it is put away, for each person by herself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from zhiyin.kit.audit import history
from zhiyin.people.models import Staff

HINT = 'id="zy-hint"'
PLACE = "/settings/security/"
DONE = "/settings/hints/security/done/"


def shows(client) -> bool:
    return HINT in client.get(PLACE).content.decode()


def test_a_hint_shows_until_it_is_put_away_and_then_never_again_in_any_browser(agent, client_of):
    client = client_of(agent)
    assert shows(client)
    assert shows(client), "it is not gone for having been looked at"
    answer = client.post(DONE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert not shows(client)
    assert not shows(client_of(agent)), "another browser"


def test_what_one_puts_away_others_still_see(agent, colleague, client_of):
    client_of(agent).post(DONE)
    assert shows(client_of(colleague))


def test_only_this_hint_is_put_away(agent, client_of):
    client = client_of(agent)
    client.post("/settings/hints/today/done/")
    client.post("/settings/hints/today/done/")
    assert Staff.objects.get(pk=agent.pk).hints_done == ["today"]
    assert shows(client)


def test_one_button_shows_them_all_again(agent, client_of):
    client = client_of(agent)
    client.post(DONE)
    page = client.get("/settings/me/").content.decode()
    assert 'action="/settings/hints/again/"' in page
    assert "再看一遍提示" in page
    said = client.post("/settings/hints/again/", follow=True).content.decode()
    assert "提示会再出现一遍" in said
    assert shows(client)


@pytest.mark.parametrize(
    ("back", "where"), [(PLACE, PLACE), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")]
)
def test_without_scripts_the_reader_is_back_where_she_was_and_nowhere_else(agent, client_of, back, where):
    answer = client_of(agent).post(DONE, {"next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, where)


def test_a_hint_there_is_not_is_not_there_to_put_away(agent, client_of):
    assert client_of(agent).post("/settings/hints/elsewhere/done/").status_code == 404
    assert client_of(agent).get(DONE).status_code == 405
    agent.hints_done = ["elsewhere"]
    with pytest.raises(IntegrityError, match="staff_hints_known"), transaction.atomic():
        agent.save(update_fields=["hints_done"])


def test_putting_one_away_is_audited(agent, client_of):
    client_of(agent).post(DONE)
    change = history(Staff, agent.pk)[0]
    assert (change.staff_id, change.route) == (agent.pk, "settings/hints/<slug:hint>/done/")
    assert [(field.name, field.new) for field in change.fields] == [("hints_done", ["security"])]
