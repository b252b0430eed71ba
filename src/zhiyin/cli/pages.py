"""The page that `--help` prints: plain lines, complete at any width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from zhiyin.cli import folding
from zhiyin.cli.language import gettext as _

_EXAMPLE = re.compile(r"[ ]*((?:Example: |例：)[^\n]+)")
BARE = str.maketrans("", "", "[]")
_INDENT = "  "
_BROAD = 24
"""Columns that the names on the left may take; a longer name stands on a line of its own."""


def page(command: Any, context: Any) -> str:
    """Usage, what it does, and every argument, option and command in full."""
    width = min(folding.columns(), folding.WIDEST)
    blocks = [usage(command, context), *_paragraphs(command.help or "", width)]
    parameters = command.get_params(context)
    for title, kind in ((_("Arguments"), "argument"), (_("Options"), "option")):
        rows = [
            _row(each, context) for each in parameters if each.param_type_name == kind and not each.hidden
        ]
        blocks += _listed(title, rows, width)
    commands = getattr(command, "commands", {})
    found = [(name, command.get_command(context, name)) for name in commands]
    rows = [(name, summary(each.help or "")) for name, each in found if not each.hidden]
    blocks += _listed(_("Commands"), rows, width)
    return "\n\n".join([*blocks, *_paragraphs(command.epilog or "", width)])


def usage(command: Any, context: Any) -> str:
    """The line that shows how a command is written."""
    spoken = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND [ARGS]...": _("COMMAND …")}
    pieces = [spoken.get(piece, piece) for piece in command.collect_usage_pieces(context)]
    return _("Usage: %(line)s") % {"line": " ".join([context.command_path, *pieces])}


def summary(text: str) -> str:
    """What a help text says before its example."""
    return _EXAMPLE.split(text, maxsplit=1)[0].split("\n\n")[0].strip()


def _paragraphs(text: str, width: int) -> Iterator[str]:
    for part in _EXAMPLE.split(text):
        if _EXAMPLE.fullmatch(part):
            # To be copied as it is: an example is never folded.
            yield part
            continue
        for paragraph in filter(None, map(str.strip, part.split("\n"))):
            yield "\n".join(folding.fold(paragraph, width))


def _row(parameter: Any, context: Any) -> tuple[str, str]:
    """How a parameter is written, and what it means with its default."""
    remarks = []
    if parameter.param_type_name == "argument":
        name = parameter.make_metavar(context).translate(BARE)
    else:
        flag = parameter.is_flag or parameter.count
        name = ", ".join([*parameter.opts, *parameter.secondary_opts])
        name += "" if flag else f" {_kind(parameter)}"
        default = parameter.get_default(context, call=False)
        if parameter.show_default and default is not None and not flag and default != "":
            remarks.append(_("[default: {}]").format(default))
    if parameter.required:
        remarks.append(_("[required]"))
    return name, " ".join([parameter.help or "", *remarks]).strip()


def _kind(parameter: Any) -> str:
    """What an option takes, in a word."""
    spoken = {"text": _("TEXT"), "float": _("NUMBER"), "integer": _("COUNT"), "path": _("PATH")}
    name = str(parameter.type.name)
    return spoken.get(name.removesuffix(" range"), name.upper())


def _listed(title: str, rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    if not rows:
        return []
    left = min(max(folding.cells(name) for name, _text in rows), _BROAD)
    lines = [title]
    for name, text in rows:
        folded = folding.fold(text, width - left - 2 * len(_INDENT))
        if folding.cells(name) > left:
            lines.append(_INDENT + name)
            name = ""  # noqa: PLW2901 # the text begins below it
        for at, part in enumerate(folded):
            lines.append((_INDENT + folding.padded("" if at else name, left) + _INDENT + part).rstrip())
    return ["\n".join(lines)]
