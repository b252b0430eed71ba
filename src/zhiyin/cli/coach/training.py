"""`zhiyin coach train --to FOLDER`."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhiyin.cli import exits
from zhiyin.cli.coach import engine, rows
from zhiyin.cli.coach.errors import BadFolder, BadLabel, BadText, NoFile, NothingToLearn
from zhiyin.cli.language import gettext
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import progress, say, warn
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach import corpus
from zhiyin.libs.coach.readings import Role

if TYPE_CHECKING:
    from rich.progress import Progress

Record = dict[str, Any]
DIALOGUES = ".txt"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt of one side: `module` has `examples`, HEADS and SETTINGS."""

    role: Role
    file: str
    module: str
    title: str


# The model of customers first: that of agents looks through its eyes where the folder is the shipped one.
LESSONS = (
    Lesson(
        Role.CUSTOMER,
        engine.CUSTOMER,
        "zhiyin.libs.coach.customer.learning",
        gettext_noop("Customers' turns"),
    ),
    Lesson(Role.AGENT, engine.AGENT, "zhiyin.libs.coach.weighing_learning", gettext_noop("Agents' turns")),
)


def train(to: Path, *, more: Sequence[Path], only_more: bool) -> int:
    """Train both models on the shipped corpus and the house's own labels, and write them to a folder.

    A side without a single label is passed over. Raises NoFile, BadLabel, BadFolder, NothingToLearn.
    """
    own = _own(more)
    if own is None:
        return exits.UNUSABLE
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFolder(folder=to) from error
    with progress() as bars:
        learnt = [_learnt(lesson, own, to, bars, only_more=only_more) for lesson in LESSONS]
    told = list(filter(None, learnt))
    if not told:
        raise NothingToLearn
    for line in told:
        say(line)
    return exits.OK


def _own(more: Sequence[Path]) -> list[Record] | None:
    """The house's own records; None where a line cannot be used (told already)."""
    found: list[Record] = []
    for file in more:
        if file.suffix == DIALOGUES:
            found += _dialogues(file)
            continue
        with rows.opened(file) as stream:
            if not rows.sound(stream):
                return None
            found += [row.record for _line, row in rows.rows(stream)]
    return found


def _dialogues(file: Path) -> list[Record]:
    try:
        return list(corpus.records(file))
    except OSError as error:
        raise NoFile(file=file) from error
    except UnicodeDecodeError as error:
        raise BadText(byte=error.start + 1) from error
    except ValueError as error:
        raise BadLabel(reason=error) from error


def _learnt(
    lesson: Lesson, own: Sequence[Record], to: Path, bars: Progress, *, only_more: bool
) -> str | None:
    """Train and write one model; what was learnt, or None where there is nothing to learn from."""
    module = importlib.import_module(lesson.module)
    training = importlib.import_module("zhiyin.libs.coach.training")
    mine = [record for record in own if record.get("role") == lesson.role]
    records = [*(() if only_more else corpus.of(lesson.role)), *mine]
    if not records:
        return None
    title = gettext(lesson.title)
    warn(_("%(title)s: reading %(count)s") % {"title": title, "count": len(records)})
    task = bars.add_task(title, total=len(records))
    try:
        examples = list(module.examples(_counted(records, bars, task)))
    except UnicodeDecodeError as error:
        raise BadText(byte=error.start + 1) from error
    except ValueError as error:
        raise BadLabel(reason=error) from error
    if not examples:
        return None
    warn(_("%(title)s: learning from %(count)s") % {"title": title, "count": len(examples)})
    model = training.train(
        examples,
        module.HEADS,
        module.SETTINGS,
        progress=lambda done, total: bars.update(task, completed=done, total=total),
    )
    size = _written(model, to / lesson.file)
    return _("%(title)s: learnt from %(count)s, %(own)s read of yours: %(file)s, %(size)s MB.") % {
        "title": title,
        "count": len(examples),
        "own": len(mine),
        "file": to / lesson.file,
        "size": f"{size:.1f}",
    }


def _counted(records: Iterable[Record], bars: Progress, task: Any) -> Iterator[Record]:
    for record in records:
        yield record
        bars.advance(task)


def _written(model: Any, file: Path) -> float:
    """Write a model whole or not at all; its size in MB."""
    part = file.with_suffix(".part")
    try:
        model.save(part)
        part.replace(file)
        return file.stat().st_size / 2**20
    except OSError as error:
        raise BadFolder(folder=file.parent) from error
