"""What was noticed while a sheet was read: said on standard error once there are figures."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from zhiyin.cli import screen
from zhiyin.cli.spoken import Group

if TYPE_CHECKING:
    from zhiyin.libs.measure.notes import Note
    from zhiyin.libs.measure.sheets import Sheet


@dataclass(frozen=True)
class _Run:
    """The words of one command line, and the remarks on the sheets it read."""

    words: frozenset[str]
    remarks: list[list[Note]] = field(default_factory=list)


_RUN: ContextVar[_Run | None] = ContextVar("measure_remarks", default=None)


class Remarking(Group):
    """Commands after whose figures the remarks follow; a refusal stands alone."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command, then say what was noticed."""
        words = {
            part for text in ctx.args for part in (text, text.partition("=")[2], text.rpartition("=")[2])
        }
        run = _Run(frozenset(words))
        token = _RUN.set(run)
        try:
            result = super().invoke(ctx)
        finally:
            _RUN.reset(token)
        _say(run.remarks)
        return result


def heard(sheet: Sheet) -> Sheet:
    """The sheet, whose remarks will be said; it learns which columns the command line names."""
    run = _RUN.get()
    if run is None:
        return sheet
    run.remarks.append(sheet.remarks)
    return replace(sheet, named=run.words & frozenset(sheet.names))


def drawn(sheet: Sheet, weight: str | None, stratum: str | None, cluster: str | None) -> None:
    """Remark in one line on the columns of a design that were taken without being named."""
    from zhiyin.libs.measure.notes import Note

    columns = {"weight": weight, "stratum": stratum, "cluster": cluster}
    taken = {role: column for role, column in columns.items() if column}
    if taken:
        sheet.remark(Note(_taken()[tuple(taken)], taken))


def _taken() -> dict[tuple[str, ...], str]:
    from zhiyin.libs.measure.errors import gettext_noop

    return {
        ("weight",): gettext_noop("Weighted by the column “%(weight)s”."),
        ("stratum",): gettext_noop("Stratified by the column “%(stratum)s”."),
        ("cluster",): gettext_noop("Clustered by the column “%(cluster)s”."),
        ("weight", "stratum"): gettext_noop(
            "Weighted by the column “%(weight)s”, stratified by the column “%(stratum)s”."
        ),
        ("weight", "cluster"): gettext_noop(
            "Weighted by the column “%(weight)s”, clustered by the column “%(cluster)s”."
        ),
        ("stratum", "cluster"): gettext_noop(
            "Stratified by the column “%(stratum)s”, clustered by the column “%(cluster)s”."
        ),
        ("weight", "stratum", "cluster"): gettext_noop(
            "Weighted by the column “%(weight)s”, stratified by the column “%(stratum)s”, clustered by the column "
            "“%(cluster)s”."
        ),
    }


def _say(remarks: list[list[Note]]) -> None:
    if not remarks:
        return
    from zhiyin.cli.measure.output import sentence

    for line in dict.fromkeys(sentence(note.message, note.data) for notes in remarks for note in notes):
        screen.warn(line)
