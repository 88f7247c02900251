"""The peer: the same projection as a plain Python loop over the months of one scenario, as one would write it at first.

It knows one investor round, at launch, without options or papers, and finds the tax by repeating the year's split
until it stands still.
"""

from __future__ import annotations

import math

Assumed = dict[str, float]


def _response(change: float) -> float:
    limited = max(-1.0, min(1.0, change))
    return (2 + limited) / (2 - limited)


def _fill(a: Assumed, demand: float, heads: float) -> float:
    places = demand * (1 - a["crowding"]) + heads * a["crowding"]
    return 1.0 if a["crowding"] == 0 else min(2.0, demand / places if places else 0.0)


def _split(a: Assumed, surplus: float, deficit: float, due: tuple[float, float], limit: float) -> dict[str, float]:
    left = max(0.0, surplus - deficit)
    y = {"reserve": a["reserve_share"] * left}
    left -= y["reserve"]
    y["preferred"] = min(due[0], left)
    left -= y["preferred"]
    y["interest"] = min(due[1], left)
    left -= y["interest"]
    for name in ("community", "reinvestment", "dividend"):
        y[name] = a[f"{name}_share"] * left
    y["patronage"] = min(a["patronage_share"] * left, limit)
    return y


def _deducted(a: Assumed, y: dict[str, float]) -> float:
    refund = y["patronage"] * (a["patronage_cash_share"] if a["deduct_when_redeemed"] else 1.0)
    deducted = a["reserve_deductible"] * y["reserve"] + a["patronage_deductible"] * refund
    return deducted + a["share_interest_deductible"] * (y["interest"] + y["preferred"])


def _tax(a: Assumed, before: float, base: float, losses: float, deficit: float, due: tuple[float, float]) -> float:
    limit, tax = a["member_business"] * max(0.0, before), 0.0
    for _ in range(200):
        y = _split(a, before - tax, deficit, due, limit)
        taxed = max(0.0, base - _deducted(a, y))
        asked = a["tax_rate"] * (taxed - min(losses, a["loss_offset_limit"] * taxed))
        if abs(asked - tax) <= 1e-12 * abs(before):
            return asked
        tax = asked
    return tax


