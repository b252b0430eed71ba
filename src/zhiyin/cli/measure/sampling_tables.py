"""How a sample reads: sizes, margins, who did not answer."""

from __future__ import annotations

from collections.abc import Sequence

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts
from zhiyin.cli.measure.output import Table, covering, figure, interval, p_value, share
from zhiyin.cli.measure.sampling_results import Column, Sample, Wanted
from zhiyin.libs.measure import nonresponse
from zhiyin.libs.measure import sampling as engine


def blocks(result: Sample, wanted: Wanted, level: float) -> list[Table | str]:
    """All that is printed."""
    blocks: list[Table | str] = []
    planned = _planned(result, wanted)
    if planned:
        blocks.append(parts.table(_("Answers needed"), planned))
    if result.margin is not None:
        blocks.append(
            _("%(n)s answers: a share of %(p)s is known to ± %(margin)s points (%(label)s, %(level)s).")
            % {
                "n": result.margin.n,
                "p": share(wanted.p, 0),
                "margin": figure(100 * result.margin.value, 1),
                "label": _(result.margin.label),
                "level": f"{100 * level:g} %",
            }
        )
    if result.kish is not None:
        blocks.append(
            _("Unequal weights: Kish effect %(deff)s, %(n)s answers count as %(effective)s.")
            % {
                "deff": figure(result.kish.deff, 3),
                "n": result.kish.n,
                "effective": figure(result.kish.effective_n, 1),
            }
        )
    if result.columns:
        blocks.append(_margins(result.columns, level))
    return blocks + _answered(result, level)


def _planned(result: Sample, wanted: Wanted) -> list[dict[str, str]]:
    each = (
        (_("A share to ± %(margin)s points") % {"margin": f"{100 * wanted.margin:g}"}, result.size),
        (_("A mean to ± %(margin)s") % {"margin": f"{wanted.margin:g}"}, result.size_for_mean),
        (
            _("A change of a share, %(change)s, in each wave") % {"change": wanted.change},
            result.size_for_change,
        ),
    )
    return [
        {
            _("To know"): what,
            _("Answers"): str(size.n),
            _("Unrounded"): figure(size.exact, 1),
            _("People to ask"): str(size.invitations),
        }
        for what, size in each
        if size is not None
    ]


def _margins(columns: Sequence[Column], level: float) -> Table:
    caption = _("What each column is known to")
    if columns[0].label != _(engine.RANDOM):
        caption = f"{caption}: {columns[0].label}"
    return parts.table(
        caption,
        [
            {
                _("Column"): each.column,
                _("Value"): share(each.estimate.value)
                if each.kind == "share"
                else figure(each.estimate.value),
                covering(level): interval(each.estimate.scaled(100), 1)
                if each.kind == "share"
                else interval(each.estimate),
                "±": f"{figure(100 * each.margin, 1)} %" if each.kind == "share" else figure(each.margin),
                _("Design effect"): figure(each.deff),
                _("Answers needed"): "" if each.needed is None else str(each.needed.n),
                "n": str(each.estimate.n),
            }
            for each in columns
        ],
    )


def _answered(result: Sample, level: float) -> list[Table | str]:
    blocks: list[Table | str] = []
    if result.response is not None:
        blocks.append(
            _("Response: %(share)s answered (%(interval)s %%), of %(n)s asked.")
            % {
                "share": share(result.response.value),
                "interval": interval(result.response.scaled(100), 1),
                "n": result.response.n,
            }
        )
    if result.rates is not None:
        blocks.append(_aapor(result.rates, level))
    if result.nonresponse:
        blocks += [_fields(result.nonresponse), _noted(), _categories(result.nonresponse)]
        blocks.append(_("No difference in what is known does not mean none in what was asked."))
    return blocks


def _aapor(rates: nonresponse.Rates, level: float) -> Table:
    return parts.table(
        _("Rates as AAPOR numbers them"),
        [
            {
                _("Rate"): name.upper(),
                _("Value"): share(rate.value),
                covering(level): interval(rate.scaled(100), 1),
                "n": str(rate.n),
            }
            for name, rate in parts.fields(rates).items()
        ],
    )


def _fields(found: Sequence[nonresponse.FieldDifference]) -> Table:
    return parts.table(
        _("Those who answered against those who did not"),
        [
            {
                _("Column"): each.field,
                _("Answered"): "" if each.means is None else figure(each.means[0].value),
                _("Did not"): "" if each.means is None else figure(each.means[1].value),
                _("Standardised"): parts.signed(each.standardised),
                _("Notable"): parts.yes(each.notable),
                "p": p_value(each.p),
                _("p (Holm)"): p_value(each.p_holm),
                _("Missing"): str(each.missing) if each.missing else "",
            }
            for each in found
        ],
    )


def _noted() -> str:
    return _(
        "Notable: a standardised difference beyond ±%(line)s, whatever p says; p tells whether chance alone could "
        "make it, which in few answers it nearly always could."
    ) % {"line": f"{nonresponse.NOTABLE:g}"}


def _categories(found: Sequence[nonresponse.FieldDifference]) -> Table:
    return parts.table(
        _("By category"),
        [
            {
                _("Column"): each.field,
                _("Category"): str(one.category),
                _("Answered"): share(one.respondents.value),
                _("Did not"): share(one.others.value),
                _("Standardised"): parts.signed(one.standardised),
            }
            for each in found
            for one in each.categories
        ],
    )
