"""The command as a person runs it: in a process of its own, with a folder of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
OWN = ("DATA_DIR", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "PUBLIC_URL", "PORT", "BIND", "WEB_WORKERS")


@pytest.fixture
def environ(tmp_path):
    """An environment in which nothing of this machine's Zhiyin shows."""
    kept = {
        name: value for name, value in os.environ.items() if name not in OWN and not name.startswith("LC_")
    }
    data = tmp_path / "data"
    yield kept | {"PYTHONPATH": str(SOURCE), "DATA_DIR": str(data), "LANGUAGE": "en"}
    # Root's cluster lies apart from a folder that only root may enter, and would stay there.
    elsewhere = data / "postgres" / "place"
    if elsewhere.is_file():
        shutil.rmtree(elsewhere.read_text().strip())


@pytest.fixture
def zhiyin(environ):
    """Run the command to its end."""

    def run(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "zhiyin", *arguments],
            env=environ | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
