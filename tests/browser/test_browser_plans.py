"""Plans in a real browser: kept, reloaded, shared, downloaded and compared by the command; and what the browser keeps."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ROOT, overflowing, settled
from playwright.sync_api import Browser, BrowserContext, Page, expect

from coopfin import MEASURES
from coopfin.display import words
from coopfin.display.view import ROWS

NAMES = ("Plan A", "Frugal", "100 % ours")
COOP = "Platform cooperative"


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    made = chrome.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True, timezone_id="Europe/Berlin")
    yield made
    made.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("table.board")).to_be_visible()
    page.wait_for_url("**version=**")
    settled(page)
    return page


def take_rate(page: Page, value: str, firm: str = COOP) -> None:
    page.bring_to_front()  # a tab behind another is slowed down by the browser
    field = page.get_by_role("textbox", name=f"Take rate, {firm}, exact value", exact=True)
    field.fill(value)
    field.press("Enter")
    page.wait_for_url(re.compile(rf"take_rate=.*0\.{value}"))
    settled(page)


def keep(page: Page, name: str) -> None:
    before = page.locator("table.board thead th").count()
    page.get_by_role("button", name="Keep as a plan").click()
    field = page.get_by_label("Name of the plan")
    field.fill(name)
    field.press("Enter")
    settled(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name=name[:1].upper() + name[1:], exact=True)).to_be_visible()
    assert page.locator("table.board thead th").count() > before - 1
    settled(page)


def board(page: Page) -> list[list[str]]:
    """The figures of the table, row by row, a column a firm."""
    rows = page.locator("table.board tbody tr")
    found: list[list[str]] = rows.evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td b')].map(each => each.textContent))"
    )
    return found


def heads(page: Page) -> list[str]:
    return page.locator("table.board thead th.firm").all_inner_texts()


def fold(page: Page) -> None:
    page.locator(".st-key-plans summary").click()
    expect(page.get_by_label("Add a ready firm")).to_be_visible()


def test_three_plans_are_kept_reloaded_shared_downloaded_and_compared_by_the_command(
    server: str, context: BrowserContext, chrome: Browser, tmp_path: Path
) -> None:
    page = opened(context, f"{server}/?preset=ride-hailing")
    for value, name in zip(("11", "12", "13"), NAMES, strict=True):
        take_rate(page, value)
        keep(page, name)
    shown = board(page)
    assert heads(page) == ["Marketplace", "Cooperative", *NAMES]
    assert all(len(row) == 5 for row in shown)

    page.reload()
    expect(page.locator("table.board thead th.firm")).to_have_count(5)
    settled(page)
    assert board(page) == shown

    elsewhere = chrome.new_context(viewport={"width": 1440, "height": 900})
    other = opened(elsewhere, page.url)
    assert (heads(other), board(other)) == (heads(page), shown)
    elsewhere.close()

    page.get_by_text("Take it with you").click()
    with page.expect_download() as got:
        page.locator(".st-key-download-scenario button").first.click()
    scenario = tmp_path / "scenario.csv"
    got.value.save_as(scenario)
    command = [sys.executable, "-m", "coopfin", "compare", str(scenario)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(printed))}
    for measure, cells in zip(ROWS, shown, strict=True):
        row = rows[measure.name]
        values = [float(row[name]) if row[name] else float("nan") for name in ("marketplace", "cooperative", *NAMES)]
        assert cells == [words.measured(value, MEASURES[measure.name]) for value in values]


def test_undo_takes_plans_back_and_a_head_puts_its_firm_first(server: str, context: BrowserContext) -> None:
    page = opened(context, f"{server}/?preset=ride-hailing")
    take_rate(page, "11")
    keep(page, "Plan A")
    page.locator("table.board [data-against='Plan A']").click()
    expect(page.locator("table.board thead th.firm").first).to_have_text("Plan A")
    expect(page.locator(".answer")).to_contain_text("Plan A")
    settled(page)
    undo = page.get_by_role("button", name="Undo", exact=True)
    undo.click()
    expect(page.locator("table.board thead th.firm").first).to_have_text("Marketplace")
    undo.click()
    expect(page.locator("table.board thead th.firm")).to_have_count(2)


def test_a_plan_is_renamed_noted_duplicated_and_dropped_and_a_bad_name_is_refused(server: str, context: BrowserContext) -> None:
    page = opened(context, f"{server}/?preset=ride-hailing")
    keep(page, "Plan A")
    fold(page)
    name = page.locator(".st-key-called-2 input")
    name.fill("difference")
    name.press("Enter")
    expect(page.get_by_text("as a column of the comparison is")).to_be_visible()
    assert heads(page) == ["Marketplace", "Cooperative", "Plan A"]
    name.fill("The board's")
    name.press("Enter")
    expect(page.locator("table.board thead th.firm").last).to_have_text("The board's")
    settled(page)
    note = page.locator(".st-key-noted-2 input")
    note.fill("as proposed in May")
    note.press("Enter")
    expect(page.locator("p.notes")).to_contain_text("as proposed in May")
    settled(page)
    page.locator(".st-key-copy-2 button").click()
    expect(page.locator("table.board thead th.firm")).to_have_count(4)
    settled(page)
    page.locator(".st-key-drop-2 button").click()
    expect(page.locator("table.board thead th.firm")).to_have_count(3)
    expect(page.locator("table.board thead th.firm").last).to_have_text("The board's 2")
    page.wait_for_url("**columns=**")


def test_a_ready_firm_is_added_with_what_its_values_rest_on(server: str, context: BrowserContext) -> None:
    page = opened(context, f"{server}/?preset=ride-hailing")
    fold(page)
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("table.board thead th.firm")).to_have_count(3)
    expect(page.locator("p.notes")).not_to_be_empty()
    expect(page.locator("table.differs")).to_contain_text("assumption:")


def test_a_thumb_of_a_plan_moves_its_column_under_the_hand(server: str, context: BrowserContext) -> None:
    page = opened(context, f"{server}/?preset=ride-hailing")
    keep(page, "Plan A")
    before = board(page)
    slider = page.get_by_role("slider", name="Take rate, Plan A", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**take_rate=**")
    settled(page)
    after = board(page)
    assert [row[:2] for row in after] == [row[:2] for row in before] and after != before
    gap = page.locator("[data-live=provider_keeps-2-gap]")
    expect(gap).to_have_text(re.compile("pts"))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_six_firms_stand_beside_each_other_without_overflow(chrome: Browser, server: str, width: int, height: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": height})
    names = "marketplace,cooperative,Plan A,With investors,Steward-owned company,Plan D"
    page = opened(context, f"{server}/?preset=ride-hailing&enterprises={names}&columns=0,1,1p2,0p3,1p4,1p5")
    assert page.locator("table.board thead th.firm").count() == 6
    assert overflowing(page) == []
    if width > 1000:
        box = page.locator("table.board").bounding_box()
        assert box and box["y"] + box["height"] <= height
    context.close()


# ---- what the browser keeps by itself ------------------------------------------------------------------------------


def kept(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate("JSON.parse(localStorage.getItem('coopfin') ?? '[]')")
    return found


def when_kept(page: Page, word: str) -> None:
    page.wait_for_function("word => (localStorage.getItem('coopfin') ?? '').includes(word)", arg=word)


def test_the_browser_offers_where_one_was_and_goes_on_from_there(server: str, context: BrowserContext) -> None:
    first = opened(context, f"{server}/?preset=short-stays")
    assert kept(first) == []  # nothing was done yet
    take_rate(first, "11")
    keep(first, "Plan A")
    when_kept(first, "Plan A")
    shown = board(first)
    first.close()  # a crash asks nobody

    page = opened(context, server)
    offer = page.locator(".st-key-offer")
    expect(offer).to_contain_text(re.compile(r"You were here on \d+ \w+ 20\d\d, \d\d:\d\d"))
    expect(offer).to_contain_text("Plan A")
    assert "Plan A" not in page.url  # it only offers
    page.get_by_role("button", name="Go on from there").click()
    expect(page.locator("table.board thead th.firm")).to_have_count(3)
    expect(offer).to_have_count(0)
    settled(page)
    assert board(page) == shown
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("table.board thead th.firm")).to_have_count(2)


def test_discard_forgets_it_and_a_link_asks_nothing(server: str, context: BrowserContext) -> None:
    first = opened(context, f"{server}/?preset=short-stays")
    take_rate(first, "11")
    when_kept(first, "take_rate")
    linked = opened(context, f"{server}/?preset=blank")
    expect(linked.locator(".st-key-offer")).to_have_count(0)
    page = opened(context, server)
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".st-key-offer")).to_have_count(0)
    page.wait_for_function("() => localStorage.getItem('coopfin') === null")
    again = opened(context, server)
    expect(again.locator(".st-key-offer")).to_have_count(0)


def test_tabs_do_not_write_over_each_other(server: str, context: BrowserContext) -> None:
    one, two = opened(context, f"{server}/?preset=short-stays"), opened(context, f"{server}/?preset=blank")
    take_rate(one, "11")
    when_kept(one, "short-stays")
    take_rate(two, "12")
    when_kept(two, "blank")
    take_rate(one, "17")
    when_kept(one, "0.17")
    slots = kept(two)
    assert [json.dumps(each).count("short-stays") for each in slots] == [1, 0] and len(slots) == 2


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("{not json", "it is broken"),
        ('{"a": 1}', "it is broken"),
        ('[{"id": "x", "version": 99, "when": 1, "query": {}}]', "another version"),
        ('[{"id": "x", "version": 1, "when": 1700000000000, "query": {"preset": 5}}]', "it is broken"),
        ("[null]", "it is broken"),
    ],
)
def test_what_is_broken_in_the_browser_is_told_once_and_does_no_harm(
    server: str, context: BrowserContext, stored: str, told: str
) -> None:
    seed = f"localStorage.seeded ?? (localStorage.coopfin = {json.dumps(stored)}, localStorage.seeded = 1)"
    context.add_init_script(seed)
    page = opened(context, server)
    expect(page.get_by_text(told)).to_be_visible()
    page.wait_for_function("() => localStorage.getItem('coopfin') === null")
    assert heads(page) == ["Marketplace", "Cooperative"]
    take_rate(page, "11")
    when_kept(page, "take_rate")
    expect(page.get_by_text(told)).to_have_count(0)


def test_a_page_that_crashed_with_a_link_too_long_finds_its_state(server: str, context: BrowserContext, tmp_path: Path) -> None:
    names = [f"firm number {i} with a long name" for i in range(90)]
    rows = [
        "assumption,unit," + ",".join(names) + ",source",
        "overhead,money," + ",".join(str(100_000.123456 + i) for i in range(90)) + ",x",
        "founder_pay,money," + ",".join(str(i) for i in range(90)) + ",x",
    ]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    page = opened(context, f"{server}/?preset=blank")
    page.get_by_text("Open your own scenario file").click()
    page.locator(".st-key-upload input[type=file]").set_input_files(path)
    page.wait_for_url("**file=**")
    when_kept(page, "firm number 89")
    settled(page)
    page.reload()
    page.get_by_role("button", name="Go on from there").click(timeout=60_000)
    expect(page.locator("table.board thead th.firm")).to_have_count(90)
