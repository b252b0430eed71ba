"""`zhiyin bench NAME`: the measurements in bench/, each run with everything prepared.

A measurement is a module there that can be run; the others are parts. It may say `NEEDS_DATABASE = False`: then
neither a database is started nor Django set up for it.
"""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

from zhiyin.cli import environment, exits
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn

FOLDER = environment.CHECKOUT / "bench"


def bench(name: str, arguments: list[str]) -> int:
    """Run one measurement; without a name, list them."""
    names = sorted(file.stem for file in FOLDER.glob("*.py") if runs(file))
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
    file = FOLDER / f"{name}.py"
    database = needs_database(file)
    with environment.ready(database=database, django=database, tables=database):
        sys.argv = [name, *arguments]
        sys.path.insert(0, str(FOLDER))
        runpy.run_path(str(file), run_name="__main__")
    return exits.OK


def runs(file: Path) -> bool:
    """Whether a module in bench/ can be run by itself."""
    return 'if __name__ == "__main__":' in file.read_text(encoding="utf-8")


def needs_database(file: Path) -> bool:
    """What a measurement says about itself, read without running it: yes, unless it says no."""
    said = [
        node.value.value
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and any(isinstance(name, ast.Name) and name.id == "NEEDS_DATABASE" for name in node.targets)
    ]
    return said != [False]
