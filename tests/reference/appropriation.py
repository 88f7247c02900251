"""Tax and the appropriation of a year's surplus."""

from fractions import Fraction
from typing import Any


def appropriate(a: dict[str, Any], tax: Any, year: dict[str, Any], was: dict[str, Any]) -> dict[str, Any]:
    """The appropriation in the order of the text, given the tax. Numbers are floats or fractions.

    `year` holds the year's surplus_before_tax, `was` the balances at the year's start.
    """
    y: dict[str, Any] = {"surplus": year["surplus_before_tax"] - tax}
    y["allocatable"] = max(0, y["surplus"] - was["accumulated_deficit"])
    y["deficit_covered"] = y["surplus"] - y["allocatable"]
    y["accumulated_deficit"] = max(0, was["accumulated_deficit"] - y["surplus"])
    y["reserve"] = a["reserve_share"] * y["allocatable"]
    left = y["allocatable"] - y["reserve"]
    y["preferred_dividend"] = min(a["preferred_rate"] * was["preferred"], left)
    left = left - y["preferred_dividend"]
    interest = a["share_interest_rate"] * (was["member_shares"] + was["allocated_equity"])
    y["share_interest"] = min(interest, left)
    left = left - y["share_interest"]
    y["distributable"] = left
    y["community"] = a["community_share"] * left
    y["reinvestment"] = a["reinvestment_share"] * left
    y["dividends"] = a["dividend_share"] * left
    with_members = a["member_business"] * max(0, year["surplus_before_tax"])
    y["patronage"] = min(a["patronage_share"] * left, with_members)
    y["retained"] = left - y["community"] - y["reinvestment"] - y["dividends"] - y["patronage"]
    y["patronage_cash"] = a["patronage_cash_share"] * y["patronage"]
    y["patronage_retained"] = y["patronage"] - y["patronage_cash"]
    return y


def deductions(a: dict[str, Any], y: dict[str, Any]) -> Any:
    refund = y["patronage_cash"] if a["deduct_when_redeemed"] == 1 else y["patronage"]
    return (
        a["reserve_deductible"] * y["reserve"]
        + a["share_interest_deductible"] * (y["share_interest"] + y["preferred_dividend"])
        + a["patronage_deductible"] * refund
    )


def asked(a: dict[str, Any], tax: Any, year: dict[str, Any], was: dict[str, Any]) -> tuple[Any, Any]:
    """The tax that the formula asks, and the losses it uses, of what this tax would leave to be allotted."""
    base = max(0, year["tax_base"] - deductions(a, appropriate(a, tax, year, was)))
    losses_used = min(was["losses"], a["loss_offset_limit"] * base)
    return a["tax_rate"] * (base - losses_used), losses_used


NEEDED = (
    "tax_rate",
    "loss_offset_limit",
    "patronage_deductible",
    "deduct_when_redeemed",
    "share_interest_deductible",
    "reserve_deductible",
    "reserve_share",
    "preferred_rate",
    "share_interest_rate",
    "community_share",
    "reinvestment_share",
    "dividend_share",
    "patronage_share",
    "member_business",
    "patronage_cash_share",
)


def solve_tax(a: dict[str, float], year: dict[str, float], was: dict[str, float]) -> tuple[float, float]:
    """The one tax equal to what the formula asks of what that tax leaves, and the losses used; by bisection.

    What is asked never falls as the tax rises, and by less than the tax. Exact fractions, so that rounding cannot
    move the zero.
    """
    exact = {name: Fraction(a[name]) for name in NEEDED}
    exact_year = {name: Fraction(value) for name, value in year.items()}
    exact_was = {name: Fraction(value) for name, value in was.items()}

    def ask(tax: float) -> Fraction:
        return asked(exact, Fraction(tax), exact_year, exact_was)[0]

    low, high = 0.0, max(0.0, a["tax_rate"] * year["tax_base"])
    if ask(low) <= 0:
        high = low
    elif ask(high) >= high:  # nothing is deducted: the zero is the upper end
        low = high
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if ask(middle) <= middle else (middle, high)
    return high, float(asked(exact, Fraction(high), exact_year, exact_was)[1])
