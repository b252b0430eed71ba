"""Several commands, one server."""

import psycopg
import pytest

from zhiyin.kit import postgres
from zhiyin.kit.postgres.problems import StillBusy


def answers(dsn):
    with psycopg.connect(dsn) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_two_commands_at_once_share_a_server_and_the_last_one_out_stops_it(data_dir, other):
    first, second = other(), other()
    assert first.ready() == second.ready() != ""
    cluster = postgres.Cluster(data_dir, durable=False)
    pid = cluster.pid
    first.leave()
    assert cluster.pid == pid
    assert answers(cluster.dsn)
    second.leave()
    assert cluster.pid is None


def test_a_killed_command_leaves_a_server_that_the_next_one_adopts_and_stops(data_dir, other):
    killed = other()
    killed.ready()
    killed.kill()
    cluster = postgres.Cluster(data_dir, durable=False)
    pid = cluster.pid
    assert pid is not None
    with postgres.running(data_dir, durable=False) as dsn:
        assert cluster.pid == pid
        assert answers(dsn)
    assert cluster.pid is None


def test_a_server_that_died_under_its_users_is_started_again_and_still_stopped_once(data_dir):
    lease = postgres.Lease(data_dir, durable=False)
    lease.cluster.stop()
    assert not lease.alive()
    lease.revive()
    assert lease.alive()
    assert answers(lease.dsn)
    lease.release()
    lease.release()
    assert not lease.alive()


def test_a_fleeting_server_is_never_used_for_durable_work(data_dir, other):
    busy = other()
    busy.ready()
    with pytest.raises(StillBusy), postgres.running(data_dir, durable=True):
        pass
    busy.kill()
    with postgres.running(data_dir, durable=True) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_a_start_that_fails_leaves_nothing_running(data_dir, monkeypatch):
    def refuse(admin, password):
        raise psycopg.OperationalError

    monkeypatch.setattr("zhiyin.kit.postgres.roles.ensure_role", refuse)
    with pytest.raises(psycopg.OperationalError), postgres.running(data_dir, durable=False):
        pass
    assert postgres.Cluster(data_dir, durable=False).pid is None
