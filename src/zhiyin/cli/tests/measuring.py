"""The measurements as a person runs them, without a process for each."""

import json
import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[4]
EXAMPLES = ROOT / "docs" / "examples" / "measure"


class Measure:
    """`zhiyin measure …` in a folder of its own, in English unless told otherwise."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.patch = folder, monkeypatch
        monkeypatch.setenv("LANGUAGE", "en")
        monkeypatch.chdir(folder)

    def sheet(self, text, name="answers.csv", encoding="utf-8"):
        """A CSV sheet with that content; its name."""
        (self.folder / name).write_text(text.strip().replace(" ", ""), encoding=encoding)
        return name

    def run(self, *arguments):
        from zhiyin.cli.measure.commands import measure

        return CliRunner().invoke(measure, [str(argument) for argument in arguments])

    def json(self, *arguments):
        """What a program gets; nothing but a whole result will do."""
        done = self.run(*arguments, "--json")
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    def table(self, *arguments):
        """What a person reads."""
        done = self.run(*arguments)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    def refusal(self, *arguments):
        """The sentence that says why nothing was measured; nothing may have been printed."""
        done = self.run(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        return done.stderr.strip()

    def chinese(self):
        self.patch.setenv("LANGUAGE", "zh_CN")
        return self


@pytest.fixture
def measure(tmp_path, monkeypatch):
    return Measure(tmp_path, monkeypatch)


def near(value):
    return pytest.approx(value, abs=1e-9)


def finite(value):
    """Every number within is one; JSON knows no other."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)
