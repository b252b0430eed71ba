"""Which tests share a worker, and which go first: `-p tests.workers` in pyproject.toml, with `--dist loadscope`.

A file is a unit of work, so that what its tests share is made once. Journeys and kills drive one Zhiyin each and are
a unit whole. What takes longest begins first, and the short files at the end keep all workers busy.

By public hooks alone: the marks of `--dist loadgroup` are lost where pytest keeps a test's name to itself (9.2).
"""

from __future__ import annotations

from typing import Any

import pytest

TOGETHER = ("tests/journeys/", "tests/crash/")
FIRST = (
    *TOGETHER,
    "src/zhiyin/demo/tests/",
    "src/zhiyin/cli/tests/",
    "tests/",
    "src/zhiyin/libs/measure/tests/",
)


def unit(nodeid: str) -> str:
    """The unit of work that a test belongs to."""
    file = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def rank(nodeid: str) -> int:
    return next((place for place, folder in enumerate(FIRST) if nodeid.startswith(folder)), len(FIRST))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("dist", "no") == "loadscope" or hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    if config.getoption("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return unit(nodeid)

    return ByFile(config, log)
