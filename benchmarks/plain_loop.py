"""The peer: the same projection as a plain Python loop over one scenario, as one would write it without arrays."""

from __future__ import annotations


def income_flows_lowest(a: dict[str, float]) -> tuple[float, list[float], float]:
    """Income of one who stays, flows of outside capital and lowest cash; one round at launch, loan, note, preferred."""
    years = int(a["years"])
    providers, sales_per, price = a["providers"], a["sales_per_provider"], 1.0
    last_sales = programme = deficit = losses = allocated = 0.0
    shares = a["member_share"] * providers
    raised = a["equity_1_amount"]
    owned = raised / (a["equity_1_pre_money"] + raised) if raised else 0.0
    cash = raised + a["loan"] + a["preferred"] + a["note"] + a["grants"] + shares
    unpaid, balance, reserve_total = a["note"] * a["note_cap"], a["loan"], 0.0
    flows = [-raised - a["loan"] - a["preferred"] - a["note"]]
    payment = (
        a["loan"] * a["loan_rate"] / (1 - (1 + a["loan_rate"]) ** -a["loan_years"])
        if a["loan_rate"]
        else a["loan"] / a["loan_years"]
    )
    income, lowest, credited = 0.0, cash, [0.0]
    for t in range(1, years + 1):
        growth = a["growth_first"] + (a["growth_last"] - a["growth_first"]) * (t - 1) / max(1, years - 1)
        growth += a["growth_response"] * programme / last_sales if last_sales else 0.0
        before, providers = providers, providers * (1 + growth)
        recruits = max(0.0, providers - before * (1 - a["churn"]))
        sales = providers * sales_per
        revenue = (a["take_rate"] + a["ancillary_rate"]) * sales
        costs = (a["processing_rate"] + a["service_rate"]) * sales + a["overhead"] * price
        costs += (a["operations_rate"] + a["product_rate"] + a["marketing_rate"]) * revenue
        costs += a["acquisition_cost"] * price * recruits + a["governance_cost"] * price * providers
        interest = balance * a["loan_rate"]
        principal = min(payment - interest, balance) if t <= a["loan_years"] else 0.0
        balance -= principal
        paid = min(a["note_rate"] * revenue, unpaid)
        unpaid -= paid
        result = revenue - costs - interest - (paid - paid / a["note_cap"])
        base = result - programme
        used = min(losses, a["loss_offset_limit"] * max(0.0, base))
        losses += max(0.0, -base) - used
        due = a["preferred_rate"] * a["preferred"] + a["share_interest_rate"] * (shares + allocated)
        full = a["tax_rate"] * (max(0.0, base) - used)
        left = max(0.0, (1 - a["reserve_share"]) * max(0.0, result - full - deficit) - due)
        saved = a["tax_rate"] * a["patronage_deductible"] * a["patronage_share"]
        surplus = result - max(0.0, full - saved * left / (1 - saved * (1 - a["reserve_share"])))
        allocatable = max(0.0, surplus - deficit)
        deficit = max(0.0, deficit - surplus)
        reserve = a["reserve_share"] * allocatable
        reserve_total += reserve
        dividend = min(a["preferred_rate"] * a["preferred"], allocatable - reserve)
        share_interest = min(a["share_interest_rate"] * (shares + allocated), allocatable - reserve - dividend)
        split = allocatable - reserve - dividend - share_interest
        refund = a["patronage_share"] * split
        credited.append(refund * (1 - a["patronage_cash_share"]))
        redeemed = credited[t - int(a["redemption_years"])] if 0 < t - a["redemption_years"] < t else 0.0
        new_shares = a["member_share"] * providers
        cash += surplus - programme - a["community_share"] * split - dividend - share_interest - a["dividend_share"] * split
        cash += -refund * a["patronage_cash_share"] - principal - paid / a["note_cap"] - redeemed + new_shares - shares
        allocated += credited[-1] - redeemed
        income += ((1 - a["take_rate"]) * sales + refund * a["patronage_cash_share"] + share_interest + redeemed) / providers
        shares, programme, last_sales = new_shares, a["reinvestment_share"] * split, sales
        flows.append(interest + principal + paid + dividend + a["dividend_share"] * split * owned)
        lowest = min(lowest, cash)
        sales_per, price = sales_per * (1 + a["sales_growth"]), price * (1 + a["inflation"])
    note_left = unpaid / a["note_cap"]
    value = max(
        0.0, a["exit_multiple"] * revenue + cash - balance - note_left - a["preferred"] - shares - allocated - reserve_total
    )
    if not a["exit_multiple"]:
        value = 0.0
    proceeds = max(min(value, a["liquidation_preference"] * raised), owned * value) if raised else 0.0
    flows[-1] += balance + note_left + a["preferred"] + proceeds
    return income, flows, lowest
