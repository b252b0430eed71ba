"""Closed lists of words with a label to show. Pure, so that rules can be written in them."""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """A word that is stored, with the words that are shown: `ANGER = "anger", gettext_noop("Anger")`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member
