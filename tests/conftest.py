"""A running app and a browser, shared by the browser tests."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import browser as chromium
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
PATIENCE = 60_000  # milliseconds: how long a slow machine may take; nothing waits for it where things are fast

# The same examples in every run, so that a change is judged by what it changes.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a fresh app."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(process, f"{address}/_stcore/health")
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _until_it_answers(process: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(process.communicate()[0].decode())
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            # Nothing listens yet. A closed port refuses at once, so wait for the process a moment before asking again.
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("the app did not start within a minute")


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    """A page of a fresh browser at the size of a laptop."""
    context = chrome.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def settled(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
