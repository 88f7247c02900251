"""A running app and a browser, shared by the browser tests."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial

import browser
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect

PATIENCE = 60_000  # milliseconds: how long a slow machine may take; nothing waits for it where things are fast
# The same examples in every run, so that a change is judged by what it changes.
# A busy machine may be slow: no example fails for its time.
settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")
expect.set_options(timeout=PATIENCE)

# Who runs the tests in the background may have Ctrl-C ignored, and so would every program that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try again what fails in a real browser on a busy machine; the report names it. A fault fails every time."""
    for item in items:
        if "chrome" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session", autouse=True)
def rooms_of_these_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rooms are kept apart from those of whoever works here."""
    os.environ.setdefault("COOPFIN_ROOMS", str(tmp_path_factory.mktemp("rooms") / "rooms.sqlite"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a fresh app."""
    with browser.serve() as address:
        yield address


@pytest.fixture(scope="session")
def trespasses() -> list[str]:
    """What pages asked for that is not theirs, in the order of asking."""
    return []


@pytest.fixture(scope="session")
def chrome(trespasses: list[str]) -> Iterator[Browser]:
    """A headless Chromium."""
    with browser.chrome() as started:
        started.on("context", partial(browser.watch, told=trespasses))
        yield started


@pytest.fixture(autouse=True)
def nothing_from_outside(trespasses: list[str]) -> Iterator[None]:
    """Fails every test in which a page asks for something outside, or for what the server's policy forbids."""
    trespasses.clear()
    yield
    assert trespasses == []


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    """A page of a fresh browser at the size of a laptop."""
    context = chrome.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
