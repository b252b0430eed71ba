"""Processes kept running: what dies comes back, what should stop stops, and nothing is left behind."""

import asyncio
import os
import select
import signal
import subprocess
import sys
import textwrap

import pytest

from zhiyin.cli import supervisor
from zhiyin.cli.supervisor import Pause, Service, Supervisor, gone

PATIENCE = 30
TELLS_ITS_NUMBER = "import os, signal; open({path!r}, 'a').write(f'{{os.getpid()}}\\n')\n"


def service(path, then, name="child"):
    """A child that writes its number down and then does something."""
    return Service(name, [sys.executable, "-c", TELLS_ITS_NUMBER.format(path=str(path)) + then])


async def lines(path, count):
    """The numbers written so far, once there are `count`."""
    async with asyncio.timeout(PATIENCE):
        # Written by another process: there is no event to wait for.
        while not path.exists() or len(path.read_text().splitlines()) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return [int(line) for line in path.read_text().splitlines()]


async def until_gone(pid):
    async with asyncio.timeout(PATIENCE):
        await gone(pid)


def run(scenario):
    asyncio.run(asyncio.wait_for(scenario, PATIENCE * 2))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.5)


def test_what_dies_is_started_again_and_said_so(tmp_path):
    told = []

    async def scenario():
        kept = Supervisor([service(tmp_path / "pids", "")], tell=lambda name, pause: told.append(name))
        running = asyncio.create_task(kept.run())
        pids = await lines(tmp_path / "pids", 3)
        kept.stop()
        await running
        assert len(set(pids)) >= 3

    run(scenario())
    assert told[:2] == ["child", "child"]


def test_a_process_killed_from_outside_comes_back(tmp_path):
    async def scenario():
        kept = Supervisor([service(tmp_path / "pids", "signal.pause()")], tell=lambda *_: None)
        running = asyncio.create_task(kept.run())
        (first,) = await lines(tmp_path / "pids", 1)
        os.kill(first, signal.SIGKILL)
        assert len(await lines(tmp_path / "pids", 2)) == 2
        kept.stop()
        await running

    run(scenario())


def test_a_process_asked_to_begin_anew_does(tmp_path):
    async def scenario():
        kept = Supervisor([service(tmp_path / "pids", "signal.pause()")], tell=lambda *_: None)
        running = asyncio.create_task(kept.run())
        await lines(tmp_path / "pids", 1)
        kept.renew("nobody")
        kept.renew("child")
        assert len(await lines(tmp_path / "pids", 2)) == 2
        kept.stop()
        await running

    run(scenario())


def test_one_that_ignores_a_polite_stop_is_ended_after_the_grace(tmp_path):
    async def scenario():
        deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nopen({!r}, 'w').write('1\\n')\nsignal.pause()"
        kept = Supervisor(
            [service(tmp_path / "pids", deaf.format(str(tmp_path / "deaf")))], tell=lambda *_: None
        )
        running = asyncio.create_task(kept.run())
        await lines(tmp_path / "deaf", 1)
        (pid,) = await lines(tmp_path / "pids", 1)
        kept.stop()
        await running
        await until_gone(pid)

    run(scenario())


def test_what_a_killed_process_had_started_goes_with_it(tmp_path):
    async def scenario():
        child = TELLS_ITS_NUMBER.format(path=str(tmp_path / "inner")) + "signal.pause()"
        starts_one = (
            f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}])\nsignal.pause()"
        )
        kept = Supervisor([service(tmp_path / "pids", starts_one)], tell=lambda *_: None)
        running = asyncio.create_task(kept.run())
        inner = (await lines(tmp_path / "inner", 1))[0]
        os.kill((await lines(tmp_path / "pids", 1))[0], signal.SIGKILL)
        await until_gone(inner)
        kept.stop()
        await running

    run(scenario())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything(tmp_path, number):
    async def scenario():
        kept = Supervisor(
            [service(tmp_path / "pids", "signal.pause()", name) for name in ("web", "worker")],
            tell=lambda *_: None,
        )
        running = asyncio.create_task(kept.run())
        pids = await lines(tmp_path / "pids", 2)
        os.kill(os.getpid(), number)
        await running
        for pid in pids:
            await until_gone(pid)

    run(scenario())


def test_children_end_when_the_supervisor_is_killed(tmp_path):
    program = textwrap.dedent("""
        import asyncio, sys
        from zhiyin.cli.supervisor import Service, Supervisor
        child = '''
        import os, signal
        from zhiyin.cli import leash
        leash.die_with_supervisor()
        print(os.getpid(), flush=True)
        signal.pause()
        '''
        import textwrap
        services = [Service("child", [sys.executable, "-c", textwrap.dedent(child)])]
        asyncio.run(Supervisor(services, tell=print).run())
    """)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    with process:
        child = os.pidfd_open(int(process.stdout.readline()))
        process.kill()
        process.wait()
        assert select.select([child], [], [], PATIENCE)[0], "the child outlived its supervisor"
        os.close(child)


def test_a_child_whose_supervisor_is_gone_already_does_not_begin(tmp_path):
    program = "from zhiyin.cli import leash; leash.die_with_supervisor(); print('began')"
    environment = {**os.environ, "ZHIYIN_SUPERVISOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_pauses_grow_and_are_short_again_after_a_steady_time(monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.5)
    pause = Pause()
    assert [pause.after(1) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert pause.after(61) == 0.5
    assert pause.after(1) == 1
