"""The statements as laid out: every line has its place, every subtotal is the sum of what stands above it."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
from hypothesis import given, settings
from strategies import values

from coopfin import IDENTITIES, LINES, Assumptions, project
from coopfin.capital.common_equity import common_share, due_later, equity, in_common
from coopfin.engine.lines import BALANCE, CASH, INCOME
from coopfin.engine.statement_months import MONTHLY, ByMonth, month_rows
from coopfin.engine.statements import BLOCK, HEAD, ITEM, RUNNING, STATEMENTS, adds_up, checks, rows
from coopfin.export import write_statements


@settings(max_examples=150)
@given(values())
def test_every_subtotal_is_the_sum_of_what_stands_above_it(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    for statement in STATEMENTS.values():
        assert np.max(adds_up(statement, x)) < 1e-9, statement.title
        for text, residual in checks(statement, x).items():
            assert np.max(np.abs(residual)) < 1e-9, f"{statement.title}: {text}"


def test_a_sum_that_is_wrong_shows() -> None:
    x = project(Assumptions(loan=1000))
    x.costs[2] += 5000
    assert adds_up(STATEMENTS["Income statement"], x)[2] > 1e-6
    assert adds_up(STATEMENTS["Income statement"], x)[1] < 1e-9
    x.cash[3] += 5000
    assert checks(STATEMENTS["Balance sheet"], x)[str(IDENTITIES["balance_sheet"].__doc__)][3] > 1e-6


def test_every_line_has_its_place() -> None:
    placed = {row.line for statement in STATEMENTS.values() for row in statement.rows}
    assert placed - {""} == set(LINES)


def test_year_0_is_the_opening_position() -> None:
    x = project(Assumptions(loan=300, note=200, preferred=100, grants=50, member_share=2, providers=10, equity_1_amount=40,
                            equity_1_pre_money=100))  # fmt: skip
    cash = {row.label: values[0] for row, values in rows(STATEMENTS["Cash flow"], x)}
    assert cash["Loan drawn"] == 300 and cash["Note paid in"] == 200 and cash["Grants received"] == 50
    assert cash["Change in cash"] == cash["Cash at the end of the year"] == 710
    balance = {row.label: values[0] for row, values in rows(STATEMENTS["Balance sheet"], x)}
    assert balance["Debts"] == 500 and balance["Members' capital"] == 20
    assert balance["Assets"] == balance["Liabilities and equity"] == 710
    assert all(values[0] == 0 for row, values in rows(STATEMENTS["Income statement"], x) if row.kind in (ITEM, BLOCK, RUNNING))


def test_the_file_has_the_same_figures() -> None:
    x = project(Assumptions(take_rate=0.3))
    table = list(csv.DictReader(io.StringIO(write_statements({"one": x}))))
    assert len(table) == sum(len(s.rows) + len(checks(s, x)) for s in STATEMENTS.values())
    tax = next(row for row in table if row["line"] == "tax")
    assert [float(tax[str(year)]) for year in range(x.years + 1)] == (-x.tax).tolist()
    assert all(row["0"] == "" for row in table if row["kind"] == HEAD)


@settings(max_examples=60)
@given(values())
def test_every_month_adds_up_and_the_months_make_the_year(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    by_month: Any = ByMonth(x)
    for title, statement in MONTHLY.items():
        assert np.max(adds_up(statement, by_month)) < 1e-9, title
        yearly = {row.label: figures for row, figures in rows(STATEMENTS[title], x)}
        for row, monthly in month_rows(title, x):
            if row.kind in (ITEM, BLOCK) and title in (INCOME, CASH) and row.label in yearly:
                size = np.maximum(np.max(np.abs([x.gross_sales, x.costs, x.cash])), 1.0)
                summed = monthly[1:].reshape(-1, 12).sum(axis=1)
                if "start" not in row.label:
                    assert np.max(np.abs(summed - yearly[row.label][1:])) <= 1e-9 * size, row.label
            if title == BALANCE and row.label in yearly and row.kind != HEAD:
                assert np.allclose(monthly[::12], yearly[row.label], rtol=1e-9, atol=1e-9 * float(np.max(np.abs(x.cash)) + 1))


@settings(max_examples=100)
@given(values())
def test_equity_is_what_the_balance_sheet_leaves_after_debts(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    size = max(np.max(np.abs(x.gross_sales)), np.max(x.accumulated_deficit), np.max(np.abs(x.cash)), 1.0)
    left = x.cash + x.receivables - x.payables - x.loan_balance - x.note_balance
    assert np.max(np.abs(equity(x) - left)) <= 1e-9 * size
    shares = common_share(x)
    there = ~np.isnan(shares)
    assert np.all(shares[there] >= 0)
    assert np.allclose(shares[there] * equity(x)[there], in_common(x)[there], rtol=1e-9, atol=1e-9 * size)


def test_what_is_held_in_common_depends_on_whether_it_can_be_sold() -> None:
    kept = project(Assumptions(take_rate=0.5, reserve_share=0.2, grants=1000))
    sold = project(Assumptions(take_rate=0.5, reserve_share=0.2, grants=1000, exit_multiple=1))
    assert common_share(kept)[-1] == 1
    assert common_share(sold)[-1] == sold.indivisible_reserve[-1] / equity(sold)[-1]


@settings(max_examples=100)
@given(values())
def test_what_is_credited_is_paid_back_or_still_due(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    if x.assumptions.redemption_years > 0:
        due = float(np.sum(due_later(x)))
        assert abs(due - x.allocated_equity[-1]) <= 1e-9 * max(1.0, float(np.sum(x.patronage_retained)))
