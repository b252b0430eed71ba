"""`zhiyin bench NAME`: the measurements in bench/, each run with everything prepared."""

from __future__ import annotations

import runpy
import sys

from zhiyin.cli import environment, exits
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn

FOLDER = environment.CHECKOUT / "bench"


def bench(name: str) -> int:
    """Run one measurement; without a name, list them."""
    names = sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))
    if not name:
        for each in names:
            say(each)
        return exits.OK
    if name not in names:
        warn(
            _("There is no measurement %(name)s here: %(names)s")
            % {"name": name, "names": ", ".join(names) or "–"}
        )
        return exits.UNUSABLE
    with environment.ready(tables=True):
        sys.argv = [name]
        runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
    return exits.OK
