"""An independent second reading of the model, used as test oracle: one enterprise, plain Python, one number
at a time. Slow and literal on purpose, to be read beside the text. It shares no code with the package.
"""

import math
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

Round = tuple[int, float, float]  # year, amount, pre-money value


def loan_schedule(a: dict[str, float], years: int) -> tuple[list[float], list[float]]:
    """Principal repaid and balance by year. With level payments principal grows by 1 + rate a year."""
    term, grows = int(a["loan_years"]), 1 + a["loan_rate"]
    largest = term if grows > 1 else 1  # scaled so that the largest weight is 1: no overflow
    weight = [grows ** (year - largest) for year in range(1, term + 1)]
    principal = [0.0] + [a["loan"] * w / math.fsum(weight) for w in weight] + [0.0] * years
    balance = [a["loan"] * math.fsum(weight[year:]) / math.fsum(weight) for year in range(years + 1)]
    return principal[: years + 1], balance


def appropriate(a: dict[str, Any], surplus: Any, deficit: Any, interest_base: Any) -> dict[str, Any]:
    """The appropriation of one year's surplus, in the order of the text; numbers are float or Fraction."""
    y: dict[str, Any] = {"allocatable": max(0, surplus - deficit)}
    y["deficit_covered"] = surplus - y["allocatable"]
    y["reserve"] = a["reserve_share"] * y["allocatable"]
    left = y["allocatable"] - y["reserve"]
    y["preferred_dividend"] = min(a["preferred_rate"] * a["preferred"], left)
    left = left - y["preferred_dividend"]
    y["share_interest"] = min(a["share_interest_rate"] * interest_base, left)
    left = left - y["share_interest"]
    y["distributable"] = left
    y["community"] = a["community_share"] * left
    y["reinvestment"] = a["reinvestment_share"] * left
    y["dividends"] = a["dividend_share"] * left
    y["patronage"] = a["patronage_share"] * left
    y["retained"] = left - (y["community"] + y["reinvestment"] + y["dividends"] + y["patronage"])
    y["patronage_cash"] = a["patronage_cash_share"] * y["patronage"]
    y["patronage_retained"] = y["patronage"] - y["patronage_cash"]
    return y


def solve_tax(a: dict[str, float], before_tax: float, taxable: Fraction, deficit: float, interest_base: float) -> float:
    """The lowest tax equal to what the formula asks of the patronage which that tax leaves; by bisection.

    tax - asked(tax) never falls as the tax rises. Exact fractions, so that rounding cannot move the zero.
    """
    exact = {name: Fraction(value) for name, value in a.items()}

    def asked(tax: float) -> Fraction:
        surplus = Fraction(before_tax) - Fraction(tax)
        patronage = appropriate(exact, surplus, Fraction(deficit), Fraction(interest_base))["patronage"]
        deducted: Fraction = exact["patronage_deductible"] * patronage
        return exact["tax_rate"] * max(Fraction(0), taxable - deducted)

    low, high = 0.0, float(exact["tax_rate"] * max(Fraction(0), taxable))
    if asked(low) <= low:
        return low
    if asked(high) >= high:  # nothing is deducted: the zero is the upper end
        return high
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if asked(middle) <= middle else (middle, high)
    return high


def cap_table(rounds: list[Round]) -> tuple[float, list[float]]:
    """What founders with option pool own, and what each round owns, after these rounds."""
    founders, shares = 1.0, [0.0] * 0
    for _, amount, pre_money in rounds:
        kept = pre_money / (pre_money + amount)
        founders, shares = founders * kept, [share * kept for share in shares]
        shares.append(amount / (pre_money + amount))
    return founders, shares


