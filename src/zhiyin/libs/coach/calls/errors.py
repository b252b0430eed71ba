"""What can be wrong with a transcript."""

from __future__ import annotations

from typing import ClassVar


class TranscriptError(ValueError):
    """A transcript that cannot be used: `line` counts from 1, `message % data` is the reason, marked English."""

    code: ClassVar[str] = "coach.bad_transcript"

    def __init__(self, line: int, message: str, **data: object) -> None:
        """Keep the facts for the doorway."""
        self.line, self.message, self.data = line, message, data
        super().__init__(f"{line}: {message % data if data else message}")
