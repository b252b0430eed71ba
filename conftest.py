"""What every test stands on: no way out to the network, and tables that can be emptied."""

from __future__ import annotations

import importlib
import ipaddress
import os
import socket
from collections.abc import Generator
from typing import Any

import pytest
from tests import database

pytest_plugins = [
    "zhiyin.people.tests.fixtures",
    "zhiyin.cases.tests.road",
    "zhiyin.catalogue.tests.fixtures",
]
UNMANAGED = ("procrastinate_jobs", "procrastinate_workers", "procrastinate_events")
UNMANAGED += ("procrastinate_periodic_defers", "kit_cache")
LOCAL_NAMES = {"localhost", "", None}


class Blocked(RuntimeError):
    """A test tried to leave this machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_way_out() -> Generator[None]:
    """Sockets reach Unix paths and loopback, nothing else; names of other machines are not even looked up."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(call: Any) -> Any:
        def attempt(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _loopback(address[0]):
                raise Blocked(f"A test tried to connect to {address[0]}.")
            return call(self, address)

        return attempt

    def look_up(host: Any, *rest: Any, **options: Any) -> Any:
        if not _loopback(host):
            raise Blocked(f"A test tried to look up {host}.")
        return lookup(host, *rest, **options)

    patch.setattr(socket.socket, "connect", guarded(connect))
    patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
    patch.setattr(socket, "getaddrinfo", look_up)
    yield
    patch.undo()


def _loopback(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback or ipaddress.ip_address(name).is_unspecified
    except ValueError:
        return False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test databases are copies of one that is migrated already."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = database.template(
        os.environ["DATABASE_URL"]
    )


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Generator[None]:
    """Tests with real transactions empty all tables afterwards, also those of the audit, which refuse it."""
    import pgtrigger
    from django.apps import apps
    from django.db import connection
    from django.test import TransactionTestCase

    defaults = [
        importlib.import_module(f"zhiyin.{name}")
        for name in (
            "cases.migrations.0002_default_clock_rules",
            "cases.migrations.0006_expense_kinds",
            "statutory.migrations.0002_rules",
        )
    ]

    patch = pytest.MonkeyPatch()
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        guards = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered()]
        guards.append("kit_context_no_truncate")
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pgtrigger.ignore', %s, false)", ["{" + ",".join(guards) + "}"])
        try:
            flush(self)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET pgtrigger.ignore")
                # Tables that Django does not manage are not emptied by Django.
                cursor.execute(f"TRUNCATE {', '.join(UNMANAGED)}")
            # A new house has its rules of time and its kinds of expense; the next test finds them again.
            for one in defaults:
                one.add(apps, None)

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()
