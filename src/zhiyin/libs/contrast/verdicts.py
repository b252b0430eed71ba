"""The one sentence to read, and what must be known beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from zhiyin.libs.contrast import evidence, power
from zhiyin.libs.contrast.chances import Chances
from zhiyin.libs.contrast.errors import gettext_noop
from zhiyin.libs.contrast.facts import Facts
from zhiyin.libs.contrast.features import Unused
from zhiyin.libs.contrast.pairs import Pairs
from zhiyin.libs.contrast.reporting import Table
from zhiyin.libs.contrast.results import Contrast, Finding, Status
from zhiyin.libs.contrast.statements import Statement

CLEAR, RARE = 0.9, 0.1
"""A cause worth the name: it fails nine times in ten with it, once in ten without."""
LISTED = 6
STRIKING = 0.5
"""What chance brings about more often than not is not worth a headline."""

ESTABLISHED = gettext_noop("Established: it fails when %(condition)s.")
ESTABLISHED_ALIKE = gettext_noop(
    "Established, though these rows cannot tell which: it fails when %(condition)s, or when %(other)s."
)
ESTABLISHED_NEARLY = gettext_noop(
    "Established, but these rows hardly tell which: it fails when %(condition)s, or when %(other)s; they differ in "
    "%(differ)s of %(rows)s rows."
)
SUSPECTED = gettext_noop(
    "Nothing is established yet. Most suspect: it fails when %(condition)s; chance alone would find something as "
    "striking in %(chance)s%% of such tables."
)
SUSPECTED_ALIKE = gettext_noop(
    "Nothing is established yet. Most suspect, and these rows cannot tell which: it fails when %(condition)s, or when "
    "%(other)s; chance alone would find something as striking in %(chance)s%% of such tables."
)
CHANCE = gettext_noop(
    "Nothing here separates the failures from the rest better than chance does. A condition met in half of the "
    "%(rows)s rows that fails 9 times in 10, against 1 in 10, would have been established with a probability of "
    "%(power)s%%."
)
TOO_FEW = gettext_noop(
    "With %(failures)s failures in %(rows)s rows nothing can be established here, not even a condition that fits "
    "every row; it takes at least about %(needed)s rows, half of them failures."
)
TOO_FEW_SUSPECTED = gettext_noop("%(too_few)s Most suspect: it fails when %(condition)s.")
TOO_FEW_ALIKE = gettext_noop(
    "%(too_few)s Most suspect, and these rows cannot tell which: it fails when %(condition)s, or when %(other)s."
)
OR = gettext_noop("%(first)s, or when %(second)s")
ALL_FAILED = gettext_noop(
    "All %(rows)s observations failed: there is nothing to compare with. Add some in which it went well."
)
NONE_FAILED = gettext_noop(
    "None of the %(rows)s observations failed: there is nothing to explain. Add some in which it failed."
)
NOTHING_VARIES = gettext_noop(
    "No condition takes different values in these rows: note down what was different from time to time."
)
UNDECIDED = gettext_noop("Rows without an outcome were left out: %(rows)s.")
AND_MORE = gettext_noop("%(rows)s and %(count)s more")
NO_PAIRS = gettext_noop("There are too many columns to look at combinations of two conditions as well.")
DRAWN = gettext_noop("Probabilities come from %(draws)s draws with seed %(seed)s.")


def verdict(table: Table, findings: Sequence[Finding]) -> Statement:
    """What these rows allow to be said. What they cannot tell apart is said in the same breath."""
    first = leading(findings)
    if first and first.status is Status.ESTABLISHED:
        return _established(first)
    few = _too_few(table)
    if few:
        return _suspected(TOO_FEW_SUSPECTED, TOO_FEW_ALIKE, first, {"too_few": few}) if first else few
    if first and first.p_corrected <= STRIKING:
        chance = max(1, round(100 * first.p_corrected))
        return _suspected(SUSPECTED, SUSPECTED_ALIKE, first, {"chance": chance})
    rows = len(table.failed)
    bar = table.ahead.cheapest(rows, rows // 2)
    seen = power.sensitivity(rows, shares=(CLEAR, RARE), needed=bar)
    return Statement(CHANCE, {"rows": rows, "power": round(100 * seen)})


def leading(findings: Sequence[Finding]) -> Finding | None:
    """What the verdict is about: the first that is established, else the first that is suspected."""
    wanted = (Status.ESTABLISHED, Status.SUSPECTED)
    return next((each for status in wanted for each in findings if each.status is status), None)


def following(findings: Sequence[Finding]) -> Statement | None:
    """What to observe next, where the verdict leaves two conditions side by side."""
    first = leading(findings)
    return first.alike[0].next if first and first.alike else None


def _established(first: Finding) -> Statement:
    twins = _twins(first)
    if twins:
        return Statement(ESTABLISHED_ALIKE, {"condition": first.condition, "other": twins})
    if first.alike:
        near = first.alike[0]
        said = {"other": near.condition, "differ": near.differ, "rows": near.rows}
        return Statement(ESTABLISHED_NEARLY, {"condition": first.condition, **said})
    return Statement(ESTABLISHED, {"condition": first.condition})


def _suspected(alone: str, alike: str, first: Finding, data: Mapping[str, object]) -> Statement:
    twins, said = _twins(first), {**data, "condition": first.condition}
    return Statement(alike, {**said, "other": twins}) if twins else Statement(alone, said)


def _twins(first: Finding) -> Statement | None:
    """Everything that divides the rows just as the finding does."""
    said = [other.condition for other in first.alike if not other.differ]
    if not said:
        return None
    return reduce(lambda one, other: Statement(OR, {"first": one, "second": other}), said)


def _too_few(table: Table) -> Statement | None:
    """Whether not even a perfect fit would be enough."""
    rows, failures = len(table.failed), int(table.failed.sum())
    best = evidence.perfect(failures, rows) - min(each.price for each in table.found.bests)
    if table.found.corrected(best) <= 1 - table.level:
        return None
    needed = power.rows_for_perfect(table.ahead.cheapest, above=rows)
    return Statement(TOO_FEW, {"rows": rows, "failures": failures, "needed": needed})


def notes(facts: Facts, pairs: Pairs, chances: Chances, seed: int) -> tuple[Statement, ...]:
    """What a reader must know beside the findings."""
    found = []
    if facts.undecided:
        found.append(Statement(UNDECIDED, {"rows": _listed(facts.undecided)}))
    if pairs.skipped:
        found.append(Statement(NO_PAIRS))
    if not chances.exact:
        found.append(Statement(DRAWN, {"draws": chances.n - 1, "seed": seed}))
    return tuple(found)


def _listed(rows: Sequence[int]) -> str | Statement:
    listed = ", ".join(map(str, rows[:LISTED]))
    rest = len(rows) - LISTED
    return Statement(AND_MORE, {"rows": listed, "count": rest}) if rest > 0 else listed


def nothing_to_compare(facts: Facts, unused: Sequence[Unused], *, level: float, seed: int) -> Contrast:
    """All failed, none did, or nothing was ever different: said as it is."""
    rows, failures = len(facts.failed), int(np.sum(facts.failed))
    message = ALL_FAILED if failures == rows else NONE_FAILED if not failures else NOTHING_VARIES
    undecided = (Statement(UNDECIDED, {"rows": _listed(facts.undecided)}),) if facts.undecided else ()
    return Contrast(
        outcome=facts.outcome,
        failure=facts.failure,
        rows=rows,
        failures=failures,
        findings=(),
        unused=tuple(unused),
        verdict=Statement(message, {} if message == NOTHING_VARIES else {"rows": rows}),
        notes=undecided,
        splits=0,
        pairs=0,
        draws=0,
        exact=True,
        level=level,
        seed=seed,
    )
