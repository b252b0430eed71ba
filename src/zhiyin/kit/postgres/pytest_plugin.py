"""Gives a test run its own quick PostgreSQL before settings are read.

`pytest -p zhiyin.kit.postgres.pytest_plugin`. The server lives in var/tests, is shared by concurrent runs
and by the workers of one run, and stops with the last of them.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator

import pytest

from zhiyin.kit import postgres


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Start or join the server, unless `DATABASE_URL` is set: by the caller, or by the run this works for."""
    if "--help" not in early_config.invocation_params.args:
        lease = postgres.hold(early_config.rootpath / "var" / "tests", durable=False)
        if lease is not None:
            early_config.add_cleanup(lambda: _leave(lease))
            os.environ["DATABASE_URL"] = lease.dsn
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
        os.environ.setdefault("DATA_DIR", str(early_config.rootpath / "var" / "tests"))
    return (yield)


def _leave(lease: postgres.Lease) -> None:
    os.environ.pop("DATABASE_URL", None)
    lease.release()
