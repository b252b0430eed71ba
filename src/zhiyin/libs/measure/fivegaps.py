"""The five gaps of service, in two taxonomies that share a number and not a meaning.

Parasuraman, Zeithaml & Berry (1985), J. Marketing 49(4):41-50: knowledge, standards, delivery, communication, and the
fifth, expected against perceived, which *is* the whole. Hill & Alexander (2006): promotion, understanding, procedure,
behaviour and perception, where perception is what was delivered against what was felt to be delivered; their total
satisfaction gap is the consequence of the five and none of them. So Hill's perception is not the fifth of 1985.

Every gap is its first side minus its second: positive is a shortfall.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from zhiyin.libs.measure import contrast, errors
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.contrast import Contrast, Side
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL


class Parasuraman(Enum):
    """The gaps of Parasuraman, Zeithaml & Berry, in their order."""

    KNOWLEDGE = "parasuraman.knowledge"
    STANDARDS = "parasuraman.standards"
    DELIVERY = "parasuraman.delivery"
    COMMUNICATION = "parasuraman.communication"
    SATISFACTION = "parasuraman.satisfaction"


class Hill(Enum):
    """The gaps of Hill & Alexander, in their order."""

    PROMOTION = "hill.promotion"
    UNDERSTANDING = "hill.understanding"
    PROCEDURE = "hill.procedure"
    BEHAVIOUR = "hill.behaviour"
    PERCEPTION = "hill.perception"


AnyGap = Parasuraman | Hill
G = TypeVar("G", Parasuraman, Hill)

TAXONOMIES: dict[type[Enum], str] = {
    Parasuraman: gettext_noop("Parasuraman, Zeithaml and Berry"),
    Hill: gettext_noop("Hill and Alexander"),
}
LABELS: dict[AnyGap, str] = {
    Parasuraman.KNOWLEDGE: gettext_noop("knowledge gap"),
    Parasuraman.STANDARDS: gettext_noop("standards gap"),
    Parasuraman.DELIVERY: gettext_noop("delivery gap"),
    Parasuraman.COMMUNICATION: gettext_noop("communication gap"),
    Parasuraman.SATISFACTION: gettext_noop("expected against perceived service"),
    Hill.PROMOTION: gettext_noop("promotion gap"),
    Hill.UNDERSTANDING: gettext_noop("understanding gap"),
    Hill.PROCEDURE: gettext_noop("procedure gap"),
    Hill.BEHAVIOUR: gettext_noop("behaviour gap"),
    Hill.PERCEPTION: gettext_noop("perception gap"),
}
SIDES: dict[AnyGap, tuple[str, str]] = {
    Parasuraman.KNOWLEDGE: (
        gettext_noop("what customers expect"),
        gettext_noop("what managers believe they expect"),
    ),
    Parasuraman.STANDARDS: (gettext_noop("what managers believe is expected"), gettext_noop("our standards")),
    Parasuraman.DELIVERY: (gettext_noop("our standards"), gettext_noop("what is delivered")),
    Parasuraman.COMMUNICATION: (gettext_noop("what is promised"), gettext_noop("what is delivered")),
    Parasuraman.SATISFACTION: (
        gettext_noop("what customers expect"),
        gettext_noop("what customers perceive"),
    ),
    Hill.PROMOTION: (gettext_noop("what is promised"), gettext_noop("what is done")),
    Hill.UNDERSTANDING: (gettext_noop("what customers say"), gettext_noop("what our people believe")),
    Hill.PROCEDURE: (gettext_noop("what customers tolerate"), gettext_noop("our procedure")),
    Hill.BEHAVIOUR: (gettext_noop("our procedure"), gettext_noop("what is delivered")),
    Hill.PERCEPTION: (gettext_noop("what is delivered"), gettext_noop("what customers feel was delivered")),
}
TOTAL = gettext_noop("total satisfaction gap")

_COUNTERPARTS: dict[AnyGap, AnyGap] = {
    Parasuraman.KNOWLEDGE: Hill.UNDERSTANDING,
    Parasuraman.STANDARDS: Hill.PROCEDURE,
    Parasuraman.DELIVERY: Hill.BEHAVIOUR,
    Parasuraman.COMMUNICATION: Hill.PROMOTION,
}
_COUNTERPARTS |= {hill: pzb for pzb, hill in _COUNTERPARTS.items()}
_ALONE: dict[AnyGap, str] = {
    Parasuraman.SATISFACTION: gettext_noop(
        "expected against perceived is there the total satisfaction gap, the consequence of all five"
    ),
    Hill.PERCEPTION: gettext_noop("delivered against felt is not expected against perceived"),
}


@dataclass(frozen=True, slots=True)
class ServiceGap(Generic[G]):
    """One gap measured: first side minus second for every attribute, and their mean."""

    gap: G
    contrast: Contrast


@dataclass(frozen=True, slots=True)
class FiveGaps(Generic[G]):
    """The gaps of one taxonomy that were measured, in its order; those that were not are in `missing`.

    `total`, expected against perceived, is Hill & Alexander's consequence; None for the other taxonomy, where it
    is the fifth gap. Raises `MixedTaxonomies` when built from gaps of another taxonomy.
    """

    taxonomy: type[G]
    gaps: tuple[ServiceGap[G], ...]
    missing: tuple[G, ...]
    total: Contrast | None
    level: float

    def __post_init__(self) -> None:
        for gap in (*(measured.gap for measured in self.gaps), *self.missing):
            _belongs(self.taxonomy, gap)

    def of(self, gap: G) -> ServiceGap[G]:
        """That gap; raises `MixedTaxonomies` for one of the other taxonomy, `UnknownLabel` if not measured."""
        _belongs(self.taxonomy, gap)
        for measured in self.gaps:
            if measured.gap is gap:
                return measured
        known = ", ".join(LABELS[measured.gap] for measured in self.gaps)
        raise errors.UnknownLabel(what=TAXONOMIES[self.taxonomy], value=LABELS[gap], known=known)


def counterpart(gap: AnyGap, taxonomy: type[Enum]) -> AnyGap:
    """The gap of `taxonomy` that asks the same question as `gap`; a gap of that taxonomy is its own.

    Raises `NoCounterpart` for Hill's perception and for the fifth gap of 1985: these two are not each other.
    """
    if isinstance(gap, taxonomy):
        return gap
    if gap not in _COUNTERPARTS:
        raise errors.NoCounterpart(gap=LABELS[gap], taxonomy=TAXONOMIES[taxonomy], reason=_ALONE[gap])
    return _COUNTERPARTS[gap]


def five_gaps(
    taxonomy: type[G],
    sides: Mapping[G, tuple[Side, Side]],
    *,
    total: tuple[Side, Side] | None = None,
    paired: Collection[G] = (),
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    level: float = LEVEL,
) -> FiveGaps[G]:
    """Measure the gaps of one `taxonomy` from the two `sides` of each (see `SIDES` for which is first).

    A side is (n, k) answers on `scale` or a (k,) standard. `paired`: the gaps whose sides are the same respondents
    in the same rows. `total`: customers' expected and perceived service (paired), for Hill & Alexander only.
    Raises `MixedTaxonomies`, and what `contrast.contrast` raises.
    """
    for gap in (*sides, *paired):
        _belongs(taxonomy, gap)
    if total is not None and taxonomy is Parasuraman:
        raise errors.MixedTaxonomies(gap=TOTAL, taxonomy=TAXONOMIES[taxonomy])
    gaps = tuple(
        ServiceGap(
            gap, contrast.contrast(*sides[gap], paired=gap in paired, names=names, scale=scale, level=level)
        )
        for gap in taxonomy
        if gap in sides
    )
    whole = None
    if total is not None:
        whole = contrast.contrast(*total, paired=True, names=names, scale=scale, level=level)
    return FiveGaps(taxonomy, gaps, tuple(gap for gap in taxonomy if gap not in sides), whole, level)


def _belongs(taxonomy: type[Enum], gap: object) -> None:
    if isinstance(gap, taxonomy):
        return
    label = LABELS[gap] if isinstance(gap, Parasuraman | Hill) else str(gap)
    raise errors.MixedTaxonomies(gap=label, taxonomy=TAXONOMIES[taxonomy])
