"""The levers under hands, keys, fingers and words, in a real browser against a real server."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from browser import ROOT, calm, settled, swept
from playwright.sync_api import Browser, Locator, Page, expect

from coopfin.display import colours
from coopfin.ui import levers

DEMO = ROOT / "tests" / "browser" / "levers_demo.py"
FILES = Path(levers.__file__).parent
LIVE = "data-live-state"
# Waits until the left side has slid open.
STILL = "() => Promise.all(document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished))"


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    with browser.serve(DEMO) as address:
        yield address


@pytest.fixture
def slow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same page by a server that takes its time: as a machine many people share."""
    for name, seconds in request.param.items():
        monkeypatch.setenv(name, str(seconds))
    with browser.serve(DEMO) as address:
        yield address


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(slider(page, "Take rate, Platform cooperative")).to_be_attached()
    expect(page.get_by_text("Moves 0")).to_be_attached()
    page.wait_for_function("() => document.querySelectorAll('[data-live]').length >= 5")
    settled(page)


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=f"{name}, exact value", exact=True)


def told(page: Page, lever: str, firm: str, value: float) -> None:
    """Wait until the server has said that it has this value, and nothing waits for it any more."""
    pattern = re.compile(rf"{lever} {firm}={re.escape(repr(value))}(,|$)")
    expect(page.get_by_test_id("stText").filter(has_text="Values")).to_have_text(pattern)
    calm(page)


