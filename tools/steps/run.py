"""Which steps each target needs, in order."""

from __future__ import annotations

import time

from steps import browser, fonts, frontend, ground, python
from steps.ground import ROOT, Stuck, digest

USAGE = "python3 tools/bootstrap.py setup | dev | test | lock"
TARGETS = ("setup", "dev", "test", "lock")


def main(arguments: list[str]) -> int:
    """Run the steps of one target; 0 ready, 1 a step stopped, 2 not a target."""
    if len(arguments) != 1 or arguments[0] not in TARGETS:
        print(USAGE)
        return 2
    begun = time.monotonic()
    try:
        with ground.alone():
            prepare(arguments[0])
    except Stuck as stuck:
        return ground.complain(stuck)
    except KeyboardInterrupt:
        return 130
    ground.say(f"✓ 准备就绪 / ready ({time.monotonic() - begun:.1f} s)")
    return 0


def prepare(target: str) -> None:
    """Everything `target` stands on."""
    python.venv()
    python.uv()
    if target == "lock":
        python.lock()
        return
    python.packages(dev=target != "setup")
    python.project()
    catalogues()
    if target == "dev":
        return
    frontend.build()
    fonts.provide()
    if target == "test":
        browser.provide()


def catalogues() -> None:
    """Compile the translations."""
    tool = ROOT / "tools" / "catalogues.py"
    if not tool.is_file():
        return
    texts = sorted((ROOT / "src").glob("zhiyin/*/locale/*/LC_MESSAGES/*.po"))
    compiled = all(text.with_suffix(".mo").is_file() for text in texts)
    compile_ = [ground.venv_python(), tool, "compile"]
    ground.step(
        "catalogues",
        "译文 / translations",
        digest(tool, *texts),
        lambda: ground.run(compile_),
        ready=compiled,
    )
