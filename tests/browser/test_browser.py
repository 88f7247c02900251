"""The main journeys, in a real browser against a real server."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser import ROOT, calm, dressed, overflowing, settled
from playwright.sync_api import Browser, Locator, Page, expect

from coopfin import ASSUMPTIONS, MEASURES, PAIR_MEASURES
from coopfin.display import words
from coopfin.ui.shell.navigation import PAGES

INCOME = MEASURES["provider_month"].label
SPENDING, SALES, CHURN = (ASSUMPTIONS[name].label for name in ("spend_response", "sales_per_provider", "churn"))
ROW = "table.board tbody tr"
# Every page, and those that show more when a law is chosen or a line is explained.
PATHS = [
    "", *sorted(path.stem for path in (ROOT / "pages").glob("*.py")),
    "law?preset=blank&law=spain", "method?preset=ride-hailing&explain=line-cash", "?preset=blank&law=spain",
]  # fmt: skip


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_url("**version=**")  # the app has told the browser its own address
    dressed(page)
    settled(page)


def field(page: Page, lever: str) -> Locator:
    """The exact entry of a main lever, such as ``Take rate, Platform cooperative``."""
    return page.locator(".st-key-levers").get_by_role("textbox", name=f"{lever}, exact value", exact=True)


def enter(page: Page, lever: str, value: str) -> None:
    """Type a value into a lever's exact entry."""
    field(page, lever).fill(value)
    field(page, lever).press("Enter")


def cells(page: Page, label: str) -> list[str]:
    row = page.locator(ROW).filter(has=page.locator("th", has_text=label)).first
    return row.locator("td b").all_inner_texts()


def all_rows(page: Page) -> dict[str, list[str]]:
    """Every measure with its cells, from the table under the first screen."""
    rows = page.locator(".st-key-all-rows tbody tr", has=page.locator('a[href*="measure-"]'))
    if not rows.count():
        page.locator(".st-key-all-rows summary").click()
    expect(rows.locator("a.explain")).not_to_have_count(0)
    told = rows.evaluate_all(
        "rows => rows.map(row => [row.querySelector('a').href.match(/measure-(\\w+)/)[1], "
        "[...row.querySelectorAll('td')].map(cell => cell.textContent)])"
    )
    return dict(told)


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as got:
        page.locator(f".st-key-download-{name} button").first.click()
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    return path


