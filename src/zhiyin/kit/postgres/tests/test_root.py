"""Started by root, the server runs as somebody without rights, wherever checkout and data lie."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from zhiyin.kit import postgres
from zhiyin.kit.postgres import account, binaries, place
from zhiyin.kit.postgres.account import Account
from zhiyin.kit.postgres.problems import NoAccount, NotOurs


@pytest.fixture
def closed(monkeypatch):
    """A folder that only this account may enter, and another place for root's clusters and programs."""
    folder = Path(tempfile.mkdtemp(prefix="zhiyin-closed-"))
    open_place = Path(tempfile.mkdtemp(prefix="zhiyin-open-"))
    open_place.chmod(0o755)
    monkeypatch.setattr(place, "APART", open_place / "clusters")
    monkeypatch.setattr(binaries, "SHARED", open_place / "programs")
    yield folder
    postgres.Cluster(folder / "data", durable=False).stop()
    shutil.rmtree(folder)
    shutil.rmtree(open_place)


def test_data_in_a_closed_folder_start_stop_and_start_again(closed):
    for _ in range(2):
        with postgres.running(closed / "data", durable=False) as dsn, psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
            where = postgres.Cluster(closed / "data").place
            owner = where.cluster.stat().st_uid
            # Root's cluster lies apart; anybody else's lies with the data.
            assert (owner != 0 and where.state != where.control) or (owner == os.geteuid() != 0)


def test_programs_in_a_closed_folder_are_copied_once_and_run_by_another_account(closed, monkeypatch):
    package = closed / binaries.PACKAGE
    original = binaries.folder().parent
    leave_out = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(original, package / binaries.INSTALL, ignore=leave_out, symlinks=True)
    shutil.copytree(original.parent.parent / f"{binaries.PACKAGE}.libs", closed / f"{binaries.PACKAGE}.libs")
    inside = package / binaries.INSTALL / "bin"
    monkeypatch.setattr(binaries, "folder", lambda: inside)
    runner = account.choose()
    chosen = binaries.folder_for(runner)
    assert (chosen == inside) == runner.is_me()
    assert runner.succeeds([str(chosen / "initdb"), "--version"])
    assert binaries.folder_for(runner) == chosen


def test_a_copied_program_is_writable_by_nobody_else(closed):
    copied = binaries._copy(binaries.folder())
    assert all(not path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH) for path in copied.rglob("*"))


def test_root_without_any_other_account_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_named", lambda name: None)
    monkeypatch.setattr(account, "_created", lambda: None)
    with pytest.raises(NoAccount):
        account.choose()


def test_an_account_that_is_not_root_runs_its_own_server(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    assert account.choose() == Account(1234, os.getegid())
    assert account.choose().switch() == {}


def test_somebody_elses_data_are_left_alone(tmp_path, monkeypatch):
    (tmp_path / "postgres" / "cluster").mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1234)
    with pytest.raises(NotOurs):
        place.find(tmp_path)


def test_a_socket_folder_that_somebody_swapped_is_not_used(tmp_path):
    where = place.Place(tmp_path, tmp_path / ("x" * 120), Account(os.geteuid(), os.getegid()))
    first = where.socket()
    first.chmod(0o755)
    second = where.socket()
    assert second != first
    first.rmdir()
    second.rmdir()
    second.symlink_to(tmp_path)
    third = where.socket()
    assert third not in (first, second)
    second.unlink()
    third.rmdir()
