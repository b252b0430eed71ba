"""Path models, from a sheet to a table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts, people
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval
from zhiyin.libs.measure import errors
from zhiyin.libs.measure import paths as engine
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.sheets import Sheet, column, questions
from zhiyin.libs.measure.sheets import errors as unusable

CONSTRUCTS = {
    "Image": gettext_noop("Image of the company"),
    "Expectation": gettext_noop("Customer expectation"),
    "Quality": gettext_noop("Perceived quality"),
    "Value": gettext_noop("Perceived value"),
    "Satisfaction": gettext_noop("Customer satisfaction"),
    "Complaints": gettext_noop("Complaints and how they were handled"),
    "Loyalty": gettext_noop("Customer loyalty"),
}
SCHEMES = {
    "centroid": gettext_noop("centroid"),
    "factorial": gettext_noop("factorial"),
    "path": gettext_noop("path weighting"),
}
_USUAL: dict[str, tuple[str, ...]] = {
    "Image": ("image", "imag", "形象", "企业形象", "企業形象", "品牌形象"),
    "Expectation": ("expectation", "cuex", "期望", "预期", "預期", "顾客期望", "顧客期望"),
    "Quality": ("quality", "perq", "质量", "質量", "感知质量", "感知質量", "品质", "品質"),
    "Value": ("value", "perv", "价值", "價值", "感知价值", "感知價值"),
    "Satisfaction": ("satisfaction", "cusa", "满意", "滿意", "满意度", "滿意度", "顾客满意", "顧客滿意"),
    "Complaints": ("complaints", "cusco", "抱怨", "投诉", "投訴", "抱怨处理", "顾客抱怨"),
    "Loyalty": ("loyalty", "cusl", "忠诚", "忠誠", "忠诚度", "忠誠度", "顾客忠诚", "顧客忠誠"),
}


@dataclass(frozen=True)
class Wanted:
    """The model and how it is to be fitted. blocks: Image=q1,q2, one a construct."""

    model: Path | None = None
    blocks: tuple[str, ...] = ()
    scheme: str = "centroid"
    interval: str = "fisher"
    draws: int = 1000
    seed: int = 1


class BadModel(unusable.Unusable):
    """A file that says no path model."""

    code = "measure.bad_model"
    message = gettext_noop("%(file)s says no path model: %(reason)s")


def paths(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """The path model of a sheet: ECSI over its columns, or a model of one's own."""
    sheet = asked.sheet
    known = _columns(sheet, asked)
    model = own(wanted.model) if wanted.model else _ecsi(known, wanted.blocks)
    for construct, items in model.blocks.items():
        for name in items:
            if name not in known:
                spoken = construct if wanted.model else _(CONSTRUCTS.get(construct, construct))
                raise errors.UnknownColumn(column=name, construct=spoken)
    given = {"attribute": asked.attribute, "respondent": asked.respondent}
    code = questions.coder(scale=asked.scale)
    found = questions.ask(sheet, code, names=model.columns, given=given)
    people.once(found.sheet, asked, drawn)
    result = engine.path_model(
        found.values,
        found.names,
        model,
        scheme=wanted.scheme,
        scale=asked.scale,
        design=drawn.design(found.sheet),
        draws=wanted.draws,
        seed=wanted.seed,
        interval=wanted.interval,
        level=asked.level,
    )
    shown = parts.fields(result, "model", "scores", "standardised", "complete")
    return Outcome(shown, _blocks(result, asked.level, own=wanted.model is not None))


def _columns(sheet: Sheet, asked: Asked) -> Sequence[str]:
    """The questions there are: headings, or in a long sheet the labels of its attributes."""
    if questions.is_long(sheet, {"attribute": asked.attribute}):
        labels = sheet.labels(column(sheet, "attribute", asked.attribute), whole=True)
        return tuple(dict.fromkeys(labels.tolist()))
    return sheet.names


def _ecsi(known: Sequence[str], blocks: Sequence[str]) -> engine.Model:
    """The European index over the blocks given, or over columns of usual names: IMAG1, 形象1, 感知质量 2."""
    if blocks:
        return engine.ecsi(dict(_block(text, known) for text in blocks))
    found: dict[str, list[str]] = {}
    for name in known:
        stem = name.strip().lower().rstrip("0123456789０１２３４５６７８９ _.-：:")
        for construct, words in _USUAL.items():
            if stem in words:
                found.setdefault(construct, []).append(name)
    ordered = {name: found[name] for name in engine.ECSI.blocks if name in found}
    if len(ordered) < 2:  # noqa: PLR2004 - a path has two ends
        raise unusable.NoColumn(
            wanted="IMAG1, CUEX1, PERQ1, PERV1, CUSA1, CUSCO, CUSL1", columns=", ".join(known)
        )
    return engine.ecsi(ordered)


