"""Command groups whose `--help` speaks the reader's language, and their commands' too."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from zhiyin.cli.language import gettext as _

HELP = {"help_option_names": ["--help", "-h"]}


class Group(TyperGroup):
    """A command group whose `--help` line speaks the reader's language."""

    def get_help_option(self, ctx: Any) -> Any:
        return _spoken(super().get_help_option(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command is not None and not isinstance(command, Group):
            _spoken(command.get_help_option(ctx))
        return command


def _spoken(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this text")
    return option


def group(text: str) -> typer.Typer:
    """A group of commands that describes itself as `text`."""
    return typer.Typer(
        cls=Group,
        help=text,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings=HELP,
    )
