"""`zhiyin contrast FILE.csv`: what separates the failures from the rest, as sentences or as JSON."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhiyin.cli import exits
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn
from zhiyin.kit.errors import gettext_noop

if TYPE_CHECKING:
    from zhiyin.libs.contrast import Contrast, Finding
    from zhiyin.libs.contrast.strength import Strength

LEAST, MOST = 3, 8
"""How many findings a person is shown: open ones only up to the first number. JSON has all."""
STATUS = {
    "established": gettext_noop("established"),
    "suspected": gettext_noop("suspected"),
    "open": gettext_noop("nothing speaks for it"),
}


def contrast(file: Path, *, outcome: str, failed: str, kinds: Sequence[str], seed: int, as_json: bool) -> int:
    """Analyse a file and print; what cannot be used is said in a sentence before anything is printed."""
    from zhiyin.libs.contrast import ContrastError, Statement, analyse, facts, read

    try:
        sheet = read(file)
        table = facts(sheet.cells, outcome=outcome, failed=failed, kinds_given=_given(kinds), rows=sheet.rows)
        result = analyse(table, seed=seed)
    except ContrastError as error:
        warn(Statement(error.message, error.data).say(_))
        return exits.UNUSABLE
    if as_json:
        say(json.dumps(plain(result), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for line in lines(result):
            say(line)
    return exits.OK


def _given(kinds: Sequence[str]) -> dict[str, str]:
    """heading=kind, as often as given; raises `UnknownKind`."""
    from zhiyin.libs.contrast import Kind
    from zhiyin.libs.contrast.errors import UnknownKind

    found = {}
    for text in kinds:
        heading, equals, kind = text.rpartition("=")
        if not equals:
            raise UnknownKind(column=text, kind="", allowed=", ".join(Kind))
        found[heading.strip()] = kind.strip()
    return found


def lines(result: Contrast) -> Iterator[str]:
    """The result for a person."""
    yield _("%(rows)s observations, %(failures)s failed (%(outcome)s: %(failure)s).") % {
        "rows": result.rows,
        "failures": result.failures,
        "outcome": result.outcome,
        "failure": result.failure or "–",
    }
    yield result.verdict.say(_)
    shown = [
        finding
        for at, finding in enumerate(result.findings[:MOST])
        if at < LEAST or finding.status.value != "open"
    ]
    for number, finding in enumerate(shown, start=1):
        yield ""
        yield from _finding(number, finding)
    yield ""
    yield from _remarks(result, len(shown))


def _finding(number: int, finding: Finding) -> Iterator[str]:
    yield f"{number}. {finding.sentence.say(_)} [{_(STATUS[finding.status.value])}]"
    yield "   " + _("Difference %(difference)s, ratio %(ratio)s") % {
        "difference": _interval(finding.difference, percent=True),
        "ratio": _interval(finding.ratio, percent=False),
    }
    yield "   " + _(
        "p = %(p)s alone, %(search)s with the search in its column, %(corrected)s with all looked at"
    ) % {
        "p": _p(finding.p),
        "search": _p(finding.p_search),
        "corrected": _p(finding.p_corrected),
    }
    if finding.missing:
        yield "   " + _("Rows without a value: %(count)s") % {"count": finding.missing}
    for other in finding.alike:
        yield "   → " + other.sentence.say(_)
        yield "     " + other.next.say(_)
    if finding.follows:
        yield "   → " + finding.follows.say(_)
    if finding.outlook and not finding.follows:
        yield "   → " + finding.outlook.sentence.say(_)


def _remarks(result: Contrast, shown: int) -> Iterator[str]:
    if len(result.findings) > shown:
        yield _("Further conditions that show less: %(count)s (--json lists them)") % {
            "count": len(result.findings) - shown
        }
    for unused in result.unused:
        yield _("Column %(column)s was not used: %(reason)s") % {
            "column": unused.column,
            "reason": unused.reason.say(_),
        }
    if result.splits:
        yield _(
            "Looked at: %(splits)s divisions of the rows by one condition, %(pairs)s by two together."
        ) % {
            "splits": result.splits,
            "pairs": result.pairs,
        }
    for note in result.notes:
        yield note.say(_)


def _interval(strength: Strength, *, percent: bool) -> str:
    value, low, high = (
        _figure(each, percent=percent) for each in (strength.value, strength.low, strength.high)
    )
    return f"{value} ({low} … {high})"


def _figure(value: float, *, percent: bool) -> str:
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞"
    return f"{100 * value:.0f}%" if percent else f"{value:.1f}"


def _p(p: float) -> str:
    if p < 0.0001:  # noqa: PLR2004 - four decimals are shown
        return "<0.0001"
    return f"{p:.4f}" if p < 0.1 else f"{p:.2f}"  # noqa: PLR2004 - beyond, digits would feign precision


def plain(value: Any) -> Any:
    """A result as JSON knows it: fields by name, statements said, no number where there is none."""
    from zhiyin.libs.contrast import Statement

    if isinstance(value, Statement):
        return value.say(_)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
