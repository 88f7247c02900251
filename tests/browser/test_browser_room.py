"""Twenty minutes with a room, as the guide for facilitators tells it: one projector, five phones, a real server."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from browser import ROOT, free_port, overflowing, running, settled
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, TimeoutError, expect

from coopfin.rooms import answers, store

SHEET = ROOT / "sample_data/run_sheets/twenty-minutes.toml"  # the one that the guide takes
PATIENCE = 60_000
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark", "light", "dark", "light")
Come = Callable[[str], Page]


@pytest.fixture
def come(chrome: Browser) -> Iterator[Come]:
    """A phone that opens an address, each a browser of its own; whatever goes wrong in its script fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_it(address: str) -> Page:
        theme = THEMES[len(contexts)]
        context = chrome.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=theme)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        phone = context.new_page()
        phone.on("pageerror", lambda error: wrong.append(str(error)))
        phone.goto(address)
        return phone

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def until(page: Page, name: str, shown: Locator) -> None:
    """Press a button, again where the press was lost: Streamlit loses the first one after a server came back."""
    for _ in range(6):
        button(page, name)
        with suppress(AssertionError):
            expect(shown).to_be_visible(timeout=6_000)
            return
    raise AssertionError(f"“{name}” does nothing")


def choose(page: Page, code: str, start: str) -> None:
    """Put the question that starts so before the room."""
    for _ in range(6):  # a run of the page may close the list under the hand
        page.locator(f".st-key-room-question-{code}").get_by_role("combobox").click()
        with suppress(TimeoutError):
            page.get_by_role("option").filter(has_text=re.compile(f"^{start}")).click(timeout=6_000)
            break
    settled(page)


def open_room(page: Page, server: str) -> str:
    page.goto(f"{server}/room?preset=ride-hailing")
    expect(page.locator("h1")).to_be_visible()
    button(page, "Open a room")
    return page.locator(".room-code b").inner_text()


def by_the_code(page: Page, code: str) -> str:
    """The address of the QR code, as it stands under it."""
    told = page.locator(".room-address").inner_text().replace("\u200b", "")
    assert told.endswith(f"/room/{code}")
    return f"http://{told}"


