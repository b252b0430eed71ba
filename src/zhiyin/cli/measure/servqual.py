"""SERVQUAL and SERVPERF, from a sheet to a table: which item belongs to which dimension, and what each weighs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import people
from zhiyin.cli.measure.options import Asked, Drawn, pairs, per_name
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval, notes, share

if TYPE_CHECKING:
    from zhiyin.libs.measure.servqual import Servqual
    from zhiyin.libs.measure.sheets import Answers, Sheet
    from zhiyin.libs.measure.sheets.sheet import Floats

ITEMS = 22
ALIASES = {
    "tangibles": ("tangible", "有形性", "有形"),
    "reliability": ("可靠性", "可靠"),
    "responsiveness": ("响应性", "響應性", "反应性", "回應性"),
    "assurance": ("保证性", "保證性", "保证", "保證"),
    "empathy": ("移情性", "关怀性", "關懷性", "同理心"),
}
_SLASH = re.compile(r"(?P<dimension>.+?)\s*[/／:：·|]\s*(?P<item>.+)")
_NUMBERED = re.compile(r"(?P<dimension>.*?\D)[\s_.\-–#]*\d+")


def servqual(asked: Asked, drawn: Drawn, *, servperf: bool, dimensions: str, points: str) -> Outcome:
    """The gaps (or perceptions) of items, dimensions and the whole."""
    import numpy as np

    from zhiyin.libs.measure import servqual as engine

    found = people.answers(asked, drawn, *([] if servperf else ["expectation"]), "performance")
    homes = _homes(found, dimensions)
    names = list(dict.fromkeys(homes))
    order = np.argsort([names.index(home) for home in homes], kind="stable")
    given: dict[str, Any] = {
        "points": _points(points, asked, found.sheet, names),
        "dimensions": {name: homes.count(name) for name in names},
        "names": [found.attributes[at] for at in order],
        "scale": asked.scale or (1, 7),
        "design": drawn.design(found.sheet),
        "level": asked.level,
    }
    felt = found["performance"][:, order]
    expected = None if servperf else found["expectation"][:, order]
    result = engine.servperf(felt, **given) if expected is None else engine.servqual(expected, felt, **given)
    return Outcome(result, [_dimensions(result), _whole(result), _items(result), *notes(result.notes)])


def _homes(found: Answers, text: str) -> list[str]:
    """The dimension of every item; raises `MissingInput`, `BadOption`, `Unusable`."""
    from zhiyin.libs.measure.errors import MissingInput, gettext_noop

    items = found.attributes
    if text:
        return _counted(text, items) if "=" in text or "＝" in text else _listed(Path(text), items)
    for pattern in (_SLASH, _NUMBERED):
        read = [pattern.fullmatch(item) for item in items]
        homes = [match["dimension"].strip() for match in read if match]
        if len(homes) == len(items) and len(set(homes)) > 1:
            return homes
    if len(items) == ITEMS:
        from zhiyin.libs.measure.servqual import DIMENSIONS

        return [name for name, count in DIMENSIONS.items() for _at in range(count)]
    raise MissingInput(what="SERVQUAL", needed=gettext_noop("the dimension of each item (see --dimensions)"))


def _counted(text: str, items: tuple[str, ...]) -> list[str]:
    from zhiyin.libs.measure.errors import BadOption

    counts = pairs(text, "--dimensions")
    homes = [name for name, count in counts.items() for _at in range(int(count))]
    if len(homes) != len(items) or any(count < 1 or count != int(count) for count in counts.values()):
        allowed = _("counts that add up to the %(count)s items") % {"count": len(items)}
        raise BadOption(option="--dimensions", value=text, allowed=allowed)
    return homes


def _listed(path: Path, items: tuple[str, ...]) -> list[str]:
    """A file of item and dimension."""
    from zhiyin.libs.measure import sheets
    from zhiyin.libs.measure.errors import BadOption

    sheet = sheets.read(path)
    dimension = sheets.column(sheet, "dimension")
    item = sheets.find(sheet, "attribute") or next(name for name in (*sheet.names, "") if name != dimension)
    labels = sheet.labels(sheets.column(sheet, "attribute", item), whole=True).tolist()
    homes = dict(zip(labels, sheet.labels(dimension, whole=True).tolist(), strict=True))
    for name in items:
        if name not in homes:
            raise BadOption(
                option="--dimensions", value=path.name, allowed=_("a row for %(item)s") % {"item": name}
            )
    return [homes[name] for name in items]


def _points(text: str, asked: Asked, sheet: Sheet, names: list[str]) -> Floats | list[float] | None:
    """Fixed weights from the command line, each respondent's own from the sheet, or none."""
    from zhiyin.libs.measure import sheets
    from zhiyin.libs.measure.sheets import errors
    from zhiyin.libs.measure.sheets.sheet import stacked

    if text:
        given = {_canonical(name, names): value for name, value in pairs(text, "--points").items()}
        return per_name(given, names, "--points")
    columns = {
        _canonical(name, names): column for name, column in sheets.headings(sheet.names, "points").items()
    }
    if not columns:
        return None
    for name in names:
        if name not in columns:
            raise errors.NoColumn(wanted=f"points_{name}", columns=", ".join(sheet.names))
    return stacked(sheet, [columns[name] for name in names])


def _canonical(name: str, names: list[str]) -> str:
    """A dimension by whatever name, as the items' dimensions are called."""
    for known, others in ALIASES.items():
        both = {known, *others}
        if name.lower() in both:
            return next((other for other in names if other.lower() in both), name)
    return name


def _dimensions(result: Servqual) -> Table:
    gaps = any(item.gap is not None for item in result.items)
    return Table(
        _(
            "SERVQUAL: perception minus expectation, negative is a shortfall (the last interval holds for all at once)"
        )
        if gaps
        else _("SERVPERF: perceptions alone (the last interval holds for all at once)"),
        [
            _("Dimension"),
            _("Gap") if gaps else _("Mean"),
            covering(result.level),
            _("All at once"),
            _("Weight"),
        ],
        [
            [
                _(part.name),
                figure(part.score.value),
                interval(part.score),
                interval(part.together),
                "–" if part.weight is None else share(part.weight.value),
            ]
            for part in result.dimensions
        ],
    )


def _whole(result: Servqual) -> str:
    unweighted = _("Unweighted, the mean of the dimensions: %(value)s (%(interval)s), %(n)s respondents.") % {
        "value": figure(result.unweighted.value),
        "interval": interval(result.unweighted),
        "n": result.n,
    }
    if result.weighted is None:
        return f"\n{unweighted}"
    weighted = _("Weighted, weights summing to 1: %(value)s (%(interval)s).") % {
        "value": figure(result.weighted.value),
        "interval": interval(result.weighted),
    }
    return f"\n{unweighted}\n{weighted}"


def _items(result: Servqual) -> Table:
    return Table(
        _("Items"),
        [_("Item"), _("Dimension"), _("Expectation"), _("Perception"), _("Gap"), covering(result.level), "n"],
        [
            [
                item.name,
                _(item.dimension),
                "–" if item.expectation is None else figure(item.expectation.value),
                figure(item.perception.value),
                "–" if item.gap is None else f"{item.gap.value:+.2f}",
                interval(item.gap or item.perception),
                str((item.gap or item.perception).n),
            ]
            for item in result.items
        ],
    )
