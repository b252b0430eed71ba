"""The database that comes with Zhiyin: PostgreSQL from a wheel, run by a small manager of our own.

    with postgres.running(data_dir) as dsn: ...

Where `DATABASE_URL` names a server, that one is used and nothing here starts, stops or looks for another.
"""

from zhiyin.kit.postgres.lease import Lease, hold, running
from zhiyin.kit.postgres.problems import PostgresProblem
from zhiyin.kit.postgres.roles import ensure_database
from zhiyin.kit.postgres.server import Cluster

__all__ = ["Cluster", "Lease", "PostgresProblem", "ensure_database", "hold", "running"]
