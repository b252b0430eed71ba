"""Other people's packages to measure against, in an environment of their own: var/bench/oracles.

Some are GPL and most are heavy: none is ever installed beside the product. The environment is made by uv from
requirements/bench.txt, once, and anew when that file or the Python changes; a snippet runs in a process of its own
and hands its answer back as JSON.
"""

from __future__ import annotations

import inspect
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import rows

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "bench.txt"
TAIL = 15
LIMIT = 600
"""Seconds that one snippet may take."""
BEFORE = f"""
import gc, json, pathlib, time
import numpy as np
from collections.abc import Callable
{inspect.getsource(rows.seconds)}
globals().update(json.loads(pathlib.Path("given.json").read_text()))
globals().update({{file.stem: np.load(file) for file in pathlib.Path().glob("*.npy")}})
"""
AFTER = """
pathlib.Path("answer.json").write_text(json.dumps(answer))
"""


class NoOracles(Exception):
    """The environment cannot be made; the message says why."""


class OracleFailed(Exception):
    """A snippet did not answer; the message is the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Oracles:
    """The environment, ready."""

    python: Path

    def ask(self, snippet: str, **given: Any) -> Any:
        """Run `snippet` there and return the `answer` it assigns.

        `given`, arrays or anything JSON can carry, are globals of the snippet, and so are `np` and
        `rows.seconds`. Raises `OracleFailed`.
        """
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            arrays = {key: value for key, value in given.items() if isinstance(value, np.ndarray)}
            for key, value in arrays.items():
                np.save(folder / f"{key}.npy", value)
            plain = {key: value for key, value in given.items() if key not in arrays}
            (folder / "given.json").write_text(json.dumps(plain), encoding="utf-8")
            (folder / "snippet.py").write_text(BEFORE + snippet + AFTER, encoding="utf-8")
            _run([str(self.python), "-W", "ignore", "snippet.py"], folder, OracleFailed)
            return json.loads((folder / "answer.json").read_text(encoding="utf-8"))


def ready(folder: Path) -> Oracles:
    """The oracles in `folder`, installed there if need be; raises `NoOracles`."""
    python = folder / "bin" / "python"
    stamp = folder / "stamp"
    wanted = f"{sys.version_info[:2]}\n{LOCK.read_text(encoding='utf-8')}"
    if not (python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        uv, index = _uv()
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], ROOT, NoOracles)
        sync = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), str(LOCK)]
        _run(sync, ROOT, NoOracles, index)
        stamp.write_text(wanted, encoding="utf-8")
    return Oracles(python)


def _uv() -> tuple[str, dict[str, str]]:
    """The uv that setup locked, or any other, and the package index that pip is told to use here."""
    sys.path.insert(0, str(ROOT / "tools"))
    from steps import python

    found = str(python.UV) if python.UV.exists() else shutil.which("uv")
    if not found:
        raise NoOracles("uv is missing: run `make setup`")
    return found, python.index(Path(sys.executable))


def _run(
    command: list[str], folder: Path, failure: type[Exception], env: dict[str, str] | None = None
) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": "", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise failure(str(error)) from error
    if done.returncode:
        raise failure("\n".join(done.stdout.strip().splitlines()[-TAIL:]))
