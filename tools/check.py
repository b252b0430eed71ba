"""The fast checks, side by side; each says nothing when all is well. `python tools/check.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Enough to load the settings; no check connects with these.
SETTINGS = {
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgresql:///checks",
    "DJANGO_SETTINGS_MODULE": "zhiyin.config.settings",
}
ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
TYPED = ("libs", "*/rules*", "*/actions*", "*/queries*", "kit/postgres", "cli")


def commands() -> dict[str, list[str]]:
    """Name and command of every check."""
    python = sys.executable
    found = {
        "ruff": [f"{BIN}/ruff", "check", "--quiet", "."],
        "format": [f"{BIN}/ruff", "format", "--check", "--quiet", "."],
        "mypy": [f"{BIN}/mypy", *typed()],
        "floors": [f"{BIN}/lint-imports"],
        "migrations": [
            python,
            "-W",
            "ignore::RuntimeWarning",
            "-m",
            "django",
            "makemigrations",
            "--check",
            "--dry-run",
        ],
        "catalogues": [python, "tools/catalogues.py", "check"],
    }
    templates = [str(path) for path in sorted((ROOT / "src").glob("zhiyin/*/templates/**/*.html"))]
    if templates:
        found["templates"] = [f"{BIN}/djade", "--target-version", "5.2", "--check", *templates]
    return found


def typed() -> list[str]:
    """The files that are held to strict types."""
    source = ROOT / "src" / "zhiyin"
    return sorted({str(path.relative_to(ROOT)) for pattern in TYPED for path in source.glob(pattern)})


def run(command: list[str]) -> tuple[int, str, float]:
    """Exit status, output and seconds of one check."""
    begun = time.monotonic()
    env = {**os.environ, **SETTINGS}
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).strip(), time.monotonic() - begun


def main() -> int:
    """Run all; 1 when any found something."""
    checks = commands()
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = dict(zip(checks, pool.map(run, checks.values()), strict=True))
    for name, (status, output, seconds) in results.items():
        print(f"{'✗' if status else '✓'} {name} ({seconds:.1f} s)")
        if status:
            print("\n".join(f"    {line}" for line in output.splitlines()))
    return int(any(status for status, _, _ in results.values()))


if __name__ == "__main__":
    sys.exit(main())
