"""Ledgers as programs export them, one small file for each kind, and how each is understood."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from coopfin import FileError, MemberClass, Members, allocate, read_ledger, write_allocation
from coopfin.members.ledger import Ledger, notes, read_classes, understand_ledger
from coopfin.members.names import fold
from coopfin.members.template import template_csv, template_xlsx
from coopfin.reading.decimals import read_numbers
from coopfin.reading.guard import guard, unguard
from coopfin.reading.mistakes import AlikeError, EncodingError, HeaderError

GOOD = Path(__file__).parent / "good_ledgers"
ANA_AND_BO = {"Ana": Decimal("1234.50"), "Bo": Decimal(100)}
# What is told of each kind besides the amounts: encoding, separator, currency, lines merged, lines skipped.
TOLD: dict[str, tuple[str, str, str, int, int]] = {
    "bars.csv": ("UTF-8", "|", "", 0, 0),
    "brackets.csv": ("UTF-8", ",", "", 1, 0),
    "brackets_with_currency.csv": ("UTF-8", ",", "$", 1, 0),
    "byte_order_mark.csv": ("UTF-8", ",", "", 0, 0),
    "currency_code.csv": ("UTF-8", ",", "USD", 0, 0),
    "currency_in_brackets.csv": ("UTF-8", ",", "$", 1, 0),
    "currency_sign_behind.csv": ("UTF-8", ";", "EUR", 0, 0),
    "formula_mark.csv": ("UTF-8", ",", "", 0, 0),
    "french.csv": ("UTF-8", ";", "EUR", 0, 0),
    "further_columns.csv": ("UTF-8", ",", "", 0, 0),
    "indian.csv": ("UTF-8", ",", "", 0, 0),
    "minus_behind.csv": ("UTF-8", ";", "", 1, 0),
    "minus_in_front.csv": ("UTF-8", ",", "", 1, 0),
    "minus_sign.csv": ("UTF-8", ",", "", 1, 0),
    "one_class.csv": ("UTF-8", ",", "", 0, 0),
    "plain.csv": ("UTF-8", ",", "", 0, 0),
    "quoted_lines.csv": ("UTF-8", ",", "", 0, 0),
    "semicolons_and_decimal_commas.csv": ("UTF-8", ";", "", 0, 0),
    "separator_line.csv": ("UTF-8", ";", "", 0, 1),
    "several_classes.csv": ("UTF-8", ",", "", 0, 0),
    "several_lines.csv": ("UTF-8", ",", "", 2, 0),
    "spaces.csv": ("UTF-8", ";", "", 0, 0),
    "swiss.csv": ("UTF-8", ";", "", 0, 0),
    "swiss_with_code.csv": ("UTF-8", ";", "CHF", 0, 0),
    "tabs.tsv": ("UTF-8", "\t", "", 0, 0),
    "title_lines.csv": ("UTF-8", ",", "", 0, 2),
    "title_lines_with_semicolons.csv": ("UTF-8", ";", "", 0, 2),
    "upper_case_headers.csv": ("UTF-8", ",", "", 0, 0),
    "utf_16.csv": ("UTF-16", "\t", "", 0, 0),
    "utf_16_big_endian.csv": ("UTF-16", ",", "", 0, 0),
    "windows_1252.csv": ("Windows-1252", ";", "EUR", 0, 0),
    "workbook.xlsx": ("XLSX, sheet “Sheet, first”", "", "", 0, 0),
    "workbook_with_titles.xlsx": ("XLSX, sheet “Sheet, first”", "", "EUR", 0, 1),
    "years_and_shares.csv": ("UTF-8", ",", "", 0, 0),
}
OTHERS = {
    "formula_mark.csv": {"=Ana": Decimal("1234.50"), "@bo": Decimal(100)},
    "indian.csv": ANA_AND_BO | {"Cleo": Decimal("123456.78")},
    "windows_1252.csv": {"Müller": Decimal("1234.50"), "Käthe": Decimal(100)},
}


def read(name: str) -> Ledger:
    return understand_ledger((GOOD / name).read_bytes(), name)


def refused(data: bytes | str, **told: object) -> FileError:
    with pytest.raises(FileError) as error:
        understand_ledger(data if isinstance(data, bytes) else data.encode(), "mine.csv", **told)  # type: ignore[arg-type]
    return error.value


def test_every_kind_has_its_file() -> None:
    assert {path.name for path in GOOD.iterdir()} == set(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_a_ledger_of_this_kind_is_read_and_what_was_understood_is_told(name: str) -> None:
    ledger = read(name)
    amounts: dict[str, Decimal] = {}
    for member, amount in zip(ledger.members.names, ledger.members.patronage, strict=True):
        amounts[member] = amounts.get(member, Decimal(0)) + Decimal(amount)
    assert amounts == OTHERS.get(name, ANA_AND_BO)
    assert (ledger.encoding, ledger.separator, ledger.currency, ledger.merged, len(ledger.skipped)) == TOLD[name]


def test_what_was_skipped_and_added_up_is_named() -> None:
    assert list(notes(read("title_lines_with_semicolons.csv"))) == [
        "line 1 was skipped: 'Umsatzliste'",
        "line 2 was skipped: 'Mandant 12'",
    ]
    (note,) = notes(read("several_lines.csv"))
    assert note == "2 lines were added to an earlier line of the same member; two members of one name need an id"
    assert list(notes(read("windows_1252.csv"))) == ["read as Windows-1252"]
    assert list(notes(read("plain.csv"))) == []


def test_a_member_of_several_classes_is_one_person_with_one_minimum_payout() -> None:
    members = read("several_classes.csv").members
    assert list(zip(members.names, members.classes, strict=True)) == [("Ana", "driver"), ("Bo", "driver"), ("Ana", "staff")]
    classes = [MemberClass("driver", Decimal("0.5"), "patronage"), MemberClass("staff", Decimal("0.5"), "equally")]
    allocation = allocate(1100, members, classes, minimum_payout=600)
    assert allocation.refund.tolist() == [500, 50, 550]
    assert allocation.cash.tolist() == [500, 0, 550]  # neither line reaches 600, the member does


def test_shares_are_money_and_may_be_empty() -> None:
    ledger = read("years_and_shares.csv")
    assert ledger.shares == {"Ana": Decimal(1000)}
    assert ledger.members.years == (Decimal(3), None)


def test_a_ledger_without_classes_fits_a_table_of_one_class_and_no_other() -> None:
    data = (GOOD / "plain.csv").read_bytes()
    one = [MemberClass("drivers", 1, "equally")]
    assert read_ledger(data, "mine.csv", one).classes == ("drivers", "drivers")
    assert allocate(100, read_ledger(data, "mine.csv"), one).refund.tolist() == [50, 50]
    two = [MemberClass("a", Decimal("0.5"), "equally"), MemberClass("b", Decimal("0.5"), "equally")]
    with pytest.raises(FileError, match="there is no column class, but the table of classes has 2"):
        read_ledger(data, "mine.csv", two)


def test_a_column_may_be_named_and_the_files_own_headers_are_told() -> None:
    data = "Report\nName,Nr,Sales\nAna,1,10\nAna,2,5\nAna,1,-3\n"
    error = refused(data)
    assert isinstance(error, HeaderError) and error.headers == ("Name", "Nr", "Sales") and error.line == 2
    by_name = understand_ledger(data.encode(), "mine.csv", read_as={"member": "name", "patronage": "Sales"})
    assert by_name.members.patronage == (Decimal(12),) and by_name.merged == 2
    by_id = understand_ledger(data.encode(), "mine.csv", read_as={"member": "Name", "patronage": "Sales", "id": "Nr"})
    assert by_id.members.names == ("Ana (1)", "Ana (2)") and by_id.members.patronage == (Decimal(7), Decimal(5))
    assert isinstance(refused(data, read_as={"member": "Nobody", "patronage": "Sales"}), HeaderError)


def test_one_id_is_one_member() -> None:
    error = refused("id,member,patronage\n1,Ana,3\n1,Bo,4\n", read_as={"id": "id"})
    assert error.lines == ("mine.csv, line 3: id '1' is of 'Bo', in line 2 of 'Ana'; one id, one member",)


def test_a_column_called_id_is_not_read_by_itself() -> None:
    # An export numbers its lines under this name: each line would be a member.
    assert read_ledger(b"id,member,patronage\n1,Ana,3\n2,Ana,4\n", "mine.csv") == Members(("Ana",), ("",), (Decimal(7),))


def test_who_looks_alike_is_asked_about_and_added_up_when_told_so() -> None:
    data = "member,patronage\nAna,3\nANA,4\nAn\u200ba,5\n"
    error = refused(data)
    assert isinstance(error, AlikeError) and len(error.lines) == 2
    ledger = understand_ledger(data.encode(), "mine.csv", alike=True)
    assert ledger.members == Members(("Ana",), ("",), (Decimal(12),))


def test_an_encoding_that_needs_a_guess_is_asked_about() -> None:
    data = "member,patronage\nJosé,3\n".encode("mac-roman")
    assert isinstance(refused(data), EncodingError)
    assert understand_ledger(data, "mine.csv", encoding="Mac Roman").members.names == ("José",)
    assert understand_ledger("member,patronage\nŁukasz,3\n".encode("cp1250"), "m", encoding="Windows-1250").members.names == (
        "Łukasz",
    )


@pytest.mark.parametrize("letters", ["Müller", "Käthe", "Jörg", "Öztürk", "Über"])
def test_letters_that_no_other_program_writes_so_are_read_as_windows_1252(letters: str) -> None:
    data = f"member,patronage\n{letters},3\n".encode("cp1252")
    assert read_ledger(data, "mine.csv").names == (letters,)


@pytest.mark.parametrize("name", ["José", "Ärzte", "Weiß", "Sørensen", "François", "O’Neil", "Łukasz"])
@pytest.mark.parametrize("page", ["cp1252", "cp1250", "mac-roman", "cp1254"])
def test_no_name_is_ever_misread(name: str, page: str) -> None:
    try:
        data = f"member,patronage\n{name},3\n".encode(page)
    except UnicodeEncodeError:
        return  # that program has no such letter
    try:
        assert read_ledger(data, "mine.csv").names == (name,)
    except FileError as error:
        assert isinstance(error, EncodingError) or "not text in UTF-8" in str(error)


AMOUNTS = {
    "-50": "-50", "50-": "-50", "(50.00)": "-50", "$(50.00)": "-50", "($50.00)": "-50", "-$50.00": "-50", "$-50.00": "-50",
    "50.00- EUR": "-50", "\u221250": "-50", "1'234.50": "1234.50", "1 234,50": "1234.50", "1,23,456.78": "123456.78",
    "1,23,456": "123456", "₹1,23,456.78": "123456.78", "1.234,50 €": "1234.50", "EUR 1234.50": "1234.50", "1234.50CHF": "1234.50",
    "US$5.25": "5.25", "5.25 kr": "5.25", "R$ 1.000,25": "1000.25", "(1.234,50 €)": "-1234.50", "¥1,234,567": "1234567",
}  # fmt: skip


@pytest.mark.parametrize("cell", AMOUNTS)
def test_an_amount_as_books_show_it(cell: str) -> None:
    assert read_numbers([cell], point_expected=False, money=True, negative=True) == [Decimal(AMOUNTS[cell])]


@pytest.mark.parametrize(
    "cell", ["(50", "50)", "--5", "-(5)", "-5-", "$5€", "5 XXX", "abc 5", "5%", "'5", "()", "€", "-", "$", "5 5"]
)
def test_an_amount_that_is_none_is_refused(cell: str) -> None:
    assert isinstance(read_numbers([cell], point_expected=True, money=True, negative=True)[0], str)


SIGNED = st.decimals(-(10**9), 10**9, places=2)


@settings(deadline=None)
@given(
    st.lists(SIGNED, min_size=1),
    st.sampled_from([("", "."), (",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ",")]),
    st.sampled_from(["-{}", "{}-", "({})", "\u2212{}"]),
    st.sampled_from(["{}", "€{}", "{} €", "EUR {}", "{} EUR"]),
)
def test_what_books_write_is_read_back_exactly(values: list[Decimal], marks: tuple[str, str], minus: str, currency: str) -> None:
    between, sign = marks
    digits = [f"{abs(value):,.2f}".replace(",", "_").replace(".", sign).replace("_", between) for value in values]
    cells = [currency.format(minus.format(each) if value < 0 else each) for value, each in zip(values, digits, strict=True)]
    assert read_numbers(cells, point_expected=sign == ".", money=True, negative=True) == values


@settings(deadline=None)
@given(st.text())
def test_what_was_guarded_is_what_it_was(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(deadline=None)
@given(st.text(st.sampled_from("=+-@＝a1;' \"\t\n.")))
def test_no_part_of_a_guarded_text_starts_a_formula(text: str) -> None:
    for part in guard(text).replace("\t", ";").replace("\n", ";").split(";"):
        bare = part.lstrip("\" '") if not part.startswith("'") else ""
        assert not bare.startswith(("=", "+", "@", "＝")) and (not bare.startswith("-") or bare[1:2].isdigit())
    assert unguard(guard(text)) == text


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    lambda name: name == name.strip() and unguard(name) == name and not name.startswith(("\ufeff",))
)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=8, unique_by=fold))
def test_what_was_written_out_reads_back_as_the_same_names(names: list[str]) -> None:
    members = Members(tuple(names), ("C",) * len(names), tuple(range(10, 10 + len(names))))
    text = write_allocation(allocate(100, members))
    assert read_ledger(text.encode(), "back.csv").names == tuple(names)


@settings(deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_a_hostile_file_is_refused_in_words(content: str | bytes) -> None:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        read_ledger(data, "mine.csv")
    except FileError as error:
        assert 0 < len(error.lines) <= 21
        assert all(len(line) < 1200 and "\n" not in line for line in error.lines)


def test_a_million_rows_of_nonsense_are_refused_without_a_message_each() -> None:
    rows = 400_000
    data = b"member,class,patronage\n" + b"".join(b"x%d,,nope\n" % i for i in range(rows))
    before = time.process_time()
    error = refused(data)
    assert time.process_time() - before < 30  # about 1 s where nothing else runs
    assert len(error.lines) == 21 and error.lines[-1] == f"mine.csv: and {rows - 20:,} more mistakes"


def test_a_cell_is_quoted_to_60_signs() -> None:
    (line,) = refused("member,patronage\nAna," + "x" * 39 + "y" * 100 + "\n").lines
    assert "x" * 39 + "y" * 21 + "'…" in line and "y" * 22 not in line


def test_a_broken_workbook_and_one_that_unpacks_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    good = (GOOD / "workbook.xlsx").read_bytes()
    assert "no workbook that can be read" in str(refused(good[:-200]))
    assert "no workbook that can be read" in str(refused(good.replace(b"xl/workbook.xml", b"xl/w0rkbook.xml")))
    monkeypatch.setattr("coopfin.reading.sheets.MAX_UNPACKED", 1000)
    assert "unpacked the workbook has" in str(refused(good))


def test_the_templates_are_ledgers() -> None:
    for data in (template_csv(), template_xlsx()):
        ledger = understand_ledger(data, "template")
        assert len(ledger.members) == 2 and len(ledger.shares) == 2 and ledger.members.years == (3, 1)


def test_a_table_of_classes_may_be_a_workbook() -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("class", "share", "basis", "votes"), ("A", 0.1, "equally", 1), ("B", 0.9, "patronage", 1)]):
            sheet.write_row(row, 0, cells)
    assert [each.share for each in read_classes(out.getvalue(), "classes.xlsx")] == [Decimal("0.1"), Decimal("0.9")]
