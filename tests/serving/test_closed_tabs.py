"""What a closed tab leaves behind: nothing."""

from __future__ import annotations

import time

from asking import ask
from browser import settled
from playwright.sync_api import Browser, expect


def until(small: str, workers: int) -> None:
    for _ in range(600):
        if int(ask(f"{small}/workers")[2]) == workers:
            return
        time.sleep(0.1)
    raise AssertionError(f"not {workers} workers within a minute")


def test_the_work_of_a_closed_tab_ends(small: str, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{small}/sure?preset=ride-hailing")
    expect(page.locator("h1")).to_be_visible()
    settled(page)
    page.get_by_text("How likely it is", exact=True).click()
    page.get_by_role("button", name="Draw 3,000,000 futures").click()
    until(small, 1)
    context.close()
    until(small, 0)
