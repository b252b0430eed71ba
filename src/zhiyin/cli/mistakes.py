"""What is wrong with a command line, in the reader's language: the library's own sentences are English only."""

from __future__ import annotations

import re
from typing import Any

from zhiyin.cli import pages
from zhiyin.cli.language import gettext as _
from zhiyin.kit.errors import gettext_noop

# The library tells its mistakes apart by their wording alone.
_WORDED = (
    (r"'(?P<value>.*)' is not a valid float.*\.", gettext_noop("%(name)s: “%(value)s” is not a number.")),
    (r"'(?P<value>.*)' is not a valid integer.*\.", gettext_noop("%(name)s: “%(value)s” is not a whole number.")),
    (r"(?P<value>\S+) is not in the range (?P<range>.+)\.",
     gettext_noop("%(name)s: %(value)s is outside the range %(range)s.")),
    (r"'(?P<value>.*)' is not one of (?P<known>.+)\.", gettext_noop("%(name)s: “%(value)s” is none of %(known)s.")),
    (r"Option '?(?P<name>[^' ]+)'? requires .*", gettext_noop("%(name)s needs a value.")),
    (r"Option '?(?P<name>[^' ]+)'? does not take a value\.", gettext_noop("%(name)s takes no value.")),
    (r"Got unexpected extra arguments?\S* \((?P<value>.*)\)", gettext_noop("Not expected here: %(value)s")),
    (r"No such option: (?P<name>.+?)", gettext_noop("There is no option %(name)s.")),
    (r"No such command '(?P<name>.*?)'\..*", gettext_noop("There is no command %(name)s.")),
    (r"Missing command\.", gettext_noop("Say which command.")),
)  # fmt: skip


def told(error: Any) -> str:
    """The whole message about a command line that cannot be used."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.message)
    lines = [sentence(error)]
    if error.ctx is not None:
        lines.append(pages.usage(error.ctx.command, error.ctx))
        lines.append(_("More: %(command)s --help") % {"command": error.ctx.command_path})
    return "\n".join(lines)


def sentence(error: Any) -> str:
    """What is wrong, in one sentence, and what may have been meant."""
    if type(error).__name__ == "MissingParameter":
        return _("%(name)s is missing.") % {"name": name_of(error)}
    for pattern, message in _WORDED:
        found = re.fullmatch(pattern, error.message, re.DOTALL)
        if found:
            return "\n".join([_(message) % ({"name": name_of(error)} | found.groupdict()), *_meant(error)])
    return str(error.format_message())


def name_of(error: Any) -> str:
    """The option with its dashes, or the argument as the help writes it."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    if parameter.param_type_name == "argument":
        return str(parameter.make_metavar(error.ctx)).translate(pages.BARE)
    return str(max(parameter.opts, key=len))


def _meant(error: Any) -> list[str]:
    """What is spelled nearly like it."""
    guesses = list(getattr(error, "possibilities", None) or [])
    guesses += re.findall(r"'([^']+)'", error.message.partition("Did you mean")[2])
    return [_("Did you mean %(names)s?") % {"names": guesses[0]}] if guesses else []