def told(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()


def answer(phone: Page, value: str) -> None:
    phone.get_by_role("textbox").fill(value)
    phone.locator(".send").click()
    expect(phone.locator("#told")).to_contain_text(f"Your answer: {value}")


def test_a_session_with_five_phones_from_the_opening_to_the_end(come: Come, page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    kept, port = tmp_path / "rooms.sqlite", free_port()
    with ExitStack() as first:
        server, _ = first.enter_context(running(ROOT / "serve.py", port, COOPFIN_ROOMS=str(kept)))
        code = open_room(page, server)
        expect(page.get_by_text("Phones cannot reach this address")).to_be_visible()
        page.locator('[data-testid="stPopover"]').filter(has_text="PIN").get_by_role("button").click()
        pin = page.locator("strong").filter(has_text=re.compile("^[0-9]{6}$")).inner_text()
        page.keyboard.press("Escape")
        page.get_by_role("radio", name="From a file").click()
        page.locator(".st-key-room-sheet input[type=file]").set_input_files(SHEET)
        button(page, "Add 3 questions")

        address = by_the_code(page, code)
        phones = [come(address) for _ in range(5)]
        for phone in phones:
            expect(phone.locator("h1")).to_have_text("Wait for the first question.")
            expect(phone.locator("footer")).to_contain_text("deleted after 12 hours, or at once when the room is ended")
        expect(page.get_by_text("5 are in.")).to_be_visible()

        choose(page, code, "2")
        expect(phones[0].locator("#told")).to_have_text("This question opens in a moment.")
        button(page, "Open the question")
        for phone, value in zip(phones[:4], ("10", "30", "12.5", "20"), strict=True):
            answer(phone, value)
        answer(phones[1], "25")  # the last one before the close counts
        expect(page.get_by_text(re.compile(r"4\s+of 5 have answered"))).to_be_visible()
        assert "12.5" not in told(page)
        phones[4].get_by_role("textbox").fill("75")

        page.reload()  # the facilitator's page survives it
        expect(page.locator(".room-code b")).to_have_text(code)

        # A late answer: it is sent while the question is open, and a bad network holds it back until it is closed.
        held: list[Route] = []
        phones[4].route("**/answer", lambda route: held.append(route))
        phones[4].locator(".send").click()
        expect(phones[4].locator("#told")).to_have_text("Sending …")
        button(page, "Close it")
        expect(page.get_by_role("button", name="Show the answers")).to_be_visible()
        held.pop().continue_()
        expect(phones[4].locator("#told")).to_have_text(answers.LATE)

    # The server is stopped and started again: phones and the facilitator's page come back by themselves.
    expect(phones[0].locator("#line")).to_contain_text("Connection lost")
    with running(ROOT / "serve.py", port, COOPFIN_ROOMS=str(kept)):
        page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
        settled(page)
        expect(phones[0].locator("#line")).to_contain_text("You are in.")
        until(page, "Show the answers", page.get_by_text("One member, one vote, the room says: 16.25 %."))
        for phone in phones[:4]:
            expect(phone.locator("#told")).to_contain_text("shown in front")
        expect(page.locator("svg.room-answers circle")).to_have_count(4)
        expect(page.locator("table.room-counts tbody tr")).to_have_count(5)

        page.get_by_role("radio", name="One share, one vote").click()
        expect(page.get_by_text("each member weighs the shares held")).to_be_visible()
        button(page, "Take it over")
        decided = page.get_by_text("The room decided, one share, one vote: Take rate of the cooperative: 16.25 %.")
        expect(decided).to_be_visible()
        page.wait_for_url(re.compile("take_rate=[0-9.]+%2C0.1625"))
        button(page, "Undo")
        expect(decided).to_have_count(0)
        page.wait_for_url(lambda url: "take_rate" not in url)

        with page.expect_download() as got:
            page.locator(".st-key-download-room-record button").first.click()
        got.value.save_as(tmp_path / "record.csv")
        rows = list(csv.DictReader((tmp_path / "record.csv").read_text(encoding="utf-8").splitlines()))
        assert [row["value"] for row in rows if row["what"] == "answer"] == ["10", "12.5", "20", "25"]
        assert [row["value"] for row in rows if row["what"] == "result"][:3] == ["16.25"] * 3
        assert any("take_rate=" in row["words"] for row in rows if row["what"] == "decision")

        other = page.context.browser.new_context() if page.context.browser else page.context
        second = other.new_page()
        second.goto(f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}/room")
        second.get_by_label("Code").fill(code)
        second.get_by_role("textbox", name="PIN").fill(pin)
        second.get_by_role("button", name="Join as a facilitator").click()
        expect(second.locator(".room-code b")).to_have_text(code)
        other.close()

        page.locator('[data-testid="stPopover"]').filter(has_text="End").get_by_role("button").click()
        page.get_by_role("button", name="End the room now").click()
        for phone in phones:
            expect(phone.locator("h1")).to_have_text(store.GONE)
        expect(page.get_by_text("Everything in it is deleted.").first).to_be_visible()
        phones[0].goto(address)
        expect(phones[0].locator("#line")).to_contain_text("There is no room with this code")
    left = b"".join(path.read_bytes() for path in tmp_path.glob("rooms.sqlite*"))
    assert code.encode() not in left


def test_roles_points_and_a_choice_by_touch_alone(come: Come, page: Page, server: str) -> None:
    page.goto(f"{server}/room?preset=ride-hailing")
    page.get_by_text("Each one says for whom").click()
    expect(page.get_by_role("spinbutton", name="Shares of each", exact=True)).to_be_visible()
    settled(page)
    button(page, "Open a room")
    code = page.locator(".room-code b").inner_text()
    for place in (1, 3):
        page.locator(f".st-key-room-add-{place} button").click()
        settled(page)
    phone = come(by_the_code(page, code))
    expect(phone.locator("h1")).to_have_text("For whom do you answer?")
    phone.get_by_role("button", name="founders").tap()
    expect(phone.locator("#me")).to_have_text("You answer for founders. You hold 50 shares; your use of the platform counts 0.")
    choose(page, code, "1")
    button(page, "Open the question")
    send = phone.locator(".send")
    expect(send).to_be_disabled()
    more = phone.get_by_role("button", name=re.compile("^more for"))
    for _ in range(4):
        more.first.tap()
    expect(phone.locator(".left")).to_have_text("80 of 100 points left.")
    phone.get_by_role("button", name="all points left for Kept by the firm").tap()
    send.tap()
    expect(phone.locator("#told")).to_contain_text("20 to the community")
    assert overflowing_phone(phone) == []
    choose(page, code, "2")
    button(page, "Open the question")
    expect(phone.locator("h1")).to_contain_text("In which of the firms")
    phone.get_by_text("cooperative", exact=True).tap()
    send.tap()
    expect(phone.locator("#told")).to_contain_text("Your answer: cooperative.")
    phone.reload()  # who loads the page again is still the same one, with the same answer
    expect(phone.get_by_role("radio", name="cooperative")).to_be_checked()
    assert answers.counts(code, 2) == answers.Counts(1, 1)
    page.locator('[data-testid="stPopover"]').filter(has_text="End").get_by_role("button").click()
    page.get_by_role("button", name="End the room now").click()
    expect(phone.locator("h1")).to_have_text(store.GONE)
    assert overflowing(page) == []


def overflowing_phone(phone: Page) -> list[str]:
    wide: list[str] = phone.evaluate(
        "() => [...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => e.tagName)"
    )
    return wide


def test_a_phone_that_never_loads_the_stream_asks_by_itself(chrome: Browser, page: Page, server: str) -> None:
    code = open_room(page, server)
    page.locator(".st-key-room-add-0 button").click()
    settled(page)
    with chrome.new_context(viewport={"width": 390, "height": 844}) as context:
        context.route("**/events", lambda route: route.abort())
        phone = context.new_page()
        phone.goto(f"{server}/room/{code}")
        expect(phone.locator("h1")).to_have_text("Wait for the first question.")
        choose(page, code, "1")
        button(page, "Open the question")
        expect(phone.locator(".send")).to_be_visible()
    store.end(code)
