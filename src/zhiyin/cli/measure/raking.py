"""Weights by known margins, from a sheet to a table and a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts, ranges
from zhiyin.cli.measure.options import Asked
from zhiyin.cli.measure.output import Outcome, Table, figure, share
from zhiyin.libs.measure import errors, sampling
from zhiyin.libs.measure import raking as engine
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.sheets import Sheet, find, questions, read
from zhiyin.libs.measure.sheets import errors as unusable
from zhiyin.libs.measure.sheets.sheet import Floats, label

_FIELD = ("field", "变量", "變量", "字段", "维度", "維度")
_CATEGORY = ("category", "类别", "類別", "取值")
_TARGET = ("target", "share", "count", "目标", "目標", "占比", "佔比", "比例", "人数", "人數")
_HUNDRED = 100
_CLOSE = 1e-6


@dataclass(frozen=True)
class Wanted:
    """The margins, where the weights go and how far they may go."""

    targets: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()
    file: Path | None = None
    base: str = ""
    trim: str = ""
    out: Path | None = None
    replace: bool = False


@dataclass(frozen=True)
class Margin:
    """One category: its share of the respondents, its target, and its share after weighting."""

    field: str
    category: str
    before: float
    target: float
    after: float
    n: int


@dataclass(frozen=True)
class Raked:
    """The weights, (n,) with a mean of 1 where targets are shares, and how well they meet the margins."""

    converged: bool
    rounds: int
    worst: engine.Misfit
    kish: sampling.Kish
    trimmed: int
    cells: int
    margins: tuple[Margin, ...]
    weights: Floats
    out: str | None


class NotWritten(errors.MeasureError):
    """The file of weights cannot be written."""

    code = "measure.not_written"
    message = gettext_noop("The weights cannot be written to %(file)s: %(reason)s")


def rake(asked: Asked, wanted: Wanted) -> Outcome:
    """Weights under which a sheet's respondents resemble the population."""
    sheet = asked.sheet
    _check_out(wanted, asked.file)
    targets = _shares(_targets(wanted))
    fields = {field: _labels(sheet, field, margin) for field, margin in targets.items()}
    base = find(sheet, "weight", wanted.base) if wanted.base else None
    found = engine.rake(
        fields,
        targets,
        base=None if base is None else sheet.whole_numbers(base, positive=True),
        trim=_trim(wanted.trim),
    )
    result = Raked(
        found.converged,
        found.rounds,
        found.worst,
        found.kish,
        found.trimmed,
        found.cells,
        tuple(_margins(fields, targets, found.weights)),
        found.weights,
        None if wanted.out is None else str(wanted.out),
    )
    if wanted.out is not None:
        _write(wanted.out, sheet, found.weights)
    return Outcome(result, _blocks(result))


def _check_out(wanted: Wanted, source: Path) -> None:
    out = wanted.out
    if out is None:
        return
    if out.suffix.lower() not in {".csv", ".json"}:
        raise errors.BadOption(option="--out", value=out, allowed="*.csv, *.json")
    if out.exists() and (not wanted.replace or out.samefile(source)):
        raise NotWritten(file=out, reason=gettext_noop("it is there already (--replace overwrites it)"))


def _targets(wanted: Wanted) -> dict[str, dict[str, float]]:
    """Field → category → target, from the options and the second file."""
    out = {} if wanted.file is None else _listed(read(wanted.file))
    rest = list(wanted.margins)
    for text in wanted.targets:
        field, margin = text, ""
        for sign in ("：", ":", " "):
            if sign in text.split("=", maxsplit=1)[0]:
                field, _sign, margin = text.partition(sign)
                break
        if not margin and rest:
            margin = rest.pop(0)
        if not margin:
            raise errors.BadOption(option="--target", value=text, allowed="性别 男=0.48,女=0.52")
        out[field.strip()] = parts.shares("--target", margin)
    if rest:
        raise errors.BadOption(option="--target", value=rest[0], allowed="性别 男=0.48,女=0.52")
    if not out:
        raise errors.MissingInput(what="rake", needed="--target, --targets")
    return out


def _listed(sheet: Sheet) -> dict[str, dict[str, float]]:
    plain = {name.strip().lower(): name for name in sheet.names}
    heads = []
    for words in (_FIELD, _CATEGORY, _TARGET):
        name = next((plain[word] for word in words if word in plain), None)
        if name is None:
            raise unusable.NoColumn(wanted=" / ".join(words[:2]), columns=", ".join(sheet.names))
        heads.append(name)
    fields, categories = (sheet.labels(name, whole=True).tolist() for name in heads[:2])
    values = questions.coder(scale=(0, 1e15))(sheet, heads[2])
    out: dict[str, dict[str, float]] = {}
    for at, (field, category) in enumerate(zip(fields, categories, strict=True)):
        if np.isnan(values[at]):
            raise unusable.CellMissing(row=sheet.row(at), column=heads[2])
        margin = out.setdefault(field, {})
        if category in margin:
            first = next(row for row in range(at) if (fields[row], categories[row]) == (field, category))
            raise unusable.AnsweredTwice(row=sheet.row(at), first=sheet.row(first))
        margin[category] = float(values[at])
    return out


