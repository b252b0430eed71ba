"""What a measurement prints: tables for a person, JSON for a program; all of it or nothing."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import typer

from zhiyin.cli import exits, screen
from zhiyin.cli.language import gettext as _
from zhiyin.kit.errors import gettext_noop

if TYPE_CHECKING:
    from zhiyin.libs.measure.errors import MeasureError


@dataclass(frozen=True)
class Table:
    """One table with its caption; cells are ready to print."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Outcome:
    """What was measured: the result itself, and how a person reads it."""

    result: Any
    blocks: Sequence[Table | str]


def present(make: Callable[[], Outcome], *, as_json: bool) -> None:
    """Measure, then print; what cannot be used ends with a sentence and status 2 before anything is printed."""
    from zhiyin.libs.measure.errors import MeasureError

    try:
        outcome = make()
    except MeasureError as error:
        screen.warn(complaint(error))
        raise typer.Exit(exits.UNUSABLE) from error
    if as_json:
        screen.say(json.dumps(plain(outcome.result), ensure_ascii=False, indent=2, allow_nan=False))
        return
    for block in outcome.blocks:
        if isinstance(block, str):
            screen.say(block)
        else:
            screen.say(f"\n{block.caption}")
            screen.table(*_filled(block))


_NOTHING = {"", "–"}
_UNREADABLE = gettext_noop("%(file)s is damaged, or it is not %(format)s.")
_OPTIONS = {"reversed_items": "--reverse", "weight_set": "--weights"}


def complaint(error: MeasureError) -> str:
    """Why nothing was measured: options as they are typed, and no library's own words."""
    data = dict(error.data)
    if error.code == "measure.unknown_format" and "reason" in data:
        return sentence(_UNREADABLE, {"file": data["file"], "format": data["format"]})
    option = data.get("option")
    if isinstance(option, str) and re.fullmatch("[a-z_]+", option):
        data["option"] = _OPTIONS.get(option, f"--{option.replace('_', '-')}")
    return sentence(error.message, data)


def _filled(block: Table) -> tuple[list[str], list[list[str]]]:
    """Without the columns that hold nothing in any row."""
    kept = [
        at
        for at in range(len(block.headings))
        if not block.rows or not all(row[at] in _NOTHING for row in block.rows)
    ]
    return [block.headings[at] for at in kept], [[row[at] for at in kept] for row in block.rows]


def sentence(message: str, data: Mapping[str, object]) -> str:
    """A marked message with its facts, both in the reader's language."""
    spoken = {key: _(value) if isinstance(value, str) and value else value for key, value in data.items()}
    return _(message) % spoken if spoken else _(message)


def plain(value: Any) -> Any:
    """A result as JSON knows it: fields by name, no number where there is none."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        if set(shown) == {"message", "data"}:
            return sentence(shown["message"], shown["data"])
        return {name: plain(part) for name, part in shown.items()}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def figure(value: float, digits: int = 2) -> str:
    """A number with fixed decimals, a dash where there is none."""
    return "–" if value is None or not math.isfinite(value) else f"{round(value, digits) + 0.0:.{digits}f}"


def interval(estimate: Any, digits: int = 2) -> str:
    """The two ends of an estimate."""
    return f"{figure(estimate.low, digits)} … {figure(estimate.high, digits)}"


def share(value: float, digits: int = 1) -> str:
    """A proportion in per cent."""
    return "–" if not math.isfinite(value) else f"{100 * value:.{digits}f} %"


def covering(level: float) -> str:
    """The heading over intervals."""
    return _("%(level)s interval") % {"level": f"{100 * level:g} %"}


def p_value(p: float) -> str:
    """A probability under chance; never a bare zero."""
    return "–" if not math.isfinite(p) else "< 0.001" if p < 0.001 else f"{p:.3f}"  # noqa: PLR2004


def notes(found: Sequence[Any]) -> list[str]:
    """What a reader must know beside the figures, in the reader's language."""
    return [sentence(note.message, note.data) for note in found]
