"""A table of facts: what was the case each time, and whether it failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.contrast import errors, kinds
from zhiyin.libs.contrast.kinds import Cell, Column

ROWS, COLUMNS = 20_000, 500
FAILED = frozenset({
    "failed", "fail", "failure", "wrong", "error", "bad", "broken", "down", "not ok", "ng",
    "失败", "失敗", "故障", "异常", "異常", "错误", "錯誤", "错", "錯", "坏", "壞", "不合格", "不行", "出错", "出錯",
})  # fmt: skip
WELL = frozenset({
    "ok", "good", "fine", "passed", "pass", "success", "succeeded", "well", "right", "correct", "normal",
    "成功", "正常", "正确", "正確", "好", "合格", "可以", "没问题", "对", "對", "沒問題",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """Conditions, all of one length, and `failed` beside them.

    `rows` are the reader's own row numbers, `failure` the text that counted as failed, `undecided` the rows left
    out because their outcome is empty.
    """

    columns: tuple[Column, ...]
    failed: NDArray[np.bool_]
    outcome: str
    failure: str
    rows: tuple[int, ...]
    undecided: tuple[int, ...] = ()


def facts(
    cells: Mapping[str, Sequence[Cell]],
    *,
    outcome: str,
    failed: str = "",
    kinds_given: Mapping[str, str] | None = None,
    rows: Sequence[int] = (),
) -> Facts:
    """Facts from columns of cells by heading; `outcome` names the one that says whether it failed.

    `failed` is the value that means failed; without it, yes and the usual words do. `kinds_given`: heading → kind.
    `rows`: row numbers for messages, 1 … n without. Raises `NoFacts`, `NoConditions`, `TooLarge`, `UnknownColumn`,
    `UnevenRow`, `UnclearOutcome`, `UnknownFailure`, `UnknownKind`, `WrongCell`, `OddCell`.
    """
    given = kinds_given or {}
    for name in (outcome, *given):
        if name not in cells:
            raise errors.UnknownColumn(column=name, columns=", ".join(cells))
    rows = tuple(rows) or tuple(range(1, len(cells[outcome]) + 1))
    _check_size(cells, outcome, rows)
    verdicts, failure = _outcome(outcome, cells[outcome], failed)
    there = [at for at, verdict in enumerate(verdicts) if verdict is not None]
    if not there:
        raise errors.NoFacts
    kept = [rows[at] for at in there]
    columns = tuple(
        kinds.column(name, [column[at] for at in there], rows=kept, kind=given.get(name, ""))
        for name, column in cells.items()
        if name != outcome
    )
    undecided = tuple(row for row, verdict in zip(rows, verdicts, strict=True) if verdict is None)
    return Facts(
        columns, np.array([verdicts[at] for at in there], bool), outcome, failure, tuple(kept), undecided
    )


def _check_size(cells: Mapping[str, Sequence[Cell]], outcome: str, rows: Sequence[int]) -> None:
    if len(cells) == 1:
        raise errors.NoConditions(outcome=outcome)
    if len(rows) > ROWS or len(cells) > COLUMNS + 1:
        raise errors.TooLarge(rows=ROWS, columns=COLUMNS, found_rows=len(rows), found_columns=len(cells) - 1)
    for column in cells.values():
        if len(column) != len(rows):
            short = min(len(column), len(rows))
            raise errors.UnevenRow(row=short + 1, found=len(column), expected=len(rows))


def _outcome(name: str, cells: Sequence[Cell], failed: str) -> tuple[list[bool | None], str]:
    """Whether each row failed, None where nothing is said, and the text that meant failed."""
    texts = [None if kinds.missing(cell) else kinds.normal(cell) for cell in cells]
    seen = list(dict.fromkeys(text for text in texts if text is not None))
    if failed:
        wanted = _key(failed)
        meant = next((text for text in seen if _key(text) == wanted), None)
        if meant is None:
            raise errors.UnknownFailure(column=name, failed=failed, values=", ".join(seen[:12]))
        return [None if text is None else _key(text) == wanted for text in texts], meant
    verdicts = {text: _verdict(text) for text in seen}
    if None in verdicts.values():
        raise errors.UnclearOutcome(column=name, values=", ".join(seen[:12]))
    failure = next((text for text in seen if verdicts[text]), "")
    return [None if text is None else verdicts[text] for text in texts], failure


def _key(text: str) -> object:
    number = kinds.as_number(text)
    return number if number is not None else kinds.normal(text).casefold()


def _verdict(text: str) -> bool | None:
    word = text.lower()
    return True if word in FAILED else False if word in WELL else kinds.as_yesno(text)
