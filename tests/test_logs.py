"""Nothing about a person reaches the logs, and no link that opens a door."""

from __future__ import annotations

import io
import json
import logging
import re

import pytest
import structlog
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from zhiyin.config.logging import mask

SECRET = "Zk3-vX9_qLw7RtB2mN5pHs8"


@pytest.fixture
def lines():
    """What the house's own handler writes."""
    stream = io.StringIO()
    handler = next(
        h
        for h in logging.getLogger().handlers
        if isinstance(h.formatter, structlog.stdlib.ProcessorFormatter)
    )
    before = handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    handler.setStream(before)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "电话13812345678的王先生",
        "+86 138 1234 5678",
        "010-6888 8888",
        "li.wei+x@example.com",
        "邮箱li.wei@example.com。",
        f"/portal/k/{SECRET}",
        f"GET /accounts/password/reset/key/1-{SECRET}/?a=b",
        "duplicate key value\nDETAIL:  Key (name)=(王小明) already exists.",
        "Failing row contains (7, 王小明, null).",
    ],
)
def test_what_is_personal_becomes_stars(text):
    masked = mask(text)
    for secret in ("138", "5678", "8888", "li.wei", SECRET, "王小明"):
        assert secret not in masked
    assert "***" in masked


@pytest.mark.parametrize("text", ["case 42 archived", "took 1234567 ms", "job 99", "E-7F31", "漏水"])
def test_what_is_not_stays(text):
    assert mask(text) == text


def test_every_logger_and_every_part_of_an_event_is_masked(lines):
    log = structlog.get_logger("zhiyin.test")
    log.error("called", phone="13812345678", several=["li@example.com", {"to": "li@example.com"}])
    logging.getLogger("django.request").warning("Not Found: %s", f"/portal/k/{SECRET}")
    try:
        raise ValueError("DETAIL: Key (phone)=(13812345678)")  # noqa: TRY301 - the traceback is what is looked at
    except ValueError:
        log.exception("failed")
    written = json.dumps(lines(), ensure_ascii=False)
    assert len(lines()) == 3
    for secret in ("13812345678", "li@example.com", SECRET):
        assert secret not in written


def routes(resolver: URLResolver, before: str = ""):
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.pattern.converters or entry.pattern.regex.groupindex
        else:
            yield from routes(entry, route)


def test_every_address_that_carries_a_key_is_known_to_the_mask():
    keyed = [(route, names) for route, names in routes(get_resolver()) if {"key", "token"} & set(names)]
    assert keyed
    for route, _ in keyed:
        known = ("k/", "invitation/", "invitations/", "reset/", "key/")
        head = route.split("<")[0].split("(?P")[0]
        assert head.endswith(known), f"{route}: add it to TOKEN in zhiyin.config.logging"


@pytest.mark.urls("zhiyin.kit.tests.urls")
def test_the_number_on_the_page_of_a_mishap_is_in_the_log(lines):
    response = Client(raise_request_exception=False).get("/trouble/bug/")
    [number] = re.findall(r"E-[0-9A-F]{4}", response.content.decode())
    [line] = [line for line in lines() if line["level"] == "error"]
    assert line["number"] == number
    assert "ZeroDivisionError" in line["exception"]