def test_levers_move_the_table_and_the_download_is_what_the_command_gives(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, server)
    before = cells(page, INCOME)
    enter(page, "Take rate, Traditional marketplace", "33")
    page.wait_for_url("**take_rate=0.33*")
    enter(page, SPENDING, "7")
    page.wait_for_url("**spend_response=0.07*")
    slider = page.get_by_role("slider", name="Open doors, Platform cooperative", exact=True)
    slider.focus()
    slider.press("ArrowLeft")
    page.wait_for_url("**open_doors=*")
    settled(page)
    assert cells(page, INCOME) != before

    comparison = download(page, "comparison", tmp_path)
    page.get_by_text("Take it with you").click()
    scenario = download(page, "scenario", tmp_path)
    assert comparison.name.startswith("ride-hailing_comparison_")
    command = [sys.executable, "-m", "coopfin", "compare", str(scenario)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert comparison.read_bytes() == printed
    shown = all_rows(page)
    for row in csv.DictReader(io.StringIO(printed.decode())):
        for column, key in enumerate(("marketplace", "cooperative")):
            value = float(row[key]) if row[key] else float("nan")
            measure = (MEASURES | PAIR_MEASURES)[row["measure"]]
            assert shown[row["measure"]][column] == words.measured(value, measure), row["measure"]
    every_year = download(page, "every-year", tmp_path).read_text()
    assert every_year.startswith("enterprise,year,line,unit,value\n")


def test_a_copied_link_shows_the_same_numbers_in_a_fresh_browser(server: str, page: Page, chrome: Browser) -> None:
    visit(page, server)
    enter(page, "Take rate, Platform cooperative", "12.5")
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    enter(page, SALES, "31234")
    expect(page.get_by_text("What I changed (3)")).to_be_visible()
    settled(page)
    page.wait_for_url("**sales_per_provider=31234*")
    link, shown = page.url, all_rows(page)
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    other = context.new_page()
    visit(other, link)
    assert all_rows(other) == shown
    context.close()


def test_an_older_link_says_so(server: str, page: Page) -> None:
    visit(page, f"{server}/?preset=blank&version=00000000&take_rate=0.3,0.1")
    expect(page.get_by_text("The link was made with another version")).to_be_visible()
    expect(page.get_by_text("What I changed (2)")).to_be_visible()


def test_state_survives_moving_between_pages_and_a_value_can_be_taken_back(server: str, page: Page) -> None:
    visit(page, server)
    enter(page, CHURN, "11")
    expect(page.get_by_text("What I changed (2)")).to_be_visible()
    page.get_by_text("The model").click()
    page.get_by_role("link", name="All assumptions").click()
    expect(page.get_by_role("heading", name="What does every number stand on?")).to_be_visible()
    expect(page.get_by_text("What I changed (2)")).to_be_visible()
    page.get_by_placeholder("a word: churn").fill("churn")
    page.get_by_placeholder("a word: churn").press("Enter")
    expect(page.locator(".st-key-back-churn-cooperative")).to_be_visible()
    page.wait_for_url("**churn=**")
    page.get_by_role("link", name="The comparison").click()
    expect(page.locator("table.board")).to_be_visible()
    page.get_by_text("What I changed (2)").click()
    page.get_by_role("button", name=f"Take back: {CHURN}, Platform cooperative").click()
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    expect(page.get_by_role("button", name=f"Take back: {CHURN}, Platform cooperative")).to_have_count(0)


def test_what_was_changed_is_taken_back_pinned_and_reset_while_the_list_stays_open(server: str, page: Page) -> None:
    visit(page, f"{server}/?preset=blank")
    page.get_by_text("What I changed (0)").click()
    expect(page.get_by_text("Nothing yet: all values are those of the preset.")).to_be_visible()
    enter(page, "Take rate, Platform cooperative", "12.5")
    enter(page, "Take rate, Traditional marketplace", "30")
    calm(page)
    page.get_by_role("button", name="Compare with this from now on").click()
    page.wait_for_url("**pinned.take_rate=0.3*")
    expect(page.get_by_text("The baseline is what you pinned, not the preset.")).to_be_visible()
    page.get_by_role("button", name="Compare with the preset again").click()
    expect(page.get_by_text("The baseline is what you pinned, not the preset.")).to_be_hidden()
    page.get_by_role("button", name="Take back: Take rate, Traditional marketplace").click()
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    page.get_by_role("button", name="Reset all").click()
    expect(page.get_by_text("Nothing yet: all values are those of the preset.")).to_be_visible()
    expect(field(page, "Take rate, Platform cooperative")).to_have_value(re.compile("^15"))
    calm(page)
    assert "take_rate" not in page.url and "pinned" not in page.url


@pytest.mark.parametrize("pause", [60, 120])
def test_quick_steps_all_count_and_the_address_follows(server: str, page: Page, pause: int) -> None:
    visit(page, f"{server}/?preset=blank")
    take = "Take rate, Platform cooperative"
    for value in ("12", "11", "13", "14"):
        enter(page, take, value)
        page.wait_for_url(f"**take_rate=0.2%2C0.{value}*")
        calm(page)
    for keys in ("Control+z", "Control+z", "Control+Shift+z", "Control+z"):  # in the field that was just filled in
        page.keyboard.press(keys)
        page.wait_for_timeout(pause)
    page.wait_for_url("**take_rate=0.2%2C0.11*")
    calm(page)
    expect(field(page, take)).to_have_value(re.compile("^11"))
    page.get_by_role("slider", name="Price, Platform cooperative", exact=True).focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+z")  # it takes back the price, which was moved last, not the take rate
    expect(page.get_by_role("button", name="Redo", exact=True)).to_be_enabled()
    calm(page)
    expect(field(page, take)).to_have_value(re.compile("^11"))
    assert "take_rate=0.2%2C0.11" in page.url


def test_steps_back_and_forth_by_button_and_by_key_and_the_browsers_own(server: str, page: Page) -> None:
    visit(page, f"{server}/?preset=blank")
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    entry = field(page, "Take rate, Platform cooperative")
    first = entry.input_value()
    assert first.startswith("15")
    expect(undo).to_be_disabled()
    for value in ("11", "12", "13"):
        enter(page, "Take rate, Platform cooperative", value)
        page.wait_for_url(f"**take_rate=*0.{value}**")
        settled(page)
    undo.click()
    expect(entry).to_have_value(re.compile("^12"))
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(entry).to_have_value(re.compile("^11"))
    page.keyboard.press("Control+Shift+Z")
    expect(entry).to_have_value(re.compile("^12"))
    redo.click()
    expect(entry).to_have_value(re.compile("^13"))
    expect(redo).to_be_disabled()
    page.locator("h1").click()
    for value in ("12", "11", first):
        page.keyboard.press("Control+z")
        expect(entry).to_have_value(re.compile(f"^{value}"))
    expect(undo).to_be_disabled()
    page.wait_for_url(lambda url: "take_rate" not in url)
    settled(page)
    page.evaluate("() => new Promise(done => setTimeout(done, 600))")  # an address may be late by half a second
    page.go_back()
    expect(entry).to_have_value(re.compile("^11"))
    page.go_forward()
    expect(entry).to_have_value(first)


@pytest.mark.parametrize("path", PATHS)
def test_the_navigation_leads_everywhere(server: str, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    visit(page, f"{server}/{path}")
    navigation = page.get_by_role("navigation", name="Pages")
    expect(navigation.get_by_role("link", name="The comparison")).to_be_visible()
    lever = page.get_by_role("slider", name=re.compile("^Take rate")).first
    for fold in (False, True) if path != "room" else (False,):  # where no levers stand
        if fold:
            page.get_by_role("button", name="Levers").click()
            expect(lever).to_be_hidden()
            expect(page.locator("h1")).to_be_visible()
            page.get_by_role("button", name="Levers").click()
            expect(lever).to_be_visible()
            page.get_by_role("button", name="Levers").click()
            expect(lever).to_be_hidden()
        names = navigation.locator(".pages > li")
        assert names.count() <= 6
        assert len({round(box["y"]) for box in (names.nth(i).bounding_box() for i in range(names.count())) if box}) == 1
        assert navigation.locator("[aria-current=page]").count() == 1
        page.get_by_text("Is it so?").click()
        expect(navigation.get_by_role("link", name="Real cases")).to_be_visible()
        page.keyboard.press("Escape")
    navigation.get_by_role("link", name="The law").click()
    expect(page.get_by_role("heading", name="What does the law ask")).to_be_visible()
    settled(page)


def test_one_menu_reaches_every_page_on_a_phone(server: str, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    phone = context.new_page()
    visit(phone, server)
    phone.get_by_role("button", name="Menu: all pages").click()
    links = phone.get_by_role("navigation", name="Pages").get_by_role("link")
    assert links.count() == len(PAGES)
    assert all(links.nth(i).is_visible() for i in range(len(PAGES)))
    links.filter(has_text="All assumptions").click()
    expect(phone.get_by_role("heading", name="What does every number stand on?")).to_be_visible()
    expect(phone.get_by_role("button", name="Menu: all pages")).to_have_attribute("aria-expanded", "false")
    context.close()


def test_a_link_in_a_new_tab_brings_everything(server: str, page: Page) -> None:
    visit(page, f"{server}/?preset=blank&take_rate=0.31,0.21")
    href = page.get_by_role("navigation", name="Pages").get_by_role("link", name="The law").get_attribute("href")
    assert href and href.startswith("law?preset=blank") and "take_rate=0.31%2C0.21" in href


def test_a_page_opened_directly_on_a_fresh_server_is_complete(server: str, page: Page) -> None:
    visit(page, f"{server}/assumptions?preset=blank")
    expect(page.get_by_role("link", name="The comparison")).to_be_visible()
    expect(page.get_by_role("combobox", name="Start from")).to_have_value("A blank start")
    expect(field(page, "Take rate, Platform cooperative")).to_be_visible()


def test_a_broken_file_tells_every_mistake_and_changes_nothing(server: str, page: Page) -> None:
    visit(page, server)
    before = all_rows(page)
    broken = "assumption,unit,marketplace,cooperative,source\ntake_rate,share,20,0.1,x\nchurn,percent,1,1,x\n"
    page.get_by_text("Open your own scenario file").click()
    page.locator(".st-key-upload input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": broken.encode()}
    )
    expect(page.get_by_text("mine.csv, line 2: marketplace: take_rate (Take rate) is 20; permitted: 0 to 1")).to_be_visible()
    expect(page.get_by_text("mine.csv, line 3: churn")).to_be_visible()
    settled(page)
    assert all_rows(page) == before


def test_an_own_file_opens_with_three_firms_and_its_link_works(server: str, page: Page, chrome: Browser) -> None:
    visit(page, server)
    own = (
        "assumption,unit,marketplace,cooperative,hybrid,source\ntake_rate,share,0.25,0.1,0.18,x\nproviders,count,300,300,300,x\n"
    )
    page.get_by_text("Open your own scenario file").click()
    page.locator(".st-key-upload input[type=file]").set_input_files(
        {"name": "three.csv", "mimeType": "text/csv", "buffer": own.encode()}
    )
    expect(page.locator("table.board thead th", has_text="Hybrid")).to_be_visible()
    page.wait_for_url("**title=three.csv**")
    settled(page)
    shown, link = all_rows(page), page.url
    context = chrome.new_context()
    other = context.new_page()
    visit(other, link)
    expect(other.get_by_role("combobox", name="Start from")).to_have_value("three.csv")
    assert all_rows(other) == shown
    context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_on_a_phone(server: str, chrome: Browser, path: str, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    phone = context.new_page()
    visit(phone, f"{server}/{path}")
    assert overflowing(phone) == []
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()
