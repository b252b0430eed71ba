"""Gaps, their map and the priorities for improvement, from a sheet to a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import people, ranges
from zhiyin.cli.measure.options import Asked, Drawn, pairs, per_name
from zhiyin.cli.measure.output import (
    Outcome,
    Table,
    covering,
    figure,
    interval,
    notes,
    p_value,
    plain,
    sentence,
    share,
)

if TYPE_CHECKING:
    from zhiyin.libs.measure.design import Design
    from zhiyin.libs.measure.gaps import Gaps
    from zhiyin.libs.measure.importance_performance import Map
    from zhiyin.libs.measure.priorities import Priorities
    from zhiyin.libs.measure.sheets import Answers, Sheet

MEASURES = ("importance", "performance")


def gaps(asked: Asked, drawn: Drawn, *, cross_hairs: str) -> Outcome:
    """The gap of every attribute and where it lies on the map."""
    from zhiyin.libs.measure import gaps as engine
    from zhiyin.libs.measure.answers import TEN

    found = people.answers(asked, drawn, *MEASURES)
    design = drawn.design(found.sheet)
    result = engine.gaps(
        found["importance"],
        found["performance"],
        names=found.attributes,
        scale=asked.scale or TEN,
        design=design,
        level=asked.level,
    )
    drawn_map = _mapped(asked, found, design, cross_hairs)
    whole = {**_fields(result), "map": drawn_map}
    blocks: list[Table | str] = [_gaps(result), _map(drawn_map), _lines(drawn_map), *notes(drawn_map.notes)]
    return Outcome(plain(whole), blocks)


def _fields(result: Any) -> dict[str, Any]:
    return {name: getattr(result, name) for name in result.__slots__}


def _gaps(result: Gaps) -> Table:
    return Table(
        _("Gaps: importance minus performance (the last interval holds for all at once)"),
        [
            _("Attribute"),
            _("Importance"),
            _("Performance"),
            _("Gap"),
            covering(result.level),
            _("All at once"),
            _("p (Holm)"),
            "n",
        ],
        [
            [
                gap.name,
                figure(gap.importance.value),
                figure(gap.performance.value),
                f"{gap.gap.value:+.2f}",
                interval(gap.gap),
                interval(gap.together),
                p_value(gap.p),
                str(gap.gap.n),
            ]
            for gap in sorted(result.attributes, key=lambda gap: -gap.gap.value)
        ],
    )


def _mapped(asked: Asked, found: Answers, design: Design, cross_hairs: str) -> Map:
    from zhiyin.libs.measure import importance_performance
    from zhiyin.libs.measure.answers import TEN

    return importance_performance.importance_performance_map(
        found["importance"],
        found["performance"],
        cross_hairs=_cross_hairs(cross_hairs),
        names=found.attributes,
        scale=asked.scale or TEN,
        design=design,
        level=asked.level,
    )


def _cross_hairs(text: str) -> str | tuple[float, float]:
    """means, medians, midpoint, or 8.5,7; what else it may not be is the engine's to say."""
    try:
        first, second = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        return text
    return first, second


def _map(drawn_map: Map) -> Table:
    from zhiyin.libs.measure.importance_performance import QUADRANTS

    return Table(
        _("Map of importance and performance"),
        [_("Attribute"), _("Importance"), _("Performance"), _("Quadrant"), _("Sure?"), "A", "B", "C", "D"],
        [
            [
                point.name,
                figure(point.importance.value),
                figure(point.performance.value),
                f"{point.quadrant.value} {_(QUADRANTS[point.quadrant])}",
                _("yes") if point.sure else _("not sure"),
                *(share(part, 0) for part in point.shares),
            ]
            for point in drawn_map.points
        ],
    )


def _lines(drawn_map: Map) -> str:
    return _(
        "The lines are at importance %(importance)s and performance %(performance)s; "
        "the columns A to D say how probable each quadrant is."
    ) % {
        "importance": figure(drawn_map.importance_line.value),
        "performance": figure(drawn_map.performance_line.value),
    }


