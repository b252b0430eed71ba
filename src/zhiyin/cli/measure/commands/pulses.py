"""Pulses after a contact, the reliability of a scale, and the indicators a business watches."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import ESTIMATE, keys

Question = Annotated[
    list[str] | None,
    typer.Option("--question", help=_("The column of the question, again for more"), show_default=False),
]
Shares = Annotated[
    str,
    typer.Option(
        "--shares",
        help=_("Each group's share of all customers, as in A=0.7,B=0.3, for one figure"),
        show_default=False,
    ),
]
OwnScale = Annotated[
    str,
    typer.Option("--scale", help=_("The scale that was asked on, where it is in doubt"), show_default=False),
]
_MOVED = "question group before after difference statistic df p p_holm test"
PULSES = keys(
    "measure", "combined", pulses="question group wave missing figures", changes=_MOVED, comparisons=_MOVED
)


@measure.command(
    help=_(
        "Net promoter score from answers 0 to 10, or from counts of promoters, passives and detractors. "
        "Example: zhiyin measure nps docs/examples/measure/nps-quarters.csv --group=门店"
    ),
    epilog=PULSES,
)
@options.surveyed
def nps(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    question: Question = None,
    group: options.Group = "",
    wave: options.Wave = "",
    shares: Shares = "",
    scale: OwnScale = "",
    method: Annotated[
        str, typer.Option("--method", help=_("How the interval is made: adjusted_wald or wald"))
    ] = "adjusted_wald",
) -> None:
    """Promoters less detractors."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import pulse_kinds, pulses

        more = {"method": method, "scale": options.scale(scale) if scale else None}
        return pulses.nps(
            survey.asked(file, None),
            survey.drawn,
            pulse_kinds.Wanted(question or (), group, wave, shares, method, more),
        )

    output.present(made, as_json=as_json)


@measure.command(
    help=_(
        "CSAT: the share of 4 and 5 among answers 1 to 5, or in words such as 非常满意. "
        "Example: zhiyin measure csat docs/examples/measure/csat-hotline.csv --group=班组"
    ),
    epilog=PULSES,
)
@options.surveyed
def csat(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    question: Question = None,
    group: options.Group = "",
    wave: options.Wave = "",
    shares: Shares = "",
) -> None:
    """The two best answers of five."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import pulse_kinds, pulses

        return pulses.csat(
            survey.asked(file, None),
            survey.drawn,
            pulse_kinds.Wanted(question or (), group, wave, shares),
        )

    output.present(made, as_json=as_json)


@measure.command(
    help=_(
        "Customer effort score, 1.0 (effort 1 to 5, low is good) or 2.0 (ease 1 to 7, high is good); never both. "
        "Example: zhiyin measure ces docs/examples/measure/ces-returns.csv --version 2"
    ),
    epilog=PULSES,
)
@options.surveyed
def ces(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    version: Annotated[
        str,
        typer.Option(
            "--version", help=_("1 or 2; needed unless the heading says CES1 or CES2"), show_default=False
        ),
    ] = "",
    question: Question = None,
    group: options.Group = "",
    wave: options.Wave = "",
    shares: Shares = "",
) -> None:
    """Effort, by the version of the question."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import pulse_kinds, pulses

        return pulses.ces(
            survey.asked(file, None),
            survey.drawn,
            pulse_kinds.Wanted(question or (), group, wave, shares),
            version,
        )

    output.present(made, as_json=as_json)


@measure.command(
    help=_(
        "Whether the statements of a scale hang together: raw alpha with its interval. "
        "Example: zhiyin measure reliability docs/examples/measure/reliability-relationship.csv "
        "--scale 1-5 --reverse=随时想换一家"
    ),
    epilog=keys(
        "standardised",
        "suspects",
        "n",
        "kind",
        alpha=ESTIMATE,
        items="name reversed mean sd item_total alpha_if_deleted",
    ),
)
def reliability(
    file: options.File,
    as_json: options.Json = False,
    scale: Annotated[
        str,
        typer.Option(
            "--scale",
            help=_(
                "The ends of the scale, as in 1-5; 1-10 unless given, for --reverse as the answers suggest"
            ),
            show_default=False,
        ),
    ] = "",
    question: Question = None,
    reverse: Annotated[
        list[str] | None,
        typer.Option(
            "--reverse", help=_("A statement worded the other way, again for more"), show_default=False
        ),
    ] = None,
    method: Annotated[
        str, typer.Option("--method", help=_("How the interval is made: jackknife, bonett or feldt"))
    ] = "jackknife",
    weight: options.Weight = "",
    stratum: options.Stratum = "",
    cluster: options.Cluster = "",
    attribute: options.Attribute = "",
    respondent: options.Respondent = "",
    level: options.Level = 0.95,
) -> None:
    """Cronbach's alpha."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import scales

        return scales.reliability(
            options.Asked(file, options.scale(scale) if scale else None, level, attribute, respondent),
            options.Drawn(weight, stratum, cluster),
            question or (),
            reverse or (),
            method=method,
        )

    output.present(made, as_json=as_json)


@measure.command(
    help=_(
        "Reputation, return, asked-for-by-name, share, complaint, retention and recommendation rates, each with "
        "what it counts, of whom and when. Example: zhiyin measure indicators "
        "docs/examples/measure/indicators-customers.csv --from 2026-01-01 --to 2026-06-30 --return-within 90\n\n"
        "One row a customer (columns: knows us, favourable, first purchase, …), or one row an indicator with "
        "indicator, numerator, denominator."
    ),
    epilog=keys(
        indicators="group code name numerator_of denominator_of higher_is_better estimate numerator "
        "denominator from to unit left_out"
    ),
)
def indicators(
    file: options.File,
    as_json: options.Json = False,
    first: Annotated[
        str, typer.Option("--from", help=_("The first day counted, as in 2026-01-01"), show_default=False)
    ] = "",
    last: Annotated[
        str, typer.Option("--to", help=_("The last day counted, as in 2026-06-30"), show_default=False)
    ] = "",
    return_within: Annotated[
        float, typer.Option("--return-within", help=_("Days within which a customer counts as returned"))
    ] = 0,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help=_("A column of another name, as in knows=听说过我们; again for more"),
            show_default=False,
        ),
    ] = None,
    unit: Annotated[int, typer.Option("--unit", help=_("Complaints per so many customers"))] = 100,
    group: options.Group = "",
    weight: options.Weight = "",
    stratum: options.Stratum = "",
    cluster: options.Cluster = "",
    population: options.Population = "",
    level: options.Level = 0.95,
) -> None:
    """Rates with their definitions."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import indicators as family

        return family.indicators(
            options.Asked(file, None, level),
            options.Drawn(weight, stratum, cluster, population),
            family.Wanted(first, last, return_within, tuple(column or ()), unit, group),
        )

    output.present(made, as_json=as_json)
