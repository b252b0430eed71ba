"""What the command says: results on standard output, remarks on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zhiyin.cli import folding, tables

if TYPE_CHECKING:
    from rich.progress import Progress


UNBROKEN = 1_000_000


def say(text: str) -> None:
    """A result or a calm line."""
    print(text, flush=True)


def warn(text: str) -> None:
    """A remark a person should see even when the output goes elsewhere."""
    print(text, file=sys.stderr, flush=True)


def table(headings: list[str], rows: list[list[str]]) -> None:
    """A small table on standard output; where a terminal is too narrow for it, in several with the first column."""
    # What is read by a file or another program has no edge to break lines at.
    edge = folding.columns() if sys.stdout.isatty() else UNBROKEN
    print("\n\n".join("\n".join(part) for part in tables.drawn(headings, rows, edge)), flush=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """Bars on standard error for long work; silent where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield bars
