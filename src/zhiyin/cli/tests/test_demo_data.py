"""`zhiyin demo` in a place that holds the demo organisation already, in another language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin.cli import demo_data, environment
from zhiyin.customers import actions
from zhiyin.customers.models import Customer
from zhiyin.demo import build, house, texts

NOW = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)


@pytest.fixture
def chinese(db: None) -> None:
    """As much of the Chinese demo organisation as tells that it is there."""
    name = next(house.rows())["name"]
    actions.create_customer(name=name, source=house.SOURCE, external_id=name, by=None, now=NOW)


def prepare() -> None:
    demo_data._prepare(environment.Environment(Path(), None))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "is in 简体中文 and stays so"), ("zh_TW", "演示機構是简体中文的，保持不變")],
)
def test_another_language_than_the_data_hold_is_said_and_nothing_is_mixed(
    chinese: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    prepare()
    out, err = capsys.readouterr()
    assert said in " ".join((out + err).split()).replace("， ", "，")
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(("language", "built"), [(None, "zh-hans"), ("en_US:en", "zh-hans"), ("en", "en")])
def test_an_english_terminal_gets_the_chinese_house_unless_it_asks_for_english(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str | None,
    built: str,
) -> None:
    made: list[str] = []
    monkeypatch.setattr(build, "build", lambda *, language, **_: made.append(language))
    monkeypatch.setattr(build, "accounts", list)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    if language is None:
        monkeypatch.delenv("LANGUAGE", raising=False)
    else:
        monkeypatch.setenv("LANGUAGE", language)
    prepare()
    told = " ".join("".join(capsys.readouterr()).split())
    assert made == [built]
    assert ("For one in English: LANGUAGE=en" in told) is (built != "en")


def test_the_same_language_is_not_worth_a_word(
    chinese: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    prepare()
    assert "DATA_DIR" not in "".join(capsys.readouterr())
    assert texts.language() == texts.HANS
