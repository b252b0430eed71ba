"""Parquet files too long to hold: index and drivers in the memory of a few batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhiyin.cli.measure import methods, remarks
from zhiyin.cli.measure.options import Asked, Drawn, population

if TYPE_CHECKING:
    from zhiyin.libs.measure.importance import Driver, Drivers
    from zhiyin.libs.measure.index import Attribute, SatisfactionIndex
    from zhiyin.libs.measure.streaming import Source
    from zhiyin.libs.measure.vavra import Grid

LONG = 200_000
"""Rows from which a file is streamed."""


def of(asked: Asked, drawn: Drawn) -> Stream | None:
    """A long wide Parquet file of numbers without strata or clusters; None where the sheet is to be read whole."""
    if asked.file.suffix.lower() not in {".parquet", ".pq"} or not asked.file.is_file():
        return None
    if drawn.stratum or drawn.cluster or "=" in drawn.population:
        return None
    from pyarrow import parquet
    from pyarrow.lib import ArrowException

    try:
        head = parquet.ParquetFile(asked.file)
    except (ArrowException, OSError):
        return None  # reading it whole says what is wrong
    if head.metadata.num_rows < LONG:
        return None
    return _stream(asked, drawn, head.schema_arrow)


def _stream(asked: Asked, drawn: Drawn, schema: Any) -> Stream | None:
    import numpy as np
    from pyarrow import types

    from zhiyin.libs.measure import sheets

    kinds = {field.name: field.type for field in schema}
    columns = {name: np.empty(0) for name in kinds}
    empty = sheets.Sheet(asked.file.name, columns, np.empty(0, dtype=np.intp))
    special = [sheets.find(empty, role) for role in ("attribute", "stratum", "cluster")]
    if asked.attribute or any(special):
        return None
    rest = [name for name in kinds if name != asked.overall]
    sides = {measure: sheets.headings(rest, measure) for measure in ("importance", "performance")}
    weight = sheets.find(empty, "weight", drawn.weight)
    empty = remarks.heard(empty)
    remarks.drawn(empty, "" if drawn.weight else weight, None, None)
    sheets.look_over(empty, {asked.overall, drawn.weight}, long=False)
    overall = sheets.find(empty, "overall", asked.overall)
    wanted = [name for side in sides.values() for name in side.values()]
    wanted += [name for name in (weight, overall) if name]
    numbers = all(types.is_integer(kinds[name]) or types.is_floating(kinds[name]) for name in wanted)
    return Stream(sides["importance"], sides["performance"], weight, overall) if numbers else None


@dataclass(frozen=True)
class Stream:
    """Attribute → column of both measures, and the columns of weight and overall satisfaction."""

    importance: dict[str, str]
    performance: dict[str, str]
    weight: str | None
    overall: str | None

    def index(self, asked: Asked, drawn: Drawn, weights: str, rescale: bool) -> SatisfactionIndex:
        """As from memory; raises `Unusable`, `MeasureError`."""
        from zhiyin.libs.measure import streaming
        from zhiyin.libs.measure.errors import OffScale

        weighty = weights == "means"
        names = self._attributes(asked, stated=weighty)
        columns = [
            *(self.importance[name] for name in names if weighty),
            *(self.performance[n] for n in names),
        ]
        source = self._source(asked, drawn)
        try:
            return streaming.satisfaction_index(
                source,
                importance=[self.importance[name] for name in names] if weighty else None,
                performance=[self.performance[name] for name in names],
                names=names,
                weights=weights,  # type: ignore[arg-type] # what it may be is the engine's to say
                rescale=rescale,
                scale=asked.scale or (1, 10),
                level=asked.level,
            )
        except OffScale:
            self._check(source, columns, asked)
            raise

    def drivers(self, asked: Asked, drawn: Drawn, method: str) -> tuple[Drivers, Grid | None]:
        """As from memory; raises `Unusable`, `MeasureError`."""
        from dataclasses import replace

        from zhiyin.libs.measure import streaming, vavra
        from zhiyin.libs.measure.sheets import SPOKEN, errors

        names = self._attributes(asked, stated=bool(self.importance))
        if self.overall is None:
            raise errors.NoColumn(wanted=SPOKEN["overall"], columns=", ".join(self.performance.values()))
        columns = [self.performance[name] for name in names]
        source = self._source(asked, drawn)
        self._check(source, [*columns, self.overall], asked)
        found = streaming.drivers(
            source,
            performance=columns,
            overall=self.overall,
            method=methods.chosen(method, len(names)),
            level=asked.level,
        )
        called = dict(zip(columns, names, strict=True))
        found = replace(
            found, drivers=tuple(replace(driver, name=called[driver.name]) for driver in found.drivers)
        )
        if not self.importance:
            return found, None
        stated = self.index(asked, drawn, "means", False)
        rated = [part for part in stated.attributes if part.importance is not None]
        return found, vavra.grid(replace(found, drivers=tuple(map(_stated, rated))), found)

    def _attributes(self, asked: Asked, *, stated: bool) -> list[str]:
        from zhiyin.libs.measure.sheets import SPOKEN, errors

        wanted = {"importance": self.importance} if stated else {}
        wanted |= {"performance": self.performance}
        for measure, columns in wanted.items():
            if not columns:
                raise errors.NoColumn(wanted=SPOKEN[measure], columns=", ".join(self.performance.values()))
        if stated:
            for name in {**self.importance, **self.performance}:
                if (name in self.importance) != (name in self.performance):
                    sides = ("importance", "performance")
                    there, missing = sides if name in self.importance else sides[::-1]
                    raise errors.Unpaired(attribute=name, there=SPOKEN[there], missing=SPOKEN[missing])
        return list(self.performance)

    def _source(self, asked: Asked, drawn: Drawn) -> Source:
        from zhiyin.libs.measure.streaming import Source

        size = population(drawn.population)
        return Source(asked.file, self.weight, size if isinstance(size, float) else None)

    def _check(self, source: Source, columns: list[str], asked: Asked) -> None:
        from zhiyin.libs.measure import answers

        rows = 0
        with _named(columns):
            for values, _ in source.batches(columns):
                answers.refuse_off_scale(values, asked.scale or (1, 10), first_row=rows)
                rows += len(values)


def _stated(part: Attribute) -> Driver:
    """Stated importance as the grid takes it; its rank plays no part there."""
    from zhiyin.libs.measure.importance import Driver

    return Driver(part.name, part.importance or part.performance, None, 1)


@contextmanager
def _named(columns: Sequence[str]) -> Iterator[None]:
    """An answer off the scale, named by its heading."""
    from zhiyin.libs.measure.errors import OffScale
    from zhiyin.libs.measure.sheets.errors import OutsideScale
    from zhiyin.libs.measure.sheets.sheet import plain

    try:
        yield
    except OffScale as error:
        data = {name: plain(float(str(error.data[name]))) for name in ("value", "low", "high")}
        column = columns[int(str(error.data["column"])) - 1]
        raise OutsideScale(row=error.data["row"], column=column, **data) from error