def _shares(targets: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Per cent become shares: margins that come to 100 where none comes to anything else but 1."""
    totals = {field: sum(margin.values()) for field, margin in targets.items()}
    for field, margin in targets.items():
        # Nobody counts people in parts of one: these are shares.
        if max(margin.values()) <= 1 < len(margin) and not _whole(totals[field]):
            raise ranges.WrongSum(option="--target", field=field, sum=f"{totals[field]:.6g}")
    if not all(map(_whole, totals.values())):
        _check_same(totals)
        return targets
    return {
        field: {name: value / totals[field] for name, value in margin.items()}
        for field, margin in targets.items()
    }


def _whole(total: float) -> bool:
    return min(abs(total - 1), abs(total / _HUNDRED - 1)) <= _CLOSE


def _check_same(totals: Mapping[str, float]) -> None:
    first, *others = totals
    for other in others:
        if abs(totals[other] - totals[first]) > _CLOSE * totals[first]:
            raise ranges.DifferentSums(
                option="--target",
                first=first,
                sum=f"{totals[first]:.10g}",
                other=other,
                total=f"{totals[other]:.10g}",
            )


def _labels(sheet: Sheet, field: str, margin: Mapping[str, float]) -> list[str]:
    """Each row's category, which must have a target."""
    find(sheet, "group", field)
    labels: list[str] = sheet.labels(field, whole=True).tolist()
    for at, name in enumerate(labels):
        if name not in margin:
            raise unusable.NotAnAnswer(row=sheet.row(at), column=field, value=name, allowed=", ".join(margin))
    return labels


def _trim(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        low, high = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError as error:
        raise errors.BadOption(option="--trim", value=text, allowed="0.3,3") from error
    ranges.around_one("--trim", low, high)
    return low, high


def _margins(
    fields: Mapping[str, Sequence[str]], targets: Mapping[str, Mapping[str, float]], weights: Floats
) -> list[Margin]:
    out = []
    for field, margin in targets.items():
        labels, total = np.array(fields[field], dtype=object), sum(margin.values())
        for category, target in margin.items():
            member = labels == category
            after = float(weights[member].sum() / weights.sum())
            out.append(
                Margin(field, category, float(member.mean()), target / total, after, int(member.sum()))
            )
    return out


def _write(out: Path, sheet: Sheet, weights: Floats) -> None:
    """The sheet with a column more, which every other measurement takes for the weights; or JSON by row."""
    name = "weight" if "weight" not in sheet.columns else "weight_raked"
    if out.suffix.lower() == ".json":
        rows = [
            {"row": int(row), name: value} for row, value in zip(sheet.rows, weights.tolist(), strict=True)
        ]
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    else:
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow([*sheet.names, name])
        cells = [sheet.columns[each].tolist() for each in sheet.names]
        for at, weight in enumerate(weights.tolist()):
            writer.writerow([*(label(column[at]) or "" for column in cells), f"{weight:.10g}"])
        # Spreadsheet programs take a file without this mark for another encoding.
        text = "\ufeff" + lines.getvalue()
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise NotWritten(file=out, reason=error.strerror or error) from error


def _blocks(result: Raked) -> list[Table | str]:
    table = parts.table(
        _("Margins"),
        [
            {
                _("Column"): each.field,
                _("Category"): each.category,
                "n": str(each.n),
                _("Before"): share(each.before, 2),
                _("Target"): share(each.target, 2),
                _("After"): share(each.after, 2),
            }
            for each in result.margins
        ],
    )
    weights = result.weights
    said = _(
        "Weights from %(low)s to %(high)s times the mean; Kish effect %(deff)s, "
        "%(n)s answers count as %(effective)s."
    ) % {
        "low": figure(float(weights.min() / weights.mean()), 3),
        "high": figure(float(weights.max() / weights.mean()), 3),
        "deff": figure(result.kish.deff, 3),
        "n": result.kish.n,
        "effective": figure(result.kish.effective_n, 1),
    }
    blocks: list[Table | str] = [table, said]
    if result.trimmed:
        blocks.append(_("%(count)s weights ended at a bound.") % {"count": result.trimmed})
    if not result.converged:
        blocks.append(
            _("The margins are not all met: %(field)s, %(category)s comes to %(ratio)s of its target.")
            % {
                "field": result.worst.field,
                "category": result.worst.category,
                "ratio": share(result.worst.ratio, 2),
            }
        )
    if result.out:
        blocks.append(_("Written: %(file)s") % {"file": result.out})
    return blocks
