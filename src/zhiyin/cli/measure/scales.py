"""The reliability of a scale, from a sheet to a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts, people
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, figure, interval
from zhiyin.libs.measure import reliability as engine
from zhiyin.libs.measure.answers import TEN
from zhiyin.libs.measure.sheets import questions
from zhiyin.libs.measure.sheets.sheet import Floats

_USUAL = ((1.0, 5.0), (1.0, 7.0))
"""The scales of statements to agree with, where answers do not go beyond them."""


def reliability(
    asked: Asked, drawn: Drawn, names: Sequence[str], reverse: Sequence[str], *, method: str
) -> Outcome:
    """Raw alpha of the statements named, or of all columns of numbers."""
    given = {"attribute": asked.attribute, "respondent": asked.respondent}
    found = questions.ask(
        asked.sheet,
        questions.coder(scale=asked.scale or TEN),
        names=names,
        given=given,
        besides=[name for name in (drawn.weight, drawn.stratum, drawn.cluster, asked.respondent) if name],
    )
    people.once(found.sheet, asked, drawn)
    for name in reverse:
        if name not in found.names:
            raise questions.NoQuestion(wanted=name, known=", ".join(found.names))
    scale = asked.scale or (_suggested(found.values) if reverse else TEN)
    result = engine.alpha(
        found.values,
        names=found.names,
        reversed_items=reverse,
        scale=scale,
        design=drawn.design(found.sheet),
        method=method,
        level=asked.level,
    )
    headline = _("Raw alpha %(value)s (%(interval)s), %(n)s respondents with every answer.") % {
        "value": figure(result.alpha.value, 3),
        "interval": interval(result.alpha, 3),
        "n": result.n,
    }
    rows = [
        {
            _("Statement"): item.name,
            _("Reversed"): parts.yes(item.reversed),
            _("Mean"): figure(item.mean),
            _("Deviation"): figure(item.sd),
            _("With the rest"): figure(item.item_total, 3),
            _("Alpha without it"): figure(item.alpha_if_deleted, 3),
        }
        for item in result.items
    ]
    said: list[str] = []
    if reverse and asked.scale is None:
        said.append(
            _("Reversed on the scale from %(low)s to %(high)s, as the answers suggest; --scale sets another.")
            % {"low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}
        )
    if result.suspects:
        said.append(
            _("Runs against the rest, perhaps worded the other way (--reverse): %(names)s")
            % {"names": ", ".join(result.suspects)}
        )
    return Outcome(result, [headline, parts.table(_("Statements"), rows), *said])


def _suggested(values: Floats) -> tuple[float, float]:
    """The narrowest usual scale that holds all answers."""
    highest = float(np.nanmax(values, initial=1.0))
    return next((scale for scale in _USUAL if highest <= scale[1]), TEN)
