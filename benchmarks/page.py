"""One run of the comparison page, beside a page with one slider and one text: at the server, and in a browser."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from benchmarks.measure import Result, in_turn
from tests import browser

SMALL = 'import streamlit as st\nvalue = st.slider("Value", 0, 100, 50, key="value")\nst.text(f"Value {value}")\n'
MOVES = 15


def results() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.py"
        small.write_text(SMALL)
        return [_at_the_server(small), _in_the_browser(small)]


def _at_the_server(small: Path) -> Result:
    ours = AppTest.from_file(str(browser.ROOT / "app.py"), default_timeout=60).run()
    theirs = AppTest.from_file(str(small), default_timeout=60).run()
    moves = {"ours": 10.0, "theirs": 10}

    def move_ours() -> None:
        moves["ours"] = 20.0 if moves["ours"] == 10.0 else 10.0
        ours.slider(key="slide-take_rate-marketplace").set_value(moves["ours"]).run()

    def move_theirs() -> None:
        moves["theirs"] = 20 if moves["theirs"] == 10 else 10
        theirs.slider(key="value").set_value(moves["theirs"]).run()

    return Result("page run, one lever moved", *_pair(in_turn(move_ours, move_theirs, runs=MOVES)))


def _in_the_browser(small: Path) -> Result:
    with browser.chrome() as chrome, browser.serve() as ours, browser.serve(small) as theirs:
        pages = [chrome.new_page(viewport={"width": 1440, "height": 900}) for _ in range(2)]
        for page, address in zip(pages, (ours, theirs), strict=True):
            page.goto(address)
            browser.settled(page)
        figure = "table.comparison tbody:nth-of-type(2) tr:nth-child(2) td"  # take rate after refunds
        taken: tuple[list[float], list[float]] = ([], [])
        for move in range(MOVES + 1):
            key = "ArrowRight" if move % 2 else "ArrowLeft"
            first = _until_changed(pages[0], ".st-key-slide-take_rate-marketplace input[type=range]", key, figure)
            second = _until_changed(pages[1], ".st-key-value input[type=range]", key, '[data-testid="stText"]')
            if move:
                taken[0].append(first)
                taken[1].append(second)
    return Result("browser, key press to new figure", *_pair((statistics.median(taken[0]), statistics.median(taken[1]))))


def _pair(seconds: tuple[float, float]) -> tuple[float, str, float]:
    return seconds[0], "page with one slider and one text", seconds[1]


def _until_changed(page: Page, slider: str, key: str, shown: str) -> float:
    before = page.locator(shown).first.inner_text()
    page.locator(slider).focus()
    start = time.perf_counter()
    page.keyboard.press(key)
    page.wait_for_function("([where, was]) => document.querySelector(where).innerText !== was", arg=[shown, before], polling=5)
    return time.perf_counter() - start
