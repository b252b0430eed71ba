"""Index, importance and what follows from them."""

from __future__ import annotations

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options
from zhiyin.cli.measure.commands.group import measure


@measure.command(
    help=_(
        "The satisfaction index with its margin of error. Example: zhiyin measure index answers.csv --json\n\n"
        "Columns: importance and performance of each attribute, as in importance_price, performance_price."
    ),
    epilog="JSON: index (value low high n se method level), attributes (name importance performance weight), "
    "n, df, weights, span, dropped, notes",
)
def index(
    file: options.File,
    as_json: options.Json = False,
    scale: options.Scale = "1-10",
    weights: options.Weights = "means",
    rescale: options.Rescale = False,
    weight: options.Weight = "",
    stratum: options.Stratum = "",
    cluster: options.Cluster = "",
    population: options.Population = "",
    attribute: options.Attribute = "",
    respondent: options.Respondent = "",
    level: options.Level = 0.95,
) -> None:
    """Importance-weighted satisfaction."""
    from zhiyin.cli.measure import output, satisfaction

    output.present(
        lambda: satisfaction.index(
            options.Asked(file, options.scale(scale), level, attribute, respondent),
            options.Drawn(weight, stratum, cluster, population),
            weights=weights,
            rescale=rescale,
        ),
        as_json=as_json,
    )