def income_flows_lowest(a: Assumed) -> tuple[float, list[float], float]:
    """Mean monthly net income of a provider, monthly flows of outside capital, and the lowest cash."""
    years = int(a["years"])
    providers = start = a["providers"]
    demand = 1 / _response(a["price_elasticity"] * (a["price"] - 1))
    fill, leave = _fill(a, demand, 1.0), 1 - (1 - a["churn"]) ** (1 / 12)
    raised = a["equity_1_amount"]
    owned = raised / (a["equity_1_pre_money"] + raised) if raised else 0.0
    comes = {0: raised}
    for name in ("loan", "preferred", "note", "grants"):
        month = int(a[f"{name}_month"])
        comes[month] = comes.get(month, 0.0) + a[name]
    monthly, terms, grace = a["loan_rate"] / 12, 12 * int(a["loan_years"]), int(a["loan_grace"])
    n = terms - grace
    level = a["loan"] * monthly / (1 - (1 + monthly) ** -n) if monthly else a["loan"] / n
    shares, balance, unpaid, preferred = a["member_share"] * providers, 0.0, 0.0, 0.0
    if a["loan_month"] == 0:
        balance = a["loan"]
    if a["note_month"] == 0:
        unpaid = a["note"] * a["note_cap"]
    if a["preferred_month"] == 0:
        preferred = a["preferred"]
    cash = comes[0] + shares
    flows, lowest = [a["grants"] * (a["grants_month"] == 0) - comes[0]], cash
    credited, sales_back, pay_back = [0.0], [0.0] * 12, [0.0] * 12
    programme = refunds = deficit = losses = allocated = reserve = spent = last_sales = income = heads = 0.0
    usual, price = a["sales_per_provider"], 1.0
    for t in range(1, years + 1):
        passed = (t - 1) / (years - 1) if years > 1 else 0.0
        take = a["take_rate"] + a["take_rate_step"] * (t - 1)
        growth = a["demand_first"] + (a["demand_last"] - a["demand_first"]) * passed
        if t > 1:
            s = spent / last_sales if last_sales else 0.0
            growth += a["spend_response"] * (s - a["spend_needed"]) / (s + a["spend_needed"]) if s + a["spend_needed"] else 0.0
        factor = max(0.0, 1 + growth) ** (1 / 12)
        intake = (a["intake_first"] + (a["intake_last"] - a["intake_first"]) * passed) / 12
        earned = a["cash_rate"] * max(0.0, cash) / 12
        due = (a["preferred_rate"] * preferred, a["share_interest_rate"] * (shares + allocated))
        before = pay_year = incentives_year = spent = sales_year = active_year = revenue_year = 0.0
        for month in range(12 * t - 11, 12 * t + 1):
            quantity = usual * a["price"] * fill
            orders = quantity / (a["order_value"] * a["price"]) if a["order_value"] else 0.0
            seen = quantity * (1 - take) - a["order_fee"] * orders - a["dues"] * price
            seen = seen * (1 + a["benefits_rate"]) + refunds
            seen += quantity * (a["incentive_rate"] - a["provider_cost_rate"] / a["price"])
            elsewhere = usual * (a["outside_keep"] - a["provider_cost_rate"])
            pull = _response(a["pay_response"] * (seen / elsewhere - 1)) if a["pay_response"] and elsewhere else 1.0
            demand *= factor
            wanting, gone = providers * intake * pull, providers * min(1.0, leave / pull)
            room = max(0.0, start * demand - providers + gone)
            joined = a["open_doors"] * wanting + (1 - a["open_doors"]) * min(wanting, room)
            was, providers = providers, providers + joined - gone
            active = (was + providers) / 2
            fill = _fill(a, demand, active / start if start else 1.0)
            season = 1 + a["season_swing"] * math.cos(2 * math.pi * (month - a["season_peak"]) / 12)
            sales = active * usual * a["price"] * fill / 12 * season
            orders = sales / (a["order_value"] * a["price"] * price) if a["order_value"] else 0.0
            commission = take * sales + a["order_fee"] * price * orders + a["dues"] * price / 12 * active
            pay = sales - commission
            revenue = commission + a["ancillary_rate"] * sales
            incentives = a["incentive_rate"] * sales
            building = a["product_rate"] * revenue + a["product_team"] * price / 12 + a["marketing_rate"] * revenue
            costs = a["processing_rate"] * sales + a["payment_fee"] * price * orders + a["service_rate"] * sales / a["price"]
            costs += a["bad_debt_rate"] * sales + incentives + a["benefits_rate"] * pay
            costs += (a["operations_rate"] + a["community_rate"]) * revenue + building
            costs += (a["overhead"] + a["founder_pay"]) * price / 12
            costs += a["acquisition_cost"] * price * joined + a["governance_cost"] * price / 12 * active
            since = month - int(a["loan_month"])
            interest = balance * monthly
            principal = 0.0 if since <= grace or since > terms else balance if since == terms else level - interest
            balance -= principal
            paid = min(a["note_rate"] * revenue, unpaid) if month > a["note_month"] else 0.0
            unpaid -= paid
            result = revenue - costs + earned - interest - (paid - paid / a["note_cap"])
            before += result
            cash += result - programme / 12 - principal - paid / a["note_cap"]
            cash += a["member_share"] * (providers - was)
            sales_back, pay_back = [sales, *sales_back[:12]], [pay, *pay_back[:12]]
            for days, back, sign in ((a["collection_days"], sales_back, -1), (a["payout_days"], pay_back, 1)):
                weights = [min(1.0, max(0.0, 12 * days / 365 - j)) for j in range(13)]
                now, then = (sum(w * f for w, f in zip(weights, part, strict=False)) for part in (back, back[1:]))
                cash += sign * (now - then)
            flow = interest + principal + paid
            if month == 12 * t:
                redeemed = credited[t - int(a["redemption_years"])] if 0 < t - a["redemption_years"] < t else 0.0
                base = before - programme - a["patronage_deductible"] * a["deduct_when_redeemed"] * redeemed
                tax = _tax(a, before, base, losses, deficit, due)
                y = _split(a, before - tax, deficit, due, a["member_business"] * max(0.0, before))
                paid_out = y["community"] + y["preferred"] + y["interest"] + y["dividend"]
                in_cash = a["patronage_cash_share"] * y["patronage"]
                cash -= tax + paid_out + in_cash + redeemed
                flow += y["preferred"] + owned * y["dividend"]
            lowest = min(lowest, cash)
            cash += comes.get(month, 0.0)
            flow -= comes.get(month, 0.0) - (a["grants"] if month == a["grants_month"] else 0.0)
            balance += a["loan"] if month == a["loan_month"] else 0.0
            unpaid += a["note"] * a["note_cap"] if month == a["note_month"] else 0.0
            preferred += a["preferred"] if month == a["preferred_month"] else 0.0
            flows.append(flow)
            pay_year, sales_year, active_year = pay_year + pay, sales_year + sales, active_year + active / 12
            incentives_year, spent, revenue_year = incentives_year + incentives, spent + building, revenue_year + revenue
        losses += max(0.0, -base) - min(losses, a["loss_offset_limit"] * max(0.0, base - _deducted(a, y)))
        deficit = max(0.0, deficit - (before - tax))
        kept_back = y["patronage"] - in_cash
        credited.append(kept_back)
        allocated += kept_back - redeemed
        reserve += y["reserve"]
        received = in_cash + y["interest"] + redeemed
        refunds = received / active_year if active_year else 0.0
        income += pay_year + incentives_year + received - a["provider_cost_rate"] * sales_year / a["price"]
        heads += active_year
        spent, last_sales, programme = spent + programme, sales_year, y["reinvestment"]
        shares = a["member_share"] * providers
        usual, price = usual * (1 + a["sales_growth"]), price * (1 + a["inflation"])
    note = unpaid / a["note_cap"]
    outstanding = sum(
        sign * sum(w * f for w, f in zip([min(1.0, max(0.0, 12 * days / 365 - j)) for j in range(13)], back, strict=False))
        for days, back, sign in ((a["collection_days"], sales_back, 1), (a["payout_days"], pay_back, -1))
    )
    owed = balance + note + preferred + shares + allocated + reserve
    flows[-1] += balance + note + preferred
    if a["exit_multiple"] and raised:
        success = max(0.0, a["exit_multiple"] * revenue_year + cash + outstanding - owed)
        for value, chance in ((success, a["exit_probability"]), (a["failure_value"] * raised, 1 - a["exit_probability"])):
            flows[-1] += chance * max(min(value, a["equity_1_preference"] * raised), owned * value)
    return income / (12 * heads), flows, lowest
