"""One thread for many small matrix products.

NumPy's OpenBLAS shares products of a few thousand rows among all cores. It gains nothing, the block being in one
core's cache, and where another process has a core the threads wait for one another: an index of a million rows
then took seconds instead of a tenth of one. Where NumPy brings another library, nothing is changed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

_NAMES = ("scipy_openblas_{}64_", "openblas_{}64_", "openblas_{}")
_lock = Lock()
_inside = 0
_before = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep OpenBLAS to one thread inside; the last to leave restores what was."""
    global _inside, _before  # noqa: PLW0603 - the library's setting is one for the process
    control = _openblas()
    if control is None:
        yield
        return
    read, write = control
    with _lock:
        if _inside == 0:
            _before = read()
            write(1)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                write(_before)


@lru_cache(maxsize=1)
def _openblas() -> tuple[Any, Any] | None:
    """How to read and set the number of threads of the OpenBLAS that NumPy was shipped with."""
    package = Path(np.__file__).parent
    for folder in (package.parent / "numpy.libs", package / ".dylibs"):
        for file in sorted(folder.glob("*openblas*")):
            library = ctypes.CDLL(str(file))
            for name in _NAMES:
                if hasattr(library, name.format("set_num_threads")):
                    return (
                        getattr(library, name.format("get_num_threads")),
                        getattr(library, name.format("set_num_threads")),
                    )
    return None
