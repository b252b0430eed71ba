"""The command line itself. Django is imported only by the commands that need it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from zhiyin.cli import exits, language
from zhiyin.cli.coach import app as coach
from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure.commands import measure
from zhiyin.cli.screen import say, warn
from zhiyin.cli.spoken import group
from zhiyin.kit.errors import DomainError, Invalid, NotFound, gettext_noop

app = group(_("Zhiyin: customer service that hears the feeling first. Example: zhiyin demo"))
imports = group(_("Bring data in. Example: zhiyin import dialogues chats.jsonl"))
exports = group(_("Take data out. Example: zhiyin export archive 2611-0386 --to ./archive"))
staff = group(_("The people who work here. Example: zhiyin staff create-admin li.wei@example.com"))
app.add_typer(imports, name="import")
app.add_typer(exports, name="export")
app.add_typer(staff, name="staff")
app.add_typer(measure, name="measure")
app.add_typer(coach, name="coach")


def leave(status: int) -> None:
    """End with an exit status."""
    raise typer.Exit(status)


@app.command(help=_("Run the service until Ctrl+C. Example: PORT=8010 zhiyin up"))
def up() -> None:
    """Web, worker and timers under one supervisor."""
    from zhiyin.cli import up as command

    leave(command.up())


@app.command(help=_("Run with the demo organisation. Example: zhiyin demo"))
def demo() -> None:
    """The demo organisation, built on first use."""
    from zhiyin.cli import demo_data

    leave(demo_data.demo())


@app.command(help=_("Bring the database up to date. Example: zhiyin migrate"))
def migrate() -> None:
    """Apply pending migrations."""
    from zhiyin.cli import database, environment

    with environment.ready():
        count = database.migrate_quietly()
    say(_("%(count)s migrations applied.") % {"count": count})


@app.command(
    help=_("Look for anything unsafe or missing; exit status 3 when something is. Example: zhiyin check")
)
def check() -> None:
    """A sentence for each finding."""
    from zhiyin.cli import checks, environment

    with environment.ready() as ready:
        found = checks.findings(ready.data_dir)
    for finding in found:
        say(f"✗ {finding}")
    if found:
        leave(exits.UNSAFE)
    say(_("All is well."))


@imports.command(
    "dialogues", help=_("Load real dialogues as history, once. Example: zhiyin import dialogues chats.jsonl")
)
def import_dialogues(
    file: Annotated[
        Path, typer.Argument(help=_("A JSON Lines file, one dialogue a line"), show_default=False)
    ],
) -> None:
    """Rows that cannot be read are listed; the others go in."""
    from zhiyin.cli import importing

    leave(importing.dialogues(file))


@exports.command(
    "archive", help=_("Write the package of a closed case. Example: zhiyin export archive 2611-0386 --to .")
)
def export_archive(
    number: Annotated[str, typer.Argument(help=_("The number of the case"), show_default=False)],
    to: Annotated[Path, typer.Option("--to", help=_("The folder to write to"))] = Path(),
) -> None:
    """PDF, JSON, files and checksums in one package."""
    from zhiyin.cli import exporting

    leave(exporting.archive(number, to))


@app.command(help=_("Save database and files in one archive. Example: zhiyin backup --to zhiyin.tar"))
def backup(
    to: Annotated[
        Path, typer.Option("--to", help=_("The archive to write; .tar.gz compresses"), show_default=False)
    ],
) -> None:
    """One consistent moment, with checksums."""
    from zhiyin.cli import backups

    leave(backups.backup(to))


@app.command(help=_("Bring a backup back and verify it. Example: zhiyin restore zhiyin.tar"))
def restore(
    file: Annotated[
        Path, typer.Argument(help=_("An archive that `zhiyin backup` wrote"), show_default=False)
    ],
    replace: Annotated[bool, typer.Option("--replace", help=_("Replace the data that are there"))] = False,
) -> None:
    """All of it or nothing."""
    from zhiyin.cli import backups

    leave(backups.restore(file, replace=replace))


@app.command(
    help=_(
        "Find what separates the failures from the rest in a table of facts. "
        "Example: zhiyin contrast facts.csv --outcome failed"
    ),
    epilog="JSON: verdict, next, findings (columns condition sentence status counts difference ratio p p_search "
    "p_corrected alike follows outlook), unused, notes, rows, failures, splits, pairs",
)
def contrast(
    file: Annotated[Path, typer.Argument(help=_("A CSV file, one observation a row"), show_default=False)],
    outcome: Annotated[
        str, typer.Option("--outcome", help=_("The column that says whether it failed"), show_default=False)
    ],
    failed: Annotated[
        str, typer.Option("--failed", help=_("The value that means failed"), show_default=False)
    ] = "",
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help=_("COLUMN=KIND, with number, yesno, time, place or category; otherwise the cells tell"),
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help=_("What the draws begin with"))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON instead of sentences"))] = False,
) -> None:
    """Ranked hypotheses from facts."""
    from zhiyin.cli import contrast as command

    leave(
        command.contrast(file, outcome=outcome, failed=failed, kinds=kinds or [], seed=seed, as_json=as_json)
    )


@app.command(
    help=_("Measure speed on this machine. Example: zhiyin bench measure"),
    context_settings={"ignore_unknown_options": True},
)
def bench(
    name: Annotated[str, typer.Argument(help=_("Which measurement; without it they are listed"))] = "",
    arguments: Annotated[
        list[str] | None, typer.Argument(help=_("Handed on to the measurement"), show_default=False)
    ] = None,
) -> None:
    """One of the measurements in bench/."""
    from zhiyin.cli import benchmarks

    leave(benchmarks.bench(name, arguments or []))


@staff.command(
    "create-admin", help=_("Make an administrator. Example: zhiyin staff create-admin li.wei@example.com")
)
def create_admin(
    email: Annotated[str, typer.Argument(help=_("The address to sign in with"), show_default=False)],
    name: Annotated[str, typer.Option("--name", help=_("The name that colleagues see"))] = "",
) -> None:
    """Asks for a password twice, or reads it from standard input."""
    from zhiyin.cli import admins

    leave(admins.create(email, name=name))


@app.command(hidden=True)
def web(host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """The web process of `up`."""
    from zhiyin.cli import services

    services.web(host=host, port=port, workers=workers)


@app.command(hidden=True)
def worker() -> None:
    """The job worker of `up`."""
    from zhiyin.cli import services

    services.worker()


@app.command(hidden=True)
def timers() -> None:
    """The scanner of due rows of `up`."""
    from zhiyin.cli import services

    services.timers()


@app.command(
    hidden=True,
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def manage(context: typer.Context) -> None:
    """A management command of Django with everything prepared, for developers."""
    from django.core.management import execute_from_command_line

    from zhiyin.cli import environment

    with environment.ready():
        execute_from_command_line(["zhiyin manage", *context.args])


def run() -> None:
    """Run the command and translate what goes wrong into a sentence and an exit status."""
    try:
        app(prog_name="zhiyin")
    except DomainError as error:
        warn(language.describe(error))
        sys.exit(exits.UNUSABLE if isinstance(error, (Invalid, NotFound)) else exits.FAILED)
    except Exception as error:
        sentence, status = _outside(error)
        if not sentence:
            raise
        warn(sentence)
        sys.exit(status)


_UNWRITABLE = {
    errno.ENOSPC: gettext_noop("there is no space left"),
    errno.EDQUOT: gettext_noop("there is no space left"),
    errno.EFBIG: gettext_noop("the file would be too large"),
    errno.EIO: gettext_noop("the device reports an error"),
    errno.EBADF: gettext_noop("there is nowhere to write to"),
}


def _outside(error: Exception) -> tuple[str, int]:
    """A sentence for what the surroundings got wrong; empty for a fault of ours, which shows its traceback."""
    if isinstance(error, BrokenPipeError):
        # Whoever read the output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(exits.OK)
    if isinstance(error, OSError) and error.filename is None and error.errno in _UNWRITABLE:
        # What is still held back would fail once more on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = _(_UNWRITABLE[error.errno])
        return _("The output could not be written: %(reason)s.") % {"reason": reason}, exits.UNUSABLE
    # Named, not imported: neither the settings nor the database driver is loaded for commands that need none.
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if "zhiyin.config.environment.Unconfigured" in names:
        return str(error), exits.UNUSABLE
    if names & {"psycopg.OperationalError", "django.db.utils.OperationalError"}:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        return _("The database does not answer: %(reason)s") % {"reason": reason}, exits.FAILED
    return "", exits.FAILED
