"""The members' page in a real browser: open a ledger, correct how it is read, take the letters along, forget it all."""

from __future__ import annotations

import csv
import io
import urllib.error
import urllib.request
import zipfile
from decimal import Decimal
from pathlib import Path

from browser import overflowing, pick, settled
from playwright.sync_api import Page, expect
from test_browser import download, visit

EXPORT = (
    "Umsatzliste 2025;;;\n"
    "Mandant 4711;;;\n"
    "Name;Konto;Umsatz;Notiz\n"
    "Ana;8400;1.200,50 €;\n"
    "Bo <i>;8400;300,25 €;ok\n"
    "Ana;8400;(200,50 €);Gutschrift\n"
    "Cleo;8400;0,00 €;\n"
)
REFUNDS = "members?preset=ride-hailing&take_rate=0.207,0.2"  # as it is, old losses leave no year a refund
LEDGER = "member;class;patronage;email\nAna;driver;1.200,50;ana@example.org\nBo <i>;driver;300,25;b@example.org\n"


def drop(page: Page, content: bytes, name: str = "mine.csv", *, number: int = 0) -> None:
    """Drop a file as the page's ``number``-th."""
    field = page.locator(f".st-key-ledger-upload-{number} input[type=file]")
    if not field.is_visible() and not page.locator(f".st-key-ledger-upload-{number}").is_visible():
        page.get_by_text("Open your own ledger", exact=True).or_(page.get_by_text("Open another ledger")).click()
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def fill(page: Page, name: str, value: str) -> None:
    page.locator(f".st-key-own-{name} input").fill(value)


def choose(page: Page, key: str, option: str) -> None:
    pick(page, page.locator(f".st-key-{key} input"), option)


def share_out(page: Page, pool: str = "1.000,01", cash: str = "50") -> None:
    fill(page, "pool", pool)
    fill(page, "cash", cash)
    page.locator(".st-key-share-out button").click()


def open_ledger(page: Page, content: bytes, members: str) -> None:
    drop(page, content)
    expect(page.get_by_text("What was understood of mine.csv")).to_be_visible()
    share_out(page)
    expect(page.locator("h4", has_text=f"half of {members} members")).to_be_visible()
    settled(page)


