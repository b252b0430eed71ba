"""The tables of statutory time."""

from zhiyin.statutory.models.letter import Letter, LetterSeries, Profile
from zhiyin.statutory.models.rule import StatutoryRule
from zhiyin.statutory.models.transfer import Extension, StatutoryDuty, Transfer

__all__ = [
    "Extension",
    "Letter",
    "LetterSeries",
    "Profile",
    "StatutoryDuty",
    "StatutoryRule",
    "Transfer",
]
