"""The tool that keeps the translations complete, on a small house of its own."""

from __future__ import annotations

import gettext
import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ("zh_Hans", "zh_Hant", "en")

PYTHON = '''
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

LABEL = _("Service promise of %(name)s")
LONG = _("One part "
         "and another")


def said(count):
    """_("a docstring is no text")"""
    return ngettext("%(count)s case", "%(count)s cases", count), pgettext("month", "May")


class Odd:
    message = gettext_noop("Not yet.")
'''
TEMPLATE = """
{% load i18n %}
{# {% translate "in a comment" %} #}
{% comment %}{% translate "in a block comment" %}{% endcomment %}
<h1>{% translate "Cases" %}</h1> {% trans 'Open' context "verb" as open %}
{% blocktranslate trimmed with name=person.name count n=rows|length %}
    {{ n }} case of
    {{ name }}, 100% done
{% plural %}
    {{ n }} cases of {{ name }}
{% endblocktranslate %}
{% include "x.html" with title=_("Nothing here") %} {{ value|default:_("none yet") }}
"""
TEXTS = {
    "Service promise of %(name)s": "%(name)s的服务承诺",
    "One part and another": "这一半和那一半",
    "%(count)s case": "%(count)s个案",
    "May": "五月",
    "Not yet.": "还没有。",
    "Cases": "个案",
    "Open": "打开",
    "%(n)s case of %(name)s, 100%% done": "%(name)s的%(n)s个案",
    "Nothing here": "这里没有内容",
    "none yet": "还没有",
}


@pytest.fixture(scope="module")
def tool():
    sys.path.insert(0, str(ROOT / "tools"))
    yield importlib.import_module("catalogues")
    sys.path.remove(str(ROOT / "tools"))


class House:
    """One room with a Python file and a template."""

    def __init__(self, root: Path, tool) -> None:
        self.root, self.tool = root, tool
        self.room = root / "src" / "zhiyin" / "cases"
        self.write("cases/__init__.py", "")
        self.write("cases/words.py", PYTHON)
        self.write("cases/templates/cases/list.html", TEMPLATE)

    def write(self, name: str, text: str) -> None:
        path = self.root / "src" / "zhiyin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> int:
        return self.tool.main([*arguments, "--root", str(self.root)])

    def path(self, locale: str, room: str = "cases") -> Path:
        return self.room.parent / room / "locale" / locale / "LC_MESSAGES" / "django.po"

    def text(self, locale: str) -> str:
        return self.path(locale).read_text(encoding="utf-8")

    def change(self, locale: str, old: str, new: str) -> None:
        text = self.text(locale)
        assert old in text
        self.path(locale).write_text(text.replace(old, new), encoding="utf-8")

    def translate(self) -> None:
        """Fill in the simplified Chinese and let the rest follow."""
        self.run("extract")
        lines = self.text("zh_Hans").splitlines()
        for index, line in enumerate(lines):
            if line.startswith("msgstr") and index > 1 and line.endswith('""'):
                before = lines[index - 1]
                message = before if before.startswith("msgid ") else lines[index - 2]
                lines[index] = line[:-1] + TEXTS[message.removeprefix('msgid "').removesuffix('"')] + '"'
        self.path("zh_Hans").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.run("extract")


@pytest.fixture
def house(tmp_path: Path, tool) -> House:
    return House(tmp_path, tool)


@pytest.fixture
def translated(house: House, capsys) -> House:
    house.translate()
    capsys.readouterr()
    return house


def test_every_way_of_marking_a_text_is_found(house: House) -> None:
    house.run("extract")
    english = house.text("en")
    for message in TEXTS:
        assert f'msgid "{message}"\n' in english
    for nothing in ("comment", "docstring"):
        assert nothing not in english
    assert 'msgid_plural "%(n)s cases of %(name)s"' in english
    assert 'msgctxt "month"\nmsgid "May"' in english
    assert 'msgctxt "verb"\nmsgid "Open"' in english


def test_a_translated_house_is_complete(translated: House, capsys) -> None:
    assert translated.run("check") == 0, capsys.readouterr().out


def test_english_says_the_text_itself_and_traditional_follows_simplified(translated: House) -> None:
    assert 'msgstr "Service promise of %(name)s"' in translated.text("en")
    assert 'msgstr[1] "%(count)s cases"' in translated.text("en")
    assert 'msgstr "%(name)s的服務承諾"' in translated.text("zh_Hant")
    assert "msgstr[1]" not in translated.text("zh_Hans")


def test_extracting_again_changes_nothing_and_names_no_date_and_no_line(translated: House, capsys) -> None:
    before = {locale: translated.text(locale) for locale in LOCALES}
    assert translated.run("extract") == 0
    assert capsys.readouterr().out == ""
    assert {locale: translated.text(locale) for locale in LOCALES} == before
    assert "Date" not in before["en"]
    assert "#: src/zhiyin/cases/words.py\n" in before["en"]


def test_a_translation_is_kept_a_text_that_is_gone_is_dropped_and_nothing_is_guessed(
    translated: House,
) -> None:
    translated.change("zh_Hant", "服務承諾", "服務諾言")
    translated.write("cases/words.py", PYTHON.replace("Not yet.", "Not yet!"))
    translated.run("extract")
    assert "服務諾言" in translated.text("zh_Hant")
    assert "Not yet." not in translated.text("zh_Hans")
    assert 'msgid "Not yet!"\nmsgstr ""' in translated.text("zh_Hans")
    assert "fuzzy" not in translated.text("zh_Hans")
    assert "#~" not in translated.text("zh_Hans")


