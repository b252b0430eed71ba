"""One hypothesis as a finding: its sentence, figures, likenesses and outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhiyin.libs.contrast import alike as comparing
from zhiyin.libs.contrast import beside as held_still
from zhiyin.libs.contrast import evidence, power, strength, wording
from zhiyin.libs.contrast.ahead import Ahead
from zhiyin.libs.contrast.alike import Likeness
from zhiyin.libs.contrast.errors import gettext_noop
from zhiyin.libs.contrast.features import Bools, Feature
from zhiyin.libs.contrast.kinds import Kind
from zhiyin.libs.contrast.pairs import Pairs
from zhiyin.libs.contrast.results import Alike, Counts, Finding, Outlook, Status
from zhiyin.libs.contrast.search import Found
from zhiyin.libs.contrast.statements import Statement

TOGETHER = gettext_noop("In these rows it cannot be told apart from: %(other)s (the same rows throughout).")
NEARLY = gettext_noop(
    "In these rows it can hardly be told apart from: %(other)s (they differ in %(differ)s of %(rows)s rows)."
)
NEXT = gettext_noop(
    "Observe once when %(kept)s and %(changed)s: if it fails, that speaks for “%(kept_column)s”; "
    "if not, for “%(changed_column)s”."
)
MORE = gettext_noop(
    "If it goes on like this, %(more)s more observations settle it with a probability of %(power)s%%: "
    "%(each)s when %(condition)s, %(each)s when %(otherwise)s."
)
MANY = gettext_noop(
    "Even %(most)s more observations would hardly settle it: the difference is too small or too unsure."
)
FOLLOWS = gettext_noop(
    "It comes along with the first: where %(same)s, it fails %(failed)s times in %(rows)s with it and %(other_failed)s "
    "in %(other_rows)s without."
)
EASE = {Kind.NUMBER: 0, Kind.YESNO: 1, Kind.CATEGORY: 2, Kind.TIME: 3, Kind.PLACE: 4}
"""Which of two conditions to change while the other is kept: the one that is easier to bring about comes first."""
SHOWN_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Table:
    """What every finding is made from. ahead: the search as it will be once the table has grown, for outlooks; rows:
    the reader's numbers, in the order of the masks.
    """

    features: tuple[Feature, ...]
    failed: Bools
    found: Found
    level: float
    ahead: Ahead
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """It fails where `fails`; rows that are not `known` stand aside. sides: (feature, division, side) of each part."""

    features: tuple[int, ...]
    fails: Bools
    known: Bools
    condition: Statement
    otherwise: Statement
    g: float
    price: float
    p_search: float
    splits: int
    key: tuple[object, ...]
    sides: tuple[tuple[int, int, bool], ...]

    @property
    def net(self) -> float:
        """Evidence above what its search alone brings."""
        return self.g - self.price

    @property
    def partition(self) -> bytes:
        """What is the same for all conditions that divide the same rows alike."""
        return self.fails.tobytes() + self.known.tobytes()


def fails_inside(inside: Bools, known: Bools, failed: Bools) -> bool:
    """Whether failures are more frequent inside than in the other known rows."""
    rows, total = int(inside.sum()), int(known.sum())
    return int((failed & inside).sum()) * total >= rows * int((failed & known).sum())


def pair(table: Table, pairs: Pairs, at: int, member: tuple[int, int]) -> Hypothesis:
    """Two conditions together, as a hypothesis."""
    sides = sorted((pairs.sides[each] for each in member), key=lambda side: table.features[side.feature].key)
    said = [table.features[side.feature].say(side.division, side.side) for side in sides]
    data = {"first": said[0], "second": said[1]}
    fails, g = pairs.masks[:, at], float(table.found.pair_gs[at])
    columns = tuple(side.feature for side in sides)
    return Hypothesis(
        features=columns,
        fails=fails,
        known=fails | True,
        condition=Statement(wording.BOTH, data),
        otherwise=Statement(wording.NOT_BOTH, data),
        g=g,
        price=table.found.pair_price,
        p_search=table.found.pair_p(g),
        splits=pairs.count,
        key=(1, *(table.features[column].key for column in columns)),
        sides=tuple((side.feature, side.division, side.side) for side in sides),
    )


def finding(table: Table, hypothesis: Hypothesis, status: Status, *, followed: bool) -> Finding:
    """Everything there is to say of a hypothesis; `followed`: with its outlook, which takes searches of its own."""
    counts = _counts(hypothesis, table.failed)
    figures = (counts.failed, counts.rows, counts.other_failed, counts.other_rows)
    features = [table.features[at] for at in hypothesis.features]
    looks = hypothesis.splits
    return Finding(
        columns=tuple(feature.column.name for feature in features),
        aspect=features[0].aspect if len(features) == 1 else "",
        condition=hypothesis.condition,
        otherwise=hypothesis.otherwise,
        sentence=_sentence(hypothesis.condition, counts),
        status=status,
        counts=counts,
        difference=strength.difference(*figures, looks=looks, level=table.level),
        ratio=strength.risk_ratio(*figures, looks=looks, level=table.level),
        p=evidence.fisher(
            counts.failed, counts.rows, counts.failed + counts.other_failed, counts.rows + counts.other_rows
        ),
        p_search=hypothesis.p_search,
        p_corrected=table.found.corrected(hypothesis.net),
        splits=looks,
        missing=len(table.failed) - counts.rows - counts.other_rows,
        alike=() if status is Status.OPEN else _alike(table, hypothesis),
        outlook=_outlook(table, hypothesis, counts) if followed and status is Status.SUSPECTED else None,
        where=tuple(sorted(row for row, holds in zip(table.rows, hypothesis.fails, strict=True) if holds)),
    )


def _counts(hypothesis: Hypothesis, failed: Bools) -> Counts:
    others = hypothesis.known & ~hypothesis.fails
    return Counts(
        int((failed & hypothesis.fails).sum()),
        int(hypothesis.fails.sum()),
        int((failed & others).sum()),
        int(others.sum()),
    )


def _sentence(condition: Statement, counts: Counts) -> Statement:
    same = counts.failed * counts.other_rows == counts.other_failed * counts.rows
    return Statement(
        wording.NO_DIFFERENCE if same else wording.FAILS,
        {
            "condition": condition,
            "failed": counts.failed,
            "rows": counts.rows,
            "other_failed": counts.other_failed,
            "other_rows": counts.other_rows,
        },
    )


def _alike(table: Table, hypothesis: Hypothesis) -> tuple[Alike, ...]:
    own = frozenset(hypothesis.features)
    found = comparing.likenesses(
        hypothesis.fails, hypothesis.known, table.failed, table.features, without=own
    )
    return tuple(_one_alike(table, hypothesis, likeness) for likeness in found[:SHOWN_ALIKE])


def beside(
    table: Table, lead: tuple[Hypothesis, Finding], other: tuple[Hypothesis, Finding]
) -> tuple[Finding, Finding]:
    """Both findings again, now that one has been held still to look at the other.

    Where the first shows nothing more beside the other, outcomes have not told them apart: a likeness. Where only the
    other shows nothing more, it comes along with the first.
    """
    (first, found), (second, beside_it) = lead, other
    known = first.known & second.known
    shows = held_still.apart(first.fails, second.fails, table.failed, known)
    column = table.features[second.features[0]].column.name
    if not shows.first and second.features[0] not in first.features:
        if all(column != alike.column for alike in found.alike):
            likeness = comparing.between(first.fails, second.fails, known, table.failed, second.sides[0])
            found = replace(found, alike=(*found.alike, _one_alike(table, first, likeness)))
        return found, beside_it
    if shows.first and not shows.other:
        beside_it = replace(beside_it, follows=_follows(first, second, table.failed, known))
    return found, beside_it


def _follows(first: Hypothesis, second: Hypothesis, failed: Bools, known: Bools) -> Statement:
    """With the figures of the rows alike in the first, in which the second was there and was not."""
    alike, same = first.fails, first.condition
    if second.fails[alike & known].all():
        alike, same = ~first.fails, first.otherwise
    there, without = alike & known & second.fails, alike & known & ~second.fails
    return Statement(
        FOLLOWS,
        {
            "same": same,
            "failed": int((failed & there).sum()),
            "rows": int(there.sum()),
            "other_failed": int((failed & without).sum()),
            "other_rows": int(without.sum()),
        },
    )


def _one_alike(table: Table, hypothesis: Hypothesis, likeness: Likeness) -> Alike:
    feature = table.features[likeness.feature]
    condition = feature.say(likeness.division, likeness.side)
    other = (likeness.feature, likeness.division, likeness.side)
    this_kept = _separating(table, hypothesis.sides, other)
    other_kept = _separating(table, (other,), hypothesis.sides[0])
    ease = [EASE[table.features[side[0]].column.kind] for side in (hypothesis.sides[0], other)]
    first, second = (other_kept, this_kept) if ease[0] <= ease[1] else (this_kept, other_kept)
    return Alike(
        column=feature.column.name,
        condition=condition,
        differ=likeness.differ,
        rows=likeness.rows,
        for_this=likeness.for_this,
        sentence=Statement(
            NEARLY if likeness.differ else TOGETHER,
            {"other": condition}
            | ({"differ": likeness.differ, "rows": likeness.rows} if likeness.differ else {}),
        ),
        next=first,
        instead=second,
        wanted=Statement(wording.BOTH, {"first": first.data["kept"], "second": first.data["changed"]}),
    )


def _separating(
    table: Table, kept: Sequence[tuple[int, int, bool]], changed: tuple[int, int, bool]
) -> Statement:
    """Keep one condition as it is when it fails, turn the other round: with values that really occurred."""
    held = [_described(table, side) for side in kept]
    both = held[0] if len(held) == 1 else Statement(wording.BOTH, {"first": held[0], "second": held[1]})
    at, division, side = changed
    return Statement(
        NEXT,
        {
            "kept": both,
            "changed": _described(table, (at, division, not side)),
            "kept_column": _named(table, [side[0] for side in kept]),
            "changed_column": _named(table, [at]),
        },
    )


def _named(table: Table, features: Sequence[int]) -> str | Statement:
    """What the columns are called; a time by what of it is meant."""
    names = [_name(table.features[at]) for at in features]
    return names[0] if len(names) == 1 else Statement(wording.BOTH, {"first": names[0], "second": names[1]})


def _name(feature: Feature) -> str | Statement:
    label = feature.column.label
    return Statement(wording.ASPECTS[feature.aspect], {"column": label}) if feature.aspect else label


def _described(table: Table, side: tuple[int, int, bool]) -> Statement:
    """A condition, with an actual value where the condition itself does not name one."""
    at, division, which = side
    feature = table.features[at]
    said = feature.say(division, which)
    if said.message in wording.NAMES_ITS_VALUE:
        return said
    value = feature.typical((feature.masks[:, division] == which) & feature.known)
    return said if value is None else Statement(wording.SUCH_AS, {"condition": said, "value": value})


def _outlook(table: Table, hypothesis: Hypothesis, counts: Counts) -> Outlook:
    need = power.more(
        counts.failed,
        counts.rows,
        counts.other_failed,
        counts.other_rows,
        bar=lambda rows, failures: table.ahead.bar(rows, failures, hypothesis.features),
    )
    if need is None:
        return Outlook(None, None, None, None, Statement(MANY, {"most": 2 * power.STEPS[-1]}))
    data = {
        "more": 2 * need.each,
        "each": need.each,
        "power": round(100 * need.power),
        "condition": hypothesis.condition,
        "otherwise": hypothesis.otherwise,
    }
    return Outlook(2 * need.each, need.power, need.rate, need.other_rate, Statement(MORE, data))
