"""The names of the earlier format, and what took their place."""

from __future__ import annotations

from collections.abc import Mapping

REPLACED: Mapping[str, str] = {
    "growth_first": "growth_first is of the earlier format; how many providers there are follows from who joins and who leaves: "
    "give intake_first, churn and demand_first",
    "growth_last": "growth_last is of the earlier format; how many providers there are follows from who joins and who leaves: "
    "give intake_last, churn and demand_last",
    "growth_response": "growth_response is of the earlier format; spending on product, marketing and development moves demand: "
    "give spend_response and spend_needed",
    "liquidation_preference": "liquidation_preference is of the earlier format; each round has its own: "
    "give equity_1_preference to equity_4_preference",
} | {
    f"equity_{number}_year": f"equity_{number}_year is of the earlier format; give equity_{number}_month in months: 12 × the year"
    for number in range(1, 5)
}
