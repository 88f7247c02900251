"""One move on the comparison page, beside a page with one slider and one text: in the browser, and at the server."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.measure import Result
from benchmarks.relay import Relay, relay
from tests import browser

SMALL = 'import streamlit as st\nvalue = st.slider("Value", 0, 100, 50, key="value")\nst.text(f"Value {value}")\n'
PEER = "page with one slider and one text"
MOVES = 30
TOGETHER = 10  # so many one after the other
FRAME = 1 / 60  # seconds
# Notes when something was done by hand and when the figure changed after it, in the browser's own time.
WATCH = """([event, where]) => {
    window.took = []
    let begun = 0, shown = document.querySelector(where).textContent
    addEventListener(event, e => { begun ||= e.timeStamp }, true)
    new MutationObserver(() => {
        const now = document.querySelector(where)?.textContent ?? shown
        if (begun && now !== shown) { took.push(performance.now() - begun); begun = 0 }
        shown = now
    }).observe(document.body, { characterData: true, childList: true, subtree: true })
}"""


@dataclass
class Subject:
    """A page that is measured: what is moved, which figure changes, and what the server sends and works for it."""

    page: Page
    slider: str
    figure: str
    pid: int
    between: Relay
    messages: int = 0

    def open(self) -> None:
        """Open the page; what the server sends is counted from now on."""

        def heard(_: object) -> None:
            self.messages += 1

        self.page.on("websocket", lambda socket: socket.on("framereceived", heard))
        self.page.goto(f"http://127.0.0.1:{self.between.port}")
        self.page.locator(self.figure).first.wait_for()
        browser.settled(self.page)

    def press(self, key: str) -> None:
        """One move by key; comes back when the server has answered it."""
        before = self.messages
        self.page.locator(self.slider).first.focus()
        self.page.keyboard.press(key)
        while self.messages == before:
            self.page.wait_for_timeout(5)
        browser.settled(self.page)
        self.page.wait_for_timeout(150)  # the machine is quiet before the next

    def took(self) -> list[float]:
        """How long the figure took to change each time, in seconds."""
        return [each / 1000 for each in self.page.evaluate("window.took")]

    def worked(self) -> float:
        """Seconds that the server has worked so far."""
        spent = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def results() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        small = Path(folder) / "small.py"
        small.write_text(SMALL)
        chrome = stack.enter_context(browser.chrome())
        places = (
            (browser.ROOT / "serve.py", ".st-key-levers input[type=range]", "[data-live=provider_keeps-0]"),
            (small, ".st-key-value input[type=range]", '[data-testid="stText"]'),
        )
        subjects = []
        for script, slider, figure in places:
            port = browser.free_port()
            _, process = stack.enter_context(browser.running(script, port))
            page = chrome.new_context(viewport={"width": 1280, "height": 720}).new_page()
            subjects.append(Subject(page, slider, figure, process.pid, stack.enter_context(relay(port))))
            subjects[-1].open()
        ours, theirs = subjects
        return [*_moves(ours, theirs), _drag(ours)]


def _moves(ours: Subject, theirs: Subject) -> Iterator[Result]:
    """Key presses on both pages, some on one and then some on the other: what waits until the hand rests is not among them."""
    subjects = (ours, theirs)
    for each in subjects:
        each.press("ArrowRight")  # what is made once is not counted
        each.page.evaluate(WATCH, ["keydown", each.figure])
    worked, messages, sent = [0.0, 0.0], [0, 0], [0, 0]
    for _ in range(MOVES // TOGETHER):
        for i, each in enumerate(subjects):
            before = each.worked(), each.messages, each.between.sent
            for _ in range(TOGETHER):
                each.press("ArrowRight")
            worked[i] += each.worked() - before[0]
            messages[i] += each.messages - before[1]
            sent[i] += each.between.sent - before[2]
    kilobytes = [each / 1000 / MOVES for each in sent]
    shown = [statistics.median(each.took()) for each in subjects]
    yield Result("browser: key press to changed figure", shown[0], PEER, shown[1])
    yield Result("server: processor time of one move", worked[0] / MOVES, PEER, worked[1] / MOVES)
    yield Result("server: messages of one move", messages[0] / MOVES, PEER, messages[1] / MOVES, unit="messages")
    yield Result("server: what one move sends, on the wire", kilobytes[0], PEER, kilobytes[1], unit="kB")


def _drag(ours: Subject) -> Result:
    """Pointer moves of one drag: the figure changes before the button is released."""
    page = ours.page
    page.reload()
    page.locator(ours.figure).wait_for()
    browser.settled(page)
    box = page.locator(f"{ours.slider} ~ i").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_function("() => window.coopfinLines?.get('levers')?.last?.sweep")
    page.mouse.down()
    page.evaluate(WATCH, ["pointermove", ours.figure])
    for step in range(1, MOVES):
        page.mouse.move(x + 2 * step, y)
        page.wait_for_timeout(40)
    took = ours.took()
    page.mouse.up()
    return Result("browser: pointer move to changed figure, while dragging", statistics.median(took), "one frame", FRAME)
