"""The virtual environment, the locked packages in it, and Zhiyin itself on its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from steps import ground
from steps.ground import REQUIREMENTS, ROOT, VENV, Stuck, digest

UV = VENV / "uv" / "bin" / "uv"
COMMAND = """#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -m zhiyin "$@"
"""


def venv() -> None:
    """Create .venv with the Python that runs this; one that works where it stands is kept."""
    title = f"虚拟环境 / virtual environment (Python {sys.version_info.major}.{sys.version_info.minor})"
    ground.step("venv", title, str(VENV), _create, ready=ground.venv_python().exists())


def _create() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if not _make():
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if (
            not (ground.apt_install(f"python{version}-venv") or ground.apt_install("python3-venv"))
            or not _make()
        ):
            raise Stuck(
                f"这台机器的 Python 缺少 venv。以管理员身份安装 python{version}-venv 后再试。\n"
                "This machine's Python lacks venv: run `apt-get install "
                f"python{version}-venv` as root, then again."
            )


def _make() -> bool:
    python = getattr(sys, "_base_executable", None) or sys.executable
    if not ground.works([python, "-c", "import ensurepip, venv"]):
        return False
    ground.run([python, "-m", "venv", VENV])
    return True


def uv() -> None:
    """Install the locked uv beside, not in, the environment that it fills."""
    lock = REQUIREMENTS / "uv.txt"

    def work() -> None:
        pip = [ground.venv_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        target = VENV / "uv"
        ground.run([*pip, "--require-hashes", "--no-deps", "--upgrade", "--target", target, "-r", lock])

    ground.step("uv", "uv", digest(lock), work, ready=UV.exists())


def packages(*, dev: bool) -> None:
    """Install exactly the locked packages; the development tools once they have been asked for stay."""
    base, full = REQUIREMENTS / "base.txt", REQUIREMENTS / "dev.txt"
    dev = dev or (ground.STAMPS / "packages-dev").exists()
    name, files = ("packages-dev", [base, full]) if dev else ("packages", [base])

    def work() -> None:
        sync = [UV, "pip", "sync", "--quiet", "--require-hashes", "--python", ground.venv_python()]
        ground.run([*sync, *files], env=index())

    title = "Python 依赖与开发工具 / packages and tools" if dev else "Python 依赖 / packages"
    ground.step(name, title, digest(*files), work)


def project() -> None:
    """Put src/ on the environment's path and the command `zhiyin` in its bin."""
    place = digest(str(ROOT), COMMAND)

    def work() -> None:
        libraries = next((VENV / "lib").glob("python3*")) / "site-packages"
        (libraries / "zhiyin-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
        command = VENV / "bin" / "zhiyin"
        command.write_text(COMMAND)
        command.chmod(0o755)

    ground.step("project", "命令 zhiyin / the command", place, work, ready=(VENV / "bin" / "zhiyin").exists())


def index(interpreter: Path | None = None) -> dict[str, str]:
    """The package index that pip (ours, or that of `interpreter`) is told to use here, said so that uv hears it."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        return {}
    asked = subprocess.run(
        [str(interpreter or ground.venv_python()), "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    url = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": url} if url else {}


def install_aside(lock: Path, target: Path) -> None:
    """Install one locked wheel into a folder of its own, away from the environment."""
    shutil.rmtree(target, ignore_errors=True)
    install = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "--python",
        ground.venv_python(),
    ]
    ground.run([*install, "--target", target, "-r", lock], env=index())


def lock() -> None:
    """Write requirements/*.txt anew: universal, hashed, naming no host and no machine."""
    compile_ = [
        UV,
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    ]
    compile_ += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    base, full = REQUIREMENTS / "base.txt", REQUIREMENTS / "dev.txt"
    ground.run([*compile_, *upgrade, "pyproject.toml", "-o", "requirements/base.txt"], env=index())
    dev = [*compile_, *upgrade, "--extra", "dev", "-c", "requirements/base.txt", "pyproject.toml"]
    ground.run([*dev, "-o", "requirements/dev.txt"], env=index())
    with tempfile.TemporaryDirectory() as folder:
        for name in ("uv", "node", "font", "bench"):
            wanted = Path(folder, f"{name}.in")
            wanted.write_text((REQUIREMENTS / f"{name}.in").read_text())
            ground.run(
                [*compile_, *upgrade, "--no-annotate", wanted, "-o", f"requirements/{name}.txt"], env=index()
            )
    for file in (base, full):
        ground.say(f"  ✓ {file.relative_to(ROOT)}")
