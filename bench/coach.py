"""How fast the coach reads: `zhiyin bench coach`.

One turn with four turns of context (p50, p99), bulk on one core, start of the command, memory, and time against length
up to a turn of a million characters. The turns are the corpus that ships; no database, no network. Each figure stands
beside its line.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from zhiyin.libs.coach.engine import Coach
from zhiyin.libs.coach.readings import Role, Turn

NEEDS_DATABASE = False

WARM, COUNTED, BULK = 500, 4_000, 10_000
ROLES = {"客户": Role.CUSTOMER, "客服": Role.AGENT}
LONG = {
    "agent": "这个我们查不到的，您再等等看吧，我帮您反馈一下。",
    "customer": "怎么还没到啊！！！你们到底管不管？我要投诉！",
}


def corpus() -> list[dict[str, object]]:
    """The labelled turns that ship."""
    found = []
    for name in ("agent", "customer"):
        file = resources.files("zhiyin.libs.coach").joinpath(f"corpus/{name}.jsonl")
        if file.is_file():
            found += [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return found


def turn(said: str) -> Turn:
    """A line of context."""
    head, _, text = said.replace("：", ":", 1).partition(":")
    return Turn(ROLES.get(head, Role.CUSTOMER), text)


def asked(records: list[dict[str, object]]) -> Iterator[tuple[str, str, tuple[Turn, ...]]]:
    """Turns with exactly four turns of context: their own, filled up with those of the turns before."""
    sight: list[Turn] = []
    for record in itertools.cycle(records):
        own = [turn(said) for said in record.get("context") or ()]  # type: ignore[attr-defined]
        yield str(record["role"]), str(record["text"]), tuple([*sight, *own][-4:])
        sight = [*own, Turn(Role(record["role"]), str(record["text"]))][-4:]


def single(coach: Coach, records: list[dict[str, object]]) -> None:
    """One turn at a time."""
    for role in ("agent", "customer"):
        own = [record for record in records if record["role"] == role]
        if not own:
            continue
        read = getattr(coach, role)
        took = []
        for number, (_, text, context) in enumerate(itertools.islice(asked(own), WARM + COUNTED)):
            begun = time.perf_counter()
            read(text, context)
            if number >= WARM:
                took.append((time.perf_counter() - begun) * 1000)
        took.sort()
        show(f"one {role}'s turn, p50", took[len(took) // 2], "ms", at_most=0.5)
        show(f"one {role}'s turn, p99", took[int(len(took) * 0.99)], "ms", at_most=3.0)


def bulk(records: list[dict[str, object]]) -> None:
    """`zhiyin coach turns` over a file, start and writing included, and what it needs."""
    prefix = {Role.CUSTOMER: "客户:", Role.AGENT: "客服:"}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "turns.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for number, (role, text, context) in enumerate(itertools.islice(asked(records), BULK)):
                said = [prefix[each.role] + each.text for each in context]
                record = {"id": number, "role": role, "text": text, "context": said}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        begun = time.perf_counter()
        with (Path(folder) / "out.jsonl").open("wb") as written:
            subprocess.run(command("turns", str(file)), stdout=written, check=True)
        took = time.perf_counter() - begun
        lines = sum(1 for _ in (Path(folder) / "out.jsonl").open("rb"))
    show("`coach turns`, turns a second, all in", lines / took, "/s", at_least=5_000)
    show(
        "its memory at most", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, "MB", at_most=100
    )


def loop(coach: Coach, records: list[dict[str, object]]) -> None:
    """The engine alone."""
    begun = time.perf_counter()
    for role, text, context in itertools.islice(asked(records), BULK):
        getattr(coach, role)(text, context)
    show("engine alone, turns a second", BULK / (time.perf_counter() - begun), "/s", at_least=5_000)


def start() -> None:
    """From nothing to the report on one reply."""
    for name, arguments, said in (
        ("start, `coach --help`", ["--help"], ""),
        ("start, `coach text -`", ["text", "-"], "改不了，您自己联系快递吧"),
        ("start, `coach turns -`", ["turns", "-"], '{"id":1,"role":"customer","text":"怎么还没到"}'),
    ):
        took = []
        for _ in range(6):
            begun = time.perf_counter()
            subprocess.run(command(*arguments), input=said.encode(), capture_output=True, check=True)
            took.append(time.perf_counter() - begun)
        show(name, statistics.median(took[1:]), "s", at_most=0.5)


def length(coach: Coach) -> None:
    """Ten times the text, ten times the time."""
    for role, unit in LONG.items():
        took = []
        for size in (10_000, 100_000, 1_000_000):
            text = unit * (size // len(unit))
            begun = time.perf_counter()
            getattr(coach, role)(text)
            took.append(time.perf_counter() - begun)
        show(f"{role}'s turn of a million characters", took[2], "s")
        show(f"{role}'s turn, time × for length × 10", took[2] / took[1], "×", at_most=15)


def command(*arguments: str) -> list[str]:
    """The command as a user runs it."""
    return [sys.executable, "-m", "zhiyin", "coach", *arguments]


def show(
    figure: str, value: float, unit: str, *, at_most: float | None = None, at_least: float | None = None
) -> None:
    """One figure beside its line."""
    kept = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    line = f"≤ {at_most:g}" if at_most is not None else f"≥ {at_least:g}" if at_least is not None else ""
    print(f"{figure:44}{value:12.3f} {unit:4} {line:10} {'' if kept else '✗'}", flush=True)


def main() -> None:
    """Every measurement, one after the other."""
    records = corpus()
    print(f"{len(records)} turns of our own corpus; {os.cpu_count()} processors, each figure on one")
    coach = Coach()
    single(coach, records)
    loop(coach, records)
    bulk(records)
    start()
    length(coach)


if __name__ == "__main__":
    main()
