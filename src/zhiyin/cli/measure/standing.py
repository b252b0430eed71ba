"""The league table, from a sheet to a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure.options import Asked, Drawn, pairs, per_name
from zhiyin.cli.measure.output import (
    Outcome,
    Table,
    covering,
    figure,
    interval,
    notes,
    p_value,
    plain,
    share,
)
from zhiyin.cli.measure.people import once
from zhiyin.libs.measure.errors import MeasureError, gettext_noop

if TYPE_CHECKING:
    from zhiyin.libs.measure.sheets import Answers
    from zhiyin.libs.measure.standing import League
    from zhiyin.libs.measure.wallet import Wallet


class NoWeights(MeasureError):
    """A league whose weights come from importance, in a sheet without it."""

    code = "measure.no_weights"
    message = gettext_noop(
        "The sheet has no columns of importance to weigh the attributes by. --weights equal weighs all alike, "
        "and --weights price=3,speed=1 as you say."
    )


@dataclass(frozen=True)
class Wanted:
    """Who we are, which weights, whose customers the raters are, and what else to show."""

    ours: str
    weights: str
    customer_of: str
    rescale: bool
    wallet: bool


def league(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """The league table of a sheet with a supplier on each row."""
    from zhiyin.libs.measure import sheets, standing
    from zhiyin.libs.measure.answers import TEN

    name = sheets.column(asked.sheet, "supplier", asked.supplier)
    found = _answers(asked, name, wanted)
    sheet = found.sheet
    once(sheet, asked, drawn, apart=[name])
    suppliers = sheet.labels(name, whole=True)
    _known(wanted.ours, suppliers.tolist())
    respondent = sheets.find(sheet, "respondent", asked.respondent)
    customer = sheets.find(sheet, "customer_of", wanted.customer_of)
    people = None if respondent is None else sheet.labels(respondent, whole=True)
    weights, kind = _weights(wanted.weights, found.attributes)
    result = standing.league(
        found["performance"],
        suppliers,
        importance=found.measures.get("importance"),
        weights=weights,
        weight_set=kind,
        ours=wanted.ours or None,
        respondents=people,
        customer_of=None if customer is None else sheet.labels(customer, whole=True),
        rescale=wanted.rescale,
        names=found.attributes,
        scale=asked.scale or TEN,
        design=drawn.design(sheet),
        level=asked.level,
    )
    wallet = _wallet(asked, drawn, found, suppliers, people) if wanted.wallet else None
    blocks: list[Table | str] = [_table(result), _pairs(result), *_relatives(result)]
    blocks += [] if wallet is None else [_shares(wallet)]
    whole = {**{field: getattr(result, field) for field in result.__slots__}, "wallet": wallet}
    return Outcome(plain(whole), [*blocks, *notes(result.notes)])


def _answers(asked: Asked, supplier: str, wanted: Wanted) -> Answers:
    """Performance, and importance where the weights come from it."""
    from zhiyin.libs.measure import sheets

    given = {**asked.given, "supplier": supplier}
    stated = wanted.weights in {"pooled", "ours"}
    if stated and not sheets.present(asked.sheet, ["importance"], attribute=asked.attribute):
        raise NoWeights
    measures = [*(["importance"] if stated else []), "performance"]
    return sheets.answers(asked.sheet, measures, scale=asked.scale, given=given)


def _known(ours: str, suppliers: list[str]) -> None:
    from zhiyin.libs.measure.errors import UnknownLabel

    if ours and ours not in suppliers:
        raise UnknownLabel(what="--ours", value=ours, known=", ".join(dict.fromkeys(suppliers)))


def _weights(text: str, attributes: tuple[str, ...]) -> tuple[list[float] | None, str]:
    """Figures, or None where they come from importance; and the kind of set."""
    from zhiyin.libs.measure.errors import BadOption

    if text in {"pooled", "ours"}:
        return None, text
    if text == "equal":
        return [1.0] * len(attributes), "given"
    if "=" not in text and "＝" not in text:
        raise BadOption(option="--weights", value=text, allowed="pooled, ours, equal, name=1,other=2")
    return per_name(pairs(text, "--weights"), attributes, "--weights"), "given"


def _wallet(asked: Asked, drawn: Drawn, found: Answers, suppliers: Any, people: Any) -> Wallet:
    """Each respondent's suppliers ranked by overall satisfaction, else by the mean of what they rate."""
    import numpy as np

    from zhiyin.libs.measure import sheets, wallet
    from zhiyin.libs.measure.answers import TEN
    from zhiyin.libs.measure.errors import MissingInput

    if people is None:
        raise MissingInput(
            what=gettext_noop("Shares of wallet"), needed=gettext_noop("a column of respondents")
        )
    if sheets.find(found.sheet, "overall", asked.overall) is not None:
        scores = asked.whole(found)
    else:
        scores = _means(found["performance"])
    who, back, first = _order(people)
    brands, which, _first = _order(suppliers)
    table = np.full((len(who), len(brands)), np.nan)
    table[back, which] = scores
    design = drawn.design(found.sheet.where(np.isin(np.arange(len(people)), first)))
    return wallet.wallet_shares(
        table, names=tuple(map(str, brands)), scale=asked.scale or TEN, design=design, level=asked.level
    )


