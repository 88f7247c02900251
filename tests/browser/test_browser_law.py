"""In a real browser: choose a law, see the mark and the clause; follow an explanation with everything kept."""

from __future__ import annotations

import re
from pathlib import Path

from browser import pick, settled
from playwright.sync_api import Page, expect
from test_browser import enter, field, visit

from coopfin import MEASURES

MARK = ".law-mark"
TITLES = {
    "All assumptions": "What does every number stand on?",
    "The law": "What does the law ask of a cooperative here?",
    "How it works": "How does the model work?",
}
TAKE = "Take rate, Platform cooperative"
IN_A_GROUP = ("All assumptions", "How it works")


def test_spain_marks_the_reserve_and_its_button_puts_it_right(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/?preset=blank&reserve_share=0,0.1")
    expect(page.locator(MARK)).to_have_count(0)
    page.get_by_role("link", name="The law").click()
    expect(page.get_by_role("heading", name="What does the law ask of a cooperative here?")).to_be_visible()
    expect(page.get_by_text("This is not legal advice.").first).to_be_visible()
    page.locator(".st-key-law-choice input").click()
    page.get_by_role("option", name="Spain").click()
    mark = page.locator(".st-key-side").locator(MARK).filter(has_text="Spain: at least 20 % to the reserve and 5 %")
    expect(mark).to_be_visible()
    page.wait_for_url("**law=spain**")
    clause = page.locator('[data-testid="stCode"]')
    expect(clause).to_contain_text("10 % goes to a reserve")
    expect(clause).to_contain_text("Ley 27/1999 art. 58.1")

    page.get_by_text("The model", exact=True).click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="All assumptions").click()
    pick(page, page.locator(".st-key-section").get_by_role("combobox"), "The surplus")
    beside = page.locator(".st-key-assumption-reserve_share").locator(MARK)
    expect(beside).to_contain_text("Spain: at least 20 % to the reserve")

    page.get_by_role("link", name="The law").click()
    expect(page.locator(".st-key-law-choice input")).to_have_value("Spain (state law)")
    page.locator(".st-key-set-law button").click()
    expect(page.get_by_role("button", name="All that Spain fixes is set")).to_be_visible()
    expect(page.locator(MARK)).to_have_count(0)
    expect(page.get_by_text("What I changed (3)")).to_be_visible()
    settled(page)
    with page.expect_download() as got:
        page.locator(".st-key-download-clause button").click()
    got.value.save_as(tmp_path / "clause.txt")
    text = (tmp_path / "clause.txt").read_text(encoding="utf-8")
    assert "31.3 % goes to a reserve" in text and "Spain (state law)" in text and "broken" not in text


def test_an_explanation_opens_with_everything_kept(server: str, page: Page) -> None:
    visit(page, f"{server}/?preset=blank&law=italy")
    enter(page, TAKE, "12.5")
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    page.locator(".st-key-all-rows summary").click()
    link = page.locator(".st-key-all-rows a.explain", has_text=MEASURES["effective_take_rate"].label)
    with page.context.expect_page() as opened:
        link.click()
    other = opened.value
    expect(other.get_by_role("heading", name="How does the model work?")).to_be_visible()
    settled(other)
    explained = other.locator(".st-key-explained")
    expect(explained).to_contain_text("effective_take_rate")
    expect(explained).to_contain_text("def effective_take_rate")
    expect(other.get_by_text("What I changed (1)")).to_be_visible()
    other.wait_for_url("**explain=measure-effective_take_rate**")
    assert "law=italy" in other.url and "take_rate=" in other.url
    other.get_by_role("link", name="The comparison").click()
    expect(other.locator("table.board")).to_be_visible()
    expect(field(other, TAKE)).to_have_value(re.compile("^12.5"))
    other.wait_for_url("**law=italy**")
    assert "explain=" not in other.url
    expect(page.locator("h1")).to_have_text("Who gains when users own the platform?")


def test_levers_show_their_value_on_every_page(server: str, page: Page) -> None:
    visit(page, f"{server}/?preset=blank&take_rate=0.2,0.125")
    for name, title in TITLES.items():
        if name in IN_A_GROUP:
            page.get_by_text("The model", exact=True).click()
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        settled(page)
        expect(field(page, TAKE)).to_have_value(re.compile("^12.5"))
        expect(page.get_by_role("slider", name=TAKE, exact=True)).to_have_attribute("aria-valuetext", re.compile("^12.5"))
    page.wait_for_url("**method?**take_rate=**")
    page.go_back()
    page.wait_for_url("**law?**take_rate=**")
    expect(page.get_by_role("heading", name=TITLES["The law"])).to_be_visible()
    expect(field(page, TAKE)).to_have_value(re.compile("^12.5"))
