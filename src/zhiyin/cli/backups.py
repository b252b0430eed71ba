"""`zhiyin backup` and `zhiyin restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhiyin.cli import environment, exits, language
from zhiyin.cli.backup import manifest, restoring, saving
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import progress, say, warn

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def _tracker(bars: Progress) -> manifest.Track:
    """Draw each kind of work as a bar of its own."""
    titles = {"tables": _("Tables"), "files": _("Files")}
    tasks: dict[str, TaskID] = {}

    def track(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(titles[what], total=total)
        bars.update(tasks[what], completed=done, total=total)

    return track


def backup(to: Path) -> int:
    """Write one archive of the database and the files as of one moment."""
    if to.exists():
        warn(_("%(file)s is there already and stays as it is: choose another name.") % {"file": to})
        return exits.UNUSABLE
    if not to.parent.is_dir():
        warn(_("There is no folder %(folder)s.") % {"folder": to.parent})
        return exits.UNUSABLE
    with environment.ready(), progress() as bars:
        from django.conf import settings
        from django.utils import timezone

        made = saving.save(
            environment.dsn(), Path(settings.MEDIA_ROOT), to, now=timezone.now(), track=_tracker(bars)
        )
    say(
        _("Saved to %(file)s: %(rows)s rows in %(tables)s tables, %(files)s files.")
        % {
            "file": to,
            "rows": sum(made.tables.values()),
            "tables": len(made.tables),
            "files": len(made.files),
        }
    )
    say(
        _("The secret key is not in it: keep %(file)s apart.")
        % {"file": environment.data_dir() / "secret-key"}
    )
    return exits.OK


def restore(file: Path, *, replace: bool) -> int:
    """Check every checksum, then restore in one transaction that proves the row counts before it ends."""
    if not file.is_file():
        warn(_("There is no file %(file)s.") % {"file": file})
        return exits.UNUSABLE
    with environment.ready(), progress() as bars:
        from django.conf import settings
        from django.db import connections

        connections.close_all()
        target = restoring.Target(environment.dsn(), Path(settings.MEDIA_ROOT))
        try:
            done = restoring.restore(file, target, replace=replace, track=_tracker(bars))
        except restoring.Unusable as problem:
            bars.stop()
            warn(language.describe(problem))
            return exits.UNUSABLE
    say(
        _("Restored and verified: %(rows)s rows in %(tables)s tables, %(files)s files.")
        % {"rows": sum(done.tables.values()), "tables": len(done.tables), "files": len(done.files)}
    )
    return exits.OK
