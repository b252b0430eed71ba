"""`zhiyin demo`: the demo organisation, built through the product's own actions on first use."""

from __future__ import annotations

import importlib
import importlib.util

from zhiyin.cli import environment, language, up
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import progress, say, table, warn
from zhiyin.kit.errors import DomainError, gettext_noop

BUILDER = "zhiyin.demo.build"
NAMES = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}
CODES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "en": "en"}
MIXED = gettext_noop(
    "The demo organisation in these data is in %(held)s and stays so. "
    "For one in %(wanted)s, start with an empty place: set DATA_DIR or DATABASE_URL to another one."
)


ELSEWHERE = gettext_noop(
    "The demo organisation is in %(held)s. For one in %(wanted)s: LANGUAGE=%(code)s, with a DATA_DIR of its own."
)
FIRST = "zh-hans"  # the language of the demo where nobody asked for another


class NoDemo(DomainError):
    """Installed without the demo organisation."""

    code = "cli.no_demo"
    message = gettext_noop("The demo organisation is not part of this installation.")


def demo() -> int:
    """Build what is absent, show who can sign in, and run."""
    if importlib.util.find_spec("zhiyin.demo") is None or importlib.util.find_spec(BUILDER) is None:
        raise NoDemo
    return up.up(before=_prepare, strict=False)


def _prepare(_environment: environment.Environment) -> None:
    from django.utils import timezone

    from zhiyin.kit.audit import acting

    builder = importlib.import_module(BUILDER)
    asked, held = language.asked(), builder.held()
    wanted = asked or held or FIRST
    if held not in {None, wanted}:
        warn(_(MIXED) % {"held": NAMES[held], "wanted": NAMES[wanted]})
    elif not asked and (spoken := language.django_code()) != wanted:
        warn(_(ELSEWHERE) % {"held": NAMES[wanted], "wanted": NAMES[spoken], "code": CODES[spoken]})
    if not builder.present():
        warn(_("Building the demo organisation: this takes a moment, once."))
        with acting("command"), progress() as bars:
            task = bars.add_task(_("Demo organisation"), total=None)
            builder.build(
                now=timezone.now(),
                language=wanted,
                progress=lambda done, total: bars.update(task, completed=done, total=total),
            )
    say(_("Sign in to the demo as:"))
    headings = [_("Name"), _("Role"), _("Sign-in name"), _("Password")]
    table(headings, [[str(cell) for cell in row] for row in builder.accounts()])