def live(page: Page) -> dict[str, str]:
    """All that moves with a lever, as it stands on the page."""
    shown: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-live]')]
            .map(e => [e.dataset.live, e.getAttribute('points') ?? e.textContent]))"""
    )
    return shown


def thumb(page: Page, name: str) -> tuple[float, float]:
    """Where the middle of a thumb stands."""
    box = slider(page, name).locator("xpath=following-sibling::i").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_while_a_thumb_is_dragged_the_page_shows_what_the_server_gives_after_release(demo: str, page: Page) -> None:
    opened(page, demo)
    before = live(page)
    x, y = thumb(page, "Take rate, Platform cooperative")
    page.mouse.move(x, y)
    swept(page)
    page.mouse.down()
    seen = []
    for step in range(1, 9):
        page.mouse.move(x + 6 * step, y)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        seen.append(live(page))
    assert page.locator("html").get_attribute(LIVE) == "moving"
    assert page.locator("[aria-live=polite][data-live]").get_attribute("aria-busy") == "true"
    assert len({each["kept-cooperative"] for each in seen}) > 4
    assert all(each["kept-marketplace"] == before["kept-marketplace"] for each in seen)
    assert seen[-1]["line-cooperative"] != before["line-cooperative"]
    expect(page.get_by_text("Moves 0")).to_be_visible()  # nothing was sent yet
    text = slider(page, "Take rate, Platform cooperative").get_attribute("aria-valuetext")
    page.mouse.up()
    expect(page.get_by_text("Moves 1")).to_be_visible()
    calm(page)
    assert live(page) == seen[-1]
    opened(page, demo)  # a fresh session: what the server alone writes
    assert live(page) == before
    field(page, "Take rate, Platform cooperative").fill(str(text))
    field(page, "Take rate, Platform cooperative").press("Enter")
    expect(page.get_by_text("Moves 1")).to_be_visible()
    calm(page)
    assert live(page) == seen[-1]
    assert page.locator("p[aria-live][aria-busy=true]").count() == 0


@pytest.mark.parametrize("pause", [30, 80, 150])
def test_keys_never_leave_slider_field_and_server_apart(demo: str, page: Page, pause: int) -> None:
    opened(page, demo)
    at = slider(page, "Take rate, Traditional marketplace")
    at.focus()
    for _ in range(3):
        for key, times in (("ArrowRight", 7), ("ArrowLeft", 4)):
            for _ in range(times):
                page.keyboard.press(key)
                page.wait_for_timeout(pause)
    told(page, "take_rate", "marketplace", 0.295)
    expect(at).to_have_attribute("aria-valuetext", "29.5\u202f%")
    expect(field(page, "Take rate, Traditional marketplace")).to_have_value("29.5\u202f%")


@pytest.mark.parametrize("slow", [{"DEMO_PAUSE": 0.4}], indirect=True)
def test_of_several_levers_moved_while_the_server_works_none_is_lost(slow: str, page: Page) -> None:
    opened(page, slow)
    for name in ("Providers at launch", "Take rate, Traditional marketplace", "To members by use", "Loan term"):
        slider(page, name).focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
    field(page, "Sale price, Traditional marketplace").fill("3.05")
    field(page, "Sale price, Traditional marketplace").press("Enter")
    for moved in (("providers", "", 550.0), ("take_rate", "marketplace", 0.255), ("patronage", "", 0.61), ("years", "", 8.0)):
        told(page, *moved)
    told(page, "exit", "marketplace", 3.05)


@pytest.mark.parametrize("slow", [{"DEMO_LATE": 1.0}], indirect=True)
def test_a_sweep_that_comes_late_overwrites_nothing(slow: str, page: Page) -> None:
    opened(page, slow)
    x, y = thumb(page, "Take rate, Platform cooperative")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y)
    page.mouse.up()
    field(page, "Sales per provider").fill("40000")
    field(page, "Sales per provider").press("Enter")
    told(page, "sales", "", 40_000.0)
    shown = live(page)
    swept(page)
    page.wait_for_timeout(1500)  # whatever is still on its way has come
    calm(page)
    assert live(page) == shown
    slider(page, "Take rate, Platform cooperative").focus()  # and a later hand gets its own
    page.wait_for_function("() => window.coopfinLines.get('levers').last.sweep?.lever === 'take_rate'")
    x, y = thumb(page, "Take rate, Platform cooperative")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    during = live(page)
    assert during != shown
    page.mouse.up()
    calm(page)
    assert live(page) == during


def test_what_the_server_refuses_stands_again_as_it_was(demo: str, page: Page) -> None:
    opened(page, demo)
    before = live(page)
    at = slider(page, "Take rate, Platform cooperative")
    at.focus()
    swept(page)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    told(page, "take_rate", "cooperative", 0.135)
    expect(at).to_have_attribute("aria-valuetext", "13.5\u202f%")
    shown = live(page)
    assert shown != before
    page.keyboard.press("ArrowLeft")  # to 13 %, which this server never takes
    expect(page.locator("html")).to_have_attribute(LIVE, "waiting")
    calm(page)
    expect(at).to_have_attribute("aria-valuetext", "13.5\u202f%")
    assert live(page) == shown


def test_a_move_after_the_server_was_started_again_is_kept(page: Page) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    first = _started(port)
    try:
        opened(page, f"http://127.0.0.1:{port}")
        field(page, "Loan term").fill("9")
        field(page, "Loan term").press("Enter")
        told(page, "years", "", 9.0)
        page.get_by_role("button", name="Base").click()
        told(page, "years", "", 7)
        first.kill()
        first.wait()
        slider(page, "Providers at launch").focus()
        page.keyboard.press("ArrowRight")  # while nobody listens
        first = _started(port)
        told(page, "providers", "", 550.0)  # the browser has found the new server, and told it
        told(page, "years", "", 7)  # but nothing of what was answered long ago
        slider(page, "Providers at launch").press("ArrowRight")  # Streamlit's own message may have taken the focus
        told(page, "providers", "", 600.0)
        expect(page.get_by_text("Moves 2")).to_be_visible()
    finally:
        first.terminate()
        first.wait()


def _started(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", str(DEMO), "--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, env=os.environ)
    browser.until_it_answers(process, f"http://127.0.0.1:{port}/_stcore/health")
    return process


SHARE = {"percent": True, "least": 0, "most": 1, "open": False, "whole": False, "sign": "%", "spoken": "%"}
RATE = {**SHARE, "least": -1, "most": 10, "open": True}
MONEY = {"percent": False, "least": 0, "most": None, "open": False, "whole": False, "sign": "", "spoken": "USD"}
TIMES = {**MONEY, "sign": "×", "spoken": "×"}
YEARS = {**MONEY, "least": 1, "most": 20, "whole": True, "spoken": "years"}
READ: list[tuple[dict[str, object], str, float | str]] = [
    (SHARE, "15", 0.15), (SHARE, "15 %", 0.15), (SHARE, "15\u202f%", 0.15), (SHARE, "12,5", 0.125), (SHARE, "20.7%", 0.207),
    (SHARE, "0.7", 0.007), (SHARE, ".5", 0.005), (SHARE, "100", 1.0), (SHARE, "0", 0.0), (SHARE, "-0", 0.0),
    (SHARE, "1.234", 0.01234), (SHARE, "12,345", 0.12345),  # 1,234 % is not possible: there is one way to read it
    (SHARE, "120", "“120” is not between 0 and 100\u202f%"), (SHARE, "-3", "“-3” is not between 0 and 100\u202f%"),
    (RATE, "−5", -0.05), (RATE, "-5,5 %", -0.055), (RATE, "+5", 0.05),
    (RATE, "-100", "“-100” is not above −100\u202f% and at most 1,000\u202f%"),
    (MONEY, "1 234,50", 1234.5), (MONEY, "1'234.50", 1234.5), (MONEY, "1’234.50", 1234.5), (MONEY, "1,234.50", 1234.5),
    (MONEY, "1.234,50", 1234.5), (MONEY, "1 234 567", 1_234_567.0), (MONEY, "1\u00a0234\u202f567,5", 1_234_567.5),
    (MONEY, "1,234,567", 1_234_567.0), (MONEY, "1.234.567", 1_234_567.0), (MONEY, "250000 USD", 250_000.0),
    (MONEY, "usd 250", 250.0), (MONEY, "0,125", 0.125), (MONEY, "1234.567", 1234.567), (MONEY, "1.2340", 1.234),
    (MONEY, "007", 7.0), (MONEY, "-1", "“-1” is not 0 or more"),
    (MONEY, "1.234", "“1.234” may be 1,234 or 1.234; write 1234 or 1.2340"),
    (MONEY, "12,345", "“12,345” may be 12,345 or 12.345; write 12345 or 12.3450"),
    (MONEY, "", "Nothing was entered"), (MONEY, "   ", "Nothing was entered"),
    *((MONEY, typed, f"“{typed}” is not a number; write it like 1234.50") for typed in (
        "1_000", "12 34", "1e5", "=1+1", "15 %", "Infinity", "NaN", "1,23,456", "0x10", "--5", "5-", "1.2.3", "ten", "%",
    )),
    (MONEY, "١٥", "“١٥” is not a number in the digits 0 to 9; write it like 1234.50"),
    (MONEY, "１５", "“１５” is not a number in the digits 0 to 9; write it like 1234.50"),
    (TIMES, "2.95", 2.95), (TIMES, "2,95 ×", 2.95),
    (TIMES, "2.950", "“2.950” may be 2,950\u202f× or 2.95\u202f×; write 2950 or 2.9500"),
    (YEARS, "7", 7.0), (YEARS, "7 years", 7.0), (YEARS, "7.5", "“7.5” is not a whole number, between 1 and 20"),
    (YEARS, "40", "“40” is not a whole number, between 1 and 20"),
]  # fmt: skip


def test_numbers_are_read_as_people_write_them(page: Page) -> None:
    got = page.evaluate(
        """async ([source, cases]) => {
            const { read } = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
            return cases.map(([row, typed]) => { const it = read(typed, row); return it.value ?? it.why })
        }""",
        [(FILES / "numbers.js").read_text(encoding="utf-8"), [[row, typed] for row, typed, _ in READ]],
    )
    assert [(typed, each) for (_, typed, _), each in zip(READ, got, strict=True)] == [
        (typed, wanted) for _, typed, wanted in READ
    ]


def test_numbers_are_shown_as_they_are(page: Page) -> None:
    cases: list[tuple[dict[str, object], float, str, str]] = [
        (SHARE, 0.207, "20.7\u202f%", "20.7\u202f%"), (SHARE, 0.07, "7\u202f%", "7\u202f%"),
        (RATE, -0.055, "−5.5\u202f%", "−5.5\u202f%"),
        (SHARE, 0.123456, "12.3456\u202f%", "12.3456\u202f%"), (TIMES, 2.95, "2.95\u202f×", "2.95\u202f×"),
        (MONEY, 1_234_567.5, "1,234,567.5", "1,234,567.5 USD"), (YEARS, 7, "7", "7 years"),
    ]  # fmt: skip
    got = page.evaluate(
        """async ([source, cases]) => {
            const { write, say } = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
            return cases.map(([row, value]) => [write(value, row), say(value, row)])
        }""",
        [(FILES / "numbers.js").read_text(encoding="utf-8"), [[row, value] for row, value, _, _ in cases]],
    )
    assert got == [[written, said] for _, _, written, said in cases]


def test_a_refusal_is_said_and_moves_nothing(demo: str, page: Page) -> None:
    opened(page, demo)
    rows = page.locator(".st-key-levers .row")
    boxes = "all => all.map(e => e.getBoundingClientRect().toJSON())"
    page.evaluate(STILL)
    before = rows.evaluate_all(boxes)
    at = field(page, "Take rate, Platform cooperative")
    at.fill("120")
    at.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="kept")).to_have_text(
        "“120” is not between 0 and 100\u202f%; 15\u202f% was kept."
    )
    expect(at).to_have_value("15\u202f%")
    assert rows.evaluate_all(boxes) == before
    at = field(page, "Sales per provider")
    at.fill("1.234")
    at.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="kept")).to_have_text(
        "“1.234” may be 1,234 or 1.234; write 1234 or 1.2340; 31,234 was kept."
    )
    at.fill("32 000,50")
    at.press("Enter")
    told(page, "sales", "", 32_000.5)
    expect(at).to_have_value("32,000.5")
    expect(page.get_by_role("alert").filter(has_text="kept")).to_have_count(0)
    expect(page.get_by_text("Moves 1")).to_be_visible()


def test_a_value_outside_the_track_stays_what_it_is(demo: str, page: Page) -> None:
    opened(page, demo)
    at = field(page, "Take rate, Platform cooperative")
    at.fill("80")
    at.press("Enter")
    told(page, "take_rate", "cooperative", 0.8)
    name = "Take rate, Platform cooperative"
    expect(slider(page, name)).to_have_attribute("aria-valuetext", "80\u202f%, beyond the high end of the track")
    track = page.locator(".row", has=slider(page, name)).locator(".track").bounding_box()
    assert track
    assert abs(thumb(page, name)[0] - (track["x"] + track["width"] - 8)) < 1
    slider(page, name).press("ArrowLeft")
    told(page, "take_rate", "cooperative", 0.495)


def test_two_thumbs_at_one_place_can_both_be_taken(demo: str, page: Page) -> None:
    opened(page, demo)
    at = field(page, "Take rate, Platform cooperative")
    at.fill("25")
    at.press("Enter")
    told(page, "take_rate", "cooperative", 0.25)
    first, second = (thumb(page, f"Take rate, {firm}") for firm in ("Traditional marketplace", "Platform cooperative"))
    assert first[0] == second[0]
    for (x, y), off in ((first, -3), (second, 3)):
        page.mouse.move(x, y + off)
        page.mouse.down()
        page.mouse.move(x + off * 10, y + off)
        page.mouse.up()
    calm(page)
    moved = [thumb(page, f"Take rate, {firm}")[0] for firm in ("Traditional marketplace", "Platform cooperative")]
    assert moved[0] < first[0] < moved[1]
    track = page.locator(".row", has=slider(page, "Take rate, Platform cooperative")).locator(".track").bounding_box()
    assert track
    page.mouse.click(track["x"] + track["width"] - 12, track["y"] + 10)  # the track calls the nearest one
    calm(page)
    assert thumb(page, "Take rate, Platform cooperative")[0] > moved[1] + 10
    assert thumb(page, "Take rate, Traditional marketplace")[0] == moved[0]


def test_every_lever_has_a_name_a_value_and_help_in_words(demo: str, page: Page) -> None:
    opened(page, demo)
    names = page.get_by_role("slider").evaluate_all("all => all.map(e => [e.ariaLabel, e.getAttribute('aria-valuetext')])")
    assert ["Take rate, Platform cooperative", "15\u202f%"] in names
    assert ["Sales per provider", "31,234 USD"] in names
    assert ["Loan term", "7 years"] in names
    assert len(names) == 17
    page.locator(".row", has=slider(page, "Take rate, Platform cooperative")).get_by_role("slider").first.focus()
    stops = []
    for _ in range(4):
        stops.append(page.evaluate("() => document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    firms = ("Take rate, Traditional marketplace", "Take rate, Platform cooperative")
    assert stops == [*firms, *(f"{firm}, exact value" for firm in firms)]
    help_button = page.get_by_role("button", name="What is “Take rate”?")
    help_text = page.locator(".row", has=slider(page, "Take rate, Platform cooperative")).locator(".help")
    expect(help_text).to_be_hidden()
    help_button.focus()
    expect(help_text).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_text).to_be_hidden()
    help_button.hover()
    expect(help_text).to_be_visible()
    described = page.evaluate(
        """() => { const root = document.activeElement.shadowRoot
            return root.getElementById(root.activeElement.getAttribute('aria-describedby')).textContent }"""
    )
    assert described.startswith("The commission")
    says = slider(page, "To the indivisible reserve").evaluate(
        "e => e.getAttribute('aria-describedby').split(' ').map(id => e.getRootNode().getElementById(id).textContent).join('; ')"
    )
    assert says == "no surplus to split before year 9; Spain asks for at least 20 %"


def test_after_a_move_the_answer_is_said_once(demo: str, page: Page) -> None:
    opened(page, demo)
    page.evaluate(
        """() => { window.said = []; const place = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
            .map(e => e.shadowRoot.querySelector('.spoken')).find(e => e)
            new MutationObserver(() => said.push(place.textContent)).observe(place, { childList: true, subtree: true }) }"""
    )
    slider(page, "Take rate, Platform cooperative").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(40)
    told(page, "take_rate", "cooperative", 0.18)
    assert page.evaluate("() => said") == [live(page)["answer"]]


def test_three_firms_have_a_thumb_each(demo: str, page: Page) -> None:
    opened(page, f"{demo}/?three=1")
    row = page.locator(".row", has=slider(page, "Take rate, Hybrid"))
    expect(row.get_by_role("slider")).to_have_count(3)
    slider(page, "Take rate, Hybrid").press("ArrowRight")
    told(page, "take_rate", "hybrid", 0.155)


def test_a_finger_moves_a_thumb_sideways_and_the_page_up_and_down(demo: str, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    opened(phone, f"{demo}/?page=1")
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    wide = phone.locator(".st-key-levers *").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth).length"
    )
    assert wide == 0
    small = (
        phone.locator(".st-key-levers")
        .locator(".track, .field")
        .evaluate_all("all => all.filter(e => e.offsetHeight < 44).length")
    )
    assert small == 0
    touch = context.new_cdp_session(phone)

    def swipe(x: float, y: float, to_x: float, to_y: float) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 11):
            at = {"x": x + (to_x - x) * step / 10, "y": y + (to_y - y) * step / 10}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
            phone.wait_for_timeout(16)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    x, y = thumb(phone, "Take rate, Platform cooperative")
    swipe(x, y, x + 60, y)
    expect(phone.get_by_text("Moves 1")).to_be_attached()
    calm(phone)
    assert abs(thumb(phone, "Take rate, Platform cooperative")[0] - x - 60) < 6
    x, y = thumb(phone, "Providers who leave in a year, Platform cooperative")
    swipe(x, y, x + 2, y - 300)
    phone.wait_for_function("y => true", arg=y)
    calm(phone)
    assert thumb(phone, "Providers who leave in a year, Platform cooperative")[1] < y - 100  # the page went up
    expect(phone.get_by_text("Moves 1")).to_be_attached()  # and nothing else
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_thumbs_stand_out_from_the_page(demo: str, chrome: Browser, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 1280, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, demo)
    shades = page.locator(".row", has=slider(page, "Take rate, Platform cooperative")).evaluate(
        """row => {
            const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
            const hex = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
                const channels = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
                return '#' + channels.map(v => v.toString(16).padStart(2, '0')).join('') }
            const of = (selector, what) => [...row.querySelectorAll(selector)].map(e => hex(getComputedStyle(e)[what]))
            return { page: hex(getComputedStyle(document.querySelector('[data-testid=stSidebar]')).backgroundColor),
                words: of('.name, .effect, .ask, .field input', 'color'), thumbs: of('.thumb > .dot', 'backgroundColor') } }"""
    )
    assert len(shades["words"]) == 5
    assert min(colours.contrast(each, shades["page"]) for each in shades["words"]) >= 4.5
    assert min(colours.contrast(each, shades["page"]) for each in shades["thumbs"]) >= 3
    context.close()
