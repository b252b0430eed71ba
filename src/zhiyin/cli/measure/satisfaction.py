"""Index and drivers, from a sheet to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, figure, interval, sentence, share

if TYPE_CHECKING:
    from zhiyin.libs.measure.index import SatisfactionIndex


def index(asked: Asked, drawn: Drawn, *, weights: str, rescale: bool) -> Outcome:
    """The satisfaction index of a sheet with importance and performance."""
    from zhiyin.libs.measure import index as engine
    from zhiyin.libs.measure.answers import TEN

    weighty = weights in {"means", "respondents"}
    found = asked.answers(*(["importance"] if weighty else []), "performance")
    result = engine.satisfaction_index(
        found["importance"] if weighty else None,
        found["performance"],
        names=found.attributes,
        weights=weights,  # type: ignore[arg-type] # what it may be is the engine's to say
        rescale=rescale,
        scale=asked.scale or TEN,
        design=drawn.design(found.sheet),
        level=asked.level,
    )
    return Outcome(result, [_headline(result), _attributes(result), *notes(result)])


def _headline(result: SatisfactionIndex) -> str:
    return _(
        "Satisfaction index %(value)s (%(interval)s), %(n)s respondents; it can lie from %(low)s to %(high)s."
    ) % {
        "value": figure(result.index.value, 1),
        "interval": interval(result.index, 1),
        "n": result.n,
        "low": figure(result.span[0], 0),
        "high": figure(result.span[1], 0),
    }


def _attributes(result: SatisfactionIndex) -> Table:
    return Table(
        _("What it is made of"),
        [_("Attribute"), _("Importance"), _("Performance"), _("95 % interval"), _("Weight"), "n"],
        [
            [
                part.name,
                "–" if part.importance is None else figure(part.importance.value),
                figure(part.performance.value),
                interval(part.performance),
                share(part.weight.value),
                str(part.performance.n),
            ]
            for part in result.attributes
        ],
    )


def notes(result: Any) -> list[str]:
    """What a reader must know beside the figures, in the reader's language."""
    return [sentence(note.message, note.data) for note in result.notes]
