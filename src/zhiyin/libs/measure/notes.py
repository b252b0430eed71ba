"""What a reader of a result must know beside its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """A marked English `message` with its facts as `data`; the doorway translates `message % data`."""

    message: str
    data: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.data if self.data else self.message
