"""What leaves the package as CSV: numbers in full precision, texts so that no spreadsheet takes them for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from coopfin.compare.comparison import Comparison
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection
from coopfin.engine.statements import STATEMENTS, checks, rows
from coopfin.engine.units import number
from coopfin.members.account import MemberAccount
from coopfin.members.cents import money_text, plain_text
from coopfin.members.patronage import Allocation
from coopfin.members.statement import Statement, Terms, statements
from coopfin.reading.files import FIRST, LAST, Scenario
from coopfin.reading.guard import guard
from coopfin.uncertainty.simulation import Simulation, Statistics
from coopfin.uncertainty.uncertain import Uncertain


def write_scenario(scenario: Scenario) -> str:
    """The scenario as a file that reads back to the identical projection, bit for bit."""
    header: list[str | float] = [*FIRST, *scenario.enterprises, LAST]
    rows: list[list[str | float]] = [
        [name, each.unit.name, *(float(getattr(a, name)) for a in scenario.enterprises.values()), scenario.sources.get(name, "")]
        for name, each in ASSUMPTIONS.items()
    ]
    return to_csv([header, *rows])


def write_comparison(comparison: Comparison) -> str:
    """The comparison as CSV: a row per measure, a column per enterprise, raw numbers."""
    header: list[str | float] = ["section", "measure", "label", "unit", *comparison.projections, "difference", "remark"]
    rows: list[list[str | float]] = [
        [each.measure.section, name, each.measure.label, each.measure.unit, *each.values.values(), each.difference, each.remark]
        for name, each in comparison.rows.items()
    ]
    return to_csv([header, *rows])


def write_projections(projections: Mapping[str, Projection]) -> str:
    """Every line of every year as tidy CSV: a row per enterprise, year and line."""
    rows: list[list[str | float]] = [
        [enterprise, str(year), name, line.unit, float(getattr(x, name)[year])]
        for enterprise, x in projections.items()
        for year in range(x.years + 1)
        for name, line in LINES.items()
    ]
    return to_csv([["enterprise", "year", "line", "unit", "value"], *rows])


def write_statements(projections: Mapping[str, Projection]) -> str:
    """The statements as CSV, laid out as an accountant does: a row per enterprise and row, a column per year.

    Signs are those of the statements; ``line`` is empty for a sum that has no line of its own, ``kind`` tells items,
    sums, notes and checks apart. A check is 0 but for rounding, relative to the largest amount.
    """
    years = max(x.years for x in projections.values())
    table: list[list[str | float]] = [
        ["enterprise", "statement", "kind", "line", "label", "unit", *map(str, range(years + 1))],
    ]
    for enterprise, x in projections.items():
        for title, statement in STATEMENTS.items():
            table += [
                [enterprise, title, row.kind, row.line, row.label, row.unit, *map(float, values)]
                for row, values in rows(statement, x)
            ]
            table += [
                [enterprise, title, "check", "", words, "ratio", *map(float, residual)]
                for words, residual in checks(statement, x).items()
            ]
    return to_csv(table)


def write_allocation(allocation: Allocation, decimals: int = 2) -> str:
    """Each refund as CSV, in the order of the ledger; money with the currency's decimals, patronage as in the ledger."""
    members = allocation.members
    amounts = zip(
        *(
            [money_text(each, decimals) for each in column.tolist()]
            for column in (allocation.refund, allocation.cash, allocation.retained)
        ),
        strict=True,
    )
    given = zip(members.names, members.classes, map(plain_text, members.patronage), strict=True)
    rows = ([*member, *money] for member, money in zip(given, amounts, strict=True))
    return to_csv([["member", "class", "patronage", "refund", "cash", "retained"], *rows])


def write_member_statements(allocation: Allocation, given: Terms) -> str:
    """Every member's statement as CSV, in the order of the ledger: the share step by step, then what comes when.

    A row for each class that a member is in; what is the member's altogether (share, in hand, total) stands in the first.
    Money with the currency's decimals (the exact refund with four more); what is empty has its reason under ``remark``.
    """
    rows = (row for each in statements(allocation, given) for row in _statement(allocation.pool, each, given))
    return to_csv([STATEMENT_COLUMNS, *rows])


