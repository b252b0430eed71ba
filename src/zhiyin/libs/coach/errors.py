"""What can be wrong with a pack: a code, a marked message and its facts; doorways translate."""

from __future__ import annotations

from typing import ClassVar

from zhiyin.libs.coach.readings import gettext_noop


class PackError(ValueError):
    """A pack that cannot be used: `place` names the file, `rule` the rule or list, `reason` is marked English."""

    code: ClassVar[str] = "coach.bad_pack"
    message: ClassVar[str] = gettext_noop("%(place)s, %(rule)s: %(reason)s")

    def __init__(self, place: str, rule: str, reason: str, **facts: object) -> None:
        """Keep the facts for the doorway; `reason % facts` is the sentence."""
        self.place, self.rule, self.reason, self.facts = place, rule, reason, facts
        super().__init__(f"{place}, {rule}: {reason % facts if facts else reason}")
