"""Asking the command for help, and telling it something it cannot use."""

import re
import subprocess
import sys

import pytest

COMMANDS = [
    "up",
    "demo",
    "migrate",
    "check",
    "import",
    "export",
    "backup",
    "restore",
    "contrast",
    "bench",
    "staff",
]
WHOLE = [
    ["up"], ["demo"], ["migrate"], ["check"], ["import", "dialogues"], ["export", "archive"],
    ["backup"], ["restore"], ["contrast"], ["bench"], ["staff", "create-admin"],
]  # fmt: skip


def test_help_names_every_command_and_hides_the_inner_ones(zhiyin):
    said = zhiyin("--help").stdout
    assert [name for name in COMMANDS if re.search(rf"\b{name}\b", said)] == COMMANDS
    assert "worker" not in said


@pytest.mark.parametrize("command", WHOLE, ids=" ".join)
def test_help_of_every_command_shows_an_example(zhiyin, command):
    said = zhiyin(*command, "--help", COLUMNS="200")
    assert said.returncode == 0
    assert re.search(rf"Example: .*zhiyin {' '.join(command)}", said.stdout)


def test_help_answers_without_loading_django(environ):
    program = (
        "import sys; sys.argv = ['zhiyin', '--help']\n"
        "from zhiyin.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 0


def test_help_speaks_chinese_unless_told_otherwise(zhiyin):
    assert "诉求" in zhiyin("--help", LANGUAGE="", LANG="C.UTF-8").stdout
    assert "訴求" in zhiyin("--help", LANGUAGE="zh_TW").stdout
    assert "Chinese" not in zhiyin("--help", LANGUAGE="", LANG="en_GB.UTF-8").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["up", "--fast"],
        ["restore"],
        ["import", "dialogues", "no-such-file.jsonl"],
        ["bench", "nothing"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_ends_with_status_two_and_changes_nothing(zhiyin, environ, arguments):
    done = zhiyin(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_said_so(zhiyin):
    for command in (["migrate"], ["check"], ["backup", "--to", "never.tar"]):
        done = zhiyin(*command, DATABASE_URL="postgresql://u:secret@127.0.0.1:1/none")
        assert done.returncode in {1, 3}
        assert "The database does not answer" in done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        assert "secret" not in done.stderr + done.stdout


def test_a_setting_that_cannot_be_read_is_said_so(zhiyin):
    done = zhiyin("migrate", DATABASE_URL="mysql://elsewhere/zhiyin")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_never_overwrites(zhiyin, tmp_path):
    there = tmp_path / "kept.tar"
    there.write_text("kept")
    done = zhiyin("backup", "--to", str(there))
    assert done.returncode == 2
    assert "choose another name" in done.stderr
    assert there.read_text() == "kept"
