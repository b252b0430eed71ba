"""The table of rights in the administrator's guides, written from `people/access.py`: `python tools/guides.py`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "guide"
FILES = {
    "administrator.md": ("zh-hans", "| 可以做什么 |"),
    "administrator.en.md": ("en", "| What one may do |"),
}


def with_rights(text: str, language: str, head: str) -> str:
    """`text` with the table that begins with `head` as the house has it now."""
    lines = text.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith(head))
    end = next(number for number in range(begin, len(lines)) if not lines[number].startswith("|"))
    return "\n".join([*lines[:begin], *rights(language, head), *lines[end:], ""])


def rights(language: str, head: str) -> Iterator[str]:
    """A line a deed, a column a role."""
    from django.utils import translation

    from zhiyin.kit.language import say
    from zhiyin.people.access import ALLOWED, Deed
    from zhiyin.people.rules import Role

    with translation.override(language):
        yield f"{head} {' | '.join(str(say(role)) for role in Role)} |"
        yield f"|---|{':-:|' * len(Role)}"
        for deed in Deed:
            yield f"| {say(deed)} | {' | '.join('✓' if deed in ALLOWED[role] else '' for role in Role)} |"


def main() -> None:
    """Write both."""
    import django

    django.setup()
    for name, (language, head) in FILES.items():
        file = FOLDER / name
        file.write_text(with_rights(file.read_text(encoding="utf-8"), language, head), encoding="utf-8")


if __name__ == "__main__":
    # Enough to load the settings; nothing connects with these.
    os.environ |= {"SECRET_KEY": "k" * 50, "DATABASE_URL": "postgresql:///guides"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhiyin.config.settings"
    sys.path.insert(0, str(ROOT / "src"))
    main()
