"""Index, importance and what follows from them."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import ESTIMATE, keys

Method = Annotated[
    str,
    typer.Option(
        "--method",
        help=_("stated, pearson, spearman, lmg, johnson or first; lmg up to 20 attributes, then johnson"),
        show_default=False,
    ),
]


@measure.command(
    help=_(
        "The satisfaction index with its margin of error. "
        "Example: zhiyin measure index docs/examples/measure/satisfaction.csv\n\n"
        "Columns: importance and performance of each attribute, as in importance_price, performance_price."
    ),
    epilog=keys(
        "n",
        "df",
        "weights",
        "span",
        "dropped",
        "notes",
        index=ESTIMATE,
        attributes="name importance performance weight",
    ),
)
@options.surveyed
def index(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    scale: options.Scale = "1-10",
    weights: options.Weights = "means",
    rescale: options.Rescale = False,
) -> None:
    """Importance-weighted satisfaction."""
    from zhiyin.cli.measure import output, satisfaction

    output.present(
        lambda: satisfaction.index(
            survey.asked(file, options.scale(scale)),
            survey.drawn,
            weights=weights,
            rescale=rescale,
        ),
        as_json=as_json,
    )


@measure.command(
    help=_(
        "What overall satisfaction hangs on: the importance of each attribute. "
        "Example: zhiyin measure drivers docs/examples/measure/satisfaction.csv --method lmg\n\n"
        "Columns: performance of each attribute and overall satisfaction, as in performance_price, overall; "
        "with importance too, stated is crossed with derived importance."
    ),
    epilog=keys(
        "method",
        "n",
        "df",
        "left_out",
        "notes",
        drivers="name value share rank",
        r_squared=ESTIMATE,
        grid="cells stated_line derived_line cross_hairs",
    ),
)
@options.surveyed
def drivers(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    method: Method = "",
    overall: options.Overall = "",
    scale: options.Scale = "1-10",
) -> None:
    """Stated or derived importance; Vavra's grid where there are both."""
    from zhiyin.cli.measure import output, satisfaction

    output.present(
        lambda: satisfaction.drivers(
            survey.asked(file, options.scale(scale), overall=overall),
            survey.drawn,
            method=method,
        ),
        as_json=as_json,
    )
