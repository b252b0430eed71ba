"""The measuring engine against other packages, in one run: `zhiyin bench measure [--no-oracle] [PART …]`.

Every bench/measure_PART.py measures its own figures (`run`). Prints, for each, our median seconds, the oracle's, how
many times faster ours is, what was asked and whether it was reached; exits with 1 when something was not.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import oracles
from rows import Row

NEEDS_DATABASE = False
FOLDER = Path(__file__).resolve().parent
HEAD = ("figure", "ours s", "oracle s", "ratio", "asked", "reached")
WIDTHS = (52, 10, 10, 9, 16, 8)
REACHED = {True: "yes", False: "NO", None: "–"}


def main(arguments: list[str]) -> int:
    """0 when everything asked for was reached, 1 otherwise, 2 for a part that is not there."""
    wanted = [each for each in arguments if each != "--no-oracle"]
    parts = _parts()
    if unknown := set(wanted) - set(parts):
        print(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(parts)}", file=sys.stderr)
        return 2
    oracle = None if "--no-oracle" in arguments else _oracle()
    print(_line(HEAD), flush=True)
    fine = [_measure(part, oracle) for part in wanted or parts]
    return int(not all(fine))


def _parts() -> list[str]:
    return sorted(file.stem.removeprefix("measure_") for file in FOLDER.glob("measure_*.py"))


def _oracle() -> oracles.Oracles | None:
    data = Path(os.environ.get("DATA_DIR") or FOLDER.parent / "var")
    try:
        return oracles.ready(data / "bench" / "oracles")
    except oracles.NoOracles as missing:
        print(f"The oracles cannot be installed, so ratios are left out:\n{missing}\n", flush=True)
        return None


def _measure(part: str, oracle: oracles.Oracles | None) -> bool:
    """Print the rows of one part; whether all that was asked was reached."""
    module = importlib.import_module(f"measure_{part}")
    try:
        rows = module.run(oracle)
    except oracles.OracleFailed as failed:
        print(f"{part}: the oracle failed\n{failed}", flush=True)
        return False
    for row in rows:
        print(_line(_cells(row)), flush=True)
        if row.note:
            print(f"    {row.note}", flush=True)
    return all(row.reached is not False for row in rows)


def _cells(row: Row) -> tuple[str, ...]:
    asked = [f"≤ {row.at_most:g} s"] if row.at_most is not None else []
    asked += [f"≥ {row.at_least:g} ×"] if row.at_least is not None else []
    oracle = "–" if row.oracle_seconds is None else f"{row.oracle_seconds:.4g}"
    ratio = "–" if row.ratio is None else f"{row.ratio:,.0f} ×" if row.ratio >= 10 else f"{row.ratio:.1f} ×"
    return row.figure, f"{row.seconds:.4g}", oracle, ratio, ", ".join(asked) or "–", REACHED[row.reached]


def _line(cells: tuple[str, ...]) -> str:
    first, *others = (
        f"{cell:<{width}}" if at == 0 else f"{cell:>{width}}"
        for at, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )
    return first + "".join(others)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
