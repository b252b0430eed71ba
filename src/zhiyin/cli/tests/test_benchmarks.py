"""`zhiyin bench`: what is a measurement, what it needs, and the table of `measure`."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

from zhiyin.cli import benchmarks


@pytest.fixture
def load(monkeypatch):
    """Import a module of bench/ as `zhiyin bench` does."""
    monkeypatch.syspath_prepend(str(benchmarks.FOLDER))
    return importlib.import_module


def test_only_what_can_be_run_is_listed(capsys):
    assert benchmarks.bench("", []) == 0
    assert capsys.readouterr().out.split() == ["cases", "coach", "contrast", "insight", "measure", "search"]


def test_a_measurement_says_when_it_needs_no_database():
    assert not benchmarks.needs_database(benchmarks.FOLDER / "measure.py")
    assert benchmarks.needs_database(benchmarks.FOLDER / "cases.py")


def test_a_measurement_that_is_not_there(capsys):
    assert benchmarks.bench("rows", []) == 2
    assert "cases, coach, contrast, insight, measure, search" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "reached"),
    [
        ({"ours": (1, 2, 9)}, None),
        ({"ours": (1, 2, 9), "at_most": 2}, True),
        ({"ours": (1, 2, 9), "at_most": 1}, False),
        ({"ours": (1, 2, 9), "oracle": (60, 50), "at_least": 27}, True),
        ({"ours": (1, 2, 9), "oracle": (60, 50), "at_least": 28}, False),
        ({"ours": (1, 2, 9), "at_least": 28}, None),
        ({"ours": (1, 2, 9), "at_least": 28, "at_most": 1}, False),
    ],
)
def test_a_figure_is_reached_by_its_median(load, row, reached):
    assert load("rows").Row("figure", **row).reached is reached


def test_the_table_says_what_was_not_reached(load, monkeypatch, capsys):
    measure, rows = load("measure"), load("rows")
    found = [
        rows.Row("one", (0.5,), (100.0,), at_least=300, note="scaled"),
        rows.Row("two", (0.5,), at_most=1),
    ]
    part = type("Part", (), {"run": staticmethod(lambda oracle: found)})
    monkeypatch.setattr(measure.importlib, "import_module", lambda name: part)
    assert measure.main(["--no-oracle", "paths"]) == 1
    head, one, note, two = capsys.readouterr().out.splitlines()
    assert head.split() == ["figure", "ours", "s", "oracle", "s", "ratio", "asked", "reached"]
    assert one.split() == ["one", "0.5", "100", "200", "×", "≥", "300", "×", "NO"]
    assert note.strip() == "scaled"
    assert two.split() == ["two", "0.5", "–", "–", "≤", "1", "s", "yes"]


def test_an_oracle_that_fails_does_not_stop_the_others(load, monkeypatch, capsys):
    measure, rows, oracles = load("measure"), load("rows"), load("oracles")

    def run(name):
        def work(oracle):
            if name == "measure_one":
                raise oracles.OracleFailed("no such package")
            return [rows.Row("two", (0.5,))]

        return type("Part", (), {"run": staticmethod(work)})

    monkeypatch.setattr(measure.importlib, "import_module", run)
    monkeypatch.setattr(measure, "_parts", lambda: ["one", "two"])
    assert measure.main(["--no-oracle"]) == 1
    said = capsys.readouterr().out
    assert "one: the oracle failed\nno such package" in said
    assert "two" in said


def test_a_part_that_is_not_there(load, capsys):
    assert load("measure").main(["nothing"]) == 2
    assert "paths" in capsys.readouterr().err


def test_without_oracles_the_ratios_are_left_out(load, monkeypatch, capsys):
    measure, oracles = load("measure"), load("oracles")

    def offline(folder):
        raise oracles.NoOracles("no network")

    monkeypatch.setattr(oracles, "ready", offline)
    assert measure._oracle() is None
    assert "cannot be installed, so ratios are left out:\nno network" in capsys.readouterr().out


def test_a_snippet_answers_from_another_process(load):
    oracles = load("oracles")
    here = oracles.Oracles(Path(sys.executable))
    snippet = "answer = [float(rows.sum()) * factor, len(seconds(list, repeat=2))]"
    assert here.ask(snippet, rows=np.ones(3), factor=2) == [6.0, 2]
    with pytest.raises(oracles.OracleFailed, match="ZeroDivisionError"):
        here.ask("answer = 1 / 0")
