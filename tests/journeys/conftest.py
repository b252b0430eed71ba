"""One running Zhiyin and one Chromium for all journeys; each journey opens windows of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys import product as zhiyin
from tests.journeys.people import Windows

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Both end with the last journey: as long as Playwright runs, Django takes this thread for an asynchronous one.
@pytest.fixture(scope="package")
def product() -> Iterator[zhiyin.Product]:
    with zhiyin.running() as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = _chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN"]
        )
        yield browser
        browser.close()


def _chromium() -> str:
    """CHROMIUM as `make setup` found it, else what is installed; its absence is a failure, not a reason to skip."""
    told = os.environ.get("CHROMIUM")
    found = told or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None or not Path(found).exists():
        pytest.fail(
            "The journeys need Chromium: run `make setup`, or set CHROMIUM to its path.", pytrace=False
        )
    return found


@pytest.fixture
def windows(product: zhiyin.Product, browser: Browser) -> Generator[Windows]:
    """Windows for this journey; at its end no page may have complained."""
    opened = Windows(product, browser)
    try:
        yield opened
        opened.check_quiet()
    finally:
        opened.close()
