"""The `zhiyin` command: one thin module a command group."""


def main() -> None:
    """Run the command; every way out is one of `zhiyin.cli.exits`."""
    from zhiyin.cli.app import run

    run()
