"""A font with Chinese characters for PDFs: one that the machine has, or a locked one in var/fonts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from steps import ground, python
from steps.ground import REQUIREMENTS, VAR, VENV, digest

FOLDER = VAR / "fonts"
KNOWN = re.compile(
    r"noto\s*(sans|serif)\s*(cjk|sc|hans)|source\s*han|思源|wqy|wenquanyi|文泉|fandol|lxgw", re.IGNORECASE
)
PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def provide() -> None:
    """Put a Chinese font into var/fonts unless the machine has one."""
    if any(FOLDER.glob("*.otf")) or (ground.fresh("font", "machine") and installed()):
        return
    if installed():
        ground.finish("font", "machine")
        return
    lock = REQUIREMENTS / "font.txt"
    ground.step("font", "中文字体 / Chinese font", digest(lock), lambda: _fetch(lock), ready=False)


def _fetch(lock: Path) -> None:
    aside = VENV / "font"
    python.install_aside(lock, aside)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for font in aside.rglob("NotoSansSC-*.otf"):
        shutil.copyfile(font, FOLDER / font.name)
    for licence in aside.rglob("LICENSE"):
        shutil.copyfile(licence, FOLDER / "OFL.txt")
    shutil.rmtree(aside)


def installed() -> bool:
    """Whether this machine has a well-known Chinese font."""
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        listed = ""
    if KNOWN.search(listed):
        return True
    return any(
        KNOWN.search(re.sub(r"[-_]", " ", name))
        for place in PLACES
        for _, _, files in os.walk(Path(place).expanduser())
        for name in files
    )