def _means(ratings: Any) -> Any:
    import numpy as np

    there = ~np.isnan(ratings)
    with np.errstate(invalid="ignore"):
        return np.where(there, ratings, 0.0).sum(axis=1) / there.sum(axis=1)


def _order(labels: Any) -> tuple[list[Any], Any, Any]:
    """Labels in order of appearance, each row's place among them, and each one's first row."""
    import numpy as np

    places = {label: at for at, label in enumerate(dict.fromkeys(labels.tolist()))}
    back = np.array([places[label] for label in labels.tolist()])
    return list(places), back, np.unique(back, return_index=True)[1]


def _table(result: League) -> Table:
    return Table(
        _("League table"),
        [
            "",
            _("Supplier"),
            _("Index"),
            covering(result.level),
            _("Place from … to"),
            *result.names,
            _("Own customers"),
            "n",
        ],
        [
            [
                str(row.place.rank),
                row.name,
                figure(row.index.value, 1),
                interval(row.index, 1),
                f"{row.place.low} … {row.place.high}",
                *(figure(mean.value) for mean in row.attributes),
                share(row.own_share, 0),
                str(row.n),
            ]
            for row in result.suppliers
        ],
    )


def _pairs(result: League) -> Table:
    return Table(
        _("Every two compared"),
        [_("Suppliers"), _("Difference"), covering(result.level), "p", _("p (Holm)"), _("Apart?")],
        [
            [
                f"{pair.first} – {pair.second}",
                f"{pair.difference.value:+.1f}",
                interval(pair.difference, 1),
                p_value(pair.p),
                p_value(pair.adjusted),
                _("yes") if pair.apart else _("not shown"),
            ]
            for pair in result.pairs
        ],
    )


def _relatives(result: League) -> list[Table]:
    from zhiyin.libs.measure.relative import WAYS

    if not result.relatives:
        return []
    rows = [
        [
            f"{one.ours} : {one.theirs}",
            _(label),
            figure(getattr(one, way).value, 3),
            interval(getattr(one, way), 3),
        ]
        for one in result.relatives
        for way, label in WAYS.items()
    ]
    return [
        Table(
            _("Ourselves relative to each of the others"),
            [_("Suppliers"), _("Way"), _("Value"), covering(result.level)],
            rows,
        )
    ]


def _shares(wallet: Wallet) -> Table:
    return Table(
        _("Shares of wallet (Wallet Allocation Rule), %(n)s customers") % {"n": wallet.n},
        [
            _("Supplier"),
            _("Of all wallets"),
            covering(wallet.level),
            _("Of its users' wallets"),
            _("Used by"),
        ],
        [
            [
                brand.name,
                share(brand.share.value),
                interval(brand.share.scaled(100), 1),
                share(brand.among_users.value),
                share(brand.used_by.value),
            ]
            for brand in wallet.brands
        ],
    )
