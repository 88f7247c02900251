"""The journeys of the pages “Year by year” and “Capital”, in a real browser."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

import openpyxl
import pytest
from browser import fill_in, overflowing, pick, settled
from playwright.sync_api import Browser, Page, expect
from test_browser import download, enter, visit

from coopfin import compare, read_scenario
from coopfin.display import words
from coopfin.ui.session import presets


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
    settled(page)


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_statements_as_csv_and_workbook_have_the_engine_s_numbers(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/years?preset=ride-hailing")
    enter(page, "Take rate, Platform cooperative", "17.5")
    expect(page.get_by_text("What I changed (1)")).to_be_visible()
    choose(page, "Statements")
    choose(page, "Cash flow")
    end = page.locator("table.years tr", has_text="Cash at the end of the year")
    expect(end).to_have_count(2)
    settled(page)

    path = presets.FOLDER / "ride-hailing.csv"
    changed = re.sub(r"(?m)^(take_rate,share,[^,]*),[^,]*", r"\1,0.175", path.read_text())
    projections = compare(read_scenario(changed.encode(), path.name).enterprises).projections
    statements = download(page, "statements", tmp_path)
    assert statements.name.startswith("ride-hailing_statements_") and statements.suffix == ".csv"
    lines = table(statements)
    book = openpyxl.load_workbook(download(page, "workbook", tmp_path), data_only=True)
    for number, (enterprise, x) in enumerate(projections.items()):
        cash = next(row for row in lines if row["enterprise"] == enterprise and row["line"] == "cash" and row["kind"] == "total")
        assert [float(cash[str(year)]) for year in range(x.years + 1)] == pytest.approx(x.cash.tolist(), rel=1e-11)
        shown = end.nth(number).locator("td").all_inner_texts()
        assert shown == [words.whole(value) for value in x.cash.tolist()]
        rows = {str(row[0].value): row for row in book[enterprise].iter_rows()}
        written = [cell.value for cell in rows["Cash"][2 : 3 + x.years]]
        assert all(math.isclose(one, other, rel_tol=1e-9) for one, other in zip(written, x.cash.tolist(), strict=True))


def test_the_answer_of_the_goal_seek_goes_into_the_scenario(server: str, page: Page) -> None:
    visit(page, f"{server}/years?preset=blank&overhead=150000,400000")
    choose(page, "What would it take?")
    expect(page.get_by_text("the nearest “Take rate” at which cash never falls below 0 is")).to_be_visible()
    cure = page.get_by_text(re.compile("What would do, all else equal: .*“Take rate” of 27.3"))
    expect(cure).to_be_visible()
    page.get_by_role("button", name="into the scenario").first.click()
    expect(page.get_by_text("What I changed (2)")).to_be_visible()
    expect(page.get_by_text("Neither firm ever runs out of cash")).to_be_visible()
    expect(cure).to_have_count(0)
    page.wait_for_url(re.compile("take_rate=0.2(,|%2C)0.2"))


def test_the_months_of_a_year_as_table_and_file(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/years?preset=ride-hailing")
    choose(page, "Cash flow")
    expect(page.locator("table.years caption", has_text="cash flow")).to_have_count(2)
    settled(page)
    pick(page, page.locator(".st-key-statement-period-True").get_by_role("combobox"), "The months of year 2")
    end = page.locator("table.years tr", has_text="Cash at the end of the month")
    expect(end).to_have_count(2)
    settled(page)
    rows = table(download(page, "every-month", tmp_path))
    for number, enterprise in enumerate(("marketplace", "cooperative")):
        told = {
            int(row["month"]): float(row["value"]) for row in rows if row["enterprise"] == enterprise and row["line"] == "cash"
        }
        assert end.nth(number).locator("td").all_inner_texts() == [words.whole(told[month]) for month in range(13, 25)]


def test_a_round_is_edited(server: str, page: Page) -> None:
    visit(page, f"{server}/capital?preset=ride-hailing")
    choose(page, "Rounds and papers")
    order = page.locator(".st-key-rounds").get_by_text("month order")
    fill_in(page, "round-equity_2_month-marketplace", "60")
    expect(order).to_be_visible()
    settled(page)
    fill_in(page, "round-equity_3_month-marketplace", "84")
    expect(order).to_have_count(0)
    expect(page.locator("table.captable th", has_text="After round 3, December of year 7")).to_be_visible()
    settled(page)
    fill_in(page, "round-equity_3_amount-marketplace", "475000")
    sold = page.locator("table.captable tr", has_text="Round 3").locator("td").last
    expect(sold).to_have_text(words.percent(1 / 3))
    expect(page.get_by_text("What I changed (3)")).to_be_visible()


def test_moving_the_slider_of_the_sale_moves_who_gets_what(server: str, page: Page) -> None:
    visit(page, f"{server}/capital?preset=ride-hailing")
    choose(page, "A sale")
    rounds = page.locator("table.captable tr.total td").first
    expect(rounds).not_to_have_text("0")
    slider = page.locator(".st-key-sale-marketplace input[type=range]")
    slider.focus()
    slider.press("Home")
    expect(rounds).to_have_text("0")
    expect(page.get_by_text("No yearly return").first).to_be_visible()
    settled(page)
    slider.focus()
    slider.press("ArrowRight")
    # So little that every part of it goes to the rounds, whose preferences come first.
    expect(rounds).to_have_text(re.compile(r"^[1-9][\d,]*$"))


def test_the_data_of_a_picture(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/capital?preset=blank")
    rows = [row for row in table(download(page, "flows", tmp_path)) if row["firm"] == words.firm("cooperative")]
    assert {row["instrument"] for row in rows} == {"Loan", "Preferred or community shares"}
    assert [float(row["amount"]) for row in rows if row["what"] == "paid in"] == [-150_000, -330_000]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("years", "Statements"), ("years", "What would it take?"), ("years", "Refunds paid back later"),
        ("capital", "Rounds and papers"), ("capital", "A sale"), ("capital", "The same need, four ways"),
        ("capital", "What loan can it carry?"),
    ],
)  # fmt: skip
def test_no_part_overflows_on_a_phone(server: str, chrome: Browser, path: str, part: str, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    phone = context.new_page()
    visit(phone, f"{server}/{path}")
    choose(phone, part)
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert overflowing(phone) == []
    context.close()
