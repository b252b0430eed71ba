"""The zone of tolerance and the battery, from a sheet to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import people, ranges
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval, notes

if TYPE_CHECKING:
    from zhiyin.libs.measure.battery import Battery, Item
    from zhiyin.libs.measure.tolerance import Tolerance, Zone


def tolerance(asked: Asked, drawn: Drawn, *, invalid: str, limit: int) -> Outcome:
    """The zone of every attribute."""
    from zhiyin.libs.measure import tolerance as engine
    from zhiyin.libs.measure.answers import TEN

    ranges.not_below_zero("--limit", limit)
    found = people.answers(asked, drawn, "adequate", "desired", "performance")
    result = engine.tolerance(
        found["adequate"],
        found["desired"],
        found["performance"],
        invalid=invalid,
        limit=limit,
        names=found.attributes,
        scale=asked.scale or TEN,
        design=drawn.design(found.sheet),
        level=asked.level,
    )
    return Outcome(result, [*_zones(result), *notes(result.notes)])


def _zones(result: Tolerance) -> list[Table]:
    from zhiyin.libs.measure.tolerance import PLACES

    zones = (*result.zones, result.whole)
    return [
        Table(
            _("Zones of tolerance, %(n)s respondents") % {"n": result.n},
            [
                _("Attribute"),
                _("Adequate"),
                _("Desired"),
                _("Performance"),
                _("Place"),
                _("Sure?"),
                _("Impossible"),
            ],
            [
                [
                    _(zone.name),
                    *(figure(side.value) for side in (zone.adequate, zone.desired, zone.perceived)),
                    _(PLACES[zone.place]),
                    _("yes") if zone.sure else _("not sure"),
                    str(zone.invalid),
                ]
                for zone in zones
            ],
        ),
        Table(
            _(
                "MSA: performance minus adequate; MSS: performance minus desired; position: 0 is adequate, 1 desired"
            ),
            [
                _("Attribute"),
                "MSA",
                covering(result.level),
                "MSS",
                covering(result.level),
                _("Position"),
                covering(result.level),
            ],
            [_measures(zone) for zone in zones],
        ),
    ]


def _measures(zone: Zone) -> list[str]:
    return [
        _(zone.name),
        f"{zone.msa.value:+.2f}",
        interval(zone.msa),
        f"{zone.mss.value:+.2f}",
        interval(zone.mss),
        figure(zone.position.value),
        interval(zone.position),
    ]


def battery(asked: Asked, drawn: Drawn) -> Outcome:
    """Performance among ideal, expected and surprising."""
    from zhiyin.libs.measure import battery as engine
    from zhiyin.libs.measure.answers import TEN

    found = people.answers(asked, drawn, "ideal", "expectation", "surprising", "performance")
    result = engine.battery(
        found["ideal"],
        found["expectation"],
        found["surprising"],
        found["performance"],
        names=found.attributes,
        scale=asked.scale or TEN,
        design=drawn.design(found.sheet),
        level=asked.level,
    )
    return Outcome(result, [_battery(result), *notes(result.notes)])


def _battery(result: Battery) -> Table:
    return Table(
        _("Performance among ideal, expected and surprising, %(n)s respondents") % {"n": result.n},
        [
            _("Attribute"),
            _("Performance"),
            _("Level"),
            _("Mean"),
            _("Difference"),
            covering(result.level),
            _("Reached?"),
        ],
        [row for item in result.items for row in _levels(item)],
    )


def _levels(item: Item) -> list[list[str]]:
    from zhiyin.libs.measure.battery import LABELS

    reached = {"surely": _("surely"), "perhaps": _("perhaps"), "not quite": _("not quite"), "no": _("no")}
    return [
        [
            item.name if first else "",
            figure(item.performance.value) if first else "",
            _(LABELS[standing.level]),
            figure(standing.mean.value),
            f"{standing.difference.value:+.2f}",
            interval(standing.difference),
            reached[standing.reached],
        ]
        for first, standing in zip(
            (True, False, False), (item.ideal, item.expected, item.surprising), strict=True
        )
    ]
