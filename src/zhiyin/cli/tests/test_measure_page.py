"""What a reader sees at a terminal: whole tables, whole help, and complaints in one language."""

import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from zhiyin.cli import folding, tables
from zhiyin.cli.measure.commands import measure as group
from zhiyin.cli.tests.measuring import EXAMPLES, ROOT, measure

__all__ = ["measure"]
NAMES = sorted(command.name or command.callback.__name__ for command in group.registered_commands)
LANGUAGES = ["zh_CN", "zh_TW", "en"]
KANO = ("measure", "kano", str(EXAMPLES / "kano-hotel.csv"))


def at_a_terminal(environ, arguments, columns=80):
    """What is printed where standard output is a terminal."""
    ours, theirs = pty.openpty()
    environ = environ | {"COLUMNS": str(columns)}
    command = [sys.executable, "-m", "zhiyin", *arguments]
    with subprocess.Popen(command, env=environ, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        out = b""
        while True:
            try:
                read = os.read(ours, 4096)
            except OSError:  # a terminal that was hung up
                break
            if not read:
                break
            out += read
    os.close(ours)
    assert running.returncode == 0
    return out.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_terminal_shows_every_figure_of_the_whole_output(environ, zhiyin, language):
    piped = zhiyin(*KANO, LANGUAGE=language).stdout
    shown = at_a_terminal(environ | {"LANGUAGE": language}, KANO)
    tabled = [line for line in piped.splitlines() if "   " in line]
    wanted = {cell.strip() for line in tabled for cell in re.split(r"\s{3,}", line.strip())}
    missing = [cell for cell in wanted if cell not in shown]
    assert not missing
    lines = [line for line in shown.splitlines() if "   " in line or "─" in line]
    assert max(map(folding.cells, lines)) <= 80
    assert len(wanted) > 80


def test_the_parts_of_a_wide_table_each_name_their_rows():
    headings, row = ["", "Attribute", *("figure" * 3 for _ in range(6))], ["1", "Hot water", *["0.123"] * 6]
    parts = tables.drawn(headings, [row], 80)
    assert len(parts) > 1
    assert all("Hot water" in part[2] and part[2].strip().startswith("1") for part in parts)
    assert sum(part[2].count("0.123") for part in parts) == 6


def test_a_long_sentence_in_a_cell_folds_between_words():
    sentence = "one two three four " * 10
    lines = tables.drawn(["What", "Why"], [["price", sentence.strip()]], 60)[0]
    assert max(map(len, lines)) <= 60
    assert " ".join(" ".join(lines[2:]).split()) == f"price {sentence.strip()}"


def test_chinese_folds_anywhere_but_before_a_full_stop_and_words_never():
    assert folding.fold("先听懂心情。再办事", 10) == ["先听懂心", "情。再办事"]
    assert folding.fold("see docs/examples/measure.csv now", 10) == [
        "see",
        "docs/examples/measure.csv",
        "now",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_help_is_complete_at_eighty_columns(measure, monkeypatch, name, language):
    def said(columns):
        monkeypatch.setenv("COLUMNS", str(columns))
        return measure.run(name, "--help").stdout

    from zhiyin.cli import pages

    monkeypatch.setenv("LANGUAGE", language)
    monkeypatch.setattr(pages.folding, "WIDEST", 1000)
    narrow, wide = said(80), said(1000)
    assert "".join(narrow.split()) == "".join(wide.split())
    # Only an example, which is there to be copied, may be longer.
    example = re.compile(r"(Example: |例：)")
    assert all(folding.cells(line) <= 80 or example.match(line) for line in narrow.splitlines())


# The default language's are those of test_measure_help.
@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_every_language_runs(zhiyin, measure, monkeypatch, name, language):
    said = zhiyin("measure", name, "--help", LANGUAGE=language).stdout
    found = re.findall(r"^(?:Example: |例：)zhiyin measure (.+)$", said, re.MULTILINE)
    assert found
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LANGUAGE", language)
    for example in found:
        measure.table(*shlex.split(example))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "缺少FILE"),
        (["a.csv", "--last"], "没有--last这个选项"),
        (["a.csv", "--levle", "0.9"], "您要用的是--level吗"),
        (["a.csv", "--level", "viel"], "--level的值“viel”不是数字"),
        (["a.csv", "b.csv"], "这里多出了：b.csv"),
        (["a.csv", "--scale"], "--scale后面需要一个值"),
        (["a.csv", "--json=yes"], "--json后面不带值"),
    ],
)
def test_a_command_line_that_cannot_be_used_is_told_of_in_chinese(measure, arguments, sentence):
    done = measure.chinese().run("index", *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert not re.search(r"Usage|Missing|No such|valid|Got|Option|Error|Try", done.stderr)


def test_a_command_that_is_not_there_is_told_of_in_chinese(measure):
    done = measure.chinese().run("idnex")
    assert done.exit_code == 2
    assert "没有idnex这个命令。\n您要用的是index吗？\n用法：root [选项] 命令…" in done.stderr


@pytest.mark.parametrize("more", [[], ["--json"], ["--help"]])
def test_output_that_cannot_be_written_ends_with_a_sentence(environ, more):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "zhiyin", *KANO, *more],
            env=environ, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "The output could not be written: there is no space left.\n")


def test_help_loads_no_drawing_library(environ):
    program = (
        "import sys; sys.argv = ['zhiyin', 'measure', '--help']\n"
        "from zhiyin.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.partition('.')[0] in ('rich', 'pygments', 'markdown_it') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_broken_workbook_is_told_of_without_the_words_of_a_library(measure):
    for name, magic in (("broken.xlsx", b"PK\x03\x04"), ("broken.parquet", b"PAR1")):
        (measure.folder / name).write_bytes(magic + b"nothing of the kind")
        told = measure.chinese().refusal("index", name)
        assert told == f"{name}已损坏，或者不是{'XLSX' if 'xlsx' in name else 'Parquet'}文件。"


def test_an_option_is_named_as_it_is_typed(measure, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert measure.refusal("pfi", "docs/examples/measure/satisfaction.csv", "--rule", "luck").startswith(
        "--rule "
    )


def test_ranked_by_the_gap_the_score_is_not_said_twice(measure, monkeypatch):
    monkeypatch.chdir(ROOT)
    sheet = "docs/examples/measure/satisfaction.csv"
    assert "Score" not in measure.table("pfi", sheet)
    assert "Score" in measure.table("pfi", sheet, "--rule", "impact")


def test_a_column_without_a_single_figure_is_left_out(measure, monkeypatch):
    monkeypatch.chdir(ROOT)
    shown = measure.table("index", "docs/examples/measure/satisfaction.csv", "--weights", "equal")
    assert "Importance" not in shown


def test_the_scheme_of_a_path_model_has_a_chinese_name(measure, monkeypatch):
    monkeypatch.chdir(ROOT)
    shown = measure.chinese().table("paths", "docs/examples/measure/paths-ecsi.csv", "--draws", "20")
    assert "质心法（centroid）" in shown
