"""Which questions make up a construct, and which construct is held to drive which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import errors

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """A recursive path model with reflective blocks.

    blocks: each construct's columns. paths: (source, target) pairs of constructs.
    Raises `NoPath`, `EmptyConstruct`, `SharedColumn`, `UnknownConstruct`, `RepeatedPath`, `CyclicModel` and
    `DisconnectedModel`.
    """

    blocks: Mapping[str, Sequence[str]]
    paths: Sequence[tuple[str, str]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", {name: tuple(items) for name, items in self.blocks.items()})
        object.__setattr__(self, "paths", tuple((source, target) for source, target in self.paths))
        _check_blocks(self.blocks)
        _check_paths(self.blocks, self.paths)
        self.order()
        _check_connected(self.blocks, self.paths)

    @property
    def constructs(self) -> tuple[str, ...]:
        """The names of the constructs, as given."""
        return tuple(self.blocks)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of all blocks, block after block."""
        return tuple(chain.from_iterable(self.blocks.values()))

    def sources(self, target: str) -> tuple[str, ...]:
        """The constructs with a path to `target`."""
        return tuple(source for source, end in self.paths if end == target)

    def order(self) -> tuple[str, ...]:
        """The constructs, every source before its targets (Kahn 1962); raises `CyclicModel`."""
        left, done = dict.fromkeys(self.blocks), list[str]()
        while left:
            free = [name for name in left if not left.keys() & set(self.sources(name))]
            if not free:
                raise errors.CyclicModel(constructs=", ".join(self._cycle(set(left))))
            done += free
            for name in free:
                del left[name]
        return tuple(done)

    def _cycle(self, left: set[str]) -> list[str]:
        """One cycle among constructs that each have a source among them."""
        walk = [min(left)]
        while walk.count(walk[-1]) == 1:
            walk.append(min(left & set(self.sources(walk[-1]))))
        return walk[walk.index(walk[-1]) :][::-1]


def _check_blocks(blocks: Mapping[str, Sequence[str]]) -> None:
    seen: dict[str, str] = {}
    for name, items in blocks.items():
        if not items:
            raise errors.EmptyConstruct(construct=name)
        for item in items:
            if item in seen:
                raise errors.SharedColumn(column=item, first=seen[item], second=name)
            seen[item] = name


def _check_paths(blocks: Mapping[str, Sequence[str]], paths: Sequence[tuple[str, str]]) -> None:
    if not paths:
        raise errors.NoPath
    for name in chain.from_iterable(paths):
        if name not in blocks:
            raise errors.UnknownConstruct(construct=name, known=", ".join(blocks))
    for one, next_ in pairwise(sorted(paths)):
        if one == next_:
            raise errors.RepeatedPath(source=one[0], target=one[1])


def _check_connected(blocks: Mapping[str, Sequence[str]], paths: Sequence[tuple[str, str]]) -> None:
    reached, grown = set[str](), {next(iter(blocks))}
    while reached != grown:
        reached = grown
        grown = reached | {name for path in paths if reached & set(path) for name in path}
    for name in blocks:
        if name not in reached:
            raise errors.DisconnectedModel(construct=name, first=next(iter(blocks)))


ECSI = Model(
    {
        "Image": ("IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"),
        "Expectation": ("CUEX1", "CUEX2", "CUEX3"),
        "Quality": ("PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"),
        "Value": ("PERV1", "PERV2"),
        "Satisfaction": ("CUSA1", "CUSA2", "CUSA3"),
        "Complaints": ("CUSCO",),
        "Loyalty": ("CUSL1", "CUSL2", "CUSL3"),
    },
    (
        ("Image", "Expectation"),
        ("Expectation", "Quality"),
        ("Expectation", "Value"),
        ("Quality", "Value"),
        ("Image", "Satisfaction"),
        ("Expectation", "Satisfaction"),
        ("Quality", "Satisfaction"),
        ("Value", "Satisfaction"),
        ("Satisfaction", "Complaints"),
        ("Image", "Loyalty"),
        ("Satisfaction", "Loyalty"),
        ("Complaints", "Loyalty"),
    ),
)
"""The European index with the columns of its usual questionnaire (Tenenhaus et al. 2005, CSDA 48:159, fig. 1)."""


def ecsi(blocks: Mapping[str, Sequence[str]]) -> Model:
    """The European index over columns of your own; constructs that were not asked for fall out, their paths too."""
    for name in blocks:
        if name not in ECSI.blocks:
            raise errors.UnknownConstruct(construct=name, known=", ".join(ECSI.blocks))
    return Model(blocks, [path for path in ECSI.paths if blocks.keys() >= set(path)])


@dataclass(frozen=True, slots=True)
class Structure:
    """A model as arrays: p columns in k blocks.

    block: (p,) each column's construct. member: (p, k) ones where a column belongs. sources, targets: (paths,)
    constructs. depth: the length of the longest chain of paths.
    """

    block: NDArray[np.intp]
    member: Floats
    sources: NDArray[np.intp]
    targets: NDArray[np.intp]

    @classmethod
    def of(cls, model: Model) -> Structure:
        """The arrays of `model`."""
        at = {name: i for i, name in enumerate(model.blocks)}
        block = np.array([at[name] for name, items in model.blocks.items() for _ in items], dtype=np.intp)
        member = np.eye(len(at))[block]
        ends = np.array([[at[source], at[target]] for source, target in model.paths], dtype=np.intp)
        return cls(block, member, ends[:, 0], ends[:, 1])

    @property
    def single(self) -> NDArray[np.bool_]:
        """(k,) which constructs rest on a single column."""
        return np.asarray(self.member.sum(axis=0) == 1)

    @property
    def endogenous(self) -> tuple[int, ...]:
        """The constructs with a path to them."""
        return tuple(sorted(set(self.targets.tolist())))

    def into(self, target: int) -> NDArray[np.intp]:
        """The constructs with a path to `target`, in the order of the paths."""
        return np.asarray(self.sources[self.targets == target])