def waterfall(value: float, founders: float, shares: list[float], preferences: list[float]) -> list[float]:
    """Exit proceeds by round and, last, the founders': the choices none would rather change alone."""

    def proceeds(converts: tuple[bool, ...]) -> list[float]:
        claims = math.fsum(p for p, c in zip(preferences, converts, strict=True) if not c)
        met = min(claims, value)
        common = founders + math.fsum(s for s, c in zip(shares, converts, strict=True) if c)
        price = (value - met) / common
        as_preferred = [met * p / claims if claims > 0 else 0.0 for p in preferences]
        paid = [price * s if c else p for s, p, c in zip(shares, as_preferred, converts, strict=True)]
        return [*paid, price * founders]

    def best_gain(converts: tuple[bool, ...]) -> float:
        gains = []
        for i in range(len(converts)):
            changed = (*converts[:i], not converts[i], *converts[i + 1 :])
            gains.append(proceeds(changed)[i] - proceeds(converts)[i])
        return max(gains, default=0.0)

    return proceeds(min(product((False, True), repeat=len(shares)), key=best_gain))


def roots_between(coefficients: list[float], low: float, high: float) -> list[float]:
    """Every zero of the polynomial with low < x < high: between two turning points there is at most one."""
    if len(coefficients) < 2:
        return []

    def value(x: float) -> float:
        return math.fsum(c * x**power for power, c in enumerate(coefficients))

    turning = roots_between([power * c for power, c in enumerate(coefficients)][1:], low, high)
    found = [x for x in turning if value(x) == 0]
    for left, right in pairwise([low, *turning, high]):
        if value(left) < 0 < value(right) or value(right) < 0 < value(left):
            x, y, sign = left, right, 1 if value(left) < 0 else -1
            while x < (middle := (x + y) / 2) < y:
                x, y = (middle, y) if sign * value(middle) < 0 else (x, middle)
            found.append(y)
    return sorted(found)


def rates_of_return(flows: list[float]) -> list[float]:
    """Every rate above -99 % with present value 0: zeros of a polynomial in 1 / (1 + rate), below 100."""
    while flows and flows[0] == 0:
        flows = flows[1:]
    return [1 / x - 1 for x in roots_between(flows, 0.0, 100.0)]