STATEMENT_COLUMNS = (
    "member", "class", "patronage", "years", "pool", "class_share", "class_pool", "basis", "own_basis", "basis_of_all",
    "exact_refund", "refund", "cash", "retained", "redeemed_after_years", "worth_today", "member_share", "interest",
    "pay", "in_hand", "total", "pay_elsewhere", "difference", "remark",
)  # fmt: skip


def _statement(pool: int, each: Statement, given: Terms) -> Iterator[list[str]]:
    def money(cents: int | None) -> str:
        return "" if cents is None else money_text(cents, given.decimals)

    remarks = {
        "worth_today: no date of redemption is known": each.worth_today is None,
        "pay: the patronage of this class is no sales of its own": not given.earning & {one.label for one in each.entries},
        "pay: nobody said what the cooperative keeps": each.pay is None and given.take_rate is None,
        "pay_elsewhere: there is no second firm to compare with": each.pay is not None and each.elsewhere is None,
    }
    together = each.worth_today, each.member_share, each.interest, each.pay, each.in_hand, each.total, each.elsewhere, each.gain
    for place, entry in enumerate(each.entries):
        part = entry.part
        own = plain_text(entry.patronage), "" if entry.years is None else plain_text(entry.years)
        share = plain_text(part.member_class.share), money(part.class_pool), part.member_class.basis
        exact = f"{float(part.exact / 10**given.decimals):.{given.decimals + 4}f}"
        steps = plain_text(part.basis), plain_text(part.basis_of_all), exact
        remark = "; ".join(remark for remark, applies in remarks.items() if applies)
        yield [
            each.member, entry.label, *own, money(pool), *share, *steps, *map(money, (part.refund, part.cash, part.retained)),
            str(given.redemption_years or ""), *(map(money, together) if place == 0 else [""] * len(together)),
            remark if place == 0 else "what is this member's altogether stands in the line of the first class",
        ]  # fmt: skip


ACCOUNT_LINES = (
    "sales", "pay", "bought", "refund", "cash", "credited", "redeemed", "interest", "returned", "member_share", "balance",
)  # fmt: skip


def write_account(account: MemberAccount) -> str:
    """A member's account over the years as CSV: a row per year, raw numbers; one scenario only."""
    lines = [getattr(account, line) for line in ACCOUNT_LINES]
    rows: list[list[str | float]] = [[str(year), *(float(line[year]) for line in lines)] for year in range(len(account.balance))]
    return to_csv([["year", *ACCOUNT_LINES], *rows])


def write_simulation(simulation: Simulation) -> str:
    """Mean, spread and percentiles of every measure kept as CSV: a row per measure and enterprise."""
    return write_statistics([simulation])


def write_statistics(simulations: Iterable[Simulation]) -> str:
    """The same for measures kept in several simulations, of which only one need be there at a time."""
    return to_csv([["measure", "enterprise", *Statistics._fields], *chain.from_iterable(map(_statistics_rows, simulations))])


def _statistics_rows(simulation: Simulation) -> Iterator[list[str | float]]:
    for measure, enterprises in simulation.values.items():
        for enterprise in enterprises:
            yield [measure, enterprise, *simulation.statistics(measure, enterprise)]


def write_uncertain(uncertain: Sequence[Uncertain]) -> str:
    """Uncertain assumptions as a file that ``read_uncertain`` reads back."""
    rows: list[list[str | float]] = [
        [
            each.assumption, ASSUMPTIONS[each.assumption].unit.name, each.enterprise or "", each.distribution,
            each.low, np.nan if each.likely is None else each.likely, each.high, write_correlations(each.correlations),
        ]
        for each in uncertain
    ]  # fmt: skip
    return to_csv([["assumption", "unit", "enterprise", "distribution", "low", "likely", "high", "correlation"], *rows])


def write_correlations(correlations: Mapping[str, float]) -> str:
    """Rank correlations as they stand in one cell: ``inflation 0.5; churn cooperative -0.3``."""
    return "; ".join(f"{other} {number(rank)}" for other, rank in correlations.items())


def to_csv(rows: Iterable[Iterable[str | float]]) -> str:
    """Rows as CSV: numbers in full precision, texts so that no spreadsheet takes them for a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: str | float) -> str:
    if not isinstance(value, str):
        return number(value)
    return guard(value.replace("\r\n", "\n").replace("\r", "\n"))
