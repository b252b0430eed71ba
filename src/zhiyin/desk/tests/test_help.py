"""The guides inside the product: in the reader's language, found from anywhere, safe; and the hints that lead there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders

from zhiyin.cases.rules.words import Stage
from zhiyin.catalogue import actions as catalogue
from zhiyin.desk import guide
from zhiyin.facts import actions as facts
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.libs import hanzi
from zhiyin.people import actions as people
from zhiyin.people.rules import HINTS, Language, Theme

LANGUAGES = ("zh-hans", "zh-hant", "en")
HINT = re.compile(r'<aside class="zy-once".*?action="/settings/hints/([a-z]+)/done/"', re.DOTALL)


def reading(client_of, staff, language: str):
    people.set_preferences(
        staff=staff, language=Language(language), theme=Theme.AUTO, shortcuts=True, now=staff.created_at
    )
    return client_of(staff)


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        ("zh-hans", "使用手册", "先回应心情，再说事情"),
        ("zh-hant", "使用手冊", "先回應心情，再說事情"),
        ("en", "User guide", "First the feeling, then the matter"),
    ],
)
def test_the_guide_speaks_the_readers_language(agent, client_of, language, title, sentence):
    page = reading(client_of, agent, language).get("/help/user/").content.decode()
    assert f">{title}</h1>" in page
    assert sentence in page


@pytest.mark.parametrize("name", guide.PAGES)
def test_traditional_pages_speak_of_the_screen_in_its_own_words(name):
    html = guide.page(name, "zh-hant").html
    typed = re.compile(r"<pre.*?</pre>|<code>.*?</code>", re.DOTALL)
    assert not hanzi.mainland_in(typed.sub("", html))
    both = [
        re.sub("# .*", "", " ".join(typed.findall(page))) for page in (html, guide.page(name, "zh-hans").html)
    ]
    assert both[0] == both[1]  # what one types works in every language


def test_a_button_is_called_in_the_traditional_guide_as_it_is_on_the_page(agent, client_of):
    client = reading(client_of, agent, "zh-hant")
    page, settings = client.get("/help/user/").content.decode(), client.get("/settings/me/").content.decode()
    for label in ("設定", "再看一遍提示"):
        assert f"「{label}」" in page
        assert label in settings


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_guide_names_the_keys_of_the_navigation_in_its_order(supervisor, client_of, language):
    client = reading(client_of, supervisor, language)
    keys = " ".join(re.findall(r'data-go="(\w)"', client.get("/").content.decode()))
    assert f"<code>{keys}</code>" in client.get("/help/user/").content.decode()


def test_everybody_finds_help_in_the_menu_and_every_chapter_on_its_page(handler, client_of):
    client = client_of(handler)
    assert 'href="/help/" data-place="帮助"' in client.get("/").content.decode()
    shelf = client.get("/help/").content.decode()
    for name, anchor in re.findall(r'href="/help/([a-z]+)/#([^"]+)"', shelf):
        assert f'id="{anchor}"' in client.get(f"/help/{name}/").content.decode()
    assert '/help/administrator/#backup"' in shelf


def test_a_search_finds_a_chapter_in_either_script(agent, client_of):
    for words in ("恢复码", "恢復碼"):
        part = client_of(agent).get("/search/", {"q": words}, headers={"X-Palette": "1"}).content.decode()
        assert 'href="/help/user/#account"' in part
    assert 'href="/help/user/#account"' in client_of(agent).get("/search/?q=恢复码").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_served_links_lead_somewhere_and_the_policy_is_kept(agent, client_of, language):
    client = reading(client_of, agent, language)
    anchors: dict[str, set[str]] = {}
    links: list[tuple[str, str, str]] = []
    for name in guide.PAGES:
        answer = client.get(f"/help/{name}/")
        page = answer.content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        for picture in re.findall(r'<img [^>]*src="/static/([^"]+)"', page):
            assert finders.find(picture), picture
        anchors[name] = set(re.findall(r' id="([^"]+)"', page))
        links += [(name, *found) for found in re.findall(r'href="(?:/help/([a-z]+)/)?#([^"]+)"', page)]
    for at, name, anchor in links:
        assert anchor in anchors[name or at], f"{at}: {name}#{anchor}"


def test_a_guide_that_is_not_there_is_not_there(agent, client_of):
    assert client_of(agent).get("/help/settings/").status_code == 404
    assert client_of(agent).get("/help/../../../etc/passwd").status_code == 404


def test_a_page_can_be_read_in_the_other_language_too(agent, client_of):
    page = client_of(agent).get("/help/user/?language=en").content.decode()
    assert '<article class="guide" lang="en">' in page
    assert 'href="/help/user/?language=zh-hans"' in page
    assert client_of(agent).get("/help/user/?language=xx").status_code == 200


def test_markup_in_a_guide_is_shown_as_the_text_it_is(tmp_path, settings, agent, client_of):
    settings.DOCS_DIR = tmp_path
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "user.md").write_text(
        "# 手册\n\n<script>alert(1)</script>\n\n[来](javascript:alert(1)) [去](../pyproject.toml)\n\n"
        '<a id="here"></a>\n## 一章\n\n![图](images/zh/"onerror="x.png)\n'
    )
    html = guide.page("user", "zh-hans").html
    assert "&lt;script&gt;" in html
    assert "javascript" not in re.findall(r'href="([^"]*)"', html)
    assert 'href="javascript' not in html
    assert "pyproject" not in html
    assert '<h2 id="here">' in html
    assert "<img" not in html or 'onerror="' not in html


@pytest.fixture
def everywhere(road, quality, supervisor, administrator):
    """A case with facts, and a draft of the guarantee: every place that has a hint."""
    case = road.to(Stage.ASSIGNED)
    facts.begin(
        case_id=case.pk, starter=BY_KEY["network"], by=road.agent, now=road.now + timedelta(minutes=1)
    )
    catalogue.draft(title="我们的服务承诺", by=administrator, now=road.now)
    return {
        "today": (road.agent, "/"),
        "inbox": (road.agent, "/inbox/"),
        "composer": (road.agent, f"/inbox/{case.conversation_id}/"),
        "case": (road.agent, f"/cases/{case.number}/"),
        "board": (road.agent, "/cases/board/"),
        "facts": (road.agent, f"/cases/{case.number}/facts/"),
        "guarantee": (quality, "/catalogue/guarantee/"),
        "security": (road.agent, "/settings/security/"),
        "colleagues": (road.agent, "/colleagues/"),
        "incidents": (road.agent, "/incidents/"),
        "insight": (supervisor, "/insight/"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_says_once_what_it_is_for_with_one_next_step(everywhere, client_of, language):
    assert everywhere.keys() == set(HINTS)
    for name, (staff, address) in everywhere.items():
        client = reading(client_of, staff, language)
        page = client.get(address).content.decode()
        assert HINT.findall(page) == [name], address
        note = page[page.index('class="zy-once"') : page.index("</aside>", page.index('class="zy-once"'))]
        steps = re.findall(r'<a href="([^"]+)">[^<]+</a>', note)
        assert len(steps) == 1, note
        path, _, anchor = steps[0].partition("#")
        assert f'id="{anchor}"' in client.get(path).content.decode() or not anchor
        client.post(f"/settings/hints/{name}/done/")
        assert not HINT.search(client.get(address).content.decode())


def test_hints_cost_no_query(agent, client_of):
    client = client_of(agent)
    client.get("/settings/me/")
    with_hint = _queries(client)
    client.post("/settings/hints/security/done/")
    assert _queries(client) == with_hint


def _queries(client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        client.get("/settings/security/")
    return len(seen)
