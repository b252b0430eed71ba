"""What the command says: results on standard output, remarks on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


UNBROKEN = 10_000


def say(text: str) -> None:
    """A result or a calm line."""
    print(text, flush=True)


def warn(text: str) -> None:
    """A remark a person should see even when the output goes elsewhere."""
    print(text, file=sys.stderr, flush=True)


def table(headings: list[str], rows: list[list[str]]) -> None:
    """A small table on standard output, plain where it is not a terminal."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    # What is read by a file or another program has no edge to break lines at.
    console = Console() if sys.stdout.isatty() else Console(soft_wrap=True, width=UNBROKEN)
    drawn = Table(*headings, box=box.SIMPLE, show_edge=False)
    for row in rows:
        drawn.add_row(*(escape(cell) for cell in row))
    console.print(drawn)


@contextmanager
def progress() -> Iterator[Progress]:
    """Bars on standard error for long work; silent where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield bars
