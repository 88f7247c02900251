"""The first screen under quick hands, a lost server, a clipboard and a screen reader, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import browser
import pytest
from browser import ROOT, calm, swept
from playwright.sync_api import Browser, Locator, Page, expect

from coopfin import compare, read_scenario
from coopfin.display import words
from coopfin.ui.session import presets

LOW = "lowest_cash"
NAME = "Take rate, Platform cooperative"
FIRST = 0.15


def opened(page: Page, server: str, query: str = "?preset=ride-hailing") -> None:
    page.goto(f"{server}/{query}")
    expect(page.locator(f"[data-live={LOW}-1]")).to_be_visible()
    page.wait_for_url("**version=**")
    calm(page)


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name=NAME, exact=True)


def shown(page: Page) -> str:
    return page.locator(f"[data-live={LOW}-1]").inner_text()


@cache
def engine(take_rate: float) -> str:
    """The cooperative's lowest cash as the command has it, written as the page writes it."""
    firms = dict(read_scenario((presets.FOLDER / "ride-hailing.csv").read_bytes(), "x").enterprises)
    firms["cooperative"] = replace(firms["cooperative"], take_rate=take_rate)
    row = compare(firms)[LOW]
    return words.measured(row.values["cooperative"], row.measure)


def stands(page: Page, take_rate: float) -> None:
    """Lever, exact entry, figure and address all have this value."""
    text = words.percent(take_rate)
    expect(slider(page)).to_have_attribute("aria-valuetext", text)
    expect(page.get_by_role("textbox", name=f"{NAME}, exact value")).to_have_value(text)
    expect(page.locator(f"[data-live={LOW}-1]")).to_have_text(engine(take_rate))
    if take_rate == FIRST:
        page.wait_for_url(lambda url: "take_rate" not in url)
    else:
        page.wait_for_url(re.compile(rf"take_rate=[0-9.]+(%2C|,){re.escape(f'{take_rate:g}')}(&|$)"))


def test_every_figure_of_a_drag_is_that_of_the_command_at_that_value(page: Page, server: str) -> None:
    opened(page, server)
    box = slider(page).locator("xpath=following-sibling::i").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    swept(page)
    page.mouse.down()
    seen = {}
    for step in range(1, 13):
        page.mouse.move(x + 5 * step, y)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        value = round(float(str(slider(page).get_attribute("aria-valuetext")).rstrip("\u202f%")) / 100, 6)
        seen[value] = shown(page)
    assert len(seen) > 6 and "take_rate=" not in page.url  # the button is still down
    assert seen == {value: engine(value) for value in seen}
    page.mouse.up()
    stands(page, list(seen)[-1])


@pytest.mark.parametrize("pause", [30, 80, 150])
def test_keys_in_any_rhythm_leave_nothing_apart(page: Page, server: str, pause: int) -> None:
    opened(page, server)
    slider(page).focus()
    for key, times in (("ArrowRight", 9), ("ArrowLeft", 4), ("ArrowRight", 5)):
        for _ in range(times):
            page.keyboard.press(key)
            page.wait_for_timeout(pause)
    calm(page)
    stands(page, 0.2)
    page.reload()
    stands(page, 0.2)


def test_ten_quick_moves_are_undone_and_done_again_by_keys_and_by_the_browser(page: Page, server: str) -> None:
    opened(page, server)
    field = page.get_by_role("textbox", name=f"{NAME}, exact value")
    values = [0.11, 0.12, 0.13, 0.14, 0.16, 0.17, 0.18, 0.19, 0.2, 0.21]
    for value in values:
        field.fill(f"{100 * value:g}")
        field.press("Enter")
        expect(page.locator(f"[data-live={LOW}-1]")).to_have_text(engine(value))
        page.wait_for_url(re.compile(re.escape(f"{value:g}") + "(&|$)"))
        calm(page)
    page.locator("h1").click()  # Ctrl+Z in a field is the field's
    for value in [*reversed(values[:-1]), FIRST]:
        page.keyboard.press("Control+z")
        stands(page, value)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    for _ in values:  # as quick as they come
        page.keyboard.press("Control+Shift+Z")
    stands(page, values[-1])
    for _ in range(4):
        page.keyboard.press("Control+z")
    stands(page, values[5])
    calm(page)
    page.evaluate("() => new Promise(done => setTimeout(done, 600))")  # an address may be late by half a second
    before = page.url
    page.go_back()
    expect(page).not_to_have_url(before)
    calm(page)
    assert shown(page) in {engine(value) for value in values}
    page.evaluate("() => new Promise(done => setTimeout(done, 600))")
    page.go_forward()
    stands(page, values[5])


