"""A member's statement: by hand for the ten members of the worked example, and identities for any ledger."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from coopfin import (
    Assumptions,
    MemberClass,
    Members,
    Terms,
    allocate,
    member_account,
    project,
    read_classes,
    read_ledger,
    statements,
    terms,
    write_account,
    write_member_statements,
)

ROOT = Path(__file__).parents[2]
STOCKSY = read_classes((ROOT / "sample_data/classes/stocksy.csv").read_bytes(), "stocksy.csv")
TEN = read_ledger((ROOT / "tests/worked/stocksy_ten_members.csv").read_bytes(), "ten.csv", STOCKSY)
TERMS = Terms(
    take_rate=0.5, elsewhere_rate=0.6, member_share=100, interest_rate=0.05, redemption_years=2, discount_rate=0.1,
    earning=frozenset("C"),
)  # fmt: skip


def test_a_statement_of_the_worked_example_by_hand() -> None:
    allocation = allocate(100_001, TEN, STOCKSY, cash_share=Decimal("0.5"))
    row = TEN.names.index("Hana")
    hana = next(statements(allocation, TERMS, [row]))
    assert (hana.patronage, hana.part.class_pool, hana.part.refund) == (3000, 90_001, 12_273)
    assert (hana.part.cash, hana.part.retained) == (6_137, 6_136)
    assert (hana.pay, hana.elsewhere, hana.interest) == (150_000, 120_000, 5)
    assert hana.worth_today == round(6_136 / 1.1**2) == 5_071
    assert hana.in_hand == 150_000 + 6_137 + 5
    assert hana.total == hana.in_hand + 5_071
    assert hana.gain == hana.total - 120_000


def test_who_does_not_sell_has_no_pay_and_no_comparison() -> None:
    allocation = allocate(100_001, TEN, STOCKSY)
    dan = next(statements(allocation, TERMS, [TEN.names.index("Dan")]))
    assert (dan.pay, dan.elsewhere, dan.gain) == (None, None, None)
    assert dan.in_hand == dan.total == 1_429 + 5


def test_without_a_date_nothing_is_worth_anything_today() -> None:
    allocation = allocate(100_001, TEN, STOCKSY, cash_share=0)
    hana = next(statements(allocation, replace(TERMS, redemption_years=0), [TEN.names.index("Hana")]))
    assert hana.worth_today is None
    assert hana.total == hana.in_hand


@settings(max_examples=60, deadline=None)
@given(
    pool=st.integers(0, 10**9),
    patronage=st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=12).filter(any),
    cash=st.fractions(0, 1, max_denominator=100),
    years=st.integers(0, 10),
)
def test_statements_add_up_to_the_allocation(pool: int, patronage: list[Decimal], cash: Fraction, years: int) -> None:
    names = tuple(f"m{i}" for i in range(len(patronage)))
    members = Members(names, tuple("C" for _ in names), tuple(patronage))
    allocation = allocate(pool, members, cash_share=cash)
    told = list(statements(allocation, replace(TERMS, redemption_years=years)))
    assert [each.member for each in told] == list(names)
    assert sum(each.part.refund for each in told) == pool
    for row, each in enumerate(told):
        assert each.part == allocation.part(row)
        assert each.part.cash + each.part.retained == each.part.refund
        assert each.in_hand == each.pay + each.part.cash + each.interest
        assert 0 <= (each.worth_today or 0) <= each.part.retained
        assert each.pay >= each.elsewhere  # a lower take rate never leaves less


def test_a_class_without_a_share_of_the_pool_may_lack_years() -> None:
    classes = (MemberClass("A", 1, "equally"), MemberClass("B", 0, "years"))
    members = Members(("a", "b"), ("A", "B"), (1, 1), (None, None))
    assert [part.refund for part in allocate(100, members, classes).parts()] == [100, 0]


def test_terms_are_those_of_the_projections_year() -> None:
    a = Assumptions(years=5, member_share=80, share_interest_rate=0.03, patronage_share=0.5, patronage_cash_share=0.5, overhead=0)
    x, other = project(a), project(Assumptions(years=5, take_rate=0.3))
    got = terms(x, other, 3, ["member"])
    assert (got.member_share, got.take_rate, got.elsewhere_rate) == (8000, float(a.take_rate), 0.3)
    lower, higher = project(replace(a, take_rate_step=-0.01)), project(replace(other.assumptions, take_rate_step=0.02))
    moved = [(each.take_rate, each.elsewhere_rate) for each in (terms(lower, higher, year, []) for year in (1, 3))]
    assert moved == [(float(a.take_rate), 0.3), (pytest.approx(a.take_rate - 0.02), pytest.approx(0.34))]
    assert got.interest_rate == pytest.approx(0.03)
    assert terms(x, None, 3, []).elsewhere_rate is None
    with pytest.raises(ValueError, match="permitted: 1 to 5"):
        terms(x, other, 6, [])


def test_the_csv_of_statements_has_every_member_to_the_cent_and_a_reason_for_what_is_empty() -> None:
    allocation = allocate(100_001, TEN, STOCKSY, cash_share=Decimal("0.5"))
    rows = {row["member"]: row for row in csv.DictReader(io.StringIO(write_member_statements(allocation, TERMS)))}
    assert list(rows) == list(TEN.names)
    assert rows["Hana"]["refund"] == "122.73" and rows["Hana"]["exact_refund"] == "122.728500"
    assert sum(Decimal(row["refund"]) for row in rows.values()) == Decimal("1000.01")
    assert rows["Dan"]["pay_elsewhere"] == "" and "no sales of its own" in rows["Dan"]["remark"]


def test_a_hostile_name_is_no_formula_in_the_csv() -> None:
    members = Members(("=1+1",), ("C",), (1,))
    assert write_member_statements(allocate(100, members), TERMS).splitlines()[1].startswith("'=1+1,")


def test_the_csv_of_an_account_has_a_row_for_every_year() -> None:
    x = project(Assumptions(years=4, member_share=50))
    rows = list(csv.DictReader(io.StringIO(write_account(member_account(x, 1, 3)))))
    assert [float(row["member_share"]) for row in rows] == [0, 50, 50, 0, 0]
    assert [row["year"] for row in rows] == ["0", "1", "2", "3", "4"]


def test_who_is_in_two_classes_has_one_statement() -> None:
    members = Members(("Ana", "Bo", "Ana"), ("C", "C", "A"), (Decimal(300), Decimal(100), Decimal(0)))
    classes = (MemberClass("A", Decimal("0.5"), "equally"), MemberClass("C", Decimal("0.5"), "patronage"))
    allocation = allocate(1000, members, classes, cash_share=Decimal("0.5"))
    ana, bo = statements(allocation, TERMS)
    assert (ana.member, ana.label, ana.refund, ana.cash, ana.retained) == ("Ana", "C and A", 875, 438, 437)
    assert (ana.pay, ana.elsewhere) == (15_000, 12_000)  # of the class that sells
    assert bo.refund == 125
    assert next(statements(allocation, TERMS, [2])) == ana
    rows = list(csv.DictReader(io.StringIO(write_member_statements(allocation, TERMS))))
    assert [(row["member"], row["class"], row["refund"], row["total"] != "") for row in rows] == [
        ("Ana", "C", "3.75", True), ("Ana", "A", "5.00", False), ("Bo", "C", "1.25", True),
    ]  # fmt: skip


def test_what_was_not_told_is_not_borrowed() -> None:
    told = Terms(None, None, None, None, None, None, frozenset("C"))
    hana = next(statements(allocate(100_001, TEN, STOCKSY, cash_share=Decimal("0.5")), told, [TEN.names.index("Hana")]))
    assert (hana.pay, hana.elsewhere, hana.member_share, hana.interest, hana.worth_today, hana.gain) == (None,) * 6
    assert hana.total == hana.in_hand == hana.cash


def test_share_capital_comes_from_the_ledger_where_it_is_there() -> None:
    told = replace(TERMS, shares={"Hana": Decimal("250.50")})
    hana, dan = (next(statements(allocate(100_001, TEN, STOCKSY), told, [TEN.names.index(name)])) for name in ("Hana", "Dan"))
    assert (hana.member_share, dan.member_share) == (25_050, 100)
    assert (hana.interest, dan.interest) == (1_253, 5)


@pytest.mark.parametrize(("decimals", "worth"), [(0, 5_071), (3, 5_071)])
def test_other_decimals_count_in_the_smallest_unit(decimals: int, worth: int) -> None:
    told = replace(TERMS, decimals=decimals)
    hana = next(statements(allocate(100_001, TEN, STOCKSY, cash_share=Decimal("0.5")), told, [TEN.names.index("Hana")]))
    assert hana.worth_today == worth
    assert hana.pay == 1500 * 10**decimals
