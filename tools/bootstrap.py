"""Make a checkout ready to run, with nothing but the standard library of Python 3.11 or newer.

    python3 tools/bootstrap.py setup | dev | test | lock

`setup` prepares what the product needs, `dev` adds the development tools, `test` adds a browser,
`lock` writes requirements/*.txt anew. Every step carries a stamp of its inputs:
a second run only compares hashes.
"""

from __future__ import annotations

import os
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "/usr/bin/python3")
PROBE = "import sys; sys.exit(sys.version_info[:2] < (3, 11))"


def newer_python() -> str | None:
    """Name of a Python on this machine that is new enough, or None."""
    for name in NAMES:
        try:
            if subprocess.run([name, "-c", PROBE], stderr=subprocess.DEVNULL, check=False).returncode == 0:
                return name
        except OSError:
            continue
    return None


def main() -> None:
    """Hand over to a Python that is new enough, then run the steps."""
    if sys.version_info[:2] < OLDEST:
        name = newer_python()
        if name is None:
            sys.exit(
                "这台机器上没有 Python 3.11 或更新的版本，装上后再运行一次。\n"
                "Zhiyin runs on Python 3.11 or newer, and none is here: install one and run this again."
            )
        os.execvp(name, [name, *sys.argv])  # noqa: S606 - this process becomes the newer one
    from steps import run

    sys.exit(run.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
