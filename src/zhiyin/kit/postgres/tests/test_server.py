"""The database that comes with Zhiyin, as the person who starts and stops it sees it."""

import contextlib
import os
import signal
import stat
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from zhiyin.kit import postgres
from zhiyin.kit.postgres import place, processes, roles
from zhiyin.kit.postgres.problems import PasswordLost


def ask(dsn, question="SELECT 1"):
    with psycopg.connect(dsn) as connection:
        return connection.execute(question).fetchone()[0]


def test_a_first_start_makes_everything_and_leaves_nothing_running(data_dir):
    with postgres.running(data_dir, durable=False) as dsn:
        assert ask(dsn, "SHOW server_encoding") == "UTF8"
        assert ask(dsn, "SHOW data_checksums") == "on"
        assert ask(dsn, "SELECT upper('ünï') || '知音'") == "ÜNÏ知音"
        assert ask(dsn, "SHOW listen_addresses") == ""
    assert postgres.Cluster(data_dir).pid is None


def test_what_was_written_is_there_after_a_restart(data_dir):
    with postgres.running(data_dir, durable=False) as dsn, psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '留' AS word")
    with postgres.running(data_dir, durable=False) as dsn:
        assert ask(dsn, "SELECT word FROM kept") == "留"


def test_by_default_a_confirmed_write_survives_a_power_cut(data_dir):
    with postgres.running(data_dir) as dsn:
        assert [ask(dsn, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")] == [
            "on"
        ] * 3


def test_a_wrong_password_is_refused(data_dir):
    with postgres.running(data_dir, durable=False) as dsn:
        password = parse_qs(urlsplit(dsn).query)["password"][0]
        for wrong in (dsn.replace(password, "guess"), dsn.replace(f"&password={password}", "")):
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(wrong, passfile="/nonexistent")
        admin = dsn.replace("user=zhiyin", "user=postgres")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(admin)


def test_the_product_is_no_superuser_and_may_create_databases(data_dir):
    with postgres.running(data_dir, durable=False) as dsn:
        assert ask(dsn, "SELECT NOT rolsuper AND rolcreatedb FROM pg_roles WHERE rolname = current_user")
        another = postgres.ensure_database(dsn, "another")
        assert postgres.ensure_database(dsn, "another") == another
        assert ask(another, "SELECT current_database()") == "another"


def test_secrets_and_socket_are_for_their_owner_alone(data_dir):
    with postgres.running(data_dir, durable=False):
        where = postgres.Cluster(data_dir).place
        for role in (roles.ROLE, roles.SUPERUSER):
            assert stat.S_IMODE((where.control / f"password-{role}").stat().st_mode) == 0o600
        for folder in (where.socket(), where.cluster):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert where.cluster.stat().st_uid != 0


def test_a_folder_with_spaces_and_chinese_in_its_name_works(data_dir):
    with postgres.running(data_dir / '客户 服务, "a"', durable=False) as dsn:
        assert ask(dsn) == 1


def test_a_folder_with_a_very_long_name_works(data_dir):
    far = data_dir / ("long" * 20) / ("name" * 20)
    with postgres.running(far, durable=False) as dsn:
        socket = postgres.Cluster(far).place.socket()
        assert ask(dsn) == 1
        assert len(str(socket)) <= place.LONGEST_SOCKET_FOLDER
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        assert postgres.Cluster(far).place.socket() == socket


def test_a_named_database_is_used_as_it_is(data_dir, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/zhiyin")
    with postgres.running(data_dir) as dsn:
        assert dsn == "postgresql://elsewhere/zhiyin"
    assert not data_dir.exists()


def test_pg_variables_of_the_caller_do_not_lead_astray(data_dir, monkeypatch):
    for name, value in {
        "PGPORT": "1",
        "PGHOST": "elsewhere",
        "PGUSER": "nobody",
        "PGDATABASE": "none",
    }.items():
        monkeypatch.setenv(name, value)
    with postgres.running(data_dir, durable=False) as dsn:
        assert ask(dsn, "SELECT current_user || current_database()") == "zhiyinzhiyin"


def test_a_lost_password_is_said_so_and_never_made_up(data_dir):
    with postgres.running(data_dir, durable=False):
        password = postgres.Cluster(data_dir).place.control / "password-zhiyin"
    password.unlink()
    with pytest.raises(PasswordLost), postgres.running(data_dir, durable=False):
        pass


def test_a_killed_server_recovers_with_what_it_confirmed(cluster):
    cluster.durable = True
    cluster.start()
    with psycopg.connect(cluster.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE confirmed AS SELECT generate_series(1, 1000) AS n")
    os.kill(cluster.pid, signal.SIGKILL)
    assert processes.wait_gone(cluster._process.pid, cluster.place.cluster, seconds=30)
    cluster.start()
    assert ask(cluster.dsn, "SELECT count(*) FROM confirmed") == 1000


def test_a_note_that_names_a_stranger_does_not_keep_it_from_starting(cluster):
    cluster.start()
    note = (cluster.place.cluster / "postmaster.pid").read_text().splitlines()
    cluster.stop()
    # After a reboot the old number may belong to anything, even to a process of the same account.
    stranger = str(os.getpid())
    (cluster.place.cluster / "postmaster.pid").write_text("\n".join([stranger, *note[1:]]) + "\n")
    assert cluster.pid is None
    cluster.start()
    assert ask(cluster.dsn) == 1


def test_the_dead_whom_another_command_has_not_collected_do_not_keep_it_from_starting(data_dir, other):
    first = other()
    first.ready()
    lease = postgres.Lease(data_dir, durable=False)
    cluster = lease.cluster.place.cluster
    # The other command, which has started the server and lives on, does not look: they stay as zombies.
    for pid in [lease.cluster.pid, *processes.all_in(cluster)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in processes.all_in(cluster):
        assert processes.wait_gone(pid, cluster, seconds=30)
    lease.revive()
    assert ask(lease.dsn) == 1
    first.leave()
    lease.release()


def test_half_an_initialisation_is_begun_again(data_dir):
    left_over = postgres.Cluster(data_dir, durable=False).place.state / "cluster.new"
    left_over.mkdir(parents=True)
    (left_over / "PG_VERSION").write_text("18\n")
    with postgres.running(data_dir, durable=False) as dsn:
        assert ask(dsn) == 1
