"""Making a finding over a conversation."""

from __future__ import annotations

from zhiyin.libs.coach import wording
from zhiyin.libs.coach.conversation.ground import Ground
from zhiyin.libs.coach.conversation.results import Place, TalkFinding
from zhiyin.libs.coach.readings import Said


def found(
    rule: str,
    place: Place,
    severity: int,
    why: str,
    better: tuple[str, str],
    ground: Ground,
    **data: object,
) -> TalkFinding:
    """`why` is marked English with its `data`; `better` the suggestion in Chinese and in English."""
    suggestion = wording.put(*better, like=ground.sample)
    return TalkFinding(rule, place.turn, place.start, place.end, severity, Said(why, data), suggestion)