def _block(text: str, known: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    name, sign, items = text.replace("，", ",").replace("＝", "=").partition("=")
    construct = next((one for one, words in _USUAL.items() if name.strip().lower() in words), name.strip())
    columns = tuple(item.strip() for item in items.split(",") if item.strip())
    if not sign or not columns:
        raise errors.BadOption(option="--block", value=text, allowed="Image=q1,q2,q3")
    for item in columns:
        if item not in known:
            raise errors.UnknownColumn(column=item, construct=name.strip())
    return construct, columns


def own(file: Path) -> engine.Model:
    """The model in a TOML file: [blocks] of columns, and paths = [["A", "B"], …]; raises `BadModel`, `NoFile`."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise unusable.NoFile(file=file) from error
    except tomllib.TOMLDecodeError as error:
        raise BadModel(file=file.name, reason=gettext_noop("it is not written as TOML")) from error
    blocks, ends = said.get("blocks"), said.get("paths")
    if not isinstance(blocks, Mapping) or not all(_texts(items) for items in blocks.values()):
        raise BadModel(file=file.name, reason='[blocks] Image = ["q1", "q2"]')
    if not isinstance(ends, list) or not all(_texts(each) and len(each) == 2 for each in ends):  # noqa: PLR2004
        raise BadModel(file=file.name, reason='paths = [["Image", "Loyalty"]]')
    return engine.Model(blocks, [(source, target) for source, target in ends])


def _texts(items: Any) -> bool:
    return isinstance(items, list) and bool(items) and all(isinstance(item, str) for item in items)


def _blocks(result: engine.PathModel, level: float, *, own: bool) -> list[Table | str]:
    def called(name: str) -> str:
        return name if own else _(CONSTRUCTS[name])

    blocks: list[Table | str] = [
        _("%(n)s respondents with every answer (%(left_out)s left out); scheme %(scheme)s, %(draws)s draws.")
        % {
            "n": result.n,
            "left_out": result.left_out,
            "scheme": _(SCHEMES[result.scheme]),
            "draws": result.bootstrap.used,
        },
        _constructs(result, level, called),
        _effects(result, level, called),
        _indicators(result, level, called),
    ]
    if not result.converged:
        blocks.append(_("The weights have not settled; the figures are not final."))
    return blocks


def _constructs(result: engine.PathModel, level: float, called: Any) -> Table:
    return parts.table(
        _("Constructs, 0 to 100"),
        [
            {
                _("Construct"): called(each.name),
                _("Score"): "" if each.score is None else figure(each.score.value, 1),
                covering(level): "" if each.score is None else interval(each.score, 1),
                "R²": _maybe(each.r2),
                "AVE": _maybe(each.ave),
                _("Composite reliability"): _maybe(each.composite_reliability),
                _("Columns"): str(len(each.columns)),
            }
            for each in result.constructs
        ],
    )


def _effects(result: engine.PathModel, level: float, called: Any) -> Table:
    direct = {(path.source, path.target) for path in result.paths}
    return parts.table(
        _("What drives what"),
        [
            {
                _("From"): called(each.source),
                _("To"): called(each.target),
                _("Path"): _with(each.direct) if (each.source, each.target) in direct else "",
                _("Through others"): _with(each.indirect) if abs(each.indirect.value) > 0 else "",
                _("In all"): figure(each.total.value, 3),
                covering(level): interval(each.total, 3),
            }
            for each in result.effects
        ],
    )


def _indicators(result: engine.PathModel, level: float, called: Any) -> Table:
    return parts.table(
        _("Columns and their constructs"),
        [
            {
                _("Construct"): called(each.construct),
                _("Column"): each.column,
                _("Weight"): figure(each.share.value, 3),
                _("Loading"): figure(each.loading.value, 3),
                covering(level): interval(each.loading, 3),
            }
            for each in result.indicators
        ],
    )


def _with(estimate: Estimate) -> str:
    ends = "" if np.isnan(estimate.low) else f" ({interval(estimate, 3)})"
    return f"{figure(estimate.value, 3)}{ends}"


def _maybe(estimate: Estimate | None) -> str:
    return "" if estimate is None else figure(estimate.value, 3)
