"""How far the coach's reading of agents' turns agrees with a careful reader's: pure figures, no files.

Gold labels and readings are mappings in the form `zhiyin coach turns` writes: `flags` and `positives` (rule ids),
`severity` 0–3, `question`, `promises` (mappings with `kind`, `owner` and `text`, or `start` and `end` where the text
may not be given away); readings also `findings` (mappings with `rule`, `severity`) where known. Precision, recall and
F1 as in van Rijsbergen, Information Retrieval (1979).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SEVERE = 2
"""From here on a turn should be rewritten."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement on one label: how often both say it, only the reading does, only the gold does."""

    both: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 where nothing was said."""
        return self.both / (self.both + self.extra) if self.both + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was said; 1 where there was nothing to say."""
        return self.both / (self.both + self.missed) if self.both + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where both are silent."""
        total = 2 * self.both + self.extra + self.missed
        return 2 * self.both / total if total else 1.0

    def __add__(self, other: Score) -> Score:
        """Both counts together, as for a micro average."""
        return Score(self.both + other.both, self.extra + other.extra, self.missed + other.missed)


NOTHING = Score(0, 0, 0)


@dataclass(frozen=True, slots=True)
class AgentReport:
    """Agreement on agents' turns. `accuracy` values are shares of turns.

    `severe` counts turns at severity ≥ 2, `severe_findings` the single findings of that severity (right when the
    gold has the rule in that turn). `exact` wants a promise's text, kind and owner, `partial` an overlapping text of the
    same kind. `questions`: agreement on each type.
    """

    turns: int
    rules: Mapping[str, Score]
    findings: Score
    flagged: Score
    severe: Score
    severe_findings: Score
    severity_accuracy: float
    positives: Mapping[str, Score]
    positives_all: Score
    questions: Mapping[str, Score]
    question_accuracy: float
    promises_exact: Score
    promises_partial: Score
    hard_turns: Score


def agents(gold: Sequence[Record], readings: Sequence[Record]) -> AgentReport:
    """Compare `readings` with `gold`, turn by turn in the same order.

    Raises ValueError where the two differ in length or in an id.
    """
    _check_same_turns(gold, readings)
    pairs = list(zip(gold, readings, strict=True))
    rules = by_label(pairs, "flags")
    positives = by_label(pairs, "positives")
    return AgentReport(
        turns=len(pairs),
        rules=rules,
        findings=sum(rules.values(), NOTHING),
        flagged=turns_where(pairs, lambda record: bool(record["flags"])),
        severe=turns_where(pairs, lambda record: record["severity"] >= SEVERE),
        severe_findings=_severe_findings(pairs),
        severity_accuracy=agreement(pairs, "severity"),
        positives=positives,
        positives_all=sum(positives.values(), NOTHING),
        questions=by_class(pairs, "question"),
        question_accuracy=agreement(pairs, "question"),
        promises_exact=sum((_promises(*pair, same=_same) for pair in pairs), NOTHING),
        promises_partial=sum((_promises(*pair, same=_overlap) for pair in pairs), NOTHING),
        hard_turns=turns_where(pairs, lambda record: any(p["kind"] == "hard" for p in record["promises"])),
    )


def by_label(pairs: Iterable[tuple[Record, Record]], key: str) -> dict[str, Score]:
    """Agreement on each label of a set-valued `key`, the most frequent in the gold first."""
    both: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for gold, reading in pairs:
        meant, said = set(gold[key]), set(reading[key])
        both.update(meant & said)
        extra.update(said - meant)
        missed.update(meant - said)
    labels = sorted(both | extra | missed, key=lambda label: (-both[label] - missed[label], label))
    return {label: Score(both[label], extra[label], missed[label]) for label in labels}


def by_class(pairs: Sequence[tuple[Record, Record]], key: str) -> dict[str, Score]:
    """Agreement on each value of `key`, the most frequent in the gold first."""
    values = {record[key] for pair in pairs for record in pair}
    scores = {value: turns_where(pairs, _is(key, value)) for value in values}
    return dict(sorted(scores.items(), key=lambda item: (-item[1].both - item[1].missed, item[0])))


def _is(key: str, value: object) -> Any:
    return lambda record: record[key] == value


def turns_where(pairs: Iterable[tuple[Record, Record]], holds: Any) -> Score:
    """Agreement on whether `holds(record)` is true of a turn."""
    counts = Counter((bool(holds(gold)), bool(holds(reading))) for gold, reading in pairs)
    return Score(counts[True, True], counts[False, True], counts[True, False])


def agreement(pairs: Sequence[tuple[Record, Record]], key: str) -> float:
    """Share of turns with the same value of `key`; 1 without turns."""
    return sum(gold[key] == reading[key] for gold, reading in pairs) / len(pairs) if pairs else 1.0


def _check_same_turns(gold: Sequence[Record], readings: Sequence[Record]) -> None:
    if len(gold) != len(readings):
        raise ValueError(f"{len(gold)} gold turns but {len(readings)} readings")
    for meant, said in zip(gold, readings, strict=True):
        if meant.get("id") != said.get("id"):
            raise ValueError(f"turn {meant.get('id')} is compared with {said.get('id')}")


def _severe_findings(pairs: Iterable[tuple[Record, Record]]) -> Score:
    """Findings of the readings at severity ≥ 2; what is missed cannot be told, the gold grades turns only."""
    both = extra = 0
    for gold, reading in pairs:
        severe = {finding["rule"] for finding in reading.get("findings", ()) if finding["severity"] >= SEVERE}
        both += len(severe & set(gold["flags"]))
        extra += len(severe - set(gold["flags"]))
    return Score(both, extra, 0)


def _promises(gold: Record, reading: Record, *, same: Any) -> Score:
    """Promises of one turn matched one to one, in order."""
    left = list(reading["promises"])
    both = 0
    for meant in gold["promises"]:
        match = next((said for said in left if same(meant, said)), None)
        if match is not None:
            left.remove(match)
            both += 1
    return Score(both, len(left), len(gold["promises"]) - both)


def _same(meant: Record, said: Record) -> bool:
    return meant["kind"] == said["kind"] and meant["owner"] == said["owner"] and _words(meant, said)


def _words(meant: Record, said: Record) -> bool:
    """The same words: by their text where both give it, else by their place."""
    if "text" in meant and "text" in said:
        return bool(meant["text"] == said["text"])
    return bool((meant["start"], meant["end"]) == (said["start"], said["end"]))


def _overlap(meant: Record, said: Record) -> bool:
    """Same kind, and the shorter shares at least half of its characters with the longer, in one stretch."""
    if meant["kind"] != said["kind"]:
        return False
    if "text" not in meant or "text" not in said:
        need = _half(min(meant["end"] - meant["start"], said["end"] - said["start"]))
        return bool(min(meant["end"], said["end"]) - max(meant["start"], said["start"]) >= need)
    short, long = sorted((meant["text"], said["text"]), key=len)
    need = _half(len(short))
    return any(short[at : at + need] in long for at in range(len(short) - need + 1))


def _half(length: int) -> int:
    return max(1, (length + 1) // 2)
