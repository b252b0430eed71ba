"""Index and drivers, from a sheet to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import methods, people, streams
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval, notes, plain, share

if TYPE_CHECKING:
    from zhiyin.libs.measure.importance import Drivers
    from zhiyin.libs.measure.index import SatisfactionIndex
    from zhiyin.libs.measure.vavra import Grid


def index(asked: Asked, drawn: Drawn, *, weights: str, rescale: bool) -> Outcome:
    """The satisfaction index of a sheet with importance and performance."""
    stream = streams.of(asked, drawn) if weights != "respondents" else None
    make = _index_in_memory if stream is None else stream.index
    result = make(asked, drawn, weights, rescale)
    return Outcome(result, [_headline(result), _attributes(result, asked.level), *notes(result.notes)])


def _index_in_memory(asked: Asked, drawn: Drawn, weights: str, rescale: bool) -> SatisfactionIndex:
    from zhiyin.libs.measure import index as engine
    from zhiyin.libs.measure.answers import TEN

    weighty = weights in {"means", "respondents"}
    found = people.answers(asked, drawn, *(["importance"] if weighty else []), "performance")
    return engine.satisfaction_index(
        found["importance"] if weighty else None,
        found["performance"],
        names=found.attributes,
        weights=weights,  # type: ignore[arg-type] # what it may be is the engine's to say
        rescale=rescale,
        scale=asked.scale or TEN,
        design=drawn.design(found.sheet),
        level=asked.level,
    )


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


def _attributes(result: SatisfactionIndex, level: float) -> Table:
    return Table(
        _("What it is made of"),
        [_("Attribute"), _("Importance"), _("Performance"), covering(level), _("Weight"), "n"],
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


def drivers(asked: Asked, drawn: Drawn, *, method: str) -> Outcome:
    """Importance by one method; crossed with what customers state where the sheet has that too."""
    stream = streams.of(asked, drawn) if method not in {"stated", "spearman"} else None
    make = _drivers_in_memory if stream is None else stream.drivers
    result, grid = make(asked, drawn, method)
    blocks: list[Table | str] = [_found(result), _ranking(result, asked.level)]
    if grid is not None:
        blocks += [_crossed(grid), _meaning(grid)]
    whole = {**{name: getattr(result, name) for name in result.__slots__}, "grid": grid}
    return Outcome(plain(whole), [*blocks, *notes(result.notes)])


def _drivers_in_memory(asked: Asked, drawn: Drawn, method: str) -> tuple[Drivers, Grid | None]:
    from zhiyin.libs.measure import importance, sheets, vavra
    from zhiyin.libs.measure.answers import TEN

    scale = asked.scale or TEN
    there = sheets.present(asked.sheet, ["importance", "performance"], attribute=asked.attribute)
    if method == "stated":
        found = people.answers(asked, drawn, "importance")
        return (
            importance.stated(
                found["importance"],
                names=found.attributes,
                scale=scale,
                design=drawn.design(found.sheet),
                level=asked.level,
            ),
            None,
        )
    found = people.answers(asked, drawn, *(there if "performance" in there else ["performance"]))
    design = drawn.design(found.sheet)
    result = importance.derived(
        found["performance"],
        asked.whole(found),
        method=methods.chosen(method, len(found.attributes)),
        names=found.attributes,
        design=design,
        level=asked.level,
    )
    if "importance" not in there:
        return result, None
    stated = importance.stated(
        found["importance"], names=found.attributes, scale=scale, design=design, level=asked.level
    )
    return result, vavra.grid(stated, result)


def _found(result: Drivers) -> str:
    if result.r_squared is None:
        return _("%(n)s respondents.") % {"n": result.n}
    return _(
        "All attributes together explain %(share)s (%(interval)s) of overall satisfaction; %(n)s respondents."
    ) % {
        "share": share(result.r_squared.value),
        "interval": interval(result.r_squared.scaled(100), 1),
        "n": result.n,
    }


def _ranking(result: Drivers, level: float) -> Table:
    digits = 2 if result.method == "stated" else 3
    return Table(
        _methods()[result.method],
        ["", _("Attribute"), _("Importance"), covering(level), _("Share"), covering(level)],
        [
            [
                str(driver.rank),
                driver.name,
                figure(driver.value.value, digits),
                interval(driver.value, digits),
                "–" if driver.share is None else share(driver.share.value),
                "–" if driver.share is None else interval(driver.share.scaled(100), 1),
            ]
            for driver in result.ranking
        ],
    )


def _methods() -> dict[str, str]:
    return {
        "stated": _("Importance as customers state it"),
        "lmg": _("Importance derived by sharing out R² (LMG, Shapley)"),
        "johnson": _("Importance derived by relative weights (Johnson)"),
        "first": _("Importance derived one by one (r² alone)"),
        "pearson": _("Importance derived one by one (Pearson's correlation)"),
        "spearman": _("Importance derived one by one (Spearman's rank correlation)"),
    }


def _crossed(grid: Grid) -> Table:
    return Table(
        _("Stated against derived importance (Vavra)"),
        [_("Attribute"), _("Stated"), _("Derived"), _("Quadrant"), _("Sure?")],
        [
            [
                cell.name,
                figure(cell.stated.value),
                figure(cell.derived.value, 3),
                _(cell.quadrant),
                _("yes") if cell.clear else _("not sure"),
            ]
            for cell in grid.cells
        ],
    )


def _meaning(grid: Grid) -> str:
    return _(
        "The lines run through the means, %(stated)s and %(derived)s. Basic: said to matter, moves little. "
        "Key: both. Plus: moves much without being said to matter. Secondary: neither."
    ) % {"stated": figure(grid.stated_line), "derived": figure(grid.derived_line, 3)}
