"""Commands whose help and whose complaints speak the reader's language, without the library's drawn boxes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from zhiyin.cli import mistakes, pages
from zhiyin.cli.language import gettext as _

HELP = {"help_option_names": ["--help", "-h"]}


class Command(TyperCommand):
    """A command with a plain page of help."""

    def get_help_option(self, ctx: Any) -> Any:
        return _spoken(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(pages.page(self, ctx))


class Group(TyperGroup):
    """A group of commands with a plain page of help; whichever is the outermost says what cannot be used."""

    def get_help_option(self, ctx: Any) -> Any:
        return _spoken(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(pages.page(self, ctx))

    def main(self, *args: Any, **more: Any) -> Any:
        """Run; a command line that cannot be used ends with a sentence and status 2."""
        standing_alone = more.pop("standalone_mode", True)
        more["standalone_mode"] = False
        if not standing_alone:
            return super().main(*args, **more)
        try:
            status = super().main(*args, **more)
        except typer.Abort:
            print(_("Aborted."), file=sys.stderr)
            sys.exit(1)
        except _UNUSABLE as error:
            print(mistakes.told(error), file=sys.stderr)
            sys.exit(error.exit_code)
        sys.exit(status if isinstance(status, int) else 0)


_UNUSABLE: Any = typer.BadParameter.__mro__[1]
"""What the library raises for any command line that cannot be used; it has no public name of its own."""


def _spoken(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this text")
    return option


class Commands(typer.Typer):
    """Commands that are `Command` unless they say otherwise."""

    def command(self, name: str | None = None, *, cls: Any = Command, **more: Any) -> Callable[[Any], Any]:
        """As typer has it."""
        return super().command(name, cls=cls, **more)


def group(text: str) -> Commands:
    """A group of commands that describes itself as `text`."""
    return Commands(
        cls=Group,
        help=text,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=HELP,
    )
