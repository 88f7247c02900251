"""The projection: month by month, and year by year where the text says so."""

import math
from collections import defaultdict

from .appropriation import appropriate, solve_tax
from .financing import capital_lines, note_month, outstanding
from .income import COSTS, income_month
from .market import Lines, launch_market, market_month, year_ahead

FLOWS = ("recruits", "leavers", "orders", "gross_sales", "commission", "provider_pay", "ancillary_revenue", "revenue")
FLOWS += (*COSTS, "costs", "operating_surplus", "interest_income", "loan_interest", "note_cost", "surplus_before_tax")
FLOWS += ("loan_principal", "note_principal", "member_shares_issued", "equity_raised", "capital_received")
STOCKS = ("providers", "cash", "receivables", "payables", "loan_balance", "note_balance", "member_shares", "preferred")
STOCKS += ("grants", "equity_paid_in")
MEANS = ("active_providers", "demand_index", "fill", "pay_ratio")
APPROPRIATION = ("surplus", "allocatable", "deficit_covered", "reserve", "preferred_dividend", "share_interest")
APPROPRIATION += ("distributable", "community", "reinvestment", "dividends", "patronage", "retained", "patronage_cash")
APPROPRIATION += ("patronage_retained",)
BALANCES = ("allocated_equity", "indivisible_reserve", "development_fund", "retained_earnings", "accumulated_deficit")
BY_YEAR = ("take", "price_level", "sales_per_provider", "tax_base", "losses_used", "tax", "programme", "redemption")
BY_YEAR += ("cash_low", "cash_low_month", "provider_income", "provider_net_income", "provider_benefits")
# Paid in the last month of a year, after tax
PAID_OUT = ("tax", "community", "preferred_dividend", "share_interest", "dividends", "patronage_cash", "redemption")


def project(a: dict[str, float]) -> tuple[Lines, Lines]:
    """Lines by month and by year."""
    horizon = 12 * int(a["years"])
    capital = capital_lines(a)
    months: Lines = {name: [0.0] * (horizon + 1) for name in (*FLOWS, *STOCKS, *MEANS, "pace")}
    months |= {name: list(values) for name, values in capital.items() if name in FLOWS + STOCKS}
    every = FLOWS + STOCKS + MEANS + APPROPRIATION + BALANCES + BY_YEAR
    years: Lines = {name: [0.0] * (int(a["years"]) + 1) for name in every}
    for name, value in launch_market(a).items():
        months[name][0] = value
    months["member_shares"][0] = months["member_shares_issued"][0] = a["member_share"] * a["providers"]
    months["note_balance"][0] = capital["note_received"][0]
    months["cash"][0] = months["capital_received"][0] + months["member_shares"][0]
    for name in ("demand_index", "fill", "pay_ratio", "member_shares_issued", "equity_raised", "capital_received", *STOCKS):
        years[name][0] = months[name][0]
    years["price_level"][0] = 1.0
    note_left, losses = a["note"] * a["note_cap"], 0.0
    for t in range(1, int(a["years"]) + 1):
        note_left = months_of_year(a, t, months, years, capital, note_left)
        losses = close_year(a, t, months, years, losses)
    lows(a, months, years)
    del months["pace"]
    return months, years


def months_of_year(a: dict[str, float], t: int, months: Lines, years: Lines, capital: Lines, note_left: float) -> float:
    """All of the year's months but their cash, which needs the appropriation. What is left of the note."""
    year = year_ahead(a, t, years)
    years["take"][t], years["price_level"][t] = year.take, year.price_level
    for m in range(1, 13):
        now = 12 * (t - 1) + m
        before = {name: months[name][now - 1] for name in ("providers", "demand_index", "fill")}
        y = market_month(a, year, m, before)
        y |= income_month(a, year, y)
        y["interest_income"] = a["cash_rate"] * max(0.0, months["cash"][12 * (t - 1)]) / 12
        y["note_principal"], y["note_cost"], note_left = note_month(a, now, y["revenue"], note_left)
        arrived = now >= int(a["note_month"])
        y["note_balance"] = note_left / a["note_cap"] if arrived else 0.0
        interest = months["loan_interest"][now]
        y["surplus_before_tax"] = math.fsum((y["operating_surplus"], y["interest_income"], -interest, -y["note_cost"]))
        y["member_shares"] = a["member_share"] * y["providers"]
        y["member_shares_issued"] = y["member_shares"] - months["member_shares"][now - 1]
        for name, value in y.items():
            months[name][now] = value
        months["receivables"][now] = outstanding(months["gross_sales"], now, a["collection_days"])
        months["payables"][now] = outstanding(months["provider_pay"], now, a["payout_days"])
    return note_left


