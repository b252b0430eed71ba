"""Path models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import keys


@measure.command(
    help=_(
        "What drives satisfaction and what it drives: the European index (ECSI) by partial least squares. "
        "Example: zhiyin measure paths docs/examples/measure/paths-ecsi.csv --draws 200\n\n"
        "Columns are found by usual names (IMAG1, 形象1, 感知质量1, …) or named by --block; --model takes a TOML "
        "file of blocks and paths for a model of your own."
    ),
    epilog=keys(
        "scheme",
        "n",
        "left_out",
        "iterations",
        "converged",
        "tolerance",
        constructs="name columns single communality ave composite_reliability r2 r2_adjusted "
        "redundancy score",
        indicators="column construct weight share loading communality redundancy",
        paths="source target coefficient",
        effects="source target direct indirect total",
        bootstrap="asked used constant not_converged inseparable turned alignment interval seed",
    ),
)
@options.surveyed
def paths(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    model: Annotated[
        Path | None,
        typer.Option("--model", help=_("A TOML file of blocks and paths"), show_default=False),
    ] = None,
    block: Annotated[
        list[str] | None,
        typer.Option(
            "--block",
            help=_("The columns of a construct, as in Image=q1,q2; again for more"),
            show_default=False,
        ),
    ] = None,
    scheme: Annotated[str, typer.Option("--scheme", help=_("centroid, factorial or path"))] = "centroid",
    draws: Annotated[int, typer.Option("--draws", help=_("Draws of the bootstrap, 0 for none"))] = 1000,
    seed: Annotated[
        int, typer.Option("--seed", help=_("Where the draws begin; the same gives the same"))
    ] = 1,
    ends: Annotated[str, typer.Option("--interval", help=_("fisher, symmetric or percentile"))] = "fisher",
    scale: options.Scale = "1-10",
) -> None:
    """Partial least squares, mode A."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import paths as family

        return family.paths(
            survey.asked(file, options.scale(scale)),
            survey.drawn,
            family.Wanted(model, tuple(block or ()), scheme, ends, draws, seed),
        )

    output.present(made, as_json=as_json)
