"""Ledgers and tables of classes: what is read and how, and one tiny file for each thing that is refused."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from coopfin import FileError, MemberClass, Members, allocate, read_classes, read_ledger
from coopfin.members.ledger import MAX_BYTES
from coopfin.reading.decimals import read_numbers

ROOT = Path(__file__).parents[2]
BAD_LEDGERS = ROOT / "tests" / "members" / "bad_ledgers"
BAD_CLASSES = ROOT / "tests" / "members" / "bad_classes"
SAMPLES = ROOT / "sample_data"

CLASSES = [MemberClass("B", Decimal("0.5"), "years"), MemberClass("C", Decimal("0.5"), "patronage")]

LEDGER_MISTAKES = {
    "arabic_digits.csv": "line 2: patronage is '١٢', not a number; write digits",
    "column_twice.csv": "line 1: column class stands twice",
    "comma_thousands_or_decimals.csv": "line 3: patronage is '1,234', which may be 1234 or 1.234; write 1234 or 1.2340",
    "credited_too_much.csv": "line 2: member 'Ana': the patronage of lines 2, 4 adds up to -0.01; permitted: 0 or more",
    "czech.csv": "line 3: not text in UTF-8; it may be 'Dvoøák' (Windows-1252), 'Dvo¯·k' (Mac Roman) or another",
    "date_in_workbook.xlsx": "line 2: patronage is '3.1.2025', not a number",
    "dated.csv": "line 2: patronage is '2025-01-03', not a number",
    "empty.csv": "the file is empty; the first line must read member,class,patronage",
    "filler.csv": r"line 3: member 'Ana\u3164' looks like 'Ana' in line 2; if they are one member",
    "footer.csv": "line 4: 1 cell instead of 3; put a cell with a comma in quotation marks, or take the line out",
    "formula_patronage.csv": "line 3: patronage is '=1+1', a formula; permitted: 0 or more; write its value",
    "full_width_digits.csv": "line 2: patronage is '１２', not a number",
    "invisible_sign.csv": r"line 3: member 'An\u200ba' looks like 'Ana' in line 2; if they are one member",
    "latin_1.csv": "line 3: not text in UTF-8; it may be 'José' (Windows-1252), 'JosÈ' (Mac Roman)",
    "line_break_in_name.csv": r"line 3: member is 'Bo\nBob'; permitted: 1 to 100 characters on one line",
    "mac_roman.csv": "line 3: not text in UTF-8; it may be 'JosŽ' (Windows-1252), 'José' (Mac Roman)",
    "mac_roman_capital.csv": "line 3: not text in UTF-8; it may be '€rzte' (Windows-1252), 'Ärzte' (Mac Roman)",
    "misspelt_column.csv": "line 1: column patronage is missing; the first line must read member,class,patronage, or say",
    "missing_class.csv": "line 3: class is ''; permitted: 1 to 100 characters",
    "missing_member.csv": "line 3: member is ''; permitted: 1 to 100 characters",
    "missing_patronage.csv": "line 3: patronage is missing; write 0 for none",
    "missing_years.csv": "line 3: years is missing; class B shares by years of membership",
    "nan.csv": "line 3: patronage is 'nan', not a number",
    "negative_patronage.csv": "line 3: patronage is '-5'; permitted: 0 or more",
    "no_members.csv": "there are no members",
    "no_years_column.csv": "line 3: years is missing; class B shares by years of membership",
    "not_a_number.csv": "line 3: patronage is 'ten', not a number; write digits",
    "old_workbook.xls": "not a text file but an Excel workbook of the old kind; save it as XLSX",
    "open_quotation.csv": "line 3: unexpected end of data; check the quotation marks",
    "other_case.csv": "line 3: member 'ANA SILVA' looks like 'Ana Silva' in line 2; if they are one member, write both in one "
    "way; if they are two, give each an id",
    "other_case_of_class.csv": "line 3: class 'c' is not in the table of classes; permitted: B, C",
    "other_headers.csv": "line 1: column member and patronage is missing; the first line must read member,class,patronage, "
    "or say which of these it is: 'Name', 'Sales'",
    "other_space.csv": r"line 3: member 'Ana\xa0Silva' looks like 'Ana Silva' in line 2",
    "pdf.pdf": "not a text file but a PDF",
    "percent.csv": "line 2: patronage is '5%', not a number",
    "plus_sign.csv": "line 2: patronage is '+5', a formula",
    "point_among_decimal_commas.csv": "line 3: patronage is '1.234', which may be 1234 or 1.234",
    "point_thousands_or_decimals.csv": "line 3: patronage is '1.234', which may be 1234 or 1.234",
    "same_name_two_spellings.csv": r"line 3: member 'Jos\xe9' looks like 'Jose\u0301' in line 2",
    "scientific.csv": "line 3: patronage is '1e5', not a number",
    "shares_differ.csv": "line 3: shares is 200, of the same member 100 in line 2",
    "short_row.csv": "line 3: 2 cells instead of 3",
    "shortened_id.csv": "line 2: member is '9.91214E+15', an id that a spreadsheet shortened; make the column text there",
    "shortened_id_in_workbook.xlsx": "line 2: member is '9912145678901230000', an id that a spreadsheet shortened",
    "shortened_id_with_comma.csv": "line 2: member is '9,91214E+15', an id that a spreadsheet shortened",
    "subtotal.csv": "line 4: 'Zwischensumme' is no member but a sum of others; take this line out",
    "too_large_number.csv": "line 3: patronage is '10000000000000000'; permitted: 0 to 1,000,000,000,000,000",
    "totals_row.csv": "line 4: 'All together' has 15, the sum of all other lines; a total is no member: take this line out",
    "totals_row_by_name.csv": "line 3: 'Total:' is no member but a sum of others",
    "turned_direction.csv": r"line 3: member '\u202eAna' looks like 'Ana' in line 2",
    "two_currencies.csv": "line 3: patronage is '$5.00', in $, most others in EUR; a ledger has one currency",
    "two_decimal_signs.csv": "line 4: patronage is '9.5', with a decimal point, most others with a comma",
    "unknown_class.csv": "line 3: class 'X' is not in the table of classes; permitted: B, C",
    "unquoted_decimal_comma.csv": "line 3: 4 cells instead of 3; put a cell with a comma in quotation marks",
    "utf_16_without_mark.csv": "this is not a text file; save the table as 'CSV UTF-8'",
    "workbook.csv": "this is no workbook that can be read; save the table as XLSX or as 'CSV UTF-8'",
    "year_instead_of_years.csv": "line 3: years is 1987; permitted: 0 to 150",
    "years_differ.csv": "line 3: years is 4, of the same member 3 in line 2",
}

CLASS_MISTAKES = {
    "class_twice": "line 3: class 'A' stands here again, first in line 2",
    "colleges_below_one": "the classes' shares of the votes add up to 0.9; permitted: exactly 1",
    "no_classes": "the shares of the classes add up to 0; permitted: exactly 1",
    "no_votes_column": "line 1: column votes is missing; the first line must read class,share,basis,votes",
    "part_of_a_vote": "line 2: votes is 1.5; permitted: a whole number for each member",
    "percent_as_number": "line 2: share is 5; permitted: 0 to 1 (20 % is written 0.2)",
    "percent_sign": "line 2: share is '5%', not a number",
    "shares_below_one": "the shares of the classes add up to 0.9; permitted: exactly 1",
    "unknown_basis": "line 2: basis is 'weight'; permitted: equally, patronage, years",
    "votes_in_two_ways": "some classes have votes for each member and others a share of all votes",
}


def refused(read: object, data: bytes, name: str = "ledger.csv", *arguments: object) -> tuple[str, ...]:
    with pytest.raises(FileError) as error:
        read(data, name, *arguments)  # type: ignore[operator]
    return error.value.lines


def test_every_bad_file_has_its_message_and_every_message_its_file() -> None:
    assert {path.name for path in BAD_LEDGERS.iterdir()} == set(LEDGER_MISTAKES)
    assert {path.stem for path in BAD_CLASSES.iterdir()} == set(CLASS_MISTAKES)


@pytest.mark.parametrize("name", LEDGER_MISTAKES)
def test_a_bad_ledger_is_refused_in_one_line_with_its_place(name: str) -> None:
    path = BAD_LEDGERS / name
    (message,) = refused(read_ledger, path.read_bytes(), path.name, CLASSES)
    assert message.startswith(f"{path.name}")
    assert LEDGER_MISTAKES[name] in message
    assert "\n" not in message


@pytest.mark.parametrize("name", CLASS_MISTAKES)
def test_a_bad_table_of_classes_is_refused_in_one_line_with_its_place(name: str) -> None:
    path = BAD_CLASSES / f"{name}.csv"
    (message,) = refused(read_classes, path.read_bytes(), path.name)
    assert message.startswith(f"{path.name}")
    assert CLASS_MISTAKES[name] in message


PLAIN = b"member,class,patronage\nAna,C,1234.5\nBo,C,6\n"
EXPECTED = Members(("Ana", "Bo"), ("C", "C"), (Decimal("1234.5"), Decimal(6)))


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN.replace(b",", b";"),
        PLAIN.replace(b",", b"\t"),
        PLAIN.replace(b",", b";").replace(b".", b","),
        PLAIN.replace(b",", b"\t").replace(b".", b","),
        PLAIN.replace(b"1234.5", b'"1234,5"'),
        b"member;class;patronage\nAna;C;1.234,5\nBo;C;6\n",
        b"member;class;patronage\nAna;C;1 234,5\nBo;C;6\n",
        "member;class;patronage\nAna;C;1\u202f234,5\nBo;C;6\n".encode(),
        b"member,class,patronage\nAna,C,\"1,234.5\"\nBo,C,6\n",
        b"member,class,patronage\nAna,C,1'234.5\nBo,C,6\n",
        b"patronage,member,class\n1234.5,Ana,C\n6,Bo,C\n",
        b" Member ,CLASS,Patronage\n Ana , C , 1234.5 \nBo,C,6\n",
        b"\n" + PLAIN + b"\n\n",
        b"member,class,patronage,,\nAna,C,1234.5,,\nBo,C,6,,\n,,,,\n",
        b'"member","class","patronage"\n"Ana","C","1234.5"\n"Bo","C","6"\n',
        b"member,email,class,patronage\nAna,ana@example.org,C,1234.5\nBo,=1+1,C,6\n",
    ],
)  # fmt: skip
def test_the_same_ledger_as_many_spreadsheets_write_it(data: bytes) -> None:
    assert read_ledger(data, "ledger.csv") == EXPECTED


def test_years_may_be_left_empty_where_no_class_needs_them() -> None:
    data = b"member,class,patronage,years\nAna,C,1,\nBo,B,2,3.5\n"
    assert read_ledger(data, "ledger.csv", CLASSES).years == (None, Decimal("3.5"))


def test_a_formula_as_a_name_is_kept_as_text() -> None:
    assert read_ledger(b"member,class,patronage\n=1+1,C,5\n", "ledger.csv").names == ("=1+1",)


def test_an_email_is_not_even_in_a_message() -> None:
    messages = refused(read_ledger, b"member,email,class,patronage\nAna,secret@example.org,C,x\n,other@example.org,C,1\n")
    assert len(messages) == 2
    assert "example" not in "".join(messages)


def test_every_mistake_is_told_in_the_order_of_the_lines() -> None:
    data = b"member,class,patronage\nAna,C,x\nBo,C\n,C,-1\nAna,D,1\n"
    messages = refused(read_ledger, data, "ledger.csv", CLASSES)
    lines = [message.split(":")[0] for message in messages]
    assert lines == [f"ledger.csv, line {line}" for line in (2, 3, 4, 4, 5)]


def test_a_list_of_mistakes_has_an_end() -> None:
    rows = b"".join(b"member %d,C,x\n" % i for i in range(1234))
    messages = refused(read_ledger, b"member,class,patronage\n" + rows)
    assert len(messages) == 21
    assert messages[0].startswith("ledger.csv, line 2:") and messages[19].startswith("ledger.csv, line 21:")
    assert messages[-1] == "ledger.csv: and 1,214 more mistakes"


def test_a_class_nearly_spelt_right_is_pointed_out() -> None:
    kinds = [MemberClass("artist", 1, "patronage")]
    (message,) = refused(read_ledger, b"member,class,patronage\nAna,artists,1\n", "ledger.csv", kinds)
    assert "did you mean artist?" in message


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    (message,) = refused(read_ledger, b"\xff" * (MAX_BYTES + 1))
    assert "permitted: up to 20,000,000" in message
    # A cell of a million digits is not turned into a number.
    (message,) = refused(read_ledger, b"member,class,patronage\nAna,C," + b"9" * 100_000 + b"\n")
    assert len(message) < 200
    assert "permitted: up to 40" in message


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1.234", "12.5"], ["1.234", "12.5"]),
        (["1,234", "12,5"], ["1.234", "12.5"]),
        (["1.234", "1.234,5"], ["1234", "1234.5"]),
        (["1,234", "1,234.5"], ["1234", "1234.5"]),
        (["1.234.567", "1.234"], ["1234567", "1234"]),
        (["0,125", "3"], ["0.125", "3"]),
        (["1234,567"], ["1234.567"]),
        (["12 345,678"], ["12345.678"]),
        (["007"], ["7"]),
    ],
)
def test_a_column_tells_how_its_numbers_are_written(cells: list[str], numbers: list[str]) -> None:
    assert read_numbers(cells, point_expected=False) == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    "cell",
    [
        "1.23.456",
        "1,23",
        "1.2345,6",
        "12 34",
        "1,234,56",
        ".5",
        "5.",
        "1_000",
        "٣",
        "５",
        "$5",
        "5 €",
        "--5",
        "1.234.56",
        "1'234 567",
    ],
)
def test_a_number_that_can_be_read_in_no_way_or_two_is_refused(cell: str) -> None:
    # Beside a number with a decimal point, a decimal comma is out too.
    assert isinstance(read_numbers([cell, "0.5", "0.5"], point_expected=True)[0], str)


DIGITS = st.decimals(0, 10**12, places=2)


@settings(deadline=None)
@given(st.lists(DIGITS, min_size=1), st.sampled_from([".", ","]), st.sampled_from(["", "'", " ", "\u00a0"]))
def test_what_a_spreadsheet_writes_is_read_back_exactly(values: list[Decimal], sign: str, between: str) -> None:
    written = [f"{value:,.2f}".replace(",", "_").replace(".", sign).replace("_", between) for value in values]
    assert read_numbers(written, point_expected=sign == ".") == values


def test_bases_may_be_written_out() -> None:
    data = b"class;share;basis;votes\nA;0,05;Equally;1\nB;0,05;by years of membership;1\nC;0,9;by patronage;1\n"
    kinds = read_classes(data, "classes.csv")
    assert [each.basis for each in kinds] == ["equally", "years", "patronage"]
    assert [each.share for each in kinds] == [Decimal("0.05"), Decimal("0.05"), Decimal("0.9")]


PAIRS = [("ride-hailing", "one-class"), ("photography", "stocksy"), ("freelancers", "multi-stakeholder")]


@pytest.mark.parametrize(("ledger", "classes"), PAIRS)
def test_every_sample_ledger_fits_its_table_of_classes(ledger: str, classes: str) -> None:
    kinds = read_classes((SAMPLES / "classes" / f"{classes}.csv").read_bytes(), classes)
    members = read_ledger((SAMPLES / "ledgers" / f"{ledger}.csv").read_bytes(), ledger, kinds)
    assert 300 <= len(members) <= 10_000
    assert set(members.classes) == {each.name for each in kinds}
    assert allocate(20_000_000, members, kinds).refund.sum() == 20_000_000


def test_no_sample_is_left_out() -> None:
    assert {path.stem for path in (SAMPLES / "ledgers").glob("*.csv")} == {ledger for ledger, _ in PAIRS}
    assert {path.stem for path in (SAMPLES / "classes").glob("*.csv")} == {classes for _, classes in PAIRS}


def test_the_script_makes_the_sample_ledgers_byte_for_byte(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import make_ledgers; make_ledgers.main(pathlib.Path(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", code, str(SAMPLES), str(tmp_path)], check=True)
    for path in (SAMPLES / "ledgers").glob("*.csv"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_the_package_reads_ledgers_without_pandas() -> None:
    code = "import coopfin, coopfin.__main__, sys; sys.exit(any(name in sys.modules for name in ('pandas', 'streamlit')))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
