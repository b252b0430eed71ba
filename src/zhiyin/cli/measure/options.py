"""The options that measurements share, and what they mean for a sheet."""

from __future__ import annotations

import functools
import inspect
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhiyin.cli.language import gettext as _

if TYPE_CHECKING:
    from zhiyin.libs.measure.design import Design
    from zhiyin.libs.measure.sheets import Answers, Sheet
    from zhiyin.libs.measure.sheets.sheet import Floats

File = Annotated[Path, typer.Argument(help=_("A CSV, XLSX or Parquet file"), show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON instead of tables"))]
Scale = Annotated[str, typer.Option("--scale", help=_("The ends of the scale, as in 1-10"))]
Level = Annotated[float, typer.Option("--level", help=_("The coverage of the intervals"))]
Weight = Annotated[
    str, typer.Option("--weight", help=_("The column of sampling weights"), show_default=False)
]
Stratum = Annotated[str, typer.Option("--stratum", help=_("The column of strata"), show_default=False)]
Cluster = Annotated[str, typer.Option("--cluster", help=_("The column of clusters"), show_default=False)]
Population = Annotated[
    str,
    typer.Option(
        "--population",
        help=_("How many there are to draw from: 300, or by stratum north=120,south=180"),
        show_default=False,
    ),
]
Overall = Annotated[
    str, typer.Option("--overall", help=_("The column of overall satisfaction"), show_default=False)
]
Attribute = Annotated[
    str, typer.Option("--attribute", help=_("Long sheets: the column of attributes"), show_default=False)
]
Respondent = Annotated[
    str, typer.Option("--respondent", help=_("Long sheets: the column of respondents"), show_default=False)
]
Wave = Annotated[str, typer.Option("--wave", help=_("The column of waves"), show_default=False)]
Group = Annotated[str, typer.Option("--group", help=_("The column of groups"), show_default=False)]
Supplier = Annotated[str, typer.Option("--supplier", help=_("The column of suppliers"), show_default=False)]
Weights = Annotated[
    str, typer.Option("--weights", help=_("What weighs the attributes: means, respondents or equal"))
]
Rescale = Annotated[bool, typer.Option("--rescale", help=_("Report 0–100 instead of 10–100"))]


@dataclass(frozen=True)
class Asked:
    """The file and how its answers are to be read."""

    file: Path
    scale: tuple[float, float] | None
    level: float
    attribute: str = ""
    respondent: str = ""
    supplier: str = ""
    overall: str = ""

    def __post_init__(self) -> None:
        """Raises `BadOption` for a coverage that is none."""
        from zhiyin.libs.measure.errors import BadOption, gettext_noop

        if not 0 < self.level < 1:
            raise BadOption(option="--level", value=self.level, allowed=gettext_noop("between 0 and 1"))

    @property
    def given(self) -> dict[str, str]:
        """The columns that the command line names, by their role."""
        names = ("attribute", "respondent", "supplier", "overall")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @cached_property
    def sheet(self) -> Sheet:
        """The file as a sheet; raises `Unusable`."""
        from zhiyin.cli.measure import remarks
        from zhiyin.libs.measure import sheets

        return remarks.heard(sheets.read(self.file))

    def answers(self, *measures: str) -> Answers:
        """The answers to `measures`; raises `Unusable`."""
        from zhiyin.libs.measure import sheets

        return sheets.answers(self.sheet, measures, scale=self.scale, given=self.given)

    def whole(self, found: Answers) -> Floats:
        """Overall satisfaction of the respondents `found`, on the scale; raises `Unusable`."""
        from zhiyin.libs.measure import sheets

        return found.sheet.numbers(sheets.column(found.sheet, "overall", self.overall), scale=self.scale)


@dataclass(frozen=True)
class Drawn:
    """The columns that say how the respondents were drawn, as given on the command line."""

    weight: str = ""
    stratum: str = ""
    cluster: str = ""
    population: str = ""

    def design(self, sheet: Sheet) -> Design:
        """The design of a sheet's rows; a column of a usual name counts without being named."""
        from zhiyin.cli.measure import remarks
        from zhiyin.libs.measure import sheets
        from zhiyin.libs.measure.design import Design

        weight = sheets.find(sheet, "weight", self.weight)
        stratum = sheets.find(sheet, "stratum", self.stratum)
        cluster = sheets.find(sheet, "cluster", self.cluster)
        remarks.drawn(
            sheet,
            "" if self.weight else weight,
            "" if self.stratum else stratum,
            "" if self.cluster else cluster,
        )
        return Design(
            None if weight is None else sheet.whole_numbers(weight, positive=True),
            None if stratum is None else sheet.labels(stratum, whole=True),
            None if cluster is None else sheet.labels(cluster, whole=True),
            population(self.population),
        )


@dataclass(frozen=True)
class Survey:
    """What every measurement asks of a survey: how people were drawn, what a long sheet calls them, how sure to be."""

    drawn: Drawn
    attribute: str
    respondent: str
    level: float

    def asked(
        self, file: Path, scale: tuple[float, float] | None, *, supplier: str = "", overall: str = ""
    ) -> Asked:
        """The file, read as the survey says."""
        return Asked(file, scale, self.level, self.attribute, self.respondent, supplier, overall)


def survey(
    weight: Weight = "",
    stratum: Stratum = "",
    cluster: Cluster = "",
    population: Population = "",
    attribute: Attribute = "",
    respondent: Respondent = "",
    level: Level = 0.95,
) -> Survey:
    """The survey that these options tell of."""
    return Survey(Drawn(weight, stratum, cluster, population), attribute, respondent, level)


def surveyed(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes a `survey`, with the options of `survey` after its own."""
    own = inspect.signature(command, eval_str=True)
    shared = inspect.signature(survey, eval_str=True).parameters
    kept = [parameter for name, parameter in own.parameters.items() if name != "survey"]

    @functools.wraps(command)
    def with_options(**given: object) -> None:
        told = {name: given.pop(name) for name in shared}
        command(survey=survey(**told), **given)  # type: ignore[arg-type]

    signature = own.replace(parameters=[*kept, *shared.values()])
    with_options.__signature__ = signature  # type: ignore[attr-defined]
    with_options.__annotations__ = {
        name: parameter.annotation for name, parameter in signature.parameters.items()
    }
    return with_options


def population(text: str) -> float | dict[str, float] | None:
    """300, or north=120,south=180; raises `BadOption`."""
    from zhiyin.libs.measure.errors import BadOption

    if not text:
        return None
    if "=" in text or "＝" in text:
        return pairs(text, "--population")
    try:
        return float(text)
    except ValueError as error:
        raise BadOption(option="--population", value=text, allowed="300, north=120,south=180") from error


def pairs(text: str, option: str) -> dict[str, float]:
    """price=3,speed=1 (full-width signs too); raises `BadOption`."""
    from zhiyin.libs.measure.errors import BadOption

    parts = [part for part in text.replace("，", ",").replace("＝", "=").split(",") if part.strip()]
    try:
        found = {name.strip(): float(value) for name, value in (part.rsplit("=", 1) for part in parts)}
    except ValueError as error:
        raise BadOption(option=option, value=text, allowed="name=1,other=2") from error
    if len(found) != len(parts) or not all(map(math.isfinite, found.values())):
        raise BadOption(option=option, value=text, allowed="name=1,other=2")
    return found


def per_name(given: dict[str, float], names: Sequence[str], option: str) -> list[float]:
    """The figures in the order of `names`; raises `BadOption` unless each has one and no other does."""
    from zhiyin.libs.measure.errors import BadOption

    for name in (*(set(names) ^ set(given)),):
        raise BadOption(option=option, value=name, allowed=", ".join(f"{known}=…" for known in names))
    return [given[name] for name in names]


def scale(text: str) -> tuple[float, float]:
    """1-10; raises `BadOption`."""
    from zhiyin.libs.measure.errors import BadOption

    try:
        low, high = (float(part) for part in re.sub("[–—~～至到]", "-", text).split("-"))
    except ValueError as error:
        raise BadOption(option="--scale", value=text, allowed="1-10, 0-10, 1-5, …") from error
    if not low < high:
        raise BadOption(option="--scale", value=text, allowed="1-10, 0-10, 1-5, …")
    return low, high
