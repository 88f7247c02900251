"""The desk in a real browser: what moves under the hand is what the page and the command say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from browser import settled, swept
from playwright.sync_api import Browser, Locator, Page, expect

from coopfin import compare, read_scenario
from coopfin.display import words
from coopfin.ui.session import presets

EARNED = "provider_month"


def opened(page: Page, server: str, query: str = "?preset=ride-hailing") -> None:
    page.goto(f"{server}/{query}")
    expect(page.locator(f"[data-live={EARNED}-1]")).to_be_visible()
    settled(page)


def thumb(page: Page, lever: str, firm: str) -> Locator:
    return page.get_by_role("slider", name=re.compile(rf"^{lever}.*{firm}", re.IGNORECASE)).first


def shown(page: Page, place: str) -> str:
    return page.locator(f"[data-live={place}]").inner_text()


def engine(preset: str, **changed: float) -> str:
    """A driver's month in the cooperative as the command has it, written as the page writes it."""
    data = (presets.FOLDER / f"{preset}.csv").read_bytes()
    firms = dict(read_scenario(data, preset).enterprises)
    firms["cooperative"] = replace(firms["cooperative"], **changed)
    row = compare(firms)[EARNED]
    return words.measured(row.values["cooperative"], row.measure)


def test_the_figures_move_before_the_button_is_released(page: Page, server: str) -> None:
    opened(page, server)
    before = shown(page, f"{EARNED}-1")
    box = thumb(page, "Take rate", "cooperative").locator("xpath=following-sibling::i").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    swept(page)
    page.mouse.down()
    page.mouse.move(x + 12, y, steps=4)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    during, said = shown(page, f"{EARNED}-1"), shown(page, "sentence")
    assert during != before
    assert "take_rate=" not in page.url  # the button is still down
    page.mouse.up()
    page.wait_for_url(re.compile("take_rate="))
    settled(page)
    expect(page.locator(f"[data-live={EARNED}-1-was]")).to_have_text(f"was {before}")
    assert (shown(page, f"{EARNED}-1"), shown(page, "sentence")) == (during, said)
    told = re.search(r"take_rate=[0-9.]+(?:%2C|,)([0-9.]+)", page.url)
    assert told
    assert during == engine("ride-hailing", take_rate=float(told[1]))


def test_undo_takes_the_move_back_and_redo_does_it_again(page: Page, server: str) -> None:
    opened(page, server)
    before, slider = shown(page, f"{EARNED}-1"), thumb(page, "Take rate", "cooperative")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("take_rate="))
    settled(page)
    after = shown(page, f"{EARNED}-1")
    assert after != before
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"[data-live={EARNED}-1]")).to_have_text(before)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(f"[data-live={EARNED}-1]")).to_have_text(after)


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sentence_picture_and_table_stand_on_the_first_screen(chrome: Browser, server: str, preset: str, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 1280, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, server, f"?preset={preset}")
    for part in (".answer", "svg.desk-picture", "table.board", ".st-key-desk-tools"):
        box = page.locator(part).first.bounding_box()
        assert box, part
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 720, part
        assert box["x"] + box["width"] <= 1280, part
    assert len(page.locator(".answer").inner_text().split()) <= 27  # 25 words; a sign after a narrow space is none
    context.close()


def test_on_a_phone_the_levers_stand_in_the_page_under_the_answer(chrome: Browser, server: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    opened(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(thumb(page, "Take rate", "cooperative")).to_be_visible()
    page.locator("table.board").scroll_into_view_if_needed()
    box = page.locator(".answer").bounding_box()
    assert box
    assert box["y"] >= 0  # it stays in sight
    context.close()


def test_the_table_is_copied_as_a_table(chrome: Browser, server: str) -> None:
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    opened(page, server)
    page.get_by_role("button", name="Copy table").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert len(text.splitlines()) == 9
    assert text.splitlines()[1].split("\t")[2].startswith(shown(page, f"{EARNED}-1"))
    context.close()
