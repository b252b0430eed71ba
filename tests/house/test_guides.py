"""The papers of the house are true: what they link to, show, command and set is there, and nothing is left out."""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
import typer

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDES = ("user", "administrator")
PAPERS = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.en.md", ROOT / "CONTRIBUTING.md"])
CODE = re.compile(r"^```[^\n]*\n(.*?)^```|(?<!`)`([^`\n]+)`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r'<a id="([^"]+)"></a>')
MOST_BYTES = 6 * 1024 * 1024

# Named by the system or by us for ourselves, not to be set by anybody.
NOT_SETTINGS = {
    "PATH", "HOME", "XDG_RUNTIME_DIR", "DJANGO_SETTINGS_MODULE", "ZHIYIN_SUPERVISOR", "LC_ALL", "LC_MESSAGES", "LANG",
}  # fmt: skip
READERS = {"text", "flag", "words", "folder", "get", "setdefault", "pop", "getenv"}
ENVIRONMENTS = {"os.environ", "environ", "env", "os", "environment"}


def papers() -> list[str]:
    return [str(path.relative_to(ROOT)) for path in PAPERS]


def prose(text: str) -> str:
    return CODE.sub("", text)


def codes(text: str) -> Iterator[str]:
    """Every line of code in a paper."""
    for block, inline in CODE.findall(text):
        for line in (block or inline).replace("\\\n", " ").splitlines():
            yield re.sub(r"\s#.*", "", line)


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return set(NAMED.findall(text)) | {slug(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("paper", papers())
def test_every_link_and_picture_is_there(paper):
    path = ROOT / paper
    missing = []
    for link in LINK.findall(prose(path.read_text(encoding="utf-8"))):
        if "://" in link or link.startswith("mailto:"):
            continue
        place, _, anchor = unquote(link).partition("#")
        target = path.parent / place if place else path
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            missing.append(link)
    assert not missing


@cache
def root_command() -> Any:
    from zhiyin.cli.app import app

    return typer.main.get_command(app)


def unknown_in(line: str) -> str:
    """What in a command line of ours there is not; empty when all is there."""
    words = re.sub(r"[|>;#&].*", "", line).split()
    command = root_command()
    while hasattr(command, "commands") and words and re.fullmatch(r"[a-z][a-z0-9-]*", words[0]):
        name = words.pop(0)
        if name not in command.commands:
            return name
        command = command.commands[name]
    options = {option for one in command.params for option in [*one.opts, *one.secondary_opts]} | {"--help"}
    told = [word.partition("=")[0] for word in words if word.startswith("--")]
    return next((option for option in told if option not in options and not _takes_any(command)), "")


def _takes_any(command: Any) -> bool:
    return bool(command.context_settings.get("ignore_unknown_options"))


@pytest.mark.parametrize("paper", papers())
def test_every_command_named_is_there_with_its_options(paper):
    told = [
        (line.strip(), words)
        for line in codes((ROOT / paper).read_text(encoding="utf-8"))
        for words in re.findall(r"(?:^|[\s/=])zhiyin((?: +[^\s`]+)+)", line)
    ]
    assert not [(line, unknown_in(words)) for line, words in told if unknown_in(words)]


def test_the_test_of_commands_knows_a_wrong_one():
    assert unknown_in(" staff create-admin li.wei@example.com --name 李薇") == ""
    assert unknown_in(" staff create-boss") == "create-boss"
    assert unknown_in(" backup --into x.tar") == "--into"


@pytest.mark.parametrize("paper", papers())
def test_every_target_of_make_named_is_there(paper):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    lines = codes((ROOT / paper).read_text(encoding="utf-8"))
    named = {name for line in lines for name in re.findall(r"(?:^|\s)make ([a-z-]+)", line)}
    assert named <= targets


@cache
def settings_read() -> set[str]:
    """The variables that the product's code reads, from the code itself."""
    found = {"OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"}  # spelt together where they are read
    assert 'f"OIDC_{name}"' in (ROOT / "src/zhiyin/config/environment.py").read_text()
    for path in (ROOT / "src" / "zhiyin").rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(_read_in(ast.parse(path.read_text(encoding="utf-8"))))
    return found - NOT_SETTINGS


def _read_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _reads(node.func):
            yield from _name(node.args[0])
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            yield from _name(node.slice)
        elif isinstance(node, ast.For) and "environ" in ast.unparse(node):
            yield from (name for one in ast.walk(node.iter) for name in _name(one))


def _reads(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "text"
    return (
        isinstance(function, ast.Attribute)
        and function.attr in READERS
        and ast.unparse(function.value) in ENVIRONMENTS
    )


def _name(node: ast.expr) -> list[str]:
    value = node.value if isinstance(node, ast.Constant) else None
    return [value] if isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9_]{2,}", value) else []


@pytest.mark.parametrize("name", ["administrator.md", "administrator.en.md"])
def test_every_setting_is_explained_and_none_is_made_up(name):
    text = (DOCS / "guide" / name).read_text(encoding="utf-8")
    begin = text.index('<a id="settings"></a>')
    explained = set(
        re.findall(r"^\| `([A-Z0-9_]+)` \|", text[begin : text.index("<a id", begin + 1)], re.MULTILINE)
    )
    assert explained == settings_read()


@pytest.mark.parametrize("paper", [one for one in papers() if "guide/" in one or one.startswith("README")])
def test_every_setting_named_is_read(paper):
    lines = list(codes((ROOT / paper).read_text(encoding="utf-8")))
    set_there = {name for line in lines for name in re.findall(r"(?:^|\s)([A-Z][A-Z0-9_]{2,})=", line)}
    alone = {line for line in lines if re.fullmatch(r"[A-Z]+_[A-Z_]*[A-Z]", line)}
    assert set_there | alone <= settings_read() | NOT_SETTINGS | {"ARGS"}


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_rights_in_the_guide_are_those_of_the_house():
    guides = tool("guides")
    for name, (language, head) in guides.FILES.items():
        text = (DOCS / "guide" / name).read_text(encoding="utf-8")
        assert text == guides.with_rights(text, language, head), "python tools/guides.py"


def on_screen(language: str) -> set[str]:
    """Every text of the pages in this language."""
    said = re.compile(r'^(?:msgid|msgstr(?:\[\d\])?) "(.+)"$', re.MULTILINE)
    books = (ROOT / "src/zhiyin").glob(f"*/locale/{language}/LC_MESSAGES/django.po")
    return {text for book in books for text in said.findall(book.read_text(encoding="utf-8"))}


PRESSED = {
    "zh_Hans": re.compile("(?:[点勾按选]|→ )“([^”\n]+)”"),
    "en": re.compile("(?:: |[Tt]hen |, |Settings → |is )“([^”\n]+)”"),
}
SAID = {"we have it"}  # to a customer, not by a button


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize(("ending", "language"), [("md", "zh_Hans"), ("en.md", "en")])
def test_a_button_named_in_a_guide_is_on_a_page(guide, ending, language):
    paper = prose((DOCS / "guide" / f"{guide}.{ending}").read_text(encoding="utf-8"))
    named = {text.rstrip(".,") for text in PRESSED[language].findall(paper)}
    assert named
    assert named - on_screen(language) - SAID == set()


def test_both_languages_have_the_same_chapters_and_pictures():
    for name in GUIDES:
        chinese, english = (
            (DOCS / "guide" / f"{name}{ending}").read_text(encoding="utf-8") for ending in (".md", ".en.md")
        )
        assert NAMED.findall(chinese) == NAMED.findall(english)
        shown = [
            re.findall(rf"images/{code}/([a-z-]+)\.png", text)
            for code, text in (("zh", chinese), ("en", english))
        ]
        assert shown[0] == shown[1]


def test_every_picture_is_taken_by_the_command_is_shown_and_all_are_small():
    taken = {
        row["name"] for row in tomllib.loads((ROOT / "tools/screenshots/shots.toml").read_text())["shot"]
    }
    texts = "".join((DOCS / "guide" / f"{name}.md").read_text(encoding="utf-8") for name in GUIDES)
    assert taken == set(re.findall(r"images/zh/([a-z-]+)\.png", texts))
    pictures = list((DOCS / "guide" / "images").rglob("*.png"))
    assert {(path.parent.name, path.stem) for path in pictures} == {
        (code, one) for code in ("zh", "en") for one in taken
    }
    assert sum(path.stat().st_size for path in pictures) <= MOST_BYTES