def test_a_move_right_after_the_server_was_started_again_is_kept(page: Page) -> None:
    port = browser.free_port()
    with browser.running(ROOT / "serve.py", port) as (address, first):
        opened(page, address)
        slider(page).focus()
        page.keyboard.press("ArrowRight")
        stands(page, 0.155)
        calm(page)
        first.kill()
        first.wait()
    page.keyboard.press("ArrowRight")  # while nobody listens
    page.keyboard.press("ArrowRight")
    with browser.running(ROOT / "serve.py", port):
        stands(page, 0.165)
        slider(page).press("ArrowLeft")  # Streamlit's own message may have taken the focus
        stands(page, 0.16)


def test_a_screen_reader_hears_the_result_and_a_lever_in_words(page: Page, server: str) -> None:
    opened(page, server)
    result = page.locator(".answer")
    expect(result).to_have_attribute("aria-live", "polite")
    assert re.match(
        r"- status: In the cooperative a driver has [0-9,]+ USD a month, .*\.",
        page.locator(".st-key-desk-answer").aria_snapshot(),
    )
    row = page.get_by_role("group", name="Take rate", exact=True)
    snapshot = row.aria_snapshot().replace("\u202f", " ")
    for said in (
        '- button "What is “Take rate”?"', '- slider "Take rate, Traditional marketplace"',
        f'- slider "{NAME}"', f'- textbox "{NAME}, exact value": 15 %', "moves the pay gap by",
    ):  # fmt: skip
        assert said in snapshot, said
    expect(slider(page)).to_have_accessible_description(re.compile("moves the pay gap by [0-9]+ a month"))
    table = page.locator("table.board").aria_snapshot()
    assert re.search(r'- row "Left to a provider a month [0-9,]+ [0-9,]+ [−+]?[0-9,]+', table)
    assert '- columnheader "Cooperative"' in table and '- rowheader "Lowest cash"' in table
    picture = page.locator("svg.desk-picture")
    expect(picture).to_have_attribute("aria-label", re.compile("of every 100 of sales: drivers, for their work"))


def test_the_table_is_copied_for_a_spreadsheet_and_for_a_mail(chrome: Browser, server: str) -> None:
    context = chrome.new_context(viewport={"width": 1280, "height": 720})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    opened(page, server)
    page.get_by_role("button", name="Copy table").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    kinds = page.evaluate(
        """async () => { const [item] = await navigator.clipboard.read()
            const read = async type => [type, await (await item.getType(type)).text()]
            return Object.fromEntries(await Promise.all(item.types.map(read))) }"""
    )
    rows = [line.split("\t") for line in kinds["text/plain"].splitlines()]
    assert [len(row) for row in rows] == [4] * 9
    assert rows[0][1:] == ["Marketplace", "Cooperative", "Difference"]
    assert rows[7][0] == "Lowest cash" and rows[7][2].startswith(shown(page))
    page.set_content(f"<body>{kinds['text/html']}</body>")
    pasted = page.locator("table tr").evaluate_all("all => all.map(row => [...row.cells].map(cell => cell.textContent))")
    assert pasted == rows
    context.close()


def test_all_rows_end_with_the_themes_and_their_head_stays(page: Page, server: str) -> None:
    opened(page, server, "?preset=ride-hailing&law=spain")
    page.locator(".st-key-all-rows summary").first.click()
    table = page.locator("table.every")
    expect(table).to_be_visible()
    heads = table.locator("tr.section").all_inner_texts()
    assert heads[-4:] == ["The law", "Loyalty", "Community", "Concentration"]
    kept = table.locator("tbody", has=page.get_by_text("The law", exact=True)).locator("tr").last
    assert re.fullmatch(r"–\s+[0-9]+ of [0-9]+\s+–", " ".join(kept.locator("td").all_inner_texts()))
    stay = table.locator("tr", has_text="How long a provider stays")
    expect(stay.locator("small").first).to_be_hidden()
    stay.scroll_into_view_if_needed()
    stay.get_by_label("What is “How long a provider stays”?").click()
    expect(stay.locator("small").first).to_be_visible()
    table.locator("tr").last.scroll_into_view_if_needed()
    head, frame = table.locator("thead th").first.bounding_box(), page.locator(".st-key-all-rows .scroll").bounding_box()
    assert head and frame and abs(head["y"] - frame["y"]) < 2


@pytest.mark.parametrize("preset", presets.names())
def test_what_decides_stands_beside_the_answer_and_moves_with_its_lever(page: Page, server: str, preset: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    opened(page, server, f"?preset={preset}")
    told = page.locator("[data-live=decides]")
    expect(told).to_have_text(re.compile(r"^What decides: .* join .*; spending wins .*\.$"))
    box = told.bounding_box()
    assert box and box["y"] + box["height"] < 200
    before = told.inner_text()
    field = page.get_by_role("textbox", name="Open doors, Platform cooperative, exact value")
    field.fill("35")
    field.press("Enter")
    expect(told).to_contain_text("35\u202f% of those who want to")
    assert told.inner_text() != before
