"""The page of doubts in a real browser: levers, bars, the big run and its cancel, files, other people's pages."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from browser import ROOT, overflowing, settled
from playwright.sync_api import Browser, Page, expect
from test_browser import download, enter, visit

from coopfin import MEASURES
from coopfin.ui.sure import big_run

HEADLINE = "h4"
CHART = ".st-key-tornado canvas, .st-key-tornado svg"
SCENARIO = ROOT / "sample_data" / "presets" / "short-stays.csv"
START = f"Draw {big_run.DRAWS:,} futures"


def look(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view).click()
    settled(page)


def test_a_lever_moves_the_tornado_at_once(server: str, page: Page) -> None:
    visit(page, f"{server}/sure?preset=blank")
    chart = page.locator('.st-key-tornado [role="graphics-document"], .st-key-tornado [aria-label*="widest"]').first
    expect(chart).to_be_attached()
    before = page.locator(HEADLINE).first.inner_text()
    enter(page, "Take rate, Platform cooperative", "5")
    expect(page.locator(HEADLINE).first).not_to_have_text(before)
    settled(page)
    assert "futures" in page.locator(HEADLINE).first.inner_text()


def test_a_click_on_a_bar_opens_its_lever_with_the_state_kept_and_the_way_back_is_open(server: str, page: Page) -> None:
    visit(page, f"{server}/sure?preset=ride-hailing")
    enter(page, "Take rate, Platform cooperative", "11")
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    settled(page)
    chart = page.locator(CHART).first
    chart.scroll_into_view_if_needed()
    bar = page.locator('.st-key-tornado [data-testid="stVegaLiteChart"]').bounding_box()
    assert bar is not None
    clicks = ((share, row) for row in range(100, 260, 6) for share in (0.55, 0.45, 0.35, 0.65))
    opened = page.get_by_role("heading", name="What does every number stand on?")
    for share, row in clicks:
        page.mouse.click(bar["x"] + share * bar["width"], bar["y"] + row)
        settled(page)
        if opened.is_visible():
            break
    expect(opened).to_be_visible()
    expect(page.get_by_label("Search")).not_to_have_value("")
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    page.get_by_text("Is it so?").first.click()
    page.get_by_role("link", name="How sure are we?").click()
    expect(page.get_by_role("heading", name="How sure are we?")).to_be_visible()
    settled(page)
    expect(page.get_by_role("heading", name="How sure are we?")).to_be_visible()


def test_the_big_run_can_be_cancelled_and_finishes_while_others_go_on(server: str, page: Page, chrome: Browser) -> None:
    visit(page, f"{server}/sure?preset=ride-hailing")
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    other = context.new_page()
    visit(other, f"{server}/sure?preset=blank")
    look(page, "How likely it is")
    page.get_by_role("button", name=START).click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name=START)).to_be_visible()
    expect(page.get_by_text("Counted in 1,000 futures")).to_be_visible()
    page.get_by_role("button", name=START).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    enter(other, "Take rate, Traditional marketplace", "33")  # somebody else's page answers while it runs
    expect(other.get_by_text("What I changed (1)")).to_be_visible()
    expect(page.get_by_text(f"Counted in {big_run.DRAWS:,} futures")).to_be_visible()
    context.close()


def test_the_percentiles_are_what_the_command_prints(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/sure?preset=short-stays")
    settled(page)
    look(page, "How likely it is")
    uncertain = download(page, "uncertain", tmp_path)
    with page.expect_download() as got:
        page.get_by_role("button", name="Percentiles (CSV)").click()
    path = tmp_path / got.value.suggested_filename
    got.value.save_as(path)
    assert path.name.startswith("short-stays_percentiles_")
    command = [sys.executable, "-m", "coopfin", "simulate", str(SCENARIO), "--uncertain", str(uncertain), "--draws", "1000"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert path.read_bytes() == printed
    assert len(list(csv.DictReader(io.StringIO(printed.decode())))) == 2 * len(MEASURES) + 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["What matters most", "The map", "How likely it is", "What drives it"])
def test_nothing_overflows_on_a_phone(server: str, chrome: Browser, view: str, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    phone = context.new_page()
    visit(phone, f"{server}/sure?preset=ride-hailing")
    look(phone, view)
    assert overflowing(phone) == []
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()
