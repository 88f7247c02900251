"""The measures of the comparison; None = empty."""

import math

from .cap_table import ownership_at
from .financing import capital_lines
from .income import VARIABLE
from .market import Lines
from .projection import noise
from .rates import rates_of_return
from .waterfall import Proceeds, exit_proceeds

Measures = dict[str, float | None]
PER_PROVIDER = ("provider_income", "provider_net_income", "provider_benefits")


def ratio(part: float | None, whole: float | None) -> float | None:
    """A measure whose divisor is 0 is empty, and so is what is worked out from an empty one."""
    return None if part is None or whole is None or whole == 0 else part / whole


def filled(value: float) -> float | None:
    return None if math.isnan(value) else value


def measure(a: dict[str, float], months: Lines, years: Lines) -> tuple[Measures, dict[str, int | None], Lines]:
    """Measures, the number of rates of return, and the flows of outside capital by month."""
    horizon = int(a["years"])
    final = {name: values[horizon] for name, values in years.items()}
    total = {name: math.fsum(values[1:]) for name, values in years.items()}
    m: Measures = survival(months, years)
    m |= earns(a, months, years, total, final)
    m |= takes(a, total, final)
    m |= business(total, final)
    m |= unit_economics(a, months, {name: values[1] for name, values in years.items()})
    proceeds = exit_proceeds(a, final)
    returns, counts, flows = capital(a, months, years, proceeds)
    return m | returns, counts, flows


def survival(months: Lines, years: Lines) -> Measures:
    nothing = noise(years)
    own = [cash - received for cash, received in zip(months["cash"], months["capital_received"], strict=True)]
    lowest = min(years["cash_low"])
    year = next(t for t, low in enumerate(years["cash_low"]) if low <= lowest + nothing)
    return {
        "first_short_month": next((float(m) for m, cash in enumerate(own) if cash < -nothing), None),
        "lowest_cash": lowest,
        "lowest_cash_month": years["cash_low_month"][year],
        "funding_gap": -lowest if lowest < -nothing else 0.0,
        "break_even_year": next((float(t) for t, s in enumerate(years["surplus"]) if t and s > nothing), None),
    }


def stay(months: Lines, first: int, last: int) -> float | None:
    """Months a provider stays: those there at the months' starts, of those who leave."""
    return ratio(math.fsum(months["providers"][first - 1 : last]), math.fsum(months["leavers"][first : last + 1]))


def earns(a: dict[str, float], months: Lines, years: Lines, total: dict[str, float], final: dict[str, float]) -> Measures:
    horizon, active = int(a["years"]), years["active_providers"]
    there = [t for t in range(1, horizon + 1) if active[t] > 0]
    net = years["provider_net_income"]
    earned = math.fsum(net[t] * active[t] for t in there)
    m: Measures = {"provider_month": ratio(earned, 12 * math.fsum(active[t] for t in there))}
    m["provider_benefits_month"] = ratio(math.fsum(years["benefits"][t] for t in there), 12 * math.fsum(active[t] for t in there))
    m["provider_month_first"] = ratio(filled(net[1]), 12)
    m["provider_month_final"] = ratio(filled(net[horizon]), 12)
    m["expected_stay"] = stay(months, 1, 12 * horizon)
    m["provider_pay_first"] = ratio(years["provider_pay"][1], active[1])
    m["provider_pay_final"] = ratio(final["provider_pay"], active[horizon])
    m["provider_income_final"] = filled(final["provider_income"])
    for name in PER_PROVIDER:
        m[name + "_total"] = filled(total[name])
    m["provider_value"] = None
    if len(there) == horizon:
        d = 1 / (1 + a["discount_rate"])
        credited = final["allocated_equity"] / final["providers"] if final["providers"] > 0 else 0.0
        received = [years["provider_income"][t] * d**t for t in there]
        m["provider_value"] = math.fsum([-a["member_share"], *received, d**horizon * (a["member_share"] + credited)])
    paid = ("provider_pay", "incentives", "patronage", "share_interest")
    m["paid_to_providers_total"] = math.fsum(total[name] for name in paid)
    m["payout_days"] = a["payout_days"]
    return m


def takes(a: dict[str, float], total: dict[str, float], final: dict[str, float]) -> Measures:
    taken = math.fsum((total["commission"], -total["incentives"], -total["patronage"]))
    effective = ratio(taken, total["gross_sales"])
    return {
        "take_rate": a["take_rate"],
        "take_rate_final": final["take"],
        "effective_take_rate": effective,
        "provider_keeps": None if effective is None else 1 - effective,
        "buyer_price": a["price"],
        "provider_votes": a["provider_votes"],
    }