def pfi(
    asked: Asked, drawn: Drawn, *, rule: str, cost: str, concern: float | None, cross_hairs: str
) -> Outcome:
    """Which gap to close first; `cross_hairs` empty for no map."""
    from zhiyin.libs.measure import priorities as engine
    from zhiyin.libs.measure.answers import TEN

    low, high = asked.scale or TEN
    if concern is not None:
        ranges.on_a_gap("--concern", concern, high - low)
    found = people.answers(asked, drawn, *MEASURES)
    design = drawn.design(found.sheet)
    result = engine.priorities(
        found["importance"],
        found["performance"],
        rule=rule,
        overall=_overall(asked, found, rule),
        cost=costs(cost, asked.sheet, found.attributes, asked.given) if rule == "cost" else None,
        concern=(high - low) / 9 if concern is None else concern,
        names=found.attributes,
        scale=(low, high),
        design=design,
        level=asked.level,
    )
    drawn_map = _mapped(asked, found, design, cross_hairs) if cross_hairs else None
    blocks: list[Table | str] = [_ranking(result), *_reasons(result), *notes(result.notes)]
    if drawn_map is not None:
        blocks += [_map(drawn_map), _lines(drawn_map), *notes(drawn_map.notes)]
    return Outcome(plain({**_fields(result), "map": drawn_map}), blocks)


def _overall(asked: Asked, found: Answers, rule: str) -> Any:
    """Overall satisfaction where the rule can use it."""
    from zhiyin.libs.measure import sheets

    if rule == "gap" or (rule == "cost" and sheets.find(found.sheet, "overall", asked.overall) is None):
        return None
    return asked.whole(found)


def costs(text: str, sheet: Sheet, attributes: tuple[str, ...], given: dict[str, str]) -> list[float]:
    """What closing each gap costs: price=3,speed=1, a file of two columns, or a long sheet's column.

    Raises `Unusable`, `BadOption`, `MissingInput`.
    """
    from zhiyin.libs.measure import sheets
    from zhiyin.libs.measure.errors import MissingInput, gettext_noop

    if "=" in text or "＝" in text:
        return per_name(pairs(text, "--cost"), attributes, "--cost")
    if text and text not in sheet.columns and Path(text).suffix:
        return per_name(_of_file(Path(text)), attributes, "--cost")
    name, by = sheets.find(sheet, "cost", text), sheets.find(sheet, "attribute", given.get("attribute", ""))
    if name is None or by is None:
        raise MissingInput(
            what=gettext_noop("Ranking by cost"), needed=gettext_noop("the cost of closing each gap")
        )
    return per_name(_of_column(sheet, by, name), attributes, "--cost")


def _of_file(path: Path) -> dict[str, float]:
    from zhiyin.libs.measure import sheets
    from zhiyin.libs.measure.sheets import errors

    sheet = sheets.read(path)
    if len(sheet.names) < 2:  # noqa: PLR2004 - name and figure
        raise errors.NoColumn(wanted="cost", columns=", ".join(sheet.names))
    by = sheets.find(sheet, "attribute") or sheet.names[0]
    cost = sheets.find(sheet, "cost") or next(name for name in sheet.names if name != by)
    return _of_column(sheet, by, cost)


def _of_column(sheet: Sheet, by: str, cost: str) -> dict[str, float]:
    """Each attribute's cost, which is the same wherever it is written."""
    from zhiyin.libs.measure.sheets import errors

    found: dict[str, float] = {}
    values = sheet.numbers(cost).tolist()
    for at, (name, value) in enumerate(zip(sheet.labels(by, whole=True).tolist(), values, strict=True)):
        if value != value:  # noqa: PLR0124 - nan: written on another row
            continue
        if value <= 0:
            raise errors.NotPositive(row=sheet.row(at), column=cost, value=f"{value:g}")
        if found.setdefault(name, value) != value:
            raise errors.SaidTwice(
                row=sheet.row(at), column=cost, value=f"{value:g}", first=f"{found[name]:g}"
            )
    return found


def _ranking(result: Priorities) -> Table:
    scored = result.rule != "gap"  # by the gap alone, the score is the gap
    return Table(
        _("Priorities for improvement"),
        [
            "",
            _("Attribute"),
            _("Gap"),
            covering(result.level),
            *([_("Score"), covering(result.level)] if scored else []),
            _("Place from … to"),
            _("Concern"),
        ],
        [
            [
                str(row.place.rank),
                row.name,
                f"{row.gap.gap.value:+.2f}",
                interval(row.gap.gap),
                *([figure(row.score.value), interval(row.score)] if scored else []),
                f"{row.place.low} … {row.place.high}",
                _concerns()[row.concern],
            ]
            for row in result.ranking
        ],
    )


def _concerns() -> dict[str, str]:
    return {"": "–", "surely": _("surely"), "perhaps": _("perhaps"), "no": _("no")}


def _reasons(result: Priorities) -> list[str]:
    lines = ["", _("Why")]
    for row in result.ranking:
        lines.append(f"{row.place.rank}. {row.name}")
        lines += [f"   {sentence(why.message, why.data)}" for why in row.reasons]
    return [*lines, ""]
