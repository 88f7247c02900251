"""The connection drops: the page says so in words, stays in use, and goes on by itself."""

from __future__ import annotations

import re

import browser
import pytest
from browser import ROOT, overflowing, settled
from playwright.sync_api import Locator, Page, expect

from coopfin.ui.shell.connection import WORDS


def take_rate(page: Page) -> Locator:
    """The exact entry of a lever."""
    return page.get_by_role("textbox", name="Take rate, Platform cooperative, exact value", exact=True)


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(take_rate(page)).to_be_visible()
    settled(page)
    expect(page.get_by_text(WORDS)).to_be_hidden()


def test_a_stopped_server_is_told_and_what_was_entered_meanwhile_counts(page: Page) -> None:
    port = browser.free_port()
    with browser.running(ROOT / "serve.py", port) as (address, server):
        opened(page, f"{address}/?preset=ride-hailing")
        take_rate(page).focus()
        server.terminate()
        expect(page.get_by_text(WORDS)).to_be_visible()
    take_rate(page).fill("11")
    take_rate(page).press("Enter")
    for _ in range(3):  # Streamlit asks for the server again and again, and would say so in a dialog
        with page.expect_event("requestfailed", lambda asked: "_stcore" in asked.url):
            pass
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(take_rate(page)).to_have_value(re.compile("^11"))
    assert page.evaluate("() => !document.querySelector('[data-testid=stApp]').closest('[inert], [aria-hidden=true]')")
    with browser.running(ROOT / "serve.py", port):
        expect(page.get_by_text(WORDS)).to_be_hidden()
        expect(page.get_by_text("What I changed (1)")).to_be_visible()
        take_rate(page).fill("12")
        take_rate(page).press("Enter")
        page.wait_for_url(re.compile("take_rate=[^&]*0.12"))
        settled(page)
        expect(take_rate(page)).to_have_value(re.compile("^12"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_without_a_network_is_told_and_the_words_fit(server: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, server)
    page.context.set_offline(True)
    expect(page.get_by_text(WORDS)).to_be_visible()
    box = page.get_by_text(WORDS).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert overflowing(page) == []
    page.context.set_offline(False)
    expect(page.get_by_text(WORDS)).to_be_hidden()
