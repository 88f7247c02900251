"""The statements as an accountant lays them out: order, signs and subtotals, declared as data over ``LINES``.

Each row is an item with its sign, the sum of the items above it, or a note. What is money paid or owed away stands
with a minus. ``rows`` gives the figures, ``checks`` what shows that they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import APPROPRIATION, BALANCE, CASH, INCOME, LINES, MARKET, PER_PROVIDER, parts
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

HEAD, ITEM, BLOCK, RUNNING, NOTE = "head", "item", "subtotal", "total", "note"


def _change(line: str, paid: str = "") -> Callable[[Projection], Array]:
    """How much a balance grew in the year (at the launch: all of it), with what was paid off meanwhile added back."""

    def of(x: Projection) -> Array:
        values: Array = getattr(x, line)
        grown = np.concatenate([values[:1], values[1:] - values[:-1]])
        return grown + getattr(x, paid) if paid else grown

    return of


def _year_before(line: str) -> Callable[[Projection], Array]:
    def of(x: Projection) -> Array:
        values: Array = getattr(x, line)
        return np.concatenate([np.zeros_like(values[:1]), values[:-1]])

    return of


@dataclass(frozen=True)
class Row:
    """One row: a statement line with its sign, or a sum without a line of its own.

    ``BLOCK`` sums the items since the last sum, ``RUNNING`` all items since the last heading; ``NOTE`` adds nothing.
    """

    line: str
    kind: str = ITEM
    sign: int = 1
    text: str = ""
    of: Callable[[Projection], Array] | None = None

    def values(self, x: Projection) -> Array:
        """The figures by year, with the row's sign."""
        return self.sign * (self.of(x) if self.of else np.asarray(getattr(x, self.line)))

    @property
    def label(self) -> str:
        """The line's label, or the row's own where the line stands here in another role."""
        return self.text or LINES[self.line].label

    @property
    def unit(self) -> str:
        """The line's unit; sums are money."""
        return LINES[self.line].unit if self.line else "money"


@dataclass(frozen=True)
class Statement:
    """A statement: its title, its rows from top to bottom, and the identities that hold it together."""

    title: str
    rows: tuple[Row, ...]
    identities: tuple[str, ...] = ()


def _items(*lines: str, sign: int = 1) -> tuple[Row, ...]:
    return tuple(Row(line, sign=sign) for line in lines)


def _notes(*lines: str, sign: int = 1) -> tuple[Row, ...]:
    return tuple(Row(line, NOTE, sign) for line in lines)


def _parts(total: str, *, without: str, sign: int = 1) -> tuple[Row, ...]:
    """What ``total`` is made of, but for one line that stands elsewhere; ``sign`` -1 where they are taken away."""
    return tuple(Row(each.name, sign=sign * each.sign) for each in parts(total) if each.name != without)


