"""The way of the money through a year, as forks: what comes in on the left goes out on the right, to the last cent."""

from __future__ import annotations

from collections.abc import Mapping

# Each line and what it divides into. The last part is the one that the next fork divides further.
FORKS: Mapping[str, tuple[str, ...]] = {
    "gross_sales": ("provider_pay", "commission"),
    "revenue": (
        "payment_processing", "service_costs", "operations", "overhead_costs", "product", "marketing", "acquisition",
        "governance", "operating_surplus",
    ),
    "operating_surplus": ("loan_interest", "note_cost", "surplus_before_tax"),
    "surplus_before_tax": ("tax", "surplus"),
    "surplus": ("deficit_covered", "allocatable"),
    "allocatable": ("reserve", "preferred_dividend", "share_interest", "distributable"),
    "distributable": ("community", "reinvestment", "dividends", "retained", "patronage"),
    "patronage": ("patronage_retained", "patronage_cash"),
}  # fmt: skip

# What else flows into a line than the last part of the fork before.
JOINS: Mapping[str, tuple[str, ...]] = {"revenue": ("commission", "ancillary_revenue")}