@pytest.mark.parametrize(
    ("locale", "old", "new", "complaint"),
    [
        ("zh_Hans", "这里没有内容", "", "is not translated"),
        ("zh_Hans", "%(name)s的服务承诺", "服务承诺", "placeholders differ: %(name)s became none"),
        ("zh_Hans", "%(name)s的服务承诺", "%(nane)s的服务承诺", "placeholders differ"),
        ("zh_Hans", "这里没有内容", "這里没有内容", "mixes scripts: 這"),
        ("zh_Hans", "这里没有内容", "Nothing here", "is still English"),
        ("zh_Hans", "%(name)s的服务承诺", "%(name)s 的服务承诺", "a typed space"),
        ("zh_Hans", "这里没有内容", "这里有 PDF 文件", "a typed space"),
        ("zh_Hans", "这里没有内容", "这里没有,换一处", "half-width punctuation"),
        ("zh_Hans", "这里没有内容", "这里没有(空)", "half-width punctuation"),
        ("zh_Hans", "这里没有内容", "这里<b>没有</b>内容", "tags differ"),
        ("zh_Hant", "這裡沒有內容", "這裡沒有内容", "mixes scripts: 内"),
        ("zh_Hant", "這裡沒有內容", "以后沒有內容", "mixes scripts: 后"),
        ("en", 'msgstr "Nothing here"', 'msgstr ""', "is not translated"),
        ("zh_Hans", 'msgid "Nothing here"', '#, fuzzy\nmsgid "Nothing here"', "is marked fuzzy"),
        ("zh_Hans", 'msgid "Nothing here"', 'msgid "Nothing there"', "is missing; run extract"),
        ("zh_Hans", 'msgid "Nothing here"', 'msgid "Nothing there"', "no longer in the source"),
    ],
)
def test_the_check_says_file_and_message(
    translated: House, capsys, locale: str, old: str, new: str, complaint: str
) -> None:
    translated.change(locale, old, new)
    assert translated.run("check", "cases") == 1
    said = [line for line in capsys.readouterr().out.splitlines() if complaint in line]
    assert len(said) == 1
    assert said[0].startswith(f"src/zhiyin/cases/locale/{locale}/LC_MESSAGES/django.po: “")


@pytest.mark.parametrize("right", ["皇后在台上", "公里", "著名的范先生", "帳戶餘額", "關於《服務》", "幾乎"])
def test_characters_that_are_right_in_traditional_words_are_let_be(
    translated: House, capsys, right: str
) -> None:
    translated.change("zh_Hant", "這裡沒有內容", right)
    translated.run("check")
    said = [line for line in capsys.readouterr().out.splitlines() if "mixes" in line]
    assert said == []


@pytest.mark.parametrize(
    ("locale", "old", "new", "complaint"),
    [
        ("zh_Hant", "還沒有。", "還沒有短信。", "says 短信 where Taiwan says 簡訊"),
        ("zh_Hant", "的服務承諾", "軟件的服務承諾", "says 軟件 where Taiwan says 軟體"),
        ("en", 'msgstr "Not yet."', 'msgstr "Not yet 还没有."', "has Chinese in English: 还没有"),
    ],
)
def test_a_mainland_word_in_traditional_and_chinese_in_english_are_named(
    translated: House, capsys, locale: str, old: str, new: str, complaint: str
) -> None:
    translated.change(locale, old, new)
    assert translated.run("check") == 1
    assert complaint in capsys.readouterr().out


def test_two_rooms_may_not_translate_one_text_in_two_ways(translated: House, capsys) -> None:
    translated.write("desk/__init__.py", '_("Cases")')
    translated.run("extract")
    path = translated.path("zh_Hans", "desk")
    path.write_text(path.read_text(encoding="utf-8").replace('"Cases"\nmsgstr ""', '"Cases"\nmsgstr "案子"'))
    translated.run("extract")
    capsys.readouterr()
    assert translated.run("check") == 1
    assert (
        "zh_Hans: “Cases” is “个案” in cases but “案子” in desk; give one of them a context"
        in capsys.readouterr().out
    )


def test_compiling_writes_what_is_out_of_date_and_nothing_else(translated: House) -> None:
    assert translated.run("compile") == 0
    compiled = translated.path("zh_Hans").with_suffix(".mo")
    with compiled.open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Cases") == "个案"
    assert words.ngettext("%(count)s case", "%(count)s cases", 5) == "%(count)s个案"
    assert words.pgettext("month", "May") == "五月"
    stamp = compiled.stat().st_mtime_ns
    translated.run("compile")
    assert compiled.stat().st_mtime_ns == stamp
    translated.path("zh_Hans").touch()
    translated.run("compile")
    assert compiled.stat().st_mtime_ns > stamp


def test_a_room_whose_texts_are_all_gone_keeps_no_catalogue(translated: House) -> None:
    translated.write("cases/words.py", "")
    translated.write("cases/templates/cases/list.html", "")
    translated.run("extract")
    assert not translated.path("en").exists()
    assert translated.run("check") == 0


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        (
            "cases/templates/cases/bad.html",
            "\n{% blocktranslate %}never closed",
            "bad.html:2: blocktranslate is never",
        ),
        (
            "cases/templates/cases/bad.html",
            "{% blocktranslate %}{% if x %}{% endblocktranslate %}",
            "cannot stand",
        ),
        ("cases/locale/en/LC_MESSAGES/django.po", 'msgid "a"\ngarbage', "django.po"),
    ],
)
def test_what_cannot_be_read_is_named(house: House, capsys, name: str, text: str, complaint: str) -> None:
    house.write(name, text)
    assert house.run("check") == 2
    assert complaint in capsys.readouterr().err


def test_a_room_that_is_not_there_is_named(house: House, capsys) -> None:
    assert house.run("check", "attic") == 2
    assert "no room called attic" in capsys.readouterr().err
