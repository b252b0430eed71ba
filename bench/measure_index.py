"""The satisfaction index with its interval: a million rows, gaps, a bootstrap in pandas, ten million from a file."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from oracles import Oracles
from rows import Row, seconds
from zhiyin.libs.measure import index

RESPONDENTS, COLUMNS, LINES = 1_000_000, 30, 10_000_000
DRAWS, TIMED = 1_000, 50
PANDAS = """
import pandas

frame = pandas.DataFrame(rows)
k = rows.shape[1] // 2

def bootstrap():
    found = []
    for draw in range(draws):
        mean = frame.sample(len(frame), replace=True, random_state=draw).mean().to_numpy()
        found.append(10 * mean[:k] @ mean[k:] / mean[:k].sum())
    return found

found = []
took = seconds(lambda: found.extend(bootstrap()), repeat=1, warm=False)
answer = {"seconds": took, "se": float(np.std(found, ddof=1))}
"""
# In a process of its own, for its peak memory; what Python, NumPy and Arrow take before is told apart.
STREAM = r"""
import json, re, sys, time
import pyarrow.parquet
from zhiyin.libs.measure import importance, streaming

def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024

source, k, job = streaming.Source(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
names = [f"q{column}" for column in range(2 * k)]
before, begun = peak(), time.perf_counter()
if job == "index":
    found = streaming.satisfaction_index(source, importance=names[:k], performance=names[k:])
else:
    found = streaming.drivers(source, performance=names[k:-1], overall=names[-1])
print(json.dumps({"seconds": time.perf_counter() - begun, "before": before, "peak": peak(), "n": found.n}))
"""


def run(oracle: Oracles | None) -> list[Row]:
    """In memory complete and with gaps, both for 30 columns and for 30 attributes; from a file."""
    out = []
    for k, limits in ((COLUMNS // 2, (0.3, 1.5)), (COLUMNS, (None, None))):
        rows = answers(RESPONDENTS, 2 * k)
        out.append(in_memory(rows, limits[0], "complete", oracle if k < COLUMNS else None))
        rows[np.random.default_rng(2).random(rows.shape) < 0.05] = np.nan
        out.append(in_memory(rows, limits[1], "5 % missing", None))
    return [*out, *from_file()]


def in_memory(rows: np.ndarray, at_most: float | None, what: str, oracle: Oracles | None) -> Row:
    """The index with its interval; beside it a row bootstrap of a tenth of the rows."""
    k = rows.shape[1] // 2
    took = seconds(lambda: index.satisfaction_index(rows[:, :k], rows[:, k:]))
    figure = f"index {len(rows):,} × {2 * k}, {what}"
    if oracle is None:
        return Row(figure, took, at_most=at_most)
    tenth = rows[: len(rows) // 10]
    ours = index.satisfaction_index(tenth[:, :k], tenth[:, k:]).index
    theirs = oracle.ask(PANDAS, rows=tenth, draws=TIMED)
    scaled = tuple(each * DRAWS / TIMED for each in theirs["seconds"])
    note = (
        f"oracle: {DRAWS:,} row bootstraps of a tenth of the rows in pandas, from {TIMED} timed; "
        f"error of that tenth {ours.se:.4f}, theirs {theirs['se']:.4f}"
    )
    return Row(figure, took, scaled, at_most=at_most, note=note)


def from_file() -> list[Row]:
    """Ten million rows of a Parquet file: index and drivers, each with its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.parquet"
        write(file)
        k = COLUMNS // 2
        jobs = {"index": f"index {LINES:,} × {COLUMNS}", "drivers": f"LMG {LINES:,} × {k - 1}"}
        return [streamed(file, job, f"{figure} from Parquet") for job, figure in jobs.items()]


def streamed(file: Path, job: str, figure: str) -> Row:
    """One job in a process of its own."""
    command = [sys.executable, "-c", STREAM, str(file), str(COLUMNS // 2), job]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    size = LINES * COLUMNS * 8 / 2**20
    note = (
        f"peak memory {found['peak']:.0f} MB, {found['before']:.0f} of them before it began; "
        f"the rows in memory would take {size:,.0f} MB"
    )
    return Row(figure, (found["seconds"],), note=note)


def write(file: Path) -> None:
    """Ten million respondents, whole numbers from 1 to 10, some answers missing."""
    import pyarrow as pa
    from pyarrow import parquet

    names = [f"q{column}" for column in range(COLUMNS)]
    schema = pa.schema([(name, pa.uint8()) for name in names])
    chance = np.random.default_rng(3)
    with parquet.ParquetWriter(file, schema) as writer:
        for _ in range(LINES // 500_000):
            rows = chance.integers(1, 11, (COLUMNS, 500_000), dtype=np.uint8)
            missing = chance.integers(0, 200, rows.shape, dtype=np.uint8) == 0
            columns = [pa.array(row, mask=gaps) for row, gaps in zip(rows, missing, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))


def answers(n: int, columns: int) -> np.ndarray:
    """Simulated answers from 1 to 10."""
    chance = np.random.default_rng(1)
    return chance.integers(1, 11, (n, columns), dtype=np.uint8).astype(float)