def reference(a: dict[str, float]) -> tuple[dict[str, list[float]], dict[str, float | None]]:
    """Statement lines by year 0..years, and the measures of the comparison (None = empty)."""
    a = {name: float(value) for name, value in a.items()}
    years = int(a["years"])
    line: dict[str, list[float]] = defaultdict(lambda: [0.0] * (years + 1))
    rounds = [
        (int(a[f"equity_{n}_year"]), a[f"equity_{n}_amount"], a[f"equity_{n}_pre_money"])
        for n in (1, 2, 3, 4)
        if a[f"equity_{n}_amount"] > 0 and a[f"equity_{n}_year"] <= years
    ]
    # Year 0, and the lines that are known beforehand
    raised = [math.fsum(amount for year, amount, _ in rounds if year == t) for t in range(years + 1)]
    line["equity_raised"] = raised
    line["equity_paid_in"] = [math.fsum(raised[: t + 1]) for t in range(years + 1)]
    line["loan_principal"], line["loan_balance"] = loan_schedule(a, years)
    line["preferred"], line["grants"] = [a["preferred"]] * (years + 1), [a["grants"]] * (years + 1)
    line["providers"][0], line["price_level"][0], line["note_balance"][0] = a["providers"], 1.0, a["note"]
    joined = a["member_share"] * a["providers"]
    line["member_shares"][0] = line["member_shares_issued"][0] = joined
    line["cash"][0] = raised[0] + a["loan"] + a["preferred"] + a["note"] + a["grants"] + joined
    note_left, losses = a["note"] * a["note_cap"], 0.0

    for t in range(1, years + 1):
        was = defaultdict(float, {name: values[t - 1] for name, values in line.items()})  # last year
        y: dict[str, float] = {"programme": was["reinvestment"]}  # this year
        # Activity
        slope = (a["growth_last"] - a["growth_first"]) * (t - 1) / (years - 1) if years > 1 else 0.0
        response = a["growth_response"] * y["programme"] / was["gross_sales"] if was["gross_sales"] else 0.0
        y["growth"] = a["growth_first"] + slope + response
        y["providers"] = was["providers"] * (1 + y["growth"])
        y["recruits"] = max(0.0, y["providers"] - was["providers"] * (1 - a["churn"]))
        y["gross_sales"] = y["providers"] * a["sales_per_provider"] * (1 + a["sales_growth"]) ** (t - 1)
        y["price_level"] = (1 + a["inflation"]) ** (t - 1)
        # Income statement
        y["commission"] = a["take_rate"] * y["gross_sales"]
        y["provider_pay"] = y["gross_sales"] - y["commission"]
        y["ancillary_revenue"] = a["ancillary_rate"] * y["gross_sales"]
        y["revenue"] = y["commission"] + y["ancillary_revenue"]
        cost = {
            "payment_processing": a["processing_rate"] * y["gross_sales"],
            "service_costs": a["service_rate"] * y["gross_sales"],
            "operations": a["operations_rate"] * y["revenue"],
            "overhead_costs": a["overhead"] * y["price_level"],
            "product": a["product_rate"] * y["revenue"],
            "marketing": a["marketing_rate"] * y["revenue"],
            "acquisition": a["acquisition_cost"] * y["price_level"] * y["recruits"],
            "governance": a["governance_cost"] * y["price_level"] * y["providers"],
        }
        y |= cost | {"costs": math.fsum(cost.values())}
        y["operating_surplus"] = y["revenue"] - y["costs"]
        y["loan_interest"] = a["loan_rate"] * was["loan_balance"]
        payment = min(a["note_rate"] * y["revenue"], note_left)
        note_left = note_left - payment
        y["note_principal"] = payment / a["note_cap"]
        y["note_cost"] = payment - y["note_principal"]
        y["surplus_before_tax"] = y["operating_surplus"] - y["loan_interest"] - y["note_cost"]
        base = y["surplus_before_tax"] - y["programme"]
        used = min(losses, a["loss_offset_limit"] * max(0.0, base))
        losses = losses + max(0.0, -base) - used
        deficit, interest_base = was["accumulated_deficit"], was["member_shares"] + was["allocated_equity"]
        taxable = Fraction(base) - Fraction(used)
        y["tax"] = solve_tax(a, y["surplus_before_tax"], taxable, deficit, interest_base)
        y["surplus"] = y["surplus_before_tax"] - y["tax"]
        # Appropriation
        y |= {k: float(v) for k, v in appropriate(a, y["surplus"], deficit, interest_base).items()}
        y["accumulated_deficit"] = max(0.0, deficit - y["surplus"])
        # Cash and balance sheet
        credited = t - int(a["redemption_years"])  # the year whose retained patronage falls due
        y["redemption"] = line["patronage_retained"][credited] if 1 <= credited < t else 0.0
        y["member_shares"] = a["member_share"] * y["providers"]
        y["member_shares_issued"] = y["member_shares"] - was["member_shares"]
        y["cash"] = was["cash"] + raised[t] + y["surplus"] - y["programme"] - y["community"]
        y["cash"] += -y["preferred_dividend"] - y["share_interest"] - y["dividends"] - y["patronage_cash"]
        y["cash"] += -line["loan_principal"][t] - y["note_principal"] - y["redemption"]
        y["cash"] += y["member_shares_issued"]
        y["note_balance"] = note_left / a["note_cap"]
        y["allocated_equity"] = was["allocated_equity"] + y["patronage_retained"] - y["redemption"]
        y["indivisible_reserve"] = was["indivisible_reserve"] + y["reserve"]
        y["development_fund"] = was["development_fund"] + y["reinvestment"] - y["programme"]
        y["retained_earnings"] = was["retained_earnings"] + y["retained"]
        # The yearly income of one provider
        income = y["provider_pay"] + y["patronage_cash"] + y["share_interest"] + y["redemption"]
        y["provider_income"] = income / y["providers"] if y["providers"] > 0 else math.nan
        for name, value in y.items():
            line[name][t] = value
    return dict(line), measure(a, line, rounds)


