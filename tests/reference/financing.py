"""Capital that comes in, the loan and the revenue-share note, money owed by buyers and to providers."""

import math
from collections.abc import Sequence

from .market import Lines


def comes_in(a: dict[str, float], month: str, amount: str) -> list[float]:
    """An amount in the month it is received, 0 in all others: what comes after the horizon does not happen."""
    return [a[amount] if m == int(a[month]) else 0.0 for m in range(12 * int(a["years"]) + 1)]


def running(flows: Sequence[float]) -> list[float]:
    return [math.fsum(flows[: m + 1]) for m in range(len(flows))]


def loan_schedule(loan: float, rate: float, years: int, grace: int) -> tuple[list[float], list[float], list[float]]:
    """Interest, principal and balance in the months k = 0..12·years since the loan came.

    With level payments principal grows by 1 + rate/12 from one payment to the next, and adds up to the loan. So
    each payment is its weight among all, the last one's being 1: no overflow, and no error that builds up.
    """
    payments = 12 * years - grace
    weight = [0.0] * (grace + 1) + [(1 + rate / 12) ** -(payments - i) for i in range(1, payments + 1)]
    principal = [loan * w / math.fsum(weight) for w in weight]
    balance = [loan * math.fsum(weight[k + 1 :]) / math.fsum(weight) for k in range(len(weight))]
    interest = [0.0] + [before * rate / 12 for before in balance[:-1]]
    return interest, principal, balance


def capital_lines(a: dict[str, float]) -> Lines:
    """The lines that are known beforehand, months 0..12·years."""
    horizon = 12 * int(a["years"])
    rounds = [comes_in(a, f"equity_{n}_month", f"equity_{n}_amount") for n in (1, 2, 3, 4)]
    papers = [comes_in(a, f"safe_{n}_month", f"safe_{n}_amount") for n in (1, 2)]
    preferred, grants = comes_in(a, "preferred_month", "preferred"), comes_in(a, "grants_month", "grants")
    loan, note = comes_in(a, "loan_month", "loan"), comes_in(a, "note_month", "note")
    line: Lines = {"note_received": note, "loan_received": loan, "preferred_received": preferred}
    line["equity_raised"] = [math.fsum(month) for month in zip(*rounds, *papers, strict=True)]
    received = zip(*rounds, *papers, preferred, grants, loan, note, strict=True)
    line["capital_received"] = [math.fsum(month) for month in received]
    line["equity_paid_in"] = running(line["equity_raised"])
    line["preferred"], line["grants"] = running(preferred), running(grants)
    schedule = loan_schedule(a["loan"], a["loan_rate"], int(a["loan_years"]), int(a["loan_grace"]))
    for name, since in zip(("loan_interest", "loan_principal", "loan_balance"), schedule, strict=True):
        whole = [0.0] * int(a["loan_month"]) + since + [0.0] * horizon
        line[name] = whole[: horizon + 1]
    return line


def note_month(a: dict[str, float], month: int, revenue: float, left: float) -> tuple[float, float, float]:
    """Principal and cost in the month's payment, and what is left of note times cap after it."""
    payment = min(a["note_rate"] * revenue, left) if month > int(a["note_month"]) else 0.0
    principal = payment / a["note_cap"]
    return principal, payment - principal, left - payment


def outstanding(flows: Sequence[float], month: int, days: float) -> float:
    """What of the flows of this and earlier months, from month 1 on, is still unpaid at the month's end."""
    duration = 12 * days / 365  # in months, 12 at most
    return math.fsum(flows[month - j] * min(1.0, max(0.0, duration - j)) for j in range(min(month, 12)))
