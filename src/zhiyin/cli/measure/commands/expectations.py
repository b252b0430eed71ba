"""Performance against what is expected."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import ESTIMATE, keys

Invalid = Annotated[
    str,
    typer.Option(
        "--invalid",
        help=_("Answers whose adequate level is above the desired one: keep, items (left out) or libqual"),
    ),
]
Limit = Annotated[
    int, typer.Option("--limit", help=_("With libqual: more such answers leave a respondent out"))
]
Battery = Annotated[
    bool, typer.Option("--battery", help=_("Ideal, expected and surprising instead of adequate and desired"))
]
Servperf = Annotated[
    bool, typer.Option("--servperf", help=_("Perceptions alone, without expectations (SERVPERF)"))
]
Dimensions = Annotated[
    str,
    typer.Option(
        "--dimensions",
        help=_(
            "How many items each dimension has, in order: tangibles=4,reliability=5; or a file item,dimension"
        ),
        show_default=False,
    ),
]
Points = Annotated[
    str,
    typer.Option(
        "--points",
        help=_(
            "Fixed weights of the dimensions: tangibles=11,reliability=32; else columns points_tangibles …"
        ),
        show_default=False,
    ),
]


@measure.command(
    help=_(
        "The zone of tolerance: performance between adequate and desired. "
        "Example: zhiyin measure tolerance docs/examples/measure/zones.csv --invalid items\n\n"
        "Columns: adequate, desired and performance of each attribute, as in adequate_price, desired_price, "
        "performance_price; with --battery ideal, expectation, surprising and performance."
    ),
    epilog=keys(
        "invalid_items",
        "invalid_respondents",
        "dropped",
        "notes",
        "n",
        "level",
        zones="name adequate desired perceived msa mss width position place sure invalid",
        whole="name adequate desired perceived msa mss width position place sure invalid",
    )
    + "\n\n--battery · "
    + keys(
        "odd",
        "notes",
        "n",
        "level",
        items="name performance ideal expected surprising place places below above",
    ),
)
@options.surveyed
def tolerance(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    invalid: Invalid = "keep",
    limit: Limit = 9,
    battery: Battery = False,
    scale: options.Scale = "1-10",
) -> None:
    """MSA, MSS and the place in the zone, or among ideal, expected and surprising."""
    from zhiyin.cli.measure import expectations, output

    def make() -> output.Outcome:
        asked = survey.asked(file, options.scale(scale))
        drawn = survey.drawn
        if battery:
            return expectations.battery(asked, drawn)
        return expectations.tolerance(asked, drawn, invalid=invalid, limit=limit)

    output.present(make, as_json=as_json)


@measure.command(
    help=_(
        "SERVQUAL: perception minus expectation by item, dimension and as a whole. "
        "Example: zhiyin measure servqual docs/examples/measure/servqual.csv\n\n"
        "Columns: expectation and performance of each item; dimensions from headings such as "
        "expectation_reliability/on time or reliability1, from --dimensions, or the 22 items in their order; "
        "points of the dimensions, as in points_reliability."
    ),
    epilog=keys(
        "notes",
        "n",
        "level",
        items="name dimension expectation perception gap",
        dimensions="name score together weight",
        unweighted=ESTIMATE,
        weighted=ESTIMATE,
    ),
)
@options.surveyed
def servqual(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    servperf: Servperf = False,
    dimensions: Dimensions = "",
    points: Points = "",
    scale: options.Scale = "1-7",
) -> None:
    """SERVQUAL and SERVPERF."""
    from zhiyin.cli.measure import output, servqual

    output.present(
        lambda: servqual.servqual(
            survey.asked(file, options.scale(scale)),
            survey.drawn,
            servperf=servperf,
            dimensions=dimensions,
            points=points,
        ),
        as_json=as_json,
    )
