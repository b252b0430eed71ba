"""Kano's question pairs."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import keys


@measure.command(
    help=_(
        "Which attributes are basic, expected, delighting, and how sure that is. "
        "Example: zhiyin measure kano docs/examples/measure/kano-hotel.csv --group=客群\n\n"
        "Columns: how one feels with and without each attribute, as in 早餐（具备）, 早餐（缺少）; answers 1 to 5 "
        "or in words: 喜欢, 理应如此, 无所谓, 可以忍受, 不喜欢. Or one row an attribute with counts M, O, A, I, R, Q."
    ),
    epilog=keys(
        attributes="name n counts shares mode by_precedence category tied total_strength "
        "category_strength better worse chi2 chi2_p fong",
        positions="name functional dysfunctional category possible",
        differences="name chi2 df p p_holm sparse",
        groups="name attributes",
        waves="name attributes",
        drift="name trend path towards_basic",
    ),
)
@options.surveyed
def kano(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    group: options.Group = "",
    wave: options.Wave = "",
    tolerance: Annotated[
        float, typer.Option("--tolerance", help=_("Shares this close count as tied"))
    ] = 0.05,
) -> None:
    """Categories with their significance."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import kano as family

        return family.kano(
            survey.asked(file, None),
            survey.drawn,
            family.Wanted(group, wave, tolerance),
        )

    output.present(made, as_json=as_json)
