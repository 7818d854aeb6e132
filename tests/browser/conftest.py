"""A real browser for the tests in this folder: Debian's Chromium, driven by Playwright.

Without Chromium the tests are skipped and say how to install it; where CI is set they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.driving import Opened, briefs, open_page

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once for all tests."""
    found = os.environ.get("STANDOFF_CHROMIUM") or shutil.which("chromium")
    if found is None:
        missing = "Chromium is not installed. On Debian or Ubuntu: apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, headless=True, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Briefs as files, written by the command, by name."""
    return briefs(tmp_path_factory.mktemp("briefs"))


@pytest.fixture
def opened(chromium: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """A function that opens a brief from disk, with the network off, and listens to all that goes wrong."""
    contexts: list[Any] = []
    seen: list[Opened] = []

    def open_it(name: str, **settings: Any) -> Opened:
        context = chromium.new_context(offline=True, **settings)
        contexts.append(context)
        seen.append(open_page(context, pages[name]))
        return seen[-1]

    yield open_it
    complaints = [complaint for each in seen for complaint in each.complaints]
    for context in contexts:
        context.close()
    assert complaints == []
