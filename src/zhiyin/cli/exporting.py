"""`zhiyin export archive NUMBER --to DIR`."""

from __future__ import annotations

import importlib
from pathlib import Path

from zhiyin.cli import environment, exits
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn


def archive(number: str, folder: Path) -> int:
    """Write the package of one closed case into `folder`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        warn(_("The folder %(folder)s cannot be written.") % {"folder": folder})
        return exits.UNUSABLE
    with environment.ready(tables=True):
        package = importlib.import_module("zhiyin.cases.archive").package
        written = package(number=number, to=folder)
    say(_("Written: %(file)s") % {"file": written})
    return exits.OK
