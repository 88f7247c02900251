"""Capital that comes in, the loan and the note as they are paid, and cash: formulas only; see ``market`` for the names."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from coopfin.engine.carriers import Carrier

# Whose amount counts as equity, and what else comes in; each has a month of its own. The names are the assumptions'.
EQUITY = (*(f"equity_{n}" for n in (1, 2, 3, 4)), *(f"safe_{n}" for n in (1, 2)))
OTHER = ("loan", "preferred", "note", "grants")
MONTHS_OUTSTANDING = 12  # no one waits longer than 365 days


def amount(instrument: str) -> str:
    """The assumption that holds an instrument's amount."""
    return f"{instrument}_amount" if instrument in EQUITY else instrument


def events(a: Any) -> set[int]:
    """The months in which capital comes in."""
    return {getattr(a, f"{each}_month") for each in (*EQUITY, *OTHER)}


def capital(o: Carrier, a: Any, month: Any, last: Any, y: Any) -> None:
    """What comes in at the end of ``month``, and the capital that then stands at par."""

    def received(instrument: str) -> Any:
        return o.where(month == getattr(a, f"{instrument}_month"), getattr(a, amount(instrument)), 0.0)

    y.equity_raised = reduce(add, map(received, EQUITY))
    y.capital_received = reduce(add, map(received, OTHER), y.equity_raised)
    y.preferred = last.preferred + received("preferred")
    y.grants = last.grants + received("grants")
    y.equity_paid_in = last.equity_paid_in + y.equity_raised


def terms(o: Carrier, a: Any, y: Any) -> None:
    """What contracts set at once: the loan's first principal (each later one is larger by the interest saved), and all
    that is ever paid on the note."""
    y.note_total = a.note * a.note_cap
    y.first_principal = a.loan / o.geometric_sum(1 + a.loan_rate / 12, 12 * a.loan_years - a.loan_grace)


def loan(o: Carrier, a: Any, start: Any, since: Any, last: Any, y: Any) -> None:
    """The loan ``since`` months after it came: interest, then level payments; the last principal is what is left."""
    paid_off = 12 * a.loan_years
    y.loan_interest = last.loan_balance * a.loan_rate / 12
    level = o.where(since == a.loan_grace + 1, start.first_principal, last.loan_principal * (1 + a.loan_rate / 12))
    due = o.where(since == paid_off, last.loan_balance, level)
    y.loan_principal = o.where((since > a.loan_grace) & (since <= paid_off), due, 0.0)
    y.loan_balance = last.loan_balance - y.loan_principal + o.where(since == 0, a.loan, 0.0)


def note(o: Carrier, a: Any, start: Any, since: Any, last: Any, y: Any) -> None:
    """The revenue-share note ``since`` months after it came; ``note_left`` is what may still be paid on it."""
    payment = o.where(since > 0, o.minimum(a.note_rate * y.revenue, last.note_left), 0.0)
    y.note_principal = payment / a.note_cap
    y.note_cost = payment - y.note_principal
    y.note_left = last.note_left - payment + o.where(since == 0, start.note_total, 0.0)
    y.note_balance = y.note_left / a.note_cap


def waiting(o: Carrier, days: Any) -> list[Any]:
    """How much of this month's flow, of last month's, … is still outstanding where payment takes ``days``."""
    months = 12 * days / 365
    return [o.minimum(1.0, o.maximum(0.0, months - j)) for j in range(MONTHS_OUTSTANDING)]


def outstanding(parts: list[Any], flows: list[Any]) -> Any:
    """What is still to be paid of ``flows``, the latest first."""
    return reduce(add, (flow * part for part, flow in zip(parts, flows, strict=False)), 0.0)


def cash(a: Any, ahead: Any, paid_at_year_end: Any, last: Any, y: Any) -> None:
    """Cash at a month's end; ``paid_at_year_end`` is 0 but in the last month of a year."""
    y.member_shares = a.member_share * y.providers
    y.member_shares_issued = y.member_shares - last.member_shares
    y.cash = (
        last.cash + y.surplus_before_tax - ahead.monthly_programme - y.loan_principal - y.note_principal
        + y.member_shares_issued - ((y.receivables - last.receivables) - (y.payables - last.payables))
        - paid_at_year_end + y.capital_received
    )  # fmt: skip
