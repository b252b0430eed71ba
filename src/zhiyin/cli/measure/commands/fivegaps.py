"""Where between promise and perception service goes wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import keys

Taxonomy = Annotated[
    str, typer.Option("--taxonomy", help=_("Whose five gaps: parasuraman or hill; they are not the same"))
]
Role = Annotated[
    str, typer.Option("--role", help=_("The column that tells customers from our people"), show_default=False)
]
Customers = Annotated[
    str, typer.Option("--customers", help=_("How that column calls customers"), show_default=False)
]


@measure.command(
    help=_(
        "The five gaps of service, and the mirror survey. "
        "Example: zhiyin measure fivegaps docs/examples/measure/sides.csv --taxonomy hill\n\n"
        "Columns: expectation, believed, standard, delivered, promised, performance, importance or adequate of each "
        "attribute; a gap is measured where both its sides are there. With a column of roles, what customers say of "
        "importance and performance is held against what our people predict."
    ),
    epilog=keys(
        "taxonomy",
        "missing",
        "notes",
        "level",
        gaps="gap name sides lines mean",
        total="lines mean",
        mirror="name importance satisfaction importance_mean satisfaction_mean notes",
    ),
)
@options.surveyed
def fivegaps(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    taxonomy: Taxonomy = "parasuraman",
    role: Role = "",
    customers: Customers = "",
    scale: options.Scale = "1-10",
) -> None:
    """The gaps of one taxonomy, never both."""
    from zhiyin.cli.measure import fivegaps, output

    output.present(
        lambda: fivegaps.fivegaps(
            survey.asked(file, options.scale(scale)),
            survey.drawn,
            taxonomy=taxonomy,
            role=role,
            customers=customers,
        ),
        as_json=as_json,
    )
