"""Gaps and what to do about them first."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import keys

CrossHairs = Annotated[
    str,
    typer.Option("--cross-hairs", help=_("Where the map is crossed: means, medians, midpoint or 8.5,7")),
]
Rule = Annotated[str, typer.Option("--rule", help=_("What the order is by: gap, impact or cost"))]
Cost = Annotated[
    str,
    typer.Option(
        "--cost",
        help=_(
            "What closing each gap costs: price=3,speed=1, or a file of two columns, or a long sheet's column"
        ),
        show_default=False,
    ),
]
Concern = Annotated[
    float | None,
    typer.Option(
        "--concern",
        help=_("The gap that is a concern; 1 point on 1-10 and in proportion"),
        show_default=False,
    ),
]
Map = Annotated[bool, typer.Option("--map", help=_("With the map of importance and performance"))]


@measure.command(
    help=_(
        "The gap between importance and performance of each attribute, and their map. "
        "Example: zhiyin measure gaps docs/examples/measure/satisfaction.csv\n\n"
        "Columns: importance and performance of each attribute, as in importance_price, performance_price."
    ),
    epilog=keys(
        "n",
        "level",
        attributes="name importance performance gap together p",
        map="points importance_line performance_line cross_hairs notes n level",
    ),
)
@options.surveyed
def gaps(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    cross_hairs: CrossHairs = "means",
    scale: options.Scale = "1-10",
) -> None:
    """Importance minus satisfaction, paired."""
    from zhiyin.cli.measure import output, priorities

    output.present(
        lambda: priorities.gaps(
            survey.asked(file, options.scale(scale)),
            survey.drawn,
            cross_hairs=cross_hairs,
        ),
        as_json=as_json,
    )


@measure.command(
    help=_(
        "Priorities for improvement: which gap to close first, how sure that is, and why. "
        "Example: zhiyin measure pfi docs/examples/measure/satisfaction.csv --rule impact\n\n"
        "Columns: as for gaps; --rule impact also needs overall satisfaction, --rule cost needs --cost."
    ),
    epilog=keys(
        "rule",
        "notes",
        "n",
        "level",
        ranking="name place score score_together gap impact cost apart_from concern reasons",
        pairs="first second difference p adjusted apart",
        map="points importance_line performance_line cross_hairs notes n level",
    )
    + _("; map is null without --map"),
)
@options.surveyed
def pfi(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    rule: Rule = "gap",
    overall: options.Overall = "",
    cost: Cost = "",
    concern: Concern = None,
    with_map: Map = False,
    cross_hairs: CrossHairs = "means",
    scale: options.Scale = "1-10",
) -> None:
    """Gaps in the order of a stated rule, with reasons."""
    from zhiyin.cli.measure import output, priorities

    output.present(
        lambda: priorities.pfi(
            survey.asked(file, options.scale(scale), overall=overall),
            survey.drawn,
            rule=rule,
            cost=cost,
            concern=concern,
            cross_hairs=cross_hairs if with_map else "",
        ),
        as_json=as_json,
    )
