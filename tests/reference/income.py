"""The income statement of one month down to the operating surplus."""

import math

from .market import YearAhead

# What grows with the number of providers, and what does not.
VARIABLE = (
    "payment_processing",
    "service_costs",
    "bad_debts",
    "incentives",
    "benefits",
    "operations",
    "community_contribution",
    "governance",
)
COSTS = (*VARIABLE, "marketing", "product", "overhead_costs", "founder_wages", "acquisition")


def income_month(a: dict[str, float], year: YearAhead, market: dict[str, float]) -> dict[str, float]:
    sales, orders, level = market["gross_sales"], market["orders"], year.price_level
    y: dict[str, float] = {}
    y["commission"] = math.fsum(
        (year.take * sales, a["order_fee"] * level * orders, a["dues"] * level / 12 * market["active_providers"])
    )
    y["provider_pay"] = sales - y["commission"]
    y["ancillary_revenue"] = a["ancillary_rate"] * sales
    y["revenue"] = y["commission"] + y["ancillary_revenue"]
    y["payment_processing"] = a["processing_rate"] * sales + a["payment_fee"] * level * orders
    y["service_costs"] = a["service_rate"] * sales / a["price"]
    y["bad_debts"] = a["bad_debt_rate"] * sales
    y["incentives"] = a["incentive_rate"] * sales
    y["benefits"] = a["benefits_rate"] * y["provider_pay"]
    y["operations"] = a["operations_rate"] * y["revenue"]
    y["marketing"] = a["marketing_rate"] * y["revenue"]
    y["community_contribution"] = a["community_rate"] * y["revenue"]
    y["product"] = a["product_rate"] * y["revenue"] + a["product_team"] * level / 12
    y["overhead_costs"] = a["overhead"] * level / 12
    y["founder_wages"] = a["founder_pay"] * level / 12
    y["acquisition"] = a["acquisition_cost"] * level * market["recruits"]
    y["governance"] = a["governance_cost"] * level / 12 * market["active_providers"]
    y["costs"] = math.fsum(y[name] for name in COSTS)
    y["operating_surplus"] = y["revenue"] - y["costs"]
    return y