STATEMENTS: Mapping[str, Statement] = {
    each.title: each
    for each in (
        Statement(
            INCOME,
            (
                Row("gross_sales"),
                Row("provider_pay", sign=-1),
                Row("commission", RUNNING),
                Row("ancillary_revenue"),
                Row("revenue", RUNNING),
                *_parts("costs", without="", sign=-1),
                Row("costs", BLOCK, -1),
                Row("operating_surplus", RUNNING),
                *_parts("surplus_before_tax", without="operating_surplus"),
                Row("surplus_before_tax", RUNNING),
                Row("tax", sign=-1),
                Row("surplus", RUNNING),
                *_notes("tax_base", "losses_used"),
            ),
            ("where_sales_go", "tax_on_refunds"),
        ),
        Statement(
            APPROPRIATION,
            (
                Row("surplus"),
                Row("deficit_covered", sign=-1, text="Loss carried to the deficit, less deficit covered"),
                Row("allocatable", RUNNING),
                *_parts("allocatable_used", without="distributable", sign=-1),
                Row("distributable", RUNNING),
                *_parts("distributable", without="retained", sign=-1),
                *_notes("patronage_cash", "patronage_retained", sign=-1),
                Row("retained", RUNNING),
            ),
            ("where_sales_go",),
        ),
        Statement(
            CASH,
            (
                Row("surplus"),
                *_items("programme", "community", "patronage_cash", sign=-1),
                Row("receivables", sign=-1, text="Buyers owe more", of=_change("receivables")),
                Row("payables", text="More is owed to providers", of=_change("payables")),
                Row("", BLOCK, text="Cash from the business"),
                Row("equity_raised"),
                Row("loan_balance", text="Loan drawn", of=_change("loan_balance", "loan_principal")),
                Row("loan_principal", sign=-1),
                Row("note_balance", text="Note paid in", of=_change("note_balance", "note_principal")),
                Row("note_principal", sign=-1),
                Row("preferred", text="Preferred or community shares paid in", of=_change("preferred")),
                Row("preferred_dividend", sign=-1),
                Row("grants", text="Grants received", of=_change("grants")),
                Row("member_shares_issued"),
                Row("share_interest", sign=-1),
                Row("redemption", sign=-1),
                Row("dividends", sign=-1),
                Row("", BLOCK, text="Cash from capital and members"),
                Row("", RUNNING, text="Change in cash"),
                Row("cash", text="Cash at the start of the year", of=_year_before("cash")),
                Row("cash", RUNNING, text="Cash at the end of the year"),
                *_notes("capital_received", "cash_low", "cash_low_month"),
            ),
        ),
        Statement(
            BALANCE,
            (
                Row("", HEAD, text="What there is"),
                Row("cash", text="Cash (below 0: a funding gap)"),
                Row("receivables"),
                Row("", RUNNING, text="Assets"),
                Row("", HEAD, text="Whose it is"),
                *_items("payables", "loan_balance", "note_balance"),
                Row("", BLOCK, text="Debts"),
                *_items("member_shares", "allocated_equity"),
                Row("", BLOCK, text="Members' capital"),
                *_items("preferred", "equity_paid_in"),
                Row("", BLOCK, text="Paid in by outside shareholders"),
                *_items("grants", "indivisible_reserve", "development_fund", "retained_earnings"),
                Row("accumulated_deficit", sign=-1),
                Row("", BLOCK, text="Reserves and results"),
                Row("", RUNNING, text="Liabilities and equity"),
            ),
            ("balance_sheet",),
        ),
        Statement(MARKET, _notes(*(each.name for each in LINES.values() if each.statement in (MARKET, PER_PROVIDER)))),
    )
}


def rows(statement: Statement, x: Projection) -> list[tuple[Row, Array]]:
    """Every row with its figures by year (then scenarios), signs as they stand; a heading has none (NaN)."""
    return [(row, values) for row, values, _ in _worked(statement, x)]


def adds_up(statement: Statement, x: Projection) -> Array:
    """By year, how far the worst subtotal is from the line it should equal, relative to the largest amount."""
    largest = np.maximum(np.max(np.abs([x.gross_sales, x.costs, x.cash, x.accumulated_deficit]), axis=(0, 1)), 1.0)
    worst = np.zeros_like(x.cash)
    for row, values, summed in _worked(statement, x):
        if row.kind in (BLOCK, RUNNING):
            worst = np.maximum(worst, np.abs(values - summed) / largest)
    return worst


def checks(statement: Statement, x: Projection) -> dict[str, Array]:
    """What must be 0 but for rounding, in words, with the difference by year."""
    found = {"Every subtotal is the sum of what stands above it.": adds_up(statement, x)}
    return found | {str(IDENTITIES[name].__doc__): np.abs(IDENTITIES[name](x)) for name in statement.identities}


def _worked(statement: Statement, x: Projection) -> list[tuple[Row, Array, Array]]:
    """Each row, its figures, and the sum of the items it stands for."""
    found = []
    block = running = np.zeros_like(x.cash)
    for row in statement.rows:
        if row.kind == HEAD:
            block = running = np.zeros_like(x.cash)
            found.append((row, np.full_like(x.cash, np.nan), block))
            continue
        summed = block if row.kind == BLOCK else running
        values = row.values(x) if row.line else summed
        if row.kind == ITEM:
            block, running = block + values, running + values
        elif row.kind in (BLOCK, RUNNING):
            block = np.zeros_like(x.cash)
        found.append((row, values, summed))
    return found