def measure(a: dict[str, float], line: dict[str, list[float]], rounds: list[Round]) -> dict[str, float | None]:
    """Ownership, exit and returns, and the measures of the comparison."""
    years = int(a["years"])
    final = {name: values[years] for name, values in line.items()}
    total = {name: math.fsum(values[1:]) for name, values in line.items()}

    def ratio(part: float, whole: float) -> float | None:
        return part / whole if whole else None

    worth = a["exit_multiple"] * final["revenue"] + final["cash"]
    worth -= final["loan_balance"] + final["note_balance"] + final["preferred"]
    worth -= final["member_shares"] + final["allocated_equity"] + final["indivisible_reserve"]
    exit_value = max(0.0, worth) if a["exit_multiple"] > 0 else 0.0
    preferences = [a["liquidation_preference"] * amount for _, amount, _ in rounds]
    *to_rounds, to_founders = waterfall(exit_value, *cap_table(rounds), preferences)

    owned = [math.fsum(cap_table([r for r in rounds if r[0] <= t])[1]) for t in range(years + 1)]
    received = [line["dividends"][t] * owned[t] for t in range(years + 1)]
    received[years] += math.fsum(to_rounds)
    equity = [received[t] - line["equity_raised"][t] for t in range(years + 1)]
    lent = a["loan"] + a["preferred"] + a["note"]
    paid = ["loan_interest", "loan_principal", "note_principal", "note_cost", "preferred_dividend"]
    capital = [equity[t] + math.fsum(line[name][t] for name in paid) for t in range(years + 1)]
    capital[0] -= lent
    capital[years] += final["loan_balance"] + final["note_balance"] + final["preferred"]

    m: dict[str, float | None] = {"provider_votes": a["provider_votes"], "take_rate": a["take_rate"]}
    effective = ratio(total["commission"] - total["patronage"], total["gross_sales"])
    m["effective_take_rate"], m["provider_keeps"] = effective, None if effective is None else 1 - effective
    m["provider_pay_first"] = ratio(line["provider_pay"][1], line["providers"][1])
    m["provider_pay_final"] = ratio(final["provider_pay"], final["providers"])
    m["provider_income_final"] = m["provider_income_total"] = m["provider_value"] = None
    if min(line["providers"]) > 0:
        d = 1 / (1 + a["discount_rate"])
        m["provider_income_final"] = final["provider_income"]
        m["provider_income_total"] = total["provider_income"]
        present = math.fsum(line["provider_income"][t] * d**t for t in range(1, years + 1))
        at_the_end = a["member_share"] + final["allocated_equity"] / final["providers"]
        m["provider_value"] = -a["member_share"] + present + d**years * at_the_end
    m["providers_final"] = final["providers"]
    for name in ("gross_sales", "revenue", "costs", "acquisition", "operating_surplus", "surplus", "tax"):
        m[name + "_total"] = total[name]
    m["product_total"] = total["product"] + total["programme"]
    m["surplus_margin"] = ratio(total["surplus"], total["revenue"])
    for name in ("community", "reinvestment", "patronage", "patronage_cash", "dividends"):
        m[name + "_total"] = total[name]
    m["reserve_final"], m["retained_final"] = final["indivisible_reserve"], final["retained_earnings"]
    m["allocated_equity_final"] = final["allocated_equity"]
    m["capital_raised"], m["capital_gain"] = final["equity_paid_in"] + lent, math.fsum(capital)
    for name, flows in (("capital_irr", capital), ("equity_irr", equity)):
        rates = rates_of_return(flows)
        m[name], m[name + "_count"] = rates[0] if len(rates) == 1 else None, float(len(rates))
    m["equity_multiple"] = ratio(math.fsum(received), final["equity_paid_in"])
    m["exit_value"], m["founders_proceeds"] = exit_value, to_founders
    lowest = min(line["cash"])
    m["lowest_cash"], m["lowest_cash_year"] = lowest, float(line["cash"].index(lowest))
    m["funding_gap"] = max(0.0, -lowest)
    m["break_even_year"] = next((float(t) for t in range(1, years + 1) if line["surplus"][t] > 0), None)
    return m
