"""Run the tests with what setup prepared: `python tools/test.py [pytest arguments]`; without any, all on two workers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALL = ["-q", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "--durations", "15"]
CHROMIUM = ROOT / ".venv" / ".stamps" / "chromium.path"


def main() -> None:
    """Become pytest; its summary line is the last one printed."""
    environment = dict(os.environ)
    if CHROMIUM.is_file():
        environment["CHROMIUM"] = CHROMIUM.read_text()
    # The product's own settings never leak into a test run.
    for name in (
        "DEBUG",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "PUBLIC_URL",
        "EMAIL_URL",
        "DATA_DIR",
        "PORT",
        "BIND",
    ):
        environment.pop(name, None)
    os.chdir(ROOT)
    sys.stdout.flush()
    wanted = sys.argv[1:] or ALL
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *wanted], environment)  # noqa: S606 - this process becomes pytest


if __name__ == "__main__":
    main()
