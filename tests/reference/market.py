"""The year ahead and the market month by month: who joins, who leaves, what is sold."""

import math
from dataclasses import dataclass

Lines = dict[str, list[float]]


def quotient(part: float, whole: float) -> float:
    """In the projection a quotient by 0 is 0."""
    return part / whole if whole != 0 else 0.0


def answer(x: float) -> float:
    """R(x): the answer to a change, from a third to three times."""
    x = min(1.0, max(-1.0, x))
    return (2 + x) / (2 - x)


def straight(first: float, last: float, t: int, years: int) -> float:
    """The value in year t on the straight line from year 1 to the last year."""
    return first if years == 1 else first + (last - first) * (t - 1) / (years - 1)


@dataclass
class YearAhead:
    """What is known before the first month of year t."""

    take: float
    price_level: float
    intake: float
    base: float  # sales of a provider while demand and providers keep step
    demand_factor: float  # f: what demand is multiplied by each month
    refunds: float  # per provider, as paid last year
    leave: float  # c: the part that leaves in a month where pay is as elsewhere


def year_ahead(a: dict[str, float], t: int, years: Lines) -> YearAhead:
    horizon = int(a["years"])
    was = {name: values[t - 1] for name, values in years.items()}
    spending = quotient(was["product"] + was["marketing"] + was["programme"], was["gross_sales"])
    won = a["spend_response"] * quotient(spending - a["spend_needed"], spending + a["spend_needed"])
    won = won if t > 1 else 0.0
    demand = straight(a["demand_first"], a["demand_last"], t, horizon)
    refunds = was["patronage_cash"] + was["share_interest"] + was["redemption"]
    return YearAhead(
        take=a["take_rate"] + a["take_rate_step"] * (t - 1),
        price_level=(1 + a["inflation"]) ** (t - 1),
        intake=straight(a["intake_first"], a["intake_last"], t, horizon),
        base=a["sales_per_provider"] * (1 + a["sales_growth"]) ** (t - 1),
        demand_factor=max(0.0, 1 + demand + won) ** (1 / 12),
        refunds=quotient(refunds, was["active_providers"]),
        leave=1 - (1 - a["churn"]) ** (1 / 12),
    )


def filled(a: dict[str, float], demand_index: float, active_providers: float | None) -> float:
    """Rho: how full a provider's day is. At the launch there are no active providers yet (None)."""
    if a["crowding"] == 0:
        return 1.0
    at_launch = active_providers is None or a["providers"] == 0
    present = 1.0 if at_launch else active_providers / a["providers"]  # nu
    return min(2.0, quotient(demand_index, demand_index * (1 - a["crowding"]) + present * a["crowding"]))


def launch_market(a: dict[str, float]) -> dict[str, float]:
    demand_index = 1 / answer(a["price_elasticity"] * (a["price"] - 1))
    fill = filled(a, demand_index, None)
    return {"providers": a["providers"], "demand_index": demand_index, "fill": fill, "pay_ratio": 1.0}


def pay_ratio(a: dict[str, float], year: YearAhead, fill_before: float) -> float:
    """What a provider can see of the pay here, of the pay elsewhere."""
    if a["pay_response"] == 0 or year.base == 0:
        return 1.0
    sells = year.base * a["price"] * fill_before
    order_fees = a["order_fee"] * quotient(sells, a["order_value"] * a["price"])
    pay = sells * (1 - year.take) - order_fees - a["dues"] * year.price_level
    here = pay * (1 + a["benefits_rate"]) + sells * (a["incentive_rate"] - a["provider_cost_rate"] / a["price"])
    here = here + year.refunds
    return quotient(here, year.base * (a["outside_keep"] - a["provider_cost_rate"]))


def market_month(a: dict[str, float], year: YearAhead, m: int, before: dict[str, float]) -> dict[str, float]:
    """Month m = 1..12 of a year; `before` is the month before, or the launch."""
    y: dict[str, float] = {"demand_index": before["demand_index"] * year.demand_factor}
    y["pay_ratio"] = pay_ratio(a, year, before["fill"])
    pull = answer(a["pay_response"] * (y["pay_ratio"] - 1))
    there = before["providers"]
    wish_to_join = there * year.intake / 12 * pull
    y["leavers"] = there * min(1.0, year.leave / pull)
    room = max(0.0, a["providers"] * y["demand_index"] - there + y["leavers"])
    y["recruits"] = a["open_doors"] * wish_to_join + (1 - a["open_doors"]) * min(wish_to_join, room)
    y["providers"] = there + y["recruits"] - y["leavers"]
    y["active_providers"] = (there + y["providers"]) / 2
    y["fill"] = filled(a, y["demand_index"], y["active_providers"])
    y["pace"] = year.base * a["price"] * y["fill"]  # q: what one provider sells, at a yearly pace
    season = 1 + a["season_swing"] * math.cos(2 * math.pi * (m - a["season_peak"]) / 12)
    y["gross_sales"] = y["active_providers"] * y["pace"] / 12 * season
    y["orders"] = quotient(y["gross_sales"], a["order_value"] * a["price"] * year.price_level)
    return y
