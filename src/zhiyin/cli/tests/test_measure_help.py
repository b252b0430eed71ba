"""What every measurement says of itself is what it does."""

import re
import shlex

import pytest

from zhiyin.cli.measure.commands import measure as group
from zhiyin.cli.tests.measuring import ROOT, finite, measure

__all__ = ["measure"]
COMMANDS = {command.callback.__name__: command for command in group.registered_commands}
NAMES = sorted(COMMANDS)
OF_THE_SHEET = {("kano", "groups"), ("kano", "waves")}
"""Where the keys inside are the sheet's own words."""


@pytest.fixture
def spoken(zhiyin):
    """The help of a command in a language, unbroken."""
    return lambda name, language: zhiyin("measure", name, "--help", LANGUAGE=language, COLUMNS="400").stdout


def example(name):
    """The command line that the help shows, without the program."""
    text = COMMANDS[name].help
    found = re.search(r"(?:Example: |例：)zhiyin measure (.+)", text)
    return shlex.split(found[1])


def documented(text):
    """Key → the keys inside it, as the help says."""
    inside = {name: parts.split() for name, parts in re.findall(r"(\w+) \(([^)]*)\)", text)}
    plain = re.sub(r"\([^)]*\)", "", text)
    return {name: inside.get(name, []) for name in re.findall(r"\w+", plain)}


def promised(name):
    """What the help says of the JSON of the plain command; variants come after it, each in its own paragraph."""
    first = COMMANDS[name].epilog.split("\n\n")[0]
    return documented(re.split("[;；]", first.partition("JSON: ")[2])[0])


@pytest.mark.parametrize("name", NAMES)
def test_the_example_in_the_help_runs(measure, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    assert example(name)[0] == name
    assert len(measure.table(*example(name)).splitlines()) > 3


@pytest.mark.parametrize("name", NAMES)
def test_the_json_has_the_keys_the_help_names(measure, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    found = measure.json(*example(name))
    keys = promised(name)
    assert set(found) == set(keys)
    assert finite(found)
    for key, inside in keys.items():
        if (name, key) in OF_THE_SHEET:
            continue
        parts = found[key] if isinstance(found[key], list) else [found[key]]
        for part in parts:
            assert (set(part) if isinstance(part, dict) else set()) == set(inside) or part is None, key


def test_the_battery_has_the_keys_the_help_names(measure, monkeypatch):
    monkeypatch.chdir(ROOT)
    found = measure.json("tolerance", "docs/examples/measure/battery.csv", "--battery")
    keys = documented(COMMANDS["tolerance"].epilog.split("--battery")[1].partition("JSON: ")[2])
    assert set(found) == set(keys)
    assert set(found["items"][0]) == set(keys["items"])


@pytest.mark.parametrize("name", ["pfi", "league"])
def test_what_is_null_without_an_option_is_there_with_it(measure, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    option, key = {"pfi": ("--map", "map"), "league": ("--wallet", "wallet")}[name]
    assert measure.json(*example(name))[key] is None
    assert set(measure.json(*example(name), option)[key]) == set(promised(name)[key])


def test_help_of_measurements_loads_no_array_and_no_table(environ):
    import subprocess
    import sys

    program = (
        "import sys; sys.argv = ['zhiyin', 'measure', 'pfi', '--help']\n"
        "from zhiyin.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy', 'pyarrow', 'django')))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_measurement_loads_neither_scipy_nor_arrow_for_a_small_sheet(environ):
    import subprocess
    import sys

    sheet = str(ROOT / "docs" / "examples" / "measure" / "satisfaction.csv")
    program = (
        f"import sys; sys.argv = ['zhiyin', 'measure', 'drivers', {sheet!r}]\n"
        "from zhiyin.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('scipy', 'pyarrow', 'django', 'pandas')))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_refusal_of_the_whole_command_ends_with_status_two(zhiyin, tmp_path):
    done = zhiyin("measure", "index", str(tmp_path / "nothing.csv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing.csv" in done.stderr


@pytest.mark.parametrize("name", ["index", "pfi", "fivegaps"])
def test_help_of_measurements_speaks_three_languages(spoken, name):
    texts = [spoken(name, language) for language in ("zh_CN", "zh_TW", "en")]
    assert "例：zhiyin measure" in texts[0]
    assert "例：zhiyin measure" in texts[1]
    assert "Example: zhiyin measure" in texts[2]
    assert len(set(texts)) == 3
    assert all("JSON: " in text for text in texts)
