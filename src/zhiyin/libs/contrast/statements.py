"""Sentences that wait for their language: a marked message and its facts, which may be sentences themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statement:
    """`message` is an English msgid; `data` holds plain text, numbers, or further statements."""

    message: str
    data: Mapping[str, object] = field(default_factory=dict)

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of `translate`; what people wrote in their tables stays as it is."""
        spoken = {name: _shown(value, translate) for name, value in self.data.items()}
        text = translate(self.message)
        return text % spoken if spoken else text

    def __str__(self) -> str:
        return self.say()


def _shown(value: object, translate: Callable[[str], str]) -> str:
    if isinstance(value, Statement):
        return value.say(translate)
    return f"{value:.10g}" if isinstance(value, float) else str(value)
