"""Kano's question pairs: which attributes are basic, expected, delighting, and how sure that is.

from zhiyin.libs.measure import kano
kano.categories(functional, dysfunctional, names=["App", "Hotline"])      # a Requirement for each attribute
kano.positions(functional, dysfunctional, names=["App", "Hotline"])       # DuMouchel's means, with intervals
kano.drift(functional, dysfunctional, waves)                              # which attributes become basic
"""

from zhiyin.libs.measure.kano.answers import CATEGORIES, EVALUATION, LABELS, Category, classify, count
from zhiyin.libs.measure.kano.continuous import Position, positions
from zhiyin.libs.measure.kano.groups import (
    Drift,
    GroupDifference,
    by_group,
    by_wave,
    drift,
    group_differences,
)
from zhiyin.libs.measure.kano.requirements import TOLERANCE, Fong, Requirement, categories, from_counts

__all__ = [
    "CATEGORIES",
    "EVALUATION",
    "LABELS",
    "TOLERANCE",
    "Category",
    "Drift",
    "Fong",
    "GroupDifference",
    "Position",
    "Requirement",
    "by_group",
    "by_wave",
    "categories",
    "classify",
    "count",
    "drift",
    "from_counts",
    "group_differences",
    "positions",
]
