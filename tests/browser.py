"""A running app and a browser to look at it, for tests, benchmarks and screenshots. Run by itself: installs Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect, sync_playwright

ROOT = Path(__file__).parents[1]

# Without a screen the small one does the same for half the work.
PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def find() -> str | None:
    """The path of a Chromium on this machine, or None: then Playwright's own is used."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Install Chromium by the system's package manager, or else by Playwright. Raises if neither can."""
    if shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo")):
        admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
        subprocess.run([*admin, "apt-get", "update", "-qq"], check=False)
        for package in PACKAGES:
            done = subprocess.run([*admin, "apt-get", "install", "-y", "-qq", package], stdout=subprocess.DEVNULL, check=False)
            if done.returncode == 0 and find():
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def fill_in(page: Page, key: str, value: str) -> None:
    """Type a value into the field with this key."""
    field = page.locator(f".st-key-{key} input")
    field.fill(value)
    field.press("Enter")


def pick(page: Page, box: Locator, option: str) -> None:
    """Choose from a list that drops down; a run of the page may close it under the hand, then it is opened again."""
    for _ in range(10):
        box.click()
        with suppress(TimeoutError):
            page.get_by_role("option", name=option, exact=True).click(timeout=6_000)
            return
    raise RuntimeError(f"no “{option}” in the list")


def dressed(page: Page) -> None:
    """Wait until the page has its style: what is drawn first stands there for a moment without."""
    look = "getComputedStyle(document.documentElement).getPropertyValue('--page') ? done() : requestAnimationFrame(look)"
    page.evaluate(f"() => new Promise(done => {{ const look = () => {look}; look(); }})")


def settled(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def calm(page: Page) -> None:
    """Wait until every move of a lever was answered and all is drawn."""
    expect(page.locator("html")).not_to_have_attribute("data-live-state", re.compile("."))
    settled(page)


def swept(page: Page) -> None:
    """Wait until what the page shows while the lever in hand moves has come."""
    page.wait_for_function("() => window.coopfinLines?.get('levers')?.last?.sweep")


def overflowing(page: Page) -> list[str]:
    """What reaches beyond the right edge of the screen; what scrolls inside its own box does not count."""
    wide: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] *')]
            .filter(e => !e.closest('svg, canvas, pre, .scroll, .st-key-navigation'))
            .filter(e => e.checkVisibility() && !e.closest('input[type=range], [data-testid=stDataFrame]'))
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.tagName + '.' + e.className)"""
    )
    return wide


def watch(context: BrowserContext, told: list[str]) -> None:
    """Note in ``told`` what pages of ``context`` ask for that is not on this machine, or that the server's policy forbids."""
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "file:")
    context.on("request", lambda asked: None if asked.url.startswith(own) else told.append(asked.url))
    context.on("console", lambda said: told.append(said.text) if "Content Security Policy" in said.text else None)


@contextmanager
def chrome() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        yield started
        started.close()


@contextmanager
def serve(script: Path = ROOT / "serve.py") -> Iterator[str]:
    """The address of a fresh server for ``script``; without one, for what ``make run`` runs."""
    with running(script, free_port()) as (address, _):
        yield address


@contextmanager
def running(script: Path, port: int, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Address and process of a server for ``script`` on ``port``; it is stopped at the end, if it still runs."""
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    surroundings = {**os.environ, **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        until_it_answers(process, f"{address}/_stcore/health")
        yield address, process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until_it_answers(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until ``address`` answers; raises if the process gives up, with what it printed."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            # Nothing listens yet: a closed port refuses at once. Ask again in a moment, unless the server has given up.
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                raise RuntimeError(process.communicate()[0].decode()) from None
    raise RuntimeError("the app did not start within a minute")


if __name__ == "__main__":
    if find() is None:
        print("Installing Chromium for the browser tests …")
        install()
    print(f"Browser tests run in {find() or 'the Chromium of Playwright'}.")
