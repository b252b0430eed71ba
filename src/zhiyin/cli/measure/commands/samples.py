"""Samples: how many, how sure, who did not answer, weights and waves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure
from zhiyin.cli.measure.commands.keys import ESTIMATE, keys
from zhiyin.cli.measure.commands.pulses import Question

_SIZE = "n exact unlimited invitations rounding"


@measure.command(
    help=_(
        "How many to ask and how sure the answers are; with a file its margins, the Kish effect of its weights and "
        "who did not answer. Example: zhiyin measure sample --margin 0.05 --population 2000 --response-rate 0.3\n\n"
        "Example: zhiyin measure sample docs/examples/measure/sample-invited.csv --responded=是否回复"
    ),
    epilog=keys(
        "n",
        size=_SIZE,
        size_for_mean=_SIZE,
        size_for_change=_SIZE,
        margin="value n effective_n label level",
        kish="deff effective_n n",
        columns="column kind estimate margin deff label needed",
        response=ESTIMATE,
        rates="rr1 rr2 rr3 rr4 rr5 rr6 coop1 coop2 ref1 con1",
        nonresponse="field kind statistic df p p_holm standardised effect categories means missing "
        "sparse notable",
    ),
)
@options.surveyed
def sample(
    survey: options.Survey,
    file: Annotated[
        Path | None,
        typer.Argument(help=_("A CSV, XLSX or Parquet file, where there are answers"), show_default=False),
    ] = None,
    as_json: options.Json = False,
    margin: Annotated[
        float, typer.Option("--margin", help=_("The margin wanted: 0.05 is five points"), show_default=False)
    ] = 0,
    n: Annotated[int, typer.Option("--n", help=_("Answers that there will be"), show_default=False)] = 0,
    p: Annotated[float, typer.Option("--p", help=_("The share expected; 0.5 is the worst case"))] = 0.5,
    sd: Annotated[
        float,
        typer.Option(
            "--sd", help=_("For a mean: the deviation of answers, from an earlier wave"), show_default=False
        ),
    ] = 0,
    change: Annotated[
        str,
        typer.Option(
            "--change", help=_("Two shares to tell apart between waves: 0.80,0.85"), show_default=False
        ),
    ] = "",
    power: Annotated[float, typer.Option("--power", help=_("How surely the change is to be found"))] = 0.8,
    deff: Annotated[
        float, typer.Option("--deff", help=_("The design effect to plan with"), show_default=False)
    ] = 0,
    response_rate: Annotated[
        float, typer.Option("--response-rate", help=_("The share of those asked who answer"))
    ] = 1.0,
    nearest: Annotated[
        bool, typer.Option("--nearest", help=_("Round to the nearest, as Krejcie and Morgan's table does"))
    ] = False,
    opt_in: Annotated[
        bool, typer.Option("--opt-in", help=_("Whoever liked to could answer; margins are labelled so"))
    ] = False,
    responded: Annotated[
        str,
        typer.Option("--responded", help=_("The column that says who answered (是/否)"), show_default=False),
    ] = "",
    disposition: Annotated[
        str,
        typer.Option(
            "--disposition", help=_("The column that says how each invitation ended"), show_default=False
        ),
    ] = "",
    question: Question = None,
) -> None:
    """Sizes, margins, response."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import sampling, sampling_results

        asked = None if file is None else survey.asked(file, None)
        wanted = sampling_results.Wanted(
            margin, n, p, sd, change, power, deff, response_rate, nearest, opt_in, responded, disposition,
            tuple(question or ()),
        )  # fmt: skip
        return sampling.sample(asked, survey.drawn, wanted, survey.level)

    output.present(made, as_json=as_json)


@measure.command(
    help=_(
        "Weights under which the respondents resemble the population. Example: zhiyin measure rake "
        "docs/examples/measure/rake-answers.csv --target=性别：男=0.48，女=0.52 --target=年龄：青年=0.3，中年=0.5，老年=0.2"
        "\n\nThe file written by --out is the sheet with a column of weights, which every measurement understands."
    ),
    epilog=keys(
        "converged",
        "rounds",
        "trimmed",
        "cells",
        "weights",
        "out",
        worst="field category target total",
        kish="deff effective_n n",
        margins="field category before target after n",
    ),
)
def rake(
    file: options.File,
    margins: Annotated[
        list[str] | None,
        typer.Argument(help=_("The shares of a --target, as in 男=0.48,女=0.52"), show_default=False),
    ] = None,
    as_json: options.Json = False,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target", help=_("A column and its shares or counts: 性别 男=0.48,女=0.52"), show_default=False
        ),
    ] = None,
    targets: Annotated[
        Path | None,
        typer.Option(
            "--targets",
            help=_("A file of margins with the columns field, category, target"),
            show_default=False,
        ),
    ] = None,
    base: Annotated[
        str, typer.Option("--base", help=_("The column of design weights to start from"), show_default=False)
    ] = "",
    trim: Annotated[
        str,
        typer.Option(
            "--trim", help=_("Lowest and highest weight, as in 0.3,3 times the mean"), show_default=False
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", help=_("The CSV or JSON file to write the weights to"), show_default=False),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help=_("Overwrite the file of weights"))] = False,
) -> None:
    """Iterative proportional fitting."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import raking

        # Options may come first, and with them the shares that belong to them.
        words = [str(file), *(margins or ())]
        sheet = next((word for word in words if "=" not in word), str(file))
        words.remove(sheet)
        wanted = raking.Wanted(tuple(target or ()), tuple(words), targets, base, trim, out, replace)
        return raking.rake(options.Asked(Path(sheet), None, 0.95), wanted)

    output.present(made, as_json=as_json)


@measure.command(
    help=_(
        "What changed from wave to wave, and whether it is more than chance. "
        "Example: zhiyin measure waves docs/examples/measure/waves-panel.csv\n\n"
        "One row a respondent and wave; who answers again is known by the column of respondents."
    ),
    epilog=keys(
        "waves",
        changes="question first last before after difference overlap test t df p p_holm",
        trends="name slope waves t df p p_holm",
    ),
)
@options.surveyed
def waves(
    survey: options.Survey,
    file: options.File,
    as_json: options.Json = False,
    question: Question = None,
    wave: options.Wave = "",
    first: Annotated[str, typer.Option("--from", help=_("Only from this wave …"), show_default=False)] = "",
    last: Annotated[str, typer.Option("--to", help=_("… to this one"), show_default=False)] = "",
    people: Annotated[
        str, typer.Option("--people", help=_("auto, independent, paired or overlapping"))
    ] = "auto",
    scale: Annotated[
        str, typer.Option("--scale", help=_("The ends of the scale, as in 1-10"), show_default=False)
    ] = "",
) -> None:
    """Changes and trends."""
    from zhiyin.cli.measure import output

    def made() -> output.Outcome:
        from zhiyin.cli.measure import waves as family

        asked_on = options.scale(scale) if scale else None
        return family.waves(
            survey.asked(file, asked_on),
            survey.drawn,
            family.Wanted(tuple(question or ()), wave, first, last, people),
        )

    output.present(made, as_json=as_json)