def status(address: str) -> int:
    """What the server answers to somebody without a session."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_an_export_is_corrected_shared_out_taken_along_and_forgotten(server: str, page: Page, tmp_path: Path) -> None:
    given: list[str] = []
    page.on(
        "response", lambda answer: given.append(answer.url) if "/media/" in answer.url and "/static/" not in answer.url else None
    )
    page.on("request", lambda asked: given.append(asked.url) if "/media/" in asked.url and "/static/" not in asked.url else None)
    visit(page, f"{server}/{REFUNDS}")
    drop(page, EXPORT.encode("cp1252"), "umsatz.csv")
    expect(page.get_by_text("umsatz.csv, line 3: column member and patronage is missing")).to_be_visible()
    expect(page.locator(".st-key-read-as-member input")).to_have_value("Name")  # proposed, not taken
    choose(page, "read-as-patronage", "Konto")
    page.locator(".st-key-read-it-so button").click()
    understood = page.locator(".understood")
    expect(understood).to_contain_text("33,600")  # the account numbers: seen to be wrong, and corrected
    page.get_by_text("Read as: correct which column is which").click()
    choose(page, "read-as-patronage", "Umsatz")
    page.locator(".st-key-read-it-so button").click()
    expect(understood).to_contain_text("1,300.25 EUR")
    for said in ("4, 1 of them added", "Windows-1252", "semicolons", "decimal commas", "line 1: Umsatzliste 2025", "2 not read"):
        expect(understood).to_contain_text(said)
    settled(page)
    fill(page, "cooperative", "Own eG")
    fill(page, "year", "2025")
    share_out(page)
    expect(page.locator("h4")).to_contain_text("Of 1,000.01 EUR, half of 3 members get 230.92 EUR or less")
    expect(page.locator(".statement")).to_contain_text("Statement for 2025 · Own eG")
    settled(page)

    with zipfile.ZipFile(download(page, "letters", tmp_path)) as letters:
        assert letters.namelist() == ["000001_ana.html", "000002_bo-i.html", "000003_cleo.html"]
        bo = letters.read("000002_bo-i.html").decode()
    assert "Bo &lt;i&gt;" in bo and "230.92 EUR" in bo
    for stranger in ("arketplace", "scenario", "USD", "ride-hailing", "8400", "ok"):
        assert stranger not in bo.split("</style>")[1], stranger
    whole = download(page, "print", tmp_path).read_text()
    assert whole.count("<article") == 3
    rows = list(csv.DictReader(io.StringIO(download(page, "allocation", tmp_path).read_text())))
    assert sum(Decimal(row["refund"]) for row in rows) == Decimal("1000.01")
    download(page, "statements", tmp_path)
    assert "Bo &lt;i&gt;" in download(page, "statement", tmp_path).read_text()

    addresses = sorted(set(given))
    assert len(addresses) >= 5
    assert {status(address) for address in addresses} == {200}
    page.locator(".st-key-forget-ledger button").click()
    expect(page.locator("h4")).to_contain_text("Sample: of")
    assert {address: status(address) for address in addresses} == dict.fromkeys(addresses, 404)
    expect(page.get_by_text("Bo <i>")).to_have_count(0)


def test_after_a_reload_the_page_says_that_the_ledger_is_gone_and_shows_no_other(server: str, page: Page) -> None:
    visit(page, f"{server}/{REFUNDS}")
    open_ledger(page, LEDGER.encode(), "2")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    expect(page.get_by_text("Your ledger is no longer here").first).to_be_visible()
    assert asked == ["beforeunload"]
    expect(page.get_by_text("No other ledger was put in its place")).to_be_visible()
    expect(page.locator(".statement")).to_have_count(0)
    settled(page)
    drop(page, LEDGER.encode())
    expect(page.get_by_text("What was understood of mine.csv")).to_be_visible()
    settled(page)
    share_out(page)
    expect(page.locator("h4", has_text="half of 2 members")).to_be_visible()
    settled(page)
    page.locator(".st-key-forget-ledger button").click()
    expect(page.locator("h4")).to_contain_text("Sample: of")
    settled(page)
    page.reload()
    expect(page.locator("h4")).to_contain_text("Sample: of")
    assert asked == ["beforeunload"]  # nothing to lose, nothing asked


def test_a_broken_ledger_tells_every_mistake(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    drop(page, b"member,class,patronage\nAna,d,=1+1\nBo,d,-3\n,d,3\n")
    expect(page.get_by_text("mine.csv, line 2: patronage is '=1+1', a formula")).to_be_visible()
    expect(page.get_by_text("mine.csv, line 3: patronage is '-3'")).to_be_visible()
    expect(page.get_by_text("mine.csv, line 4: member is ''")).to_be_visible()


def test_a_ledger_that_is_too_large_is_refused_in_words(server: str, page: Page) -> None:
    visit(page, f"{server}/{REFUNDS}")
    drop(page, b"x" * 21 * 1024 * 1024)
    expect(page.get_by_text("File must be 20.0MB or smaller")).to_be_visible()
    expect(page.locator("h4")).to_contain_text("half of 10,000 members")


def test_letters_of_many_members_have_their_progress_and_can_be_stopped(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    rows = "".join(f"Member {i:06},driver,{i % 977}.{i % 100:02}\n" for i in range(100_000))
    open_ledger(page, f"member,class,patronage\n{rows}".encode(), "100,000")
    page.locator(".st-key-make-letters button").first.click()
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.locator(".st-key-cancel-letters button").click()
    expect(page.locator(".st-key-make-letters button").first).to_be_visible()
    page.get_by_role("radio", name="All members").click()
    expect(page.get_by_text("100,000 of 100,000 members")).to_be_visible()
    expect(page.get_by_text("Page, 1 to 500")).to_be_visible()


def test_letters_of_ten_thousand_members_are_made_beside_the_page(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/{REFUNDS}")
    expect(page.locator("h4")).to_contain_text("half of 10,000 members")
    page.locator(".st-key-make-letters button").first.click()
    expect(page.get_by_text("Letters, one file each: ready").first).to_be_visible(timeout=300_000)
    settled(page)
    path = download(page, "letters", tmp_path)
    assert path.name.startswith("sample-ride-hailing_letters_")
    with zipfile.ZipFile(path) as letters:
        assert len(letters.namelist()) == 10_000
        assert "Sample: an invented member" in letters.read(letters.namelist()[-1]).decode()


def test_a_ledger_stays_when_another_page_was_shown(server: str, page: Page) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    open_ledger(page, LEDGER.encode(), "2")
    page.get_by_role("link", name="The comparison").click()
    expect(page.locator("table.board")).to_be_visible()
    navigation = page.get_by_role("navigation", name="Pages")
    navigation.get_by_text("Members", exact=True).first.click()
    navigation.get_by_role("link", name="Members", exact=True).click()
    expect(page.locator("h4", has_text="half of 2 members")).to_be_visible()


def test_only_the_statement_goes_on_paper_and_nothing_is_cut_off_on_a_phone(server: str, page: Page) -> None:
    visit(page, f"{server}/{REFUNDS}")
    expect(page.locator(".statement")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".statement")).to_be_visible()
    for hidden in ("h1", ".st-key-side", ".st-key-members-setup", ".st-key-download-statement"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    assert overflowing(page) == []
    drop(page, EXPORT.replace("Name;Konto;Umsatz", "Member;Konto;Patronage").encode())
    expect(page.locator(".understood")).to_be_visible()
    settled(page)
    assert overflowing(page) == []


def test_a_letter_is_a_page_of_a_pdf(server: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{server}/members?preset=ride-hailing")
    open_ledger(page, LEDGER.encode(), "2")
    page.goto(download(page, "print", tmp_path).as_uri())
    assert page.pdf().count(b"/Type /Page\n") == 2
