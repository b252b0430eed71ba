"""Two commands on a bare machine: what setup finds, installs, remembers and says."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(scope="module", autouse=True)
def _tools():
    sys.path.insert(0, str(ROOT / "tools"))
    yield
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture
def ground(tmp_path, monkeypatch):
    from steps import ground

    for name, folder in {"STAMPS": "stamps", "VAR": "var"}.items():
        monkeypatch.setattr(ground, name, tmp_path / folder)
    monkeypatch.setattr(ground, "LOG", tmp_path / "setup.log")
    return ground


def script(folder, name, body):
    """A program on a PATH of its own."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file


# The locks


def names(lock):
    return {
        re.split(r"[=\[ ]", line)[0] for line in lock.read_text().splitlines() if re.match(r"[a-z0-9]", line)
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_one_version_and_hashes(lock):
    for part in re.split(r"\n(?=[a-z0-9])", lock.read_text())[1:]:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[^ ]+", part), part.splitlines()[0]
        assert "--hash=sha256:" in part, part.splitlines()[0]


@pytest.mark.parametrize(
    "lock", [*LOCKS, ROOT / "frontend" / "package-lock.json"], ids=lambda path: path.name
)
def test_locks_name_no_host_and_no_machine(lock):
    text = lock.read_text()
    assert "://" not in re.sub(r'"(url|funding)": "[^"]*"', "", text)
    assert not re.search(r"(?<![\w.@-])/(home|root|opt|tmp|Users|work)/", text)


def test_everything_the_project_asks_for_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def asked(requirements):
        return {re.split(r"[<>=~!\[; ]", requirement)[0].lower() for requirement in requirements}

    assert asked(project["dependencies"]) <= names(ROOT / "requirements" / "base.txt")
    assert asked(project["optional-dependencies"]["dev"]) <= names(ROOT / "requirements" / "dev.txt")


def test_both_locks_agree():
    versions = [
        dict(
            re.findall(
                r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)",
                (ROOT / "requirements" / name).read_text(),
                re.MULTILINE,
            )
        )
        for name in ("base.txt", "dev.txt")
    ]
    base, dev = versions
    assert {name: dev.get(name) for name in base} == base


# The steps


def test_a_step_runs_once_until_its_inputs_or_its_result_change(ground, capsys):
    done = []

    def step(inputs, *, ready=True):
        ground.step("one", "第一步 / one", inputs, lambda: done.append(inputs), ready=ready)

    step("a")
    step("a")
    assert done == ["a"]
    step("b")
    step("b", ready=False)
    assert done == ["a", "b", "b"]
    assert capsys.readouterr().out.count("第一步") == 3


def test_a_step_that_failed_is_tried_again(ground):
    attempts = []

    def work():
        attempts.append(True)
        if len(attempts) == 1:
            raise ground.Stuck("no luck")

    with pytest.raises(ground.Stuck):
        ground.step("one", "one", "a", work)
    ground.step("one", "one", "a", work)
    assert len(attempts) == 2


def test_a_failed_program_shows_its_last_words_and_where_the_rest_is(ground, tmp_path):
    noisy = script(tmp_path / "bin", "noisy", "echo first; echo the disk is full >&2; exit 3")
    with pytest.raises(ground.Stuck) as stuck:
        ground.run([noisy])
    assert "the disk is full" in str(stuck.value)
    assert "setup.log" in str(stuck.value)
    with pytest.raises(ground.Stuck, match="no-such-program"):
        ground.run(["no-such-program"])


def test_a_changed_file_anywhere_below_changes_the_digest_of_a_folder(ground, tmp_path):
    (tmp_path / "src" / "deep").mkdir(parents=True)
    (tmp_path / "src" / "node_modules").mkdir()
    file = tmp_path / "src" / "deep" / "desk.ts"
    file.write_text("one")
    first = ground.tree_digest(tmp_path / "src", leave_out=("node_modules",))
    (tmp_path / "src" / "node_modules" / "x").write_text("left out")
    assert ground.tree_digest(tmp_path / "src", leave_out=("node_modules",)) == first
    file.write_text("two")
    assert ground.tree_digest(tmp_path / "src", leave_out=("node_modules",)) != first


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ((18, 19, 0), False),
        ((20, 18, 9), False),
        ((20, 19, 0), True),
        ((21, 7, 0), False),
        ((22, 11, 0), False),
        ((22, 12, 0), True),
        ((24, 0, 0), True),
        (None, False),
    ],
)
def test_the_machines_node_is_used_only_when_vite_can_use_it(version, fits):
    from steps import frontend

    assert frontend.new_enough(version, "^20.19.0 || >=22.12.0") == fits


def test_the_range_comes_from_the_locked_vite():
    from steps import frontend

    assert re.search(r"\d+\.\d+", frontend._wanted())


def test_a_browser_that_does_not_start_is_passed_over(ground, tmp_path, monkeypatch):
    from steps import browser

    script(tmp_path / "bin", "chromium", "echo this is a stand-in; exit 1")
    good = script(tmp_path / "bin", "google-chrome", "echo Google Chrome 140")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert browser.find() == str(good)


def test_a_missing_browser_is_never_skipped(ground, tmp_path, monkeypatch):
    from steps import browser

    monkeypatch.setattr(browser, "RECORD", tmp_path / "record")
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "_install", lambda: None)
    with pytest.raises(ground.Stuck, match=r"apt-get install chromium"):
        browser.provide()
    assert not (tmp_path / "record").exists()


def test_a_chinese_font_is_found_by_its_file_where_fontconfig_is_missing(tmp_path, monkeypatch):
    from steps import fonts

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(fonts, "PLACES", (str(tmp_path / "fonts"),))
    assert not fonts.installed()
    (tmp_path / "fonts" / "deep").mkdir(parents=True)
    (tmp_path / "fonts" / "deep" / "DejaVuSans.ttf").write_text("")
    assert not fonts.installed()
    (tmp_path / "fonts" / "deep" / "NotoSansCJK-Regular.ttc").write_text("")
    assert fonts.installed()


def test_an_old_python_is_told_plainly_what_is_needed(tmp_path):
    program = (
        "import sys, runpy\n"
        "sys.version_info = type('V', (tuple,), {})((3, 9, 2))\n"
        f"sys.path.insert(0, {str(ROOT / 'tools')!r})\n"
        "import bootstrap\n"
        "bootstrap.NAMES = ('no-such-python',)\n"
        "bootstrap.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_target_that_is_none_is_answered_with_those_there_are():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "bootstrap.py"), "fly"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "setup | dev | test | lock" in done.stdout


# The doors


@pytest.mark.parametrize(
    "target", ["demo", "test", "setup", "check", "up", "bench", "lock", "messages", "format", "help"]
)
def test_make_knows_the_target(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_continuous_integration_runs_make_test_and_stops_at_the_first_failure():
    file = ROOT / ".ci" / "run"
    assert os.access(file, os.X_OK)
    text = file.read_text()
    assert text.startswith("#!/usr/bin/env bash\nset -euo pipefail\n")
    assert text.rstrip().endswith("exec make test")
