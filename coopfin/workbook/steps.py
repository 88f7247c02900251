"""What the engine says about the steps between the lines, so that their cells show a value without recalculation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from coopfin.capital import returns
from coopfin.capital.ownership import cap_table, exit_value, sale
from coopfin.engine.assumptions import MAX_ROUNDS
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.loan import geometric_sum
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array
from coopfin.workbook.formulas import CHECKS, NONE

# From -99 % to about 3,000 % a year, by a fixed ratio of growth factors: near enough for IRR() to find its way.
RATES: Array = np.array([0.01 * 1.25**step - 1 for step in range(37)])


def steps(x: Projection) -> Mapping[str, Array]:
    """The values of every figure of ``coopfin.workbook.formulas`` by name, an array with a value per cell."""
    return {**_single(x), **_yearly(x), **_flows(x), **_sale(x), **_checks(x)}


def cached(value: float | Array) -> float | str:
    """One value as it is kept beside a formula; what is too large to compute is the error a spreadsheet gives."""
    if np.isnan(value):
        return NONE
    return float(value) + 0.0 if np.isfinite(value) else "#NUM!"


def present_values(flows: Array) -> Array:
    """The present value of ``flows`` (year 0 first) at each of ``RATES``."""
    value = np.zeros_like(RATES)
    with np.errstate(over="ignore"):
        for flow in flows[::-1]:
            value = value / (1 + RATES) + flow
    return value


def _single(x: Projection) -> dict[str, Array]:
    a = x.assumptions
    ratio = 1 / (1 + a.loan_rate) if a.loan_rate > 0 else 1 + a.loan_rate
    saved = a.tax_rate * a.patronage_deductible * a.patronage_share
    amounts = (x.gross_sales, x.costs, x.equity_paid_in, x.cash, -x.cash, x.accumulated_deficit, x.preferred, x.grants)
    return {
        "loan_ratio": ratio,
        "loan_factor": geometric_sum(np.asarray(ratio), a.loan_years),
        "tax_saved_by_refund": saved,
        "refund_echo": saved * (1 - a.reserve_share),
        "largest_amount": np.max([np.max(amount) for amount in amounts], initial=1.0),
    }


def _yearly(x: Projection) -> dict[str, Array]:
    a = x.assumptions
    full = a.tax_rate * (np.maximum(0.0, x.tax_base) - x.losses_used)
    due = a.preferred_rate * a.preferred + a.share_interest_rate * (_before(x.member_shares) + _before(x.allocated_equity))
    left = (1 - a.reserve_share) * np.maximum(0.0, x.surplus_before_tax - full - _before(x.accumulated_deficit))
    return {
        "tax_without_refunds": full,
        "due_before_split": due,
        "left_without_saving": np.maximum(0.0, left - due),
        "year_with_surplus": np.concatenate([np.zeros(1), np.where(x.surplus > 0, np.arange(x.years + 1), np.nan)[1:]]),
    }


def _before(line: Array) -> Array:
    """The line a year earlier."""
    return np.concatenate([np.zeros(1), line[:-1]])


def _flows(x: Projection) -> dict[str, Array]:
    return {
        "investors_own": np.array([np.sum(cap_table(x.assumptions, year).rounds) for year in range(x.years + 1)]),
        "equity_received": returns.equity_received(x),
        "equity_flows": returns.equity_flows(x),
        "capital_flows": returns.capital_flows(x),
    }


def _sale(x: Projection) -> dict[str, Array]:
    """The rounds, one value for each of the four, and the sale."""
    a = x.assumptions
    table, value = cap_table(a), exit_value(x)
    paid = sale(x)
    used = [n for n in range(MAX_ROUNDS) if _amount(x, n) > 0]
    amount = np.array([_amount(x, n) for n in range(MAX_ROUNDS)])
    before = np.array([getattr(a, f"equity_{n + 1}_pre_money") for n in range(MAX_ROUNDS)])
    owned, proceeds = np.zeros(MAX_ROUNDS), np.zeros(MAX_ROUNDS)
    owned[used], proceeds[used] = table.rounds, paid.rounds
    sold = np.where(amount > 0, amount / np.where(amount > 0, before + amount, 1), 0.0)
    preference = a.liquidation_preference * amount
    share_price = np.where(owned > 0, preference / np.where(owned > 0, owned, 1), 0.0)
    common = table.founders + table.option_pool
    claims = np.array([each * common + np.sum(np.maximum(preference, each * owned)) for each in share_price])
    converts_from = np.where(owned > 0, claims, 0.0)
    converts = (owned > 0) & (value >= converts_from)
    preferences = np.sum(preference[~converts])
    shares = common + np.sum(owned[converts])
    return {
        "round_amount": amount, "part_sold": sold, "part_kept": 1 - sold, "owned": owned, "preference": preference,
        "share_price": share_price, "converts_from": converts_from, "converts": converts.astype(float), "proceeds": proceeds,
        "common": common, "sale_value": value, "preferences": preferences,
        "part_paid": np.minimum(1.0, value / preferences) if preferences > 0 else np.zeros(()),
        "common_shares": shares, "price": np.maximum(0.0, value - preferences) / shares if shares > 0 else np.zeros(()),
        "founders_get": paid.founders, "pool_gets": paid.option_pool,
    }  # fmt: skip


def _amount(x: Projection, n: int) -> float:
    a = x.assumptions
    return float(getattr(a, f"equity_{n + 1}_amount")) if getattr(a, f"equity_{n + 1}_year") <= a.years else 0.0


def _checks(x: Projection) -> dict[str, Array]:
    zero = np.zeros(())
    return {**{name: np.abs(IDENTITIES[name](x)) for name in CHECKS}, "split_check": zero, "order_check": zero}
