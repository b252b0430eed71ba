"""What a command finds or makes before it begins."""

import os
import signal
import stat
from pathlib import Path

import pytest

from zhiyin.cli import environment


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first = environment.secret_key(tmp_path)
    assert environment.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_data_lie_where_data_dir_says_else_in_the_checkout(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "有 空格"))
    assert environment.data_dir() == tmp_path / "有 空格"
    monkeypatch.delenv("DATA_DIR")
    assert environment.data_dir() == environment.CHECKOUT / "var"
    monkeypatch.setattr(environment, "CHECKOUT", tmp_path)
    assert environment.data_dir() == Path("/var/lib/zhiyin")


def test_a_folder_that_cannot_be_written_is_said_so(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(environment.NoDataDir), environment.ready(database=False, django=False):
        pass


def test_being_told_to_end_still_puts_everything_back():
    put_back = []

    def work():
        with environment.leaving_on_term():
            try:
                os.kill(os.getpid(), signal.SIGTERM)
                signal.sigtimedwait([], 5)
            finally:
                put_back.append(True)

    with pytest.raises(SystemExit):
        work()
    assert put_back == [True]


def test_files_and_key_are_closed_to_others_from_the_first_start(monkeypatch, tmp_path):
    for name in ("SECRET_KEY", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    with environment.ready(database=False, django=False) as ready:
        assert stat.S_IMODE((ready.data_dir / "files").stat().st_mode) == 0o700
        assert not stat.S_IMODE(ready.data_dir.stat().st_mode) & 0o066
