"""How long an analysis of a facts table takes. `zhiyin bench contrast`."""

from __future__ import annotations

import statistics
import time

import numpy as np

from zhiyin.libs import contrast

NEEDS_DATABASE = False
SIZES = ((20, 12, 0.3), (200, 20, 1.0), (2000, 30, 3.0))


def table(rows: int, columns: int) -> contrast.Facts:
    """A third of the columns categories, the others numbers; no cause."""
    rng = np.random.default_rng(1)
    cells = {
        f"c{at}": rng.normal(size=rows).tolist() if at % 3 else rng.choice(list("abcd"), rows).tolist()
        for at in range(columns)
    }
    return contrast.facts({**cells, "failed": (rng.random(rows) < 0.4).tolist()}, outcome="failed")


def run() -> None:
    """Median of five, in seconds, beside what was asked for."""
    for rows, columns, wanted in SIZES:
        facts, seconds = table(rows, columns), []
        for _ in range(5):
            begun = time.perf_counter()
            contrast.analyse(facts)
            seconds.append(time.perf_counter() - begun)
        print(f"{rows} rows x {columns} columns: {statistics.median(seconds):.2f} s (at most {wanted} s)")


if __name__ == "__main__":
    run()
