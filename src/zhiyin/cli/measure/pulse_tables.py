"""How pulses read: a table of figures, one of changes, one of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts
from zhiyin.cli.measure.output import Table, covering, figure, interval, p_value, share
from zhiyin.cli.measure.pulse_kinds import Cell, Change, Pulses
from zhiyin.libs.measure.estimates import Estimate


def blocks(result: Pulses, cells: Sequence[Cell], level: float) -> list[Table | str]:
    blocks: list[Table | str] = [
        parts.table(_caption(result.measure), [_row(result.measure, cell, level) for cell in cells])
    ]
    last = cells[-1].wave
    compared = _("Groups compared") + (f" {last}" if last else "")
    for caption, changes in ((_("Changes"), result.changes), (compared, result.comparisons)):
        if changes:
            blocks.append(parts.table(caption, [_moved(result.measure, each, level) for each in changes]))
    if result.combined is not None:
        blocks.append(
            _("All customers, by the shares given: %(value)s (%(interval)s)")
            % {
                "value": _said(result.measure, result.combined.value),
                "interval": _ends(result.measure, result.combined),
            }
        )
    if any(change.test == "overlapping" for change in result.changes):
        blocks.append(_("Some people answered in both waves; the test counts what they have in common."))
    return blocks


def _caption(measure: str) -> str:
    return {
        "nps": _("Net promoter score, −100 to 100"),
        "csat": _("CSAT: the share of the two best answers of five"),
        "ces1": _("Effort 1.0: mean from 1 to 5, low is good"),
        "ces2": _("Effort 2.0: mean from 1 to 7, high is good"),
    }[measure]


def _said(measure: str, value: float, *, sign: bool = False) -> str:
    if measure == "csat":
        return parts.signed(100 * value, 1) if sign else share(value)
    digits = 1 if measure == "nps" else 2
    return parts.signed(value, digits) if sign else figure(value, digits)


def _ends(measure: str, estimate: Estimate) -> str:
    scaled = estimate.scaled(100) if measure == "csat" else estimate
    return interval(scaled, 2 if measure in {"ces1", "ces2"} else 1)


def _row(measure: str, cell: Cell, level: float) -> dict[str, str]:
    pulse: Any = cell.pulse
    head = pulse.headline
    unit = 100 if measure == "csat" else 1
    row = {
        _("Question"): cell.question,
        _("Group"): cell.group or "",
        _("Wave"): cell.wave or "",
        _("Score"): _said(measure, head.value),
        covering(level): _ends(measure, head),
        "±": figure(head.margin * unit, 2 if measure in {"ces1", "ces2"} else 1),
    }
    if measure == "nps":
        row |= {
            _("Promoters"): share(pulse.promoters.value),
            _("Passives"): share(pulse.passives.value),
            _("Detractors"): share(pulse.detractors.value),
        }
    elif measure == "csat":
        row[_("Mean")] = f"{figure(pulse.mean.value)} ({interval(pulse.mean)})"
    else:
        ends = interval(pulse.easy.scaled(100), 1)
        row[_("Found it easy")] = f"{share(pulse.easy.value)} ({ends})"
    return row | {"n": str(pulse.n)}


def _moved(measure: str, change: Change, level: float) -> dict[str, str]:
    return {
        _("Question"): change.question,
        _("Group"): change.group or "",
        _("From"): change.before,
        _("To"): change.after,
        _("Difference"): _said(measure, change.difference.value, sign=True),
        covering(level): _ends(measure, change.difference),
        "p": p_value(change.p),
        _("p (Holm)"): p_value(change.p_holm),
    }
