"""Letters: complete, harmless, without anything of another firm."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from coopfin import MemberClass, Members, Terms, allocate
from coopfin.members.archive import write_archive
from coopfin.members.letter import Heading, Letters
from coopfin.members.letters import archive, article, one_file, page

TOLD = Terms(0.15, 0.25, 10_000, None, 5, None, frozenset({"driver"}))
UNTOLD = Terms(None, None, None, None, None, None, frozenset())
MEMBERS = Members(("Ana <b>", "Bo", "Cleo"), ("driver",) * 3, (Decimal("1234.50"), Decimal(100), Decimal(0)))
OWN = Heading("Own eG", "2025", "EUR", sources={"pool": "assembly of 12 May", "cash": "bylaws §12", "keeps": "price list"})


def letters(terms: Terms = TOLD, heading: Heading = OWN, members: Members = MEMBERS, **rules: object) -> Letters:
    return Letters(allocate(100_050, members, **({"cash_share": Decimal("0.5")} | rules)), terms, heading)  # type: ignore[arg-type]


def text(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def all_of(made: Letters) -> list[str]:
    return [text(article(made, each)) for each in made.statements()]


def test_a_letter_says_what_was_told_and_where_it_came_from() -> None:
    ana = all_of(letters())[0]
    for said in (
        "Statement for 2025 · Own eG · class driver", "1,234.50 EUR", "assembly of 12 May", "1,234.50 ÷ 1,334.50", "925.53 EUR",
        "bylaws §12", "Paid out after", "5 years", "Your member share", "100.00 EUR", "price list",
        "than the same sales leave you on another platform",
    ):  # fmt: skip
        assert said in ana, said


def test_what_was_not_told_is_left_out() -> None:
    ana = all_of(letters(UNTOLD, Heading("", "", "")))[0]
    assert ana.startswith(" Ana &lt;b&gt; Statement · class driver ")
    for stranger in ("marketplace", "platform", "member share", "worth", "years on", "no date", "Interest", "keeps", "scenario"):
        assert stranger not in ana, stranger
    assert "462.77" in ana and "462.76 credited this year is still to come" in ana


def test_sections_are_numbered_without_a_gap() -> None:
    for made in (letters(), letters(UNTOLD), letters(cash_share=1)):
        for each in made.statements():
            numbers = re.findall(r"<h3>(\d)\. ", article(made, each))
            assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_a_sample_says_so_in_every_letter_and_file_name() -> None:
    made = letters(heading=replace(OWN, sample=True))
    assert all("Sample: an invented member" in each for each in all_of(made))
    with zipfile.ZipFile(io.BytesIO(archive(made))) as files:
        assert all(name.startswith("sample_") for name in files.namelist())
    assert not any("Sample" in each for each in all_of(letters()))


@pytest.mark.parametrize(("decimals", "refund"), [(0, "92,553 JPY"), (3, "92.553 KWD")])
def test_money_has_the_currencys_decimals(decimals: int, refund: str) -> None:
    made = letters(replace(TOLD, decimals=decimals), Heading("", "", refund.split()[1]))
    assert refund in all_of(made)[0]


def test_who_is_in_two_classes_gets_one_letter_with_both() -> None:
    members = Members(("Ana", "Bo", "Ana"), ("driver", "driver", "staff"), (10, 20, 0))
    classes = [MemberClass("driver", Decimal("0.8"), "patronage"), MemberClass("staff", Decimal("0.2"), "equally")]
    ana, bo = all_of(letters(members=members, classes=classes))
    assert "class driver and staff" in ana and "= your refund as driver" in ana and "= your refund as staff" in ana
    assert "refund as" not in bo and "× share of your class: 80 %" in bo


def test_the_zip_has_one_harmless_page_a_member() -> None:
    names = ("../../etc/<script>alert(1)</script>", "Ana", "a b", "a-b", "\u00c9lodie & Co")
    made = letters(members=Members(names, ("driver",) * 5, (5, 4, 3, 2, 1)))
    data = archive(made)
    assert data == archive(made)  # no date in it
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert files.testzip() is None
        assert files.namelist()[2:4] == ["000003_a-b.html", "000004_a-b.html"]
        assert not any("/" in name or ".." in name for name in files.namelist())
        for name, each in zip(files.namelist(), made.statements(), strict=True):
            read = files.read(name).decode()
            assert read == page(made, each)
            assert read.startswith("<!doctype html>") and "<script" not in read and "http" not in read


def test_one_file_holds_all_letters_each_on_a_page_of_its_own() -> None:
    made = letters()
    whole = one_file(made).decode()
    assert whole.count('<article class="statement">') == 3 and whole.count("<!doctype html>") == 1
    assert ".statement + .statement { break-before: page" in whole


def test_progress_rises_to_the_end() -> None:
    told: list[float] = []
    archive(letters(), told.append)
    assert told == sorted(told) and told[-1] == 1


@given(st.binary(max_size=50), st.lists(st.tuples(st.text("abö", min_size=1), st.binary(max_size=200)), max_size=5))
def test_an_archive_is_read_back_by_any_reader(begin: bytes, files: list[tuple[str, bytes]]) -> None:
    named = [(f"{number}{name}", rest) for number, (name, rest) in enumerate(files)]
    with zipfile.ZipFile(io.BytesIO(write_archive(begin, named))) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == {name: begin + rest for name, rest in named}


def test_an_archive_may_hold_more_files_than_the_first_kind_of_directory_counts() -> None:
    with zipfile.ZipFile(io.BytesIO(write_archive(b"x", ((f"{i}", b"") for i in range(70_000))))) as read:
        assert len(read.namelist()) == 70_000
        assert read.read("69999") == b"x"