def close_year(a: dict[str, float], t: int, months: Lines, years: Lines, losses: float) -> float:
    """Sums of the months, tax and appropriation, cash and balances of year t. The losses carried on."""
    first, last = 12 * (t - 1) + 1, 12 * t
    y: dict[str, float] = {name: math.fsum(months[name][first : last + 1]) for name in FLOWS}
    y |= {name: math.fsum(months[name][first : last + 1]) / 12 for name in MEANS}
    active, pace = months["active_providers"][first : last + 1], months["pace"][first : last + 1]
    sold = math.fsum(p * q for p, q in zip(active, pace, strict=True))
    y["sales_per_provider"] = sold / math.fsum(active) if math.fsum(active) > 0 else 0.0
    y["programme"] = years["reinvestment"][t - 1]
    credited = t - int(a["redemption_years"])  # the year whose retained patronage falls due
    y["redemption"] = years["patronage_retained"][credited] if 1 <= credited < t else 0.0
    redeemed = a["patronage_deductible"] * a["deduct_when_redeemed"] * y["redemption"]
    y["tax_base"] = y["surplus_before_tax"] - y["programme"] - redeemed
    was: dict[str, float] = defaultdict(float, {name: values[t - 1] for name, values in years.items()})
    start = {name: was[name] for name in ("accumulated_deficit", "preferred", "member_shares", "allocated_equity")}
    year = {name: y[name] for name in ("surplus_before_tax", "tax_base")}
    y["tax"], y["losses_used"] = solve_tax(a, year, start | {"losses": losses})
    y |= {name: float(value) for name, value in appropriate(a, y["tax"], year, start).items()}
    y["allocated_equity"] = was["allocated_equity"] + y["patronage_retained"] - y["redemption"]
    y["indivisible_reserve"] = was["indivisible_reserve"] + y["reserve"]
    y["development_fund"] = was["development_fund"] + y["reinvestment"] - y["programme"]
    y["retained_earnings"] = was["retained_earnings"] + y["retained"]
    for now in range(first, last + 1):
        months["cash"][now] = cash(y, months, now, last)
    y |= {name: months[name][last] for name in STOCKS}
    y |= per_provider(a, y)
    for name, value in y.items():
        years[name][t] = value
    return losses + max(0.0, -y["tax_base"]) - y["losses_used"]


def cash(year: dict[str, float], months: Lines, now: int, last: int) -> float:
    owed = [months["receivables"][m] - months["payables"][m] for m in (now - 1, now)]
    changes = [months["cash"][now - 1], months["surplus_before_tax"][now], -year["programme"] / 12]
    changes += [-months["loan_principal"][now], -months["note_principal"][now], months["member_shares_issued"][now]]
    changes += [-(owed[1] - owed[0]), months["capital_received"][now]]
    if now == last:
        changes += [-year[name] for name in PAID_OUT]
    return math.fsum(changes)


def per_provider(a: dict[str, float], y: dict[str, float]) -> dict[str, float]:
    active = y["active_providers"]
    if active == 0:
        return dict.fromkeys(("provider_income", "provider_net_income", "provider_benefits"), math.nan)
    received = ("provider_pay", "incentives", "patronage_cash", "share_interest", "redemption")
    income = math.fsum(y[name] for name in received) / active
    own_costs = a["provider_cost_rate"] * y["gross_sales"] / a["price"] / active
    return {
        "provider_income": income,
        "provider_net_income": income - own_costs,
        "provider_benefits": y["benefits"] / active,
    }


def noise(years: Lines) -> float:
    """Money so close to 0 counts as 0 where a sign decides, and lows so close are a tie."""
    return 1e-9 * (math.fsum(years["gross_sales"]) + math.fsum(years["capital_received"]))


def lows(a: dict[str, float], months: Lines, years: Lines) -> None:
    """The lowest cash of each year, without the money received in the month, and the first month that has it."""
    years["cash_low"][0], years["cash_low_month"][0] = months["cash"][0], 0.0
    for t in range(1, int(a["years"]) + 1):
        own = {m: months["cash"][m] - months["capital_received"][m] for m in range(12 * (t - 1) + 1, 12 * t + 1)}
        low = min(own.values())
        years["cash_low"][t] = low
        years["cash_low_month"][t] = float(next(m for m in own if own[m] <= low + noise(years)))
