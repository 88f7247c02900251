"""The market and the country: what both enterprises find, whoever owns them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coopfin.engine.assumptions.sections import MARKET, RESPONSES, TAX
from coopfin.engine.declaration import assume


@dataclass(frozen=True)
class Market:
    """The assumptions on market and country, the same in every enterprise of a scenario."""

    # fmt: off
    years: Any = assume(
        "Horizon", "years", 10, (3, 20), MARKET,
        "How many trading years are projected.", "A sale of the company happens at the horizon.",
        "On average a venture investment is held for 8 years (NVCA).",
        source="vc-target-gross-irr-on-winners-2015", shared=True, structural=True, low=1, high=40)
    demand_first: Any = assume(
        "Growth of demand in year 1", "rate", 0, (-0.10, 1.0), MARKET,
        "How much more buyers want from such a platform in year 1 than at the launch.",
        "It is the market's growth: what a firm spends and charges comes on top.",
        "Stocksy's revenue grew 126 % in 2015.",
        source="stocksy-revenue-2015", shared=True)
    demand_last: Any = assume(
        "Growth of demand in the last year", "rate", 0, (-0.10, 0.20), MARKET,
        "How much demand grows in the last year; a straight line leads there from year 1.",
        "Small differences add up over the horizon.",
        source="assumption: growth settles near that of the economy", shared=True)
    sales_growth: Any = assume(
        "Growth of sales per provider", "rate", 0, (-0.05, 0.10), MARKET,
        "How much more one provider sells each year, prices and volume, while demand and providers keep step.",
        "Below inflation, fixed costs slowly eat the margin.",
        source="assumption: equal to inflation where the work of one provider stays the same", shared=True)
    inflation: Any = assume(
        "Inflation", "rate", 0, (0.0, 0.08), MARKET,
        "Yearly growth of everything stated in year-1 money: fixed costs, costs per head and per order.",
        "Costs rise with it even where sales do not.",
        source="assumption: large central banks aim for 2 % a year", shared=True)
    season_swing: Any = assume(
        "Seasonal swing", "share", 0, (0.0, 0.60), MARKET,
        "How far sales in the best month lie above an average month's; half a year later they lie as far below.",
        "A strong season empties the cash in the months before it.",
        "Airbnb: the best quarter's revenue was 1.34 times the mean (2025).",
        source="airbnb-quarters-2025", shared=True, high=1, high_open=True)
    season_peak: Any = assume(
        "Best month", "month", 1, (1, 12), MARKET,
        "The month of each trading year in which sales are highest; month 1 follows the launch.",
        "A launch just before the season helps the first year's cash.",
        "Airbnb: revenue of 4,095 million USD in the third quarter, 2,272 million in the first (2025).",
        source="airbnb-quarters-2025", shared=True, structural=True, low=1, high=12)
    crowding: Any = assume(
        "Crowding", "share", 0.5, (0.0, 1.0), RESPONSES,
        "How far more providers only share out the same orders: at 0 each brings new sales, at 1 sales are what buyers want.",
        "The nearer to 1, the less recruiting helps and the more it costs those who are already there.",
        "Uber drivers earned about the old hourly rate two months after a fare rise (2023).",
        source="crowding-uber-reequilibration-2023", shared=True)
    provider_cost_rate: Any = assume(
        "A provider's own costs", "share", 0, (0.0, 0.60), MARKET,
        "What providers spend on vehicle, tools and materials, as a share of sales at the market's price.",
        "What is left after it is income; a high share makes a small change of the commission large.",
        "Uber drivers' vehicles: about 15 to 30 % of hourly receipts (2015).",
        source="uber-driver-expenses-2015", shared=True)
    price_elasticity: Any = assume(
        "Buyers' response to price", "multiple", 0, (0.0, 2.5), RESPONSES,
        "By how many per cent demand falls where the price is one per cent higher.",
        "At least a third of demand is left and at most three times as much; 0 means that buyers do not mind.",
        "UberX: about 5 % of rides lost for a price 10 % higher (2016).",
        source="elasticity-uberx-2015", shared=True)
    spend_response: Any = assume(
        "Demand won by spending", "share", 0, (0.0, 0.20), RESPONSES,
        "Yearly growth of demand won by spending far more than needed on product, marketing and development, "
        "or lost by spending nothing.",
        "Nobody has measured it for platforms; set it to 0 to doubt it.",
        "Advertising in 402 long-term estimates: 0.24 % more sales for 1 % more spending (2011).",
        source="advertising-elasticity-2011", shared=True)
    spend_needed: Any = assume(
        "Spending that keeps step", "share", 0, (0.0, 0.35), RESPONSES,
        "Spending on product, marketing and development that keeps demand in step with the market, of last year's sales.",
        "A firm that spends less loses demand to others, if spending wins demand at all.",
        "DoorDash: marketing and research 4.0 % of order value (2024).",
        source="spend-doordash-of-orders", shared=True)
    pay_response: Any = assume(
        "Providers' response to pay", "multiple", 0, (0.0, 4.0), RESPONSES,
        "How many per cent more join, and fewer leave, for each per cent that a provider earns more here than elsewhere.",
        "Self-employed people see their pay badly; 0 means that pay moves nobody.",
        "Employees in the United States: 2-3 % more quits for each per cent less pay (2022).",
        source="pay-quit-elasticity-epi-2022", shared=True)
    outside_keep: Any = assume(
        "What providers keep elsewhere", "share", 0.75, (0.20, 1.0), RESPONSES,
        "The part of the same sales that a provider keeps elsewhere, at the market's price.",
        "Pay here is held against it when people join or leave.",
        "New York ride-hail platforms kept 20.7 % of the fare in Apr 2022, so drivers kept the rest.",
        source="nyc-ride-hail-platform-share-of-fare-2023", shared=True)
    discount_rate: Any = assume(
        "Discount rate", "rate", 0, (0.0, 0.15), MARKET,
        "What a provider would rather have: 1 today or this much more in a year.",
        "A high rate makes late payments, such as redeemed refunds, worth little today.",
        "UK community shares offered 4.8 % a year on average (2020).",
        source="community-shares-average-interest-offered-2020", shared=True)
    cash_rate: Any = assume(
        "Interest on cash", "rate", 0, (0.0, 0.06), MARKET,
        "What the bank pays in a year on the cash that the platform holds at the year's start.",
        "Cash below 0 earns nothing and costs nothing here: it is shown as a funding gap.",
        source="assumption: 0 unless the money lies in an account that pays interest", shared=True, low=0)
    tax_rate: Any = assume(
        "Corporate income tax", "share", 0, (0.0, 0.40), TAX,
        "The share of taxable profit that goes to the state.",
        "Matters less to a firm that pays its surplus out as deductible refunds.",
        "United States, federal: 21 % (2026).",
        source="us-corporate-income-tax-2026", shared=True, high=1, high_open=True)
    loss_offset_limit: Any = assume(
        "Loss offset limit", "share", 1, (0.0, 1.0), TAX,
        "How much of a year's taxable profit earlier losses may cancel.",
        "Below 1, a firm that burns cash first pays some tax before its losses are made good.",
        source="assumption: 1 where nothing limits the use of old losses; many countries cap it", shared=True)
    patronage_deductible: Any = assume(
        "Refunds leave the tax base", "flag", 1, (0, 1), TAX,
        "Whether patronage refunds to members lower the taxable profit.",
        "Where they do not, the same refund costs the cooperative tax on top.",
        "Yes in the United States (2026).",
        source="us-patronage-dividends-excluded-from-coop-2026", shared=True)
    deduct_when_redeemed: Any = assume(
        "Credited refunds are deducted later", "flag", 0, (0, 1), TAX,
        "1: the credited part of a refund lowers the taxable profit only in the year it is paid out; 0: at once.",
        "Tax comes first then, and the relief when the refund is redeemed.",
        "United States: non-qualified notices are deductible only when redeemed (2026).",
        source="us-patronage-dividends-excluded-from-coop-2026", shared=True)
    share_interest_deductible: Any = assume(
        "Interest on shares is deducted", "flag", 0, (0, 1), TAX,
        "Whether interest on members' and preferred shares lowers the taxable profit.",
        "Where it does, members' capital costs about as much as a loan.",
        "Yes in the United Kingdom (2024).",
        source="uk-share-interest-treated-as-loan-2024", shared=True)
    reserve_deductible: Any = assume(
        "Deducted part of the reserve", "share", 0, (0.0, 1.0), TAX,
        "The part of what goes to the indivisible reserve that lowers the taxable profit.",
        "It rewards keeping the surplus where nobody can share it out.",
        "Spain: 50 % of the compulsory reserve (2022).",
        source="spain-reserve-deductible-2022", shared=True)
    # fmt: on
