"""The environment of a test run, set before the settings are read: `-p tests.environment` in pyproject.toml.

`DATABASE_URL` names the server to use. Without it the embedded one is started without durability in
var/tests, shared by the workers of a run and by concurrent runs, and stopped with the last.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

OWN = {
    "SECRET_KEY": "for-tests-alone-and-known-to-everybody-0123456789",
    "DEBUG": "0",
    "LOG_LEVEL": "WARNING",
    "EMAIL_URL": "",
    "IMAP_URL": "",
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_NAME": "",
    "PUBLIC_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver localhost 127.0.0.1",
}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before pytest-django reads the settings: nothing of the caller's environment leaks into the tests."""
    os.environ.update(OWN)
    # Each process, so each worker too, keeps its uploads in a folder of its own.
    folder = tempfile.mkdtemp(prefix="zhiyin-tests-")
    (Path(folder) / "static").mkdir()
    os.environ["DATA_DIR"] = folder
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if not os.environ.get("DATABASE_URL"):
        _join_server(early_config)


def _join_server(config: pytest.Config) -> None:
    from zhiyin.kit import postgres

    lease = postgres.hold(ROOT / "var" / "tests", durable=False)
    if lease is None:
        return
    # Workers inherit the environment, so they use this server and start none.
    os.environ["DATABASE_URL"] = lease.dsn

    def leave() -> None:
        os.environ.pop("DATABASE_URL", None)
        lease.release()

    config.add_cleanup(leave)
