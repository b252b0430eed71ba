"""Chromium for the browser journeys: found, installed, or plainly asked for; never skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from steps import ground
from steps.ground import STAMPS, VAR, Stuck

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RECORD = STAMPS / "chromium.path"
BROWSERS = VAR / "browsers"


def provide() -> None:
    """Record the path of a Chromium that starts; install one where there is none."""
    if RECORD.is_file() and Path(RECORD.read_text()).exists():
        return
    found = find()
    if found is None:
        ground.say("· 测试用浏览器 / browser for the tests …")
        found = _install()
    if found is None:
        raise Stuck(
            "浏览器测试需要 Chromium，这里没有装上。以管理员身份运行 apt-get install chromium，再试一次。\n"
            "The browser tests need Chromium, which could not be installed here: run "
            "`apt-get install chromium` as root, then again."
        )
    STAMPS.mkdir(parents=True, exist_ok=True)
    RECORD.write_text(found)


def find() -> str | None:
    """The first browser on this machine that really starts (a snap's stand-in in a container does not)."""
    return next((path for path in _candidates() if ground.works([path, "--version"])), None)


def _candidates() -> Iterator[str]:
    told = os.environ.get("CHROMIUM")
    if told:
        yield told
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield path
    for place in (BROWSERS, Path("~/.cache/ms-playwright").expanduser()):
        yield from (str(path) for path in sorted(place.glob("chromium-*/chrome-linux*/chrome"), reverse=True))


def _install() -> str | None:
    if ground.apt_install("chromium"):
        found = find()
        if found:
            return found
    install = [ground.venv_python(), "-m", "playwright", "install"]
    with_libraries = ["--with-deps"] if ground.is_root() else []
    try:
        ground.run([*install, *with_libraries, "chromium"], env={"PLAYWRIGHT_BROWSERS_PATH": str(BROWSERS)})
    except (Stuck, subprocess.SubprocessError):
        return None
    return find()
