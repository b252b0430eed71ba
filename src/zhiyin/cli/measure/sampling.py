"""How many to ask, how sure the answers are, and who did not answer: from options or a sheet to a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import options, ranges, sampling_tables
from zhiyin.cli.measure import people as repeats
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome
from zhiyin.cli.measure.sampling_results import Column, Sample, Wanted
from zhiyin.libs.measure import errors, means, nonresponse, proportions
from zhiyin.libs.measure import sampling as engine
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.sheets import Sheet, find, questions, records

_FEW = 5
_PAIR = 2
_MANY = 20
_ENDED = {
    "complete": ("complete", "completed", "完成", "完整"),
    "partial": ("partial", "部分完成", "中途退出"),
    "refused": ("refused", "refusal", "拒绝", "拒絕", "拒答"),
    "not_reached": ("not reached", "noncontact", "no contact", "未联系上", "未接通", "未接触", "未聯繫上"),
    "other": ("other", "其他", "其它"),
    "unknown_household": ("unknown", "unknown household", "不明", "情况不明"),
    "unknown_other": ("unknown other", "资格不明", "資格不明"),
}
ENDED = {word: float(at) for at, words in enumerate(_ENDED.values()) for word in words}


def sample(asked: Asked | None, drawn: Drawn, wanted: Wanted, level: float) -> Outcome:
    """Sizes and margins, from options alone or with a sheet."""
    people = _people(drawn)
    _check_figures(wanted)
    if asked is None:
        _check_alone(drawn, wanted)
        deff = wanted.deff or 1.0
        margin = _worst(wanted, wanted.n, people, deff, level) if wanted.n else None
        result = Sample(None, *_sizes(wanted, people, deff, level), margin, None, (), None, None, ())
    else:
        result = _of_sheet(asked, drawn, wanted, people, level)
    return Outcome(result, sampling_tables.blocks(result, wanted, level))


def _people(drawn: Drawn) -> float:
    """How many there are to draw from, over all strata."""
    found = options.population(drawn.population)
    if found is None:
        return math.inf
    for size in found.values() if isinstance(found, dict) else (found,):
        ranges.above_zero("--population", size)
    return sum(found.values()) if isinstance(found, dict) else found


def _check_figures(wanted: Wanted) -> None:
    """That the options can be meant; what was not given is 0. Raises `OutOfRange`."""
    for option, value in (
        ("--margin", wanted.margin),
        ("--n", wanted.n),
        ("--sd", wanted.sd),
        ("--deff", wanted.deff),
    ):
        if value:
            ranges.above_zero(option, value)
    ranges.share("--p", wanted.p)
    ranges.share("--power", wanted.power)
    ranges.share_or_all("--response-rate", wanted.response_rate)


def _check_alone(drawn: Drawn, wanted: Wanted) -> None:
    if (
        drawn.weight
        or drawn.stratum
        or drawn.cluster
        or wanted.responded
        or wanted.disposition
        or wanted.questions
    ):
        raise errors.MissingInput(
            what="--weight, --responded, --question, …", needed=errors.gettext_noop("a file with answers")
        )
    if not (wanted.margin or wanted.n or wanted.change):
        raise errors.MissingInput(
            what=errors.gettext_noop("A sample"),
            needed=errors.gettext_noop("a file, or --margin, --n or --change"),
        )


def _sizes(
    wanted: Wanted, people: float, deff: float, level: float
) -> tuple[engine.Size | None, engine.Size | None, engine.Size | None]:
    rounding = engine.Rounding.NEAREST if wanted.nearest else engine.Rounding.UP
    common: dict[str, Any] = {"deff": deff, "response_rate": wanted.response_rate, "level": level}
    size = of_mean = of_change = None
    if wanted.margin and wanted.sd:
        of_mean = engine.size_for_mean(
            wanted.margin, wanted.sd, population=people, rounding=rounding, **common
        )
    elif wanted.margin:
        ranges.share("--margin", wanted.margin)
        size = engine.size_for_proportion(
            wanted.margin, p=wanted.p, population=people, rounding=rounding, **common
        )
    if wanted.change:
        one, other = _change(wanted.change)
        of_change = engine.size_for_change(one, other, power=wanted.power, **common)
    return size, of_mean, of_change


def _change(text: str) -> tuple[float, float]:
    try:
        one, other = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError as error:
        raise errors.BadOption(option="--change", value=text, allowed="0.80,0.85") from error
    for each in (one, other):
        ranges.share("--change", each)
    return one, other


def _worst(wanted: Wanted, n: int, people: float, deff: float, level: float) -> engine.Margin:
    drawn = engine.Drawn.OPT_IN if wanted.opt_in else engine.Drawn.BY_CHANCE
    return engine.margin_of_proportion(
        wanted.p, n, population=people, deff=deff, drawn=drawn, as_if=wanted.opt_in, level=level
    )


def _of_sheet(asked: Asked, drawn: Drawn, wanted: Wanted, people: float, level: float) -> Sample:
    sheet = asked.sheet
    response, differences, kept = _response(sheet, asked, wanted, level)
    rates = _rates(sheet, wanted, level)
    weight = find(sheet, "weight", drawn.weight)
    design = drawn.design(sheet).subset(kept)
    kish = None if weight is None else engine.kish(sheet.whole_numbers(weight, positive=True)[kept])
    n = int(kept.sum())
    columns: tuple[Column, ...] = ()
    if wanted.questions or not (wanted.responded or wanted.disposition):
        columns = _columns(sheet, kept, asked, drawn, wanted, people, design, level)
    deff = wanted.deff or (1.0 if kish is None else kish.deff)
    # With columns at hand each says for itself how many answers its margin needs.
    planned = _sizes(replace(wanted, margin=0) if columns else wanted, people, deff, level)
    margin = None if rates is not None else _worst(wanted, n, people, deff, level)
    return Sample(n, *planned, margin, kish, columns, response, rates, differences)


def _response(
    sheet: Sheet, asked: Asked, wanted: Wanted, level: float
) -> tuple[Estimate | None, tuple[nonresponse.FieldDifference, ...], Any]:
    """The rate of response, how those who answered differ, and which rows they are."""
    if not wanted.responded:
        return None, (), np.ones(len(sheet), dtype=bool)
    name = find(sheet, "group", wanted.responded) or wanted.responded
    answered = np.nan_to_num(records.yes_no(sheet, name)) == 1
    if not answered.any() or answered.all():
        raise errors.TooFew(
            what=errors.gettext_noop("A comparison of those who answered with those who did not"),
            needed=1,
            found=0,
        )
    known, numbers = _known(sheet, asked, {name, *wanted.questions}, answered)
    differences = nonresponse.compare(known, answered, numbers=numbers, level=level) if known else ()
    rate = proportions.wilson(float(answered.sum()), len(answered), level=level)
    return rate, differences, answered


def _known(
    sheet: Sheet, asked: Asked, besides: set[str], answered: Any
) -> tuple[dict[str, Sequence[Any]], list[str]]:
    """The fields to compare: numbers by their means, columns of a few values by their categories.

    What is known of those who answered alone, such as their answers, is nothing to compare by.
    """
    leave = besides | {find(sheet, role) for role in ("respondent", "weight", "stratum", "cluster")}
    leave.add(asked.respondent)
    known: dict[str, Sequence[Any]] = {}
    numbers: list[str] = []
    for name in sheet.names:
        if name in leave:
            continue
        labels = sheet.labels(name).tolist()
        distinct = len(set(labels) - {None})
        there = np.array([each is not None for each in labels], dtype=bool)
        if min(there[answered].sum(), there[~answered].sum()) < _PAIR:
            continue
        if name in questions.numeric(sheet) and distinct > _FEW:
            known[name] = sheet.numbers(name).tolist()
            numbers.append(name)
        elif 0 < distinct <= _MANY:
            known[name] = labels
    return known, numbers


def _rates(sheet: Sheet, wanted: Wanted, level: float) -> nonresponse.Rates | None:
    if not wanted.disposition:
        return None
    find(sheet, "group", wanted.disposition)
    coded = sheet.coded(wanted.disposition, ENDED, allowed="、".join(words[-1] for words in _ENDED.values()))
    counts = np.bincount(coded[~np.isnan(coded)].astype(int), minlength=len(_ENDED))
    found = nonresponse.Dispositions(*(int(count) for count in counts))
    return nonresponse.response_rates(found, level=level)


def _columns(
    sheet: Sheet,
    kept: Any,
    asked: Asked,
    drawn: Drawn,
    wanted: Wanted,
    people: float,
    design: Design,
    level: float,
) -> tuple[Column, ...]:
    given = {"attribute": asked.attribute, "respondent": asked.respondent}
    besides = [name for name in (drawn.weight, drawn.stratum, drawn.cluster, asked.respondent) if name]
    rows = sheet.where(kept)
    found = questions.ask(rows, questions.coder(), names=wanted.questions, given=given, besides=besides)
    repeats.once(found.sheet, asked, drawn)
    if len(found.sheet) != len(rows):
        design = drawn.design(found.sheet)
    return tuple(
        _column(name, found.values[:, at], wanted, people, design, level)
        for at, name in enumerate(found.names)
    )


def _column(name: str, values: Any, wanted: Wanted, people: float, design: Design, level: float) -> Column:
    answered = values[~np.isnan(values)]
    if not len(answered):
        raise errors.TooFew(what=name, needed=1, found=0)
    found = means.sample(values, design)
    two = bool(np.isin(answered, (0, 1)).all())
    estimate = (proportions if two else means).of_sample(found, level=level)
    deff = found.n / found.size if found.size else math.nan
    label = engine.AS_IF if wanted.opt_in else engine.RANDOM
    needed = _needed(found, wanted, people, deff, level, two=two)
    return Column(name, "share" if two else "mean", estimate, estimate.margin, deff, _(label), needed)


def _needed(
    found: means.Sample, wanted: Wanted, people: float, deff: float, level: float, *, two: bool
) -> engine.Size | None:
    """How many answers this column would need for the margin asked for."""
    if not wanted.margin or not found.variance > 0 or not deff > 0:
        return None
    common: dict[str, Any] = {
        "population": people,
        "deff": deff if math.isinf(people) else 1.0,
        "response_rate": wanted.response_rate,
        "level": level,
    }
    if two:
        ranges.share("--margin", wanted.margin)
        return engine.size_for_proportion(wanted.margin, p=found.mean, **common)
    return engine.size_for_mean(wanted.margin, math.sqrt(found.variance), **common)
