"""From a turn to its promises: prefilter, times, clauses, judgement, resolution."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from zhiyin.libs.coach import folding
from zhiyin.libs.coach.promises import clauses as cutting
from zhiyin.libs.coach.promises import deciding, resolving, speaking, times
from zhiyin.libs.coach.promises.hours import Hours
from zhiyin.libs.coach.promises.lexicon import has
from zhiyin.libs.coach.promises.times import When
from zhiyin.libs.coach.readings import Promise, Role, Turn

_CUE = re.compile(
    r"[会将帮给为替我让请妹告通联喊退赔补寄送发换修到办催报尽优稍晚回包一肯保绝必不免]|[时天周月号点日分]"
    r"|马上|立[刻即]|现在|这就|will|'ll|going to|shall"
)
_RECENT = 3
"""So many turns back a question of the customer is still the one being answered."""


def find(
    text: str,
    *,
    context: Sequence[Turn] = (),
    now: dt.datetime | None = None,
    hours: Hours | None = None,
    folded: str | None = None,
) -> tuple[Promise, ...]:
    """The promises of an agent's turn, in order, none over another.

    `context`: earlier turns, oldest first. `due_at` is resolved where `now` (aware, else ValueError) is given; what
    counts working days wants `hours` too. `folded`: the folded text, where the caller has it already. Takes time in
    proportion to the length of the text.
    """
    folded = folding.folded(text) if folded is None else folded
    if not _CUE.search(folded):
        return ()
    chinese = cutting.is_chinese(folded)
    whens = times.find(folded)
    clauses = cutting.split(folded, whens, chinese=chinese)
    drafts = (
        deciding.decide(clauses, asked_when=_asked_when(context))
        if chinese
        else speaking.decide(clauses, folded)
    )
    heard = [folding.folded(turn.text) for turn in context[-_RECENT:] if turn.role == Role.CUSTOMER]
    found = []
    for draft in drafts:
        start, end = clauses[draft.first].start, clauses[draft.last].end
        if any(folded[start:end] in said for said in heard):
            continue
        due, due_at = _due(text, draft.whens, now, hours)
        found.append(Promise(text[start:end], draft.kind, draft.owner, start, end, due, due_at))
    return tuple(found)


def _asked_when(context: Sequence[Turn]) -> bool:
    """Whether the customer's last words ask for a time."""
    for turn in reversed(context[-_RECENT:]):
        if turn.role == Role.CUSTOMER:
            return has("asks_when", folding.folded(turn.text))
    return False


def _due(
    text: str, whens: Sequence[When], now: dt.datetime | None, hours: Hours | None
) -> tuple[str, dt.datetime | None]:
    """The time that binds among those of a promise: the latest that resolves, else the first."""
    if not whens:
        return "", None
    chosen, chosen_at = min(whens, key=lambda when: (bool(when.word), when.start)), None
    if now is not None:
        resolved = [(resolving.resolve(when, now, hours), when) for when in whens]
        known = [(moment, when) for moment, when in resolved if moment is not None]
        if known:
            chosen_at, chosen = max(known, key=lambda pair: (not pair[1].word, pair[0]))
    return text[chosen.start : chosen.end], chosen_at
