"""The five gaps and the mirror survey, from a sheet with whatever sides were asked or recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import people
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval, notes, p_value, plain

if TYPE_CHECKING:
    from zhiyin.libs.measure.contrast import Contrast, Side
    from zhiyin.libs.measure.design import Design
    from zhiyin.libs.measure.fivegaps import FiveGaps
    from zhiyin.libs.measure.mirror import Group, Mirror
    from zhiyin.libs.measure.sheets import Answers
    from zhiyin.libs.measure.sheets.sheet import Floats

SIDES = {
    "parasuraman.knowledge": ("expectation", "believed"),
    "parasuraman.standards": ("believed", "standard"),
    "parasuraman.delivery": ("standard", "delivered"),
    "parasuraman.communication": ("promised", "delivered"),
    "parasuraman.satisfaction": ("expectation", "performance"),
    "hill.promotion": ("promised", "delivered"),
    "hill.understanding": ("importance", "believed"),
    "hill.procedure": ("adequate", "standard"),
    "hill.behaviour": ("standard", "delivered"),
    "hill.perception": ("delivered", "performance"),
}
"""The columns of a gap's two sides, in the engine's order."""
TOTAL = ("expectation", "performance")
MEASURES = tuple(dict.fromkeys(side for both in SIDES.values() for side in both))
PREDICTED = {"parasuraman": "expectation", "hill": "importance"}
"""What our people answer for customers, where a role column tells who is who."""
ONCE = {"standard", "promised", "delivered"}
"""Sides that, said on a single row, are a figure without a margin of error."""
CUSTOMERS = ("customers", "customer", "客户", "客戶", "顾客", "顧客", "消费者", "消費者")


@dataclass(frozen=True)
class Sides:
    """The answers, who gave them, and how they were drawn."""

    found: Answers
    design: Design
    taxonomy: str
    role: Any
    customers: str

    @cached_property
    def ours(self) -> list[str]:
        """The roles beside customers that said what they think is important, in order of appearance."""
        import numpy as np

        stated = self.found.measures.get("importance")
        if self.role is None or stated is None:
            return []
        others = [name for name in dict.fromkeys(self.role.tolist()) if name != self.customers]
        return [name for name in others if not np.isnan(stated[self.by(name)]).all()]

    def by(self, role: str) -> Any:
        """The rows of a role."""
        return self.role == role

    def drawn(self, rows: Any, role: str) -> Design:
        """The design of some rows; a population said by role counts for its role alone."""
        design = self.design.subset(rows)
        size = design.population
        if self.role is None or design.strata is not None or size is None:
            return design
        if isinstance(size, (int, float)):
            return replace(design, population=size if role == self.customers else None)
        return replace(design, population=size.get(role))

    def rows(self, measure: str) -> tuple[Floats, Any, str] | None:
        """The answers to one side, the rows that hold any, and whose they are; None where nobody answered."""
        import numpy as np

        source, chosen, role = measure, np.ones(len(self.found.sheet), dtype=bool), ""
        if self.role is not None and measure not in ONCE | {"believed"}:
            chosen, role = self.by(self.customers), self.customers
        if measure == "believed" and self.role is not None and "believed" not in self.found.measures:
            source, chosen = PREDICTED[self.taxonomy], ~self.by(self.customers)
        if source not in self.found.measures:
            return None
        chosen = chosen & ~np.isnan(self.found[source]).all(axis=1)
        return (self.found[source], chosen, role) if chosen.any() else None

    def pair(self, first: str, second: str) -> tuple[tuple[Side, Side], bool] | None:
        """Both sides of a gap and whether the same people gave them; None where one is not there."""
        import numpy as np

        from zhiyin.libs.measure.contrast import Side

        one, other = self.rows(first), self.rows(second)
        if one is None or other is None:
            return None
        (a, mine, role), (b, theirs, _role) = one, other
        if (mine & theirs).any():
            rows = mine | theirs
            sides = [
                np.where(chosen[:, None], part, np.nan)[rows] for part, chosen in ((a, mine), (b, theirs))
            ]
            design = self.drawn(rows, role)
            return (Side(sides[0], design), Side(sides[1], design)), True
        return (self._side(first, *one), self._side(second, *other)), False

    def _side(self, measure: str, values: Floats, rows: Any, role: str) -> Side:
        from zhiyin.libs.measure.contrast import Side

        if measure in ONCE and rows.sum() == 1:
            return Side(values[rows][0])
        return Side(values[rows], self.drawn(rows, role))


def fivegaps(asked: Asked, drawn: Drawn, *, taxonomy: str, role: str, customers: str) -> Outcome:
    """The gaps of one taxonomy whose sides are there, and the mirror survey where roles are."""
    from zhiyin.libs.measure import fivegaps as engine
    from zhiyin.libs.measure.errors import BadOption

    kinds = {"parasuraman": engine.Parasuraman, "hill": engine.Hill}
    if taxonomy not in kinds:
        raise BadOption(option="--taxonomy", value=taxonomy, allowed=", ".join(kinds))
    sides = _sides(asked, drawn, taxonomy, role, customers)
    result = _gaps(kinds[taxonomy], sides, asked)
    mirror = _mirror(sides, asked)
    if not result.gaps and result.total is None and mirror is None:
        raise _nothing(sides, taxonomy)
    return _outcome(result, mirror, taxonomy)


def _sides(asked: Asked, drawn: Drawn, taxonomy: str, role: str, customers: str) -> Sides:
    from zhiyin.libs.measure import sheets
    from zhiyin.libs.measure.sheets import errors

    there = sheets.present(asked.sheet, MEASURES, attribute=asked.attribute)
    if not there:
        raise errors.NoColumn(wanted=" / ".join(map(_spoken, MEASURES)), columns=", ".join(asked.sheet.names))
    found = asked.answers(*there)
    name = sheets.find(found.sheet, "role", role)
    people.once(found.sheet, asked, drawn, apart=[name] if name else [])
    if name is None:
        return Sides(found, drawn.design(found.sheet), taxonomy, None, "")
    roles = found.sheet.labels(name, whole=True)
    return Sides(found, drawn.design(found.sheet), taxonomy, roles, _customers(customers, roles.tolist()))


def _customers(given: str, roles: list[str]) -> str:
    from zhiyin.libs.measure.errors import BadOption

    wanted = (given,) if given else CUSTOMERS
    for name in dict.fromkeys(roles):
        if name.lower() in wanted or name == given:
            return name
    raise BadOption(option="--customers", value=given or "…", allowed=", ".join(dict.fromkeys(roles)))


def _gaps(kind: Any, sides: Sides, asked: Asked) -> FiveGaps[Any]:
    from zhiyin.libs.measure import fivegaps as engine
    from zhiyin.libs.measure.answers import TEN

    found = {gap: sides.pair(*SIDES[gap.value]) for gap in kind}
    there = {gap: pair for gap, pair in found.items() if pair is not None}
    total = sides.pair(*TOTAL) if kind is engine.Hill else None
    return engine.five_gaps(
        kind,
        {gap: both for gap, (both, _paired) in there.items()},
        total=total[0] if total is not None and total[1] else None,
        paired=[gap for gap, (_both, paired) in there.items() if paired],
        names=sides.found.attributes,
        scale=asked.scale or TEN,
        level=asked.level,
    )


def _mirror(sides: Sides, asked: Asked) -> Mirror | None:
    """Where customers and our people said how important the attributes are (and how satisfied customers are)."""
    from zhiyin.libs.measure import mirror as engine
    from zhiyin.libs.measure.answers import TEN

    if not sides.ours:
        return None
    said = {role: _said(sides, role) for role in (sides.customers, *sides.ours)}
    return engine.mirror(
        said.pop(sides.customers),
        said,
        names=sides.found.attributes,
        scale=asked.scale or TEN,
        level=asked.level,
    )


def _said(sides: Sides, role: str) -> Any:
    import numpy as np

    from zhiyin.libs.measure.mirror import Said

    rows = sides.by(role)
    felt = sides.found.measures.get("performance")
    answered = felt is not None and not np.isnan(felt[rows]).all()
    return Said(
        sides.found["importance"][rows],
        felt[rows] if felt is not None and answered else None,
        sides.drawn(rows, role),
    )


def _spoken(measure: str) -> str:
    from zhiyin.libs.measure.sheets import SPOKEN

    return _(SPOKEN[measure])


def _nothing(sides: Sides, taxonomy: str) -> Exception:
    from zhiyin.libs.measure.errors import MissingInput, gettext_noop

    needs = "; ".join(
        f"{_spoken(first)} + {_spoken(second)}"
        for gap, (first, second) in SIDES.items()
        if gap.startswith(taxonomy)
    )
    return MissingInput(what=gettext_noop("A gap of service"), needed=needs)


def _outcome(result: FiveGaps[Any], mirror: Mirror | None, taxonomy: str) -> Outcome:
    from zhiyin.libs.measure.fivegaps import LABELS, TAXONOMIES
    from zhiyin.libs.measure.fivegaps import SIDES as WORDS

    missing = [
        _("Not measured: %(gap)s, which needs %(first)s and %(second)s.")
        % {
            "gap": _(LABELS[gap]),
            "first": _spoken(SIDES[gap.value][0]),
            "second": _spoken(SIDES[gap.value][1]),
        }
        for gap in result.missing
    ]
    groups = () if mirror is None else mirror.groups
    whole = {
        "taxonomy": _(TAXONOMIES[result.taxonomy]),
        "gaps": [
            {
                "gap": one.gap.value,
                "name": _(LABELS[one.gap]),
                "sides": [_(side) for side in WORDS[one.gap]],
                "lines": one.contrast.lines,
                "mean": one.contrast.mean,
            }
            for one in result.gaps
        ],
        "missing": [gap.value for gap in result.missing],
        "total": result.total,
        "mirror": groups,
        "notes": missing,
        "level": result.level,
    }
    return Outcome(plain(whole), [*_tables(result), *_mirrored(groups, result.level), "", *missing])


def _tables(result: FiveGaps[Any]) -> list[Table | str]:
    from zhiyin.libs.measure.fivegaps import LABELS, TAXONOMIES, TOTAL
    from zhiyin.libs.measure.fivegaps import SIDES as WORDS

    out: list[Table | str] = [
        _("Gaps after %(authors)s; every gap is its first side minus its second, positive is a shortfall.")
        % {"authors": _(TAXONOMIES[result.taxonomy])}
    ]
    for one in result.gaps:
        first, second = (_(side) for side in WORDS[one.gap])
        caption = _("%(gap)s: %(first)s − %(second)s") % {
            "gap": _(LABELS[one.gap]),
            "first": first,
            "second": second,
        }
        out.append(_lines(caption, one.contrast, result.level))
    if result.total is not None:
        out.append(_lines(_(TOTAL), result.total, result.level))
    return out


def _lines(caption: str, contrast: Contrast, level: float) -> Table:
    rows = [
        [
            line.name,
            figure(line.first.value),
            figure(line.second.value),
            f"{line.difference.value:+.2f}",
            interval(line.difference),
            p_value(line.p),
            f"{line.first.n or '–'} / {line.second.n or '–'}",
        ]
        for line in contrast.lines
    ]
    rows.append([_("mean"), "", "", f"{contrast.mean.value:+.2f}", interval(contrast.mean), "", ""])
    headings = [_("Attribute"), _("First"), _("Second"), _("Gap"), covering(level), _("p (Holm)"), "n"]
    return Table(caption, headings, rows)


def _mirrored(groups: tuple[Group, ...], level: float) -> list[Table | str]:
    out: list[Table | str] = []
    for group in groups:
        out.append(_group(group, level))
        out += notes(group.notes)
    return out


def _group(group: Group, level: float) -> Table:
    verdicts = {"over": _("overestimated"), "under": _("underestimated"), "": _("not shown")}
    named = ((_("Importance"), group.importance), (_("Performance"), group.satisfaction))
    return Table(
        _("Mirror survey: customers and %(group)s") % {"group": group.name},
        [
            "",
            _("Attribute"),
            _("Customers"),
            group.name,
            _("Gap"),
            covering(level),
            _("p (Holm)"),
            _("Ranks"),
            _("Verdict"),
        ],
        [
            [
                what,
                row.name,
                figure(row.customers.value),
                figure(row.predicted.value),
                f"{row.gap.value:+.2f}",
                interval(row.gap),
                p_value(row.p),
                f"{row.ranks[0]} / {row.ranks[1]}",
                verdicts[row.verdict],
            ]
            for what, rows in named
            for row in rows
        ],
    )
