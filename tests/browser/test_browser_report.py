"""The page to hand over, printed by a real browser and read back: so many sheets, and the figures of the desk on them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from browser import settled
from playwright.sync_api import Browser, Download, Page, expect
from pypdf import PdfReader
from report_samples import of_preset, too_much

from coopfin.display import board
from coopfin.display.sentence import sentence
from coopfin.report.page import GENERAL, VARIANTS, report
from coopfin.report.paper import PAPERS
from coopfin.ui.session import presets

POINTS = {"a4": (595, 842), "letter": (612, 792)}
# How far the lowest thing of each sheet stands above its foot, in pixels, and what reaches beyond its sides.
ROOM = """() => [...document.querySelectorAll('.sheet')].map(sheet => {
    const box = sheet.getBoundingClientRect(), middle = sheet.querySelector('main');
    const low = Math.max(...[...middle.querySelectorAll('*')].map(e => e.getBoundingClientRect().bottom));
    const shown = [...sheet.querySelectorAll('td, th, p, li, h1, h2')].filter(e => !e.closest('.alike, .rests'));
    const wide = shown.filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline');
    return [sheet.querySelector('footer').getBoundingClientRect().top - low, wide.map(e => e.textContent)];
})"""


def printed(page: Page, html: str) -> PdfReader:
    page.set_content(html)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def text(pdf: PdfReader, sheet: int = 0) -> str:
    """The text of a sheet without any space: a printer places words, not lines."""
    return re.sub(r"\s", "", pdf.pages[sheet].extract_text())


def bare(shown: str) -> str:
    return re.sub(r"\s", "", shown)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("preset", presets.names())
def test_every_page_of_every_preset_is_one_sheet_and_two_with_the_assumptions(page: Page, preset: str, paper: str) -> None:
    material = of_preset(preset)
    for variant in VARIANTS:
        for second in (False, True):
            pdf = printed(page, report(material, variant, paper, with_assumptions=second))
            assert len(pdf.pages) == 1 + second, variant
            assert tuple(round(float(each)) for each in pdf.pages[0].mediabox[2:]) == POINTS[paper]
            if variant == GENERAL:
                assert bare(sentence(material.view, material.wording)) in text(pdf)
                missing = [each for each in board.places(material.view, material.view).values() if bare(each) not in text(pdf)]
                assert not missing
            for room, wide in page.evaluate(ROOM):
                assert room >= 0 and not wide


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_six_columns_with_long_names_and_100_changes_fit_as_well(page: Page, variant: str, paper: str) -> None:
    pdf = printed(page, report(too_much(), variant, paper, with_assumptions=True))
    assert len(pdf.pages) == 2
    for name in too_much().firms[2:] if variant == GENERAL else ():
        assert bare(name) in text(pdf)
    page.emulate_media(media="print")
    assert all(room >= 0 for room, _ in page.evaluate(ROOM))


def test_it_opens_without_network_and_asks_for_nothing(chrome: Browser, tmp_path: Path) -> None:
    context = chrome.new_context(offline=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "page.html"
    path.write_text(report(of_preset("ride-hailing")), encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", name="Ride-hailing in one city")).to_be_visible()
    assert asked == [path.as_uri()]
    context.close()


def opened(page: Page, server: str, query: str) -> None:
    page.goto(f"{server}/{query}")
    expect(page.locator("table.board")).to_be_visible()
    settled(page)


def shown(page: Page) -> list[str]:
    """The figures of the table on the desk."""
    return [each for each in page.locator("table.board td b").all_inner_texts() if each]


def taken(page: Page, variant: str) -> Download:
    with page.expect_download() as waiting:
        page.locator(f".st-key-download-page-{variant} button").first.click()
    return waiting.value


def test_the_page_from_the_desk_has_the_figures_of_the_desk(page: Page, server: str, chrome: Browser) -> None:
    opened(page, server, "?preset=ride-hailing&take_rate=0.207,0.14")
    figures = shown(page)
    said = page.locator("[data-live=sentence]").inner_text()
    page.locator(".st-key-take-along summary").click()
    page.get_by_text("Letter", exact=True).click()
    expect(page.get_by_text("prints to one sheet of Letter")).to_be_visible()
    page.get_by_text("With the assumptions", exact=True).click()
    expect(page.get_by_text("prints to two sheets of Letter")).to_be_visible()
    settled(page)
    for variant in VARIANTS:
        html = Path(taken(page, variant).path()).read_text(encoding="utf-8")
        other = chrome.new_page()
        pdf = printed(other, html)
        other.close()
        assert len(pdf.pages) == 2
        assert tuple(round(float(each)) for each in pdf.pages[0].mediabox[2:]) == POINTS["letter"]
        assert "take_rate=0.207%2C0.14" in html
        if variant == GENERAL:
            assert bare(said) in text(pdf)
            assert not [each for each in figures if bare(each) not in text(pdf)]
            assert bare("Take rate, cooperative: 15 %") in text(pdf)


def test_the_desk_itself_prints_the_answer_the_picture_and_the_table(page: Page, server: str) -> None:
    opened(page, server, "?preset=ride-hailing&take_rate=0.207,0.14")
    figures, said = shown(page), page.locator("[data-live=sentence]").inner_text()
    for paper in ("A4", "Letter"):
        pdf = PdfReader(io.BytesIO(page.pdf(format=paper)))
        assert len(pdf.pages) == 1
        assert bare(said) in text(pdf)
        assert not [each for each in figures if bare(each) not in text(pdf)]
        assert "Marketplace" in text(pdf) and "Cooperative" in text(pdf)
        assert "CSV" not in text(pdf) and "WhatIchanged" not in text(pdf) and "Takeitwithyou" not in text(pdf)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("svg.desk-picture")).to_be_visible()
    behind = "all => all.map(e => getComputedStyle(e).backgroundColor)"
    found = page.locator("html, body, #root, [data-testid=stApp]").evaluate_all(behind)
    assert set(found) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}  # no sheet of ink, whatever the screen is


def test_what_it_takes_mends_the_firm_by_one_click(page: Page, server: str) -> None:
    opened(page, server, "?preset=ride-hailing&take_rate=0.207,0.14")
    expect(page.locator("[data-live=sentence]")).to_contain_text("runs dry")
    page.locator(".st-key-what-it-takes summary").click()
    button = page.locator(".st-key-mend-desk-take_rate button").first
    expect(button).to_be_visible()
    told = button.inner_text()
    button.click()
    page.wait_for_url(re.compile(r"take_rate=0\.207(%2C|,)0\.147"))
    settled(page)
    expect(page.locator("[data-live=sentence]")).not_to_contain_text("runs dry")
    page.goto(f"{server}/years?preset=ride-hailing&take_rate=0.207,0.14")
    warned = page.get_by_text("The cooperative runs dry in").filter(has_text="What would do, all else equal:")
    expect(warned).to_contain_text(f"“Take rate” of {told.removeprefix('Set to ')} instead of")
