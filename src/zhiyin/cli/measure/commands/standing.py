"""Ourselves among the others."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import keys

Ours = Annotated[str, typer.Option("--ours", help=_("Who we are, as the sheet calls us"), show_default=False)]
OneSet = Annotated[
    str,
    typer.Option(
        "--weights",
        help=_("One set of weights for all: pooled, ours, equal, or price=3,speed=1"),
    ),
]
CustomerOf = Annotated[
    str,
    typer.Option(
        "--customer-of", help=_("The column that says whose customer a rater is"), show_default=False
    ),
]
WalletToo = Annotated[
    bool, typer.Option("--wallet", help=_("With shares of wallet (Wallet Allocation Rule)"))
]


@measure.command(
    help=_(
        "The league table of suppliers under one set of weights, with the ranks each may truly hold. "
        "Example: zhiyin measure league docs/examples/measure/market.csv --ours=本公司\n\n"
        "Columns: supplier, and performance (and importance) of each attribute; one row for each respondent's "
        "rating of a supplier. With a column of respondents, suppliers rated by the same people are compared as such."
    ),
    epilog=keys(
        "names",
        "weight_set",
        "notes",
        "n",
        "level",
        suppliers="name place index attributes n own_share",
        pairs="first second difference p adjusted apart",
        relatives="ours theirs ours_mean theirs_mean ratio_of_means mean_of_ratios difference",
        weights="value low high n se method level",
        wallet="brands n level",
    )
    + _("; relatives is empty without --ours, wallet null without --wallet"),
)
@options.surveyed
def league(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    ours: Ours = "",
    weights: OneSet = "pooled",
    wallet: WalletToo = False,
    rescale: options.Rescale = False,
    scale: options.Scale = "1-10",
    supplier: options.Supplier = "",
    customer_of: CustomerOf = "",
    overall: options.Overall = "",
) -> None:
    """Market standing."""
    from zhiyin.cli.measure import output, standing

    output.present(
        lambda: standing.league(
            survey.asked(file, options.scale(scale), supplier=supplier, overall=overall),
            survey.drawn,
            standing.Wanted(ours, weights, customer_of, rescale=rescale, wallet=wallet),
        ),
        as_json=as_json,
    )
