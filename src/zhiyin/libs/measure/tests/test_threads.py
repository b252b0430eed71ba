"""Small products keep to one thread, and leave the setting as it was."""

import threading

import pytest

from zhiyin.libs.measure import threads
from zhiyin.libs.measure.threads import one_thread

control = threads._openblas()


@pytest.mark.skipif(control is None, reason="this NumPy has no OpenBLAS of its own")
def test_the_last_to_leave_restores_the_number_of_threads():
    read, write = control
    before = read()
    write(2)
    try:
        two = read()
        with one_thread():
            with one_thread():
                pass
            assert read() == 1
        assert read() == two
    finally:
        write(before)


def test_without_openblas_nothing_is_changed(monkeypatch):
    monkeypatch.setattr(threads, "_openblas", lambda: None)
    with one_thread():
        assert threads._inside == 0


def test_many_may_enter_at_once():
    def enter():
        for _ in range(50):
            with one_thread():
                pass

    crowd = [threading.Thread(target=enter) for _ in range(4)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert threads._inside == 0
