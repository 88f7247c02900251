"""The members' page in a real browser: open a ledger, pick a member, take statements along, print one."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

from browser import ROOT, settled
from playwright.sync_api import Page, expect
from test_browser import download, visit

LEDGER = "member;class;patronage;email\nAna;driver;1.200,50;ana@example.org\nBo <i>;driver;300,25;b@example.org\n"


def open_ledger(page: Page, content: bytes, name: str = "mine.csv") -> None:
    page.get_by_text("Open your own ledger").click()
    upload = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator(".st-key-ledger-upload-0 input[type=file]").set_input_files(upload)


def test_open_a_ledger_pick_a_member_and_take_the_statements(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    open_ledger(page, LEDGER.encode())
    expect(page.get_by_text("half of the 2 members")).to_be_visible()
    page.get_by_role("radio", name="Search").click()
    page.locator(".st-key-members-sought input").fill("bo")
    page.locator(".st-key-members-sought input").press("Enter")
    expect(page.locator(".statement h2")).to_have_text("Bo <i>")
    expect(page.locator(".statement")).to_contain_text("300.25 ÷ 1,500.75")
    settled(page)

    rows = list(csv.DictReader(io.StringIO(download(page, "statements", tmp_path).read_text())))
    assert [row["member"] for row in rows] == ["Ana", "Bo <i>"]
    with zipfile.ZipFile(download(page, "letters", tmp_path)) as letters:
        assert letters.namelist() == ["000001_ana.html", "000002_bo-i.html"]
        assert "Bo &lt;i&gt;" in letters.read("000002_bo-i.html").decode()
        assert "example.org" not in letters.read("000001_ana.html").decode()
    assert "Bo &lt;i&gt;" in download(page, "statement", tmp_path).read_text()

    ledger = tmp_path / "mine.csv"
    ledger.write_text(LEDGER)
    command = [sys.executable, "-m", "coopfin", "allocate", str(ledger), "--pool", rows[0]["pool"], "--cash-share", "0.5"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert download(page, "allocation", tmp_path).read_bytes() == printed
    assert sum(Decimal(row["refund"]) for row in rows) == Decimal(rows[0]["pool"])


def test_a_broken_ledger_tells_every_mistake_and_changes_nothing(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    before = page.locator(".statement").inner_text()
    open_ledger(page, b"member,class,patronage\nAna,d,=1+1\nAna,d,-3\n")
    expect(page.get_by_text("mine.csv, line 2: patronage is '=1+1', a formula")).to_be_visible()
    expect(page.get_by_text("mine.csv, line 3: member 'Ana' stands here again")).to_be_visible()
    expect(page.get_by_text("mine.csv, line 3: patronage is '-3'")).to_be_visible()
    settled(page)
    assert page.locator(".statement").inner_text() == before


def test_a_ledger_that_is_too_large_is_refused_in_words(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    open_ledger(page, b"x" * 21 * 1024 * 1024)
    expect(page.get_by_text("File must be 20.0MB or smaller")).to_be_visible()
    expect(page.get_by_text("half of the 10,000 members")).to_be_visible()


def test_a_ledger_of_100_000_members_is_shared_out_and_shown(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    rows = "".join(f"Member {i:06},driver,{i % 977}.{i % 100:02}\n" for i in range(100_000))
    open_ledger(page, f"member,class,patronage\n{rows}".encode())
    expect(page.get_by_text("half of the 100,000 members")).to_be_visible()
    page.get_by_role("radio", name="All members").click()
    expect(page.get_by_text("100,000 of 100,000 members")).to_be_visible()
    expect(page.get_by_text("Page, 1 to 200")).to_be_visible()


def test_names_and_edited_classes_stay_when_another_page_was_shown(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    open_ledger(page, LEDGER.encode())
    expect(page.get_by_text("half of the 2 members")).to_be_visible()
    page.get_by_role("link", name="The comparison").click()
    expect(page.locator("table.comparison")).to_be_visible()
    page.get_by_role("link", name="Members", exact=True).click()
    expect(page.get_by_text("half of the 2 members")).to_be_visible()


def test_only_the_statement_goes_on_paper(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    expect(page.locator(".statement")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".statement")).to_be_visible()
    for hidden in ("h1", "[data-testid=stSidebar]", ".st-key-members-setup", ".st-key-download-statement"):
        expect(page.locator(hidden).first).to_be_hidden()