def business(total: dict[str, float], final: dict[str, float]) -> Measures:
    m: Measures = {"providers_final": final["providers"]}
    for name in ("gross_sales", "revenue", "costs", "acquisition", "operating_surplus", "surplus", "tax"):
        m[name + "_total"] = total[name]
    m["product_total"] = total["product"] + total["programme"]
    m["surplus_margin"] = ratio(total["surplus"], total["revenue"])
    m["reserve_final"] = final["indivisible_reserve"]
    m["community_total"] = total["community"] + total["community_contribution"]
    for name in ("reinvestment", "patronage", "patronage_cash", "dividends"):
        m[name + "_total"] = total[name]
    m["allocated_equity_final"], m["retained_final"] = final["allocated_equity"], final["retained_earnings"]
    return m


def unit_economics(a: dict[str, float], months: Lines, first: dict[str, float]) -> Measures:
    """Year 1: what a provider brings in a month, before what does not grow with the number of providers."""
    brought = math.fsum([first["revenue"], *(-first[name] for name in VARIABLE)])
    contribution = ratio(brought, 12 * first["active_providers"])
    stays = stay(months, 1, 12)
    empty = contribution is None or stays is None
    positive = contribution is not None and contribution > 0
    return {
        "contribution": contribution,
        "lifetime_to_cost": None if empty else ratio(contribution * stays, a["acquisition_cost"]),
        "acquisition_payback": ratio(a["acquisition_cost"], contribution) if positive else None,
    }


def capital(
    a: dict[str, float], months: Lines, years: Lines, proceeds: Proceeds
) -> tuple[Measures, dict[str, int | None], Lines]:
    """Flows of outside capital and what they return."""
    horizon, came = int(a["years"]), capital_lines(a)
    own = [ownership_at(a, 12 * t) for t in range(horizon + 1)]
    received = [0.0] * (12 * horizon + 1)
    for t in range(1, horizon + 1):
        received[12 * t] = years["dividends"][t] * own[t].outside
    received[-1] += proceeds.investors
    equity = [got - paid for got, paid in zip(received, months["equity_raised"], strict=True)]
    lent = [came[name] for name in ("loan_received", "preferred_received", "note_received")]
    flows = []
    for month in range(12 * horizon + 1):
        items = [equity[month], *(-amount[month] for amount in lent)]
        items += [months[name][month] for name in ("loan_interest", "loan_principal", "note_principal", "note_cost")]
        if month > 0 and month % 12 == 0:
            items.append(years["preferred_dividend"][month // 12])
        if month == 12 * horizon:
            items += [months[name][month] for name in ("loan_balance", "note_balance", "preferred")]
        flows.append(math.fsum(items))
    paid_in = {"equity": math.fsum(months["equity_raised"])}
    paid_in["capital"] = paid_in["equity"] + math.fsum(math.fsum(amount) for amount in lent)
    rate = {name: rates_of_return(f, paid_in[name]) for name, f in (("capital", flows), ("equity", equity))}
    kept = math.fsum(years["dividends"][t] * own[t].founders for t in range(1, horizon + 1))
    m: Measures = {"outside_ownership": own[horizon].outside}
    m["capital_raised"], m["capital_gain"] = paid_in["capital"], math.fsum(flows)
    m["capital_irr"], m["equity_irr"] = rate["capital"][1], rate["equity"][1]
    m["equity_multiple"] = ratio(math.fsum(received), paid_in["equity"])
    m["exit_value"], m["founders_proceeds"], m["staff_proceeds"] = proceeds.exit_value, proceeds.founders, proceeds.staff
    m["founders_total"] = math.fsum([*years["founder_wages"][1:], kept, proceeds.founders])
    counts = {name + "_irr": found[0] for name, found in rate.items()}
    return m, counts, {"equity": equity, "capital": flows}


def compare(
    a: dict[str, float], m: Measures, years: Lines, other_a: dict[str, float], other_m: Measures, other_years: Lines
) -> Measures:
    """The two figures of another enterprise that compare it with the first."""

    def net_part(a: dict[str, float], m: Measures) -> float | None:
        keeps = m["provider_keeps"]
        return None if keeps is None else keeps - a["provider_cost_rate"] / a["price"]

    def sold(m: Measures, years: Lines) -> float | None:
        return ratio(m["gross_sales_total"], math.fsum(years["active_providers"][1:]))

    parts = net_part(a, m), net_part(other_a, other_m)
    fit = all(part is not None and part > 0 for part in parts)
    return {
        "sales_to_match": ratio(*parts) if fit else None,
        "sales_had": ratio(sold(other_m, other_years), sold(m, years)),
    }
