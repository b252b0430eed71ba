"""What every request passes: language, headers, and trouble told in a way a person can act on."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client

from zhiyin.kit import views
from zhiyin.kit.jobs import defer
from zhiyin.kit.models import TimerState
from zhiyin.kit.tests import probe_jobs
from zhiyin.kit.tests.factories import NOW

pytestmark = pytest.mark.urls("zhiyin.kit.tests.urls")


@pytest.fixture
def calm():
    """A browser that gets the error page where a test client would get the error."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("notfound", 404), ("forbidden", 403), ("conflict", 409), ("invalid", 422), ("bug", 500)],
)
def test_trouble_has_its_status_and_says_a_sentence(calm, kind, status):
    response = calm.get(f"/trouble/{kind}/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == status
    assert re.search(r"data-message>[A-Z]\w+", response.content.decode())
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["conflict", "bug"])
def test_htmx_gets_a_part_and_not_a_page(calm, kind):
    response = calm.get(f"/trouble/{kind}/", HTTP_HX_REQUEST="true")
    assert "<html" not in response.content.decode()
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("cookies", [{}, {"sessionid": "somebody"}])
def test_without_a_database_there_is_still_a_page_with_a_number_that_the_log_has_too(calm, caplog, cookies):
    """Tests without a database mark may not touch one: a page that needs it would not come."""
    calm.cookies.load(cookies)
    response = calm.get("/trouble/database/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 500
    [number] = re.findall(r"E-[0-9A-F]{4}", response.content.decode())
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert told
    assert getattr(response.wsgi_request, "number", None) == number


def test_when_even_the_page_fails_a_line_remains(calm, monkeypatch):
    def fail(*_):
        raise OSError

    monkeypatch.setattr(views, "render_to_string", fail)
    response = calm.get("/trouble/bug/")
    assert response.status_code == 500
    assert re.search(r"E-[0-9A-F]{4}", response.content.decode())


def test_numbers_differ():
    assert len({views.new_number() for _ in range(50)}) > 40


def test_a_form_without_its_token_gets_a_page_of_ours():
    response = Client(enforce_csrf_checks=True).post("/trouble/bug/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 403
    assert "data-message" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "cookie", "given"),
    [("en", "", "en"), ("zh-TW,zh;q=0.9", "", "zh-hant"), ("", "", "zh-hans"), ("en", "zh-hant", "zh-hant")],
)
def test_a_stranger_is_answered_in_the_cookie_s_language_or_the_browser_s(calm, asked, cookie, given):
    if cookie:
        calm.cookies.load({"zy_language": cookie})
    response = calm.get("/nowhere/", HTTP_ACCEPT_LANGUAGE=asked)
    assert response.headers["Content-Language"] == given


@pytest.mark.django_db
def test_a_signed_in_person_is_answered_in_their_own_language(client, django_user_model):
    staff = django_user_model.objects.create(
        username="li", name="李", role="administrator", language="zh-hant", created_at=NOW
    )
    client.force_login(staff)
    response = client.get("/healthz", HTTP_ACCEPT_LANGUAGE="en")
    assert response.headers["Content-Language"] == "zh-hant"


@pytest.mark.django_db
def test_health_is_a_line(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_monitor_on_this_machine_reads_the_figures(client):
    assert probe_jobs.work
    defer("probe.pass", probe_id=1)
    TimerState.objects.create(name="outbox", looked_at=NOW - timedelta(days=1), failures=2)
    body = client.get("/metrics").content.decode()
    assert 'zhiyin_jobs{queue="default",status="todo"} 1' in body
    assert 'zhiyin_timer_failures{timer="outbox"} 2' in body
    assert "zhiyin_dead_letters 0" in body
    for line in body.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? \d+", line)


@pytest.mark.django_db
def test_nobody_else_does(client, settings):
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    settings.METRICS_TOKEN = "open sesame"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer wrong").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer open sesame").status_code == 200
    settings.METRICS_TOKEN = ""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/metrics").status_code == 404
