"""The journeys through real cases and hard questions, in a real browser."""

from __future__ import annotations

import pytest
from browser import overflowing, settled
from playwright.sync_api import Browser, Page, expect
from test_browser import visit


def test_a_case_opens_in_the_comparison_with_its_preset(server: str, page: Page) -> None:
    visit(page, f"{server}/cases?preset=blank")
    page.get_by_role("radio", name="Stocksy United").click()
    expect(page.get_by_role("heading", name="Stocksy United, with Getty and iStock")).to_be_visible()
    page.get_by_role("button", name="Open “Stock photography” in the comparison").first.click()
    expect(page.get_by_role("heading", name="Who gains when users own the platform?")).to_be_visible()
    expect(page.get_by_role("combobox", name="Start from")).to_have_value("Stock photography")
    page.wait_for_url("**preset=stock-photography**")
    expect(page.locator("table.board")).to_be_visible()


def test_a_card_opens_its_preset_too(server: str, page: Page) -> None:
    visit(page, f"{server}/cases")
    page.locator(".st-key-open-fairbnb button").click()
    expect(page.get_by_role("combobox", name="Start from")).to_have_value("Short stays")


def test_a_figure_is_a_link_to_its_source_in_a_new_tab(server: str, page: Page) -> None:
    visit(page, f"{server}/cases")
    figure = page.locator('a.fact[data-fact="drivers-coop-cash-on-hand-2023"]').first
    expect(figure).to_have_attribute("href", "https://wefunder.com/driverscoop/details")
    expect(figure).to_have_attribute("target", "_blank")


def test_a_lever_beside_a_question_moves_its_table_and_the_link(server: str, page: Page) -> None:
    visit(page, f"{server}/evidence?preset=ride-hailing")
    row = page.locator(".st-key-effect-loyalty tr").filter(has_text="Leave in a year")
    expect(row.locator("td").nth(0)).to_contain_text("45")
    name = "Providers gone after a year, Platform cooperative, exact value"
    field = page.locator(".st-key-evidence-loyalty").get_by_role("textbox", name=name)
    field.fill("55")
    field.press("Enter")
    expect(row.locator("td").nth(0)).to_contain_text("55")
    page.wait_for_url("**churn=**")


def test_the_three_cases_can_be_downloaded(server: str, page: Page) -> None:
    visit(page, f"{server}/cases?preset=blank")
    with page.expect_download() as download:
        page.locator(".st-key-download-cases button").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("firm,kind,question,answer,strength,sources") and "not published" in text


@pytest.mark.parametrize("path", ["cases", "evidence"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone(server: str, chrome: Browser, path: str, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    phone = context.new_page()
    visit(phone, f"{server}/{path}")
    expect(phone.locator("table.comparison").first).to_be_visible()
    expect(phone.locator("[data-testid=stSkeleton]")).to_have_count(0)
    settled(phone)
    # Wide tables scroll by themselves; a slider's own input is invisible and centred on its handle.
    assert overflowing(phone) == []
    assert phone.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
    context.close()
