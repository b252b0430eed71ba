"""`zhiyin import dialogues FILE`."""

from __future__ import annotations

import importlib
from pathlib import Path

from zhiyin.cli import environment, exits
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import progress, say, table, warn

MOST_ROWS_SHOWN = 50


def dialogues(file: Path) -> int:
    """Load dialogues; the rows that stayed out are listed with their line and reason."""
    if not file.is_file():
        warn(_("There is no file %(file)s.") % {"file": file})
        return exits.UNUSABLE
    with environment.ready(tables=True):
        from django.utils import timezone

        from zhiyin.kit.audit import acting

        load = importlib.import_module("zhiyin.conversations.importing").import_dialogues
        with acting("command"), progress() as bars:
            task = bars.add_task(_("Dialogues"), total=None)
            report = load(
                file,
                now=timezone.now(),
                progress=lambda done, total: bars.update(task, completed=done, total=total),
            )
    say(
        _("%(loaded)s loaded, %(unchanged)s already here, %(errors)s left out.")
        % {"loaded": report.loaded, "unchanged": report.unchanged, "errors": len(report.errors)}
    )
    if not report.errors:
        return exits.OK
    shown = report.errors[:MOST_ROWS_SHOWN]
    table([_("Line"), _("Reason")], [[str(line), str(reason)] for line, reason in shown])
    if len(report.errors) > len(shown):
        say(_("and %(count)s more") % {"count": len(report.errors) - len(shown)})
    return exits.FAILED
