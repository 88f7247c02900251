"""Random enterprises of a size where good and bad years both happen, with corners drawn on purpose."""

from __future__ import annotations

import math
from collections.abc import Set

import numpy as np
from hypothesis import strategies as st

from coopfin import ASSUMPTIONS, Assumptions
from coopfin.engine.assumptions import MAX_PAPERS, MAX_ROUNDS, SPLIT
from coopfin.engine.declaration import Assumption

STRUCTURAL = [name for name, each in ASSUMPTIONS.items() if each.structural]
FREE = [name for name, each in ASSUMPTIONS.items() if not each.structural]
# Amounts have no upper end; these are far beyond any platform.
LARGEST = {"money": 1e9, "count": 1e7, "multiple": 20.0, "years": 40, "month": 480}
# What costs money whatever is earned: a corner of these leaves no good year, so they meet corners less often.
DEAR = (
    "take_rate", "incentive_rate", "bad_debt_rate", "benefits_rate", "processing_rate", "service_rate", "operations_rate",
    "product_rate", "marketing_rate", "community_rate", "overhead", "founder_pay", "product_team", "governance_cost",
    "acquisition_cost", "payment_fee", "order_fee", "dues", "inflation", "providers", "sales_per_provider", "churn", "price",
)  # fmt: skip
FIXED = ("overhead", "founder_pay", "product_team")
OF_REVENUE = ("operations_rate", "product_rate", "marketing_rate", "community_rate")
OF_SALES = ("incentive_rate", "processing_rate", "service_rate", "bad_debt_rate")


def random_values(
    rng: np.random.Generator, unset: Set[str] = frozenset(), structural: dict[str, float] | None = None
) -> dict[str, float]:
    """The values of one enterprise, those in ``unset`` at their default.

    What must hold between values is put right by rescaling, not by rejecting.
    """
    drawn = {name: _ordinary(each, rng) for name, each in ASSUMPTIONS.items()}
    drawn["years"] = float(rng.choice([1, 2, 3, 5, 8, 10], p=[0.05, 0.1, 0.25, 0.3, 0.2, 0.1]))
    _market(drawn, rng)
    _business(drawn, rng)
    _capital(drawn, rng)
    _surplus(drawn, rng)
    for name in rng.choice(list(ASSUMPTIONS), size=rng.choice([0, 0, 0, 1, 3, 10, 40]), replace=False):
        if name not in DEAR or rng.random() < 0.25:
            drawn[name] = _corner(ASSUMPTIONS[name], rng)
    drawn |= {name: ASSUMPTIONS[name].default for name in unset} | (structural or {})
    _fit(drawn, free_months=structural is None)
    return _rounded(drawn)


def random_pair(rng: np.random.Generator) -> tuple[dict[str, float], dict[str, float]]:
    """Two enterprises of one scenario: what all share is equal."""
    one, two = random_values(rng), random_values(rng)
    two |= {name: value for name, value in one.items() if ASSUMPTIONS[name].shared}
    _fit(two, free_months=True)
    return one, _rounded(two)


def _rounded(drawn: dict[str, float]) -> dict[str, float]:
    return {name: float(f"{value:.6g}") if name in FREE and name not in SPLIT else value for name, value in drawn.items()}


def _corner(each: Assumption, rng: np.random.Generator) -> float:
    """An end of what is possible, or 0 within it, or the end of what is plausible."""
    unit = each.unit
    high = min(unit.high, LARGEST.get(unit.name, math.inf))
    high = high - 0.01 if unit.high_open and high == unit.high else high
    low = unit.low + 0.01 if unit.low_open else unit.low
    found = float(rng.choice([low, high, max(low, min(0.0, high)), *each.plausible]))
    return found if unit.permits(found) else each.default


def _ordinary(each: Assumption, rng: np.random.Generator) -> float:
    drawn = each.default if rng.random() < 0.3 else rng.uniform(*each.plausible)
    return float(round(drawn)) if each.unit.whole else drawn


def _market(drawn: dict[str, float], rng: np.random.Generator) -> None:
    drawn["providers"] = float(round(10 ** rng.uniform(0.5, 3.7)))
    drawn["sales_per_provider"] = 10 ** rng.uniform(3, 5)
    drawn["price"] = float(rng.choice([1, rng.uniform(0.6, 1.5)]))
    drawn["crowding"] = float(rng.choice([0, 1, 0.5, rng.random()]))
    drawn["pay_response"] = float(rng.choice([0, rng.uniform(0.1, 4)], p=[0.4, 0.6]))
    drawn["provider_cost_rate"] = float(rng.uniform(0, 0.5))
    drawn["churn"] = float(rng.uniform(0, 0.6))
    drawn["intake_first"], drawn["intake_last"] = rng.uniform(0, 1.5), rng.uniform(0, 0.6)


def _business(drawn: dict[str, float], rng: np.random.Generator) -> None:
    """Costs that grow with the business leave something of the commission; fixed ones take less of it, or more."""
    take = float(rng.uniform(0.06, 0.4))
    of_sales, of_revenue = take * rng.dirichlet(np.ones(6)) * 0.8, rng.dirichlet(np.ones(6)) * 0.8
    drawn |= dict(zip(OF_SALES, of_sales.tolist(), strict=False)) | dict(zip(OF_REVENUE, of_revenue.tolist(), strict=False))
    drawn["take_rate"], drawn["benefits_rate"] = take, float(rng.choice([0, 0.05 * take]))
    drawn["take_rate_step"] = float(rng.choice([0, rng.uniform(-0.01, 0.02)]))
    drawn["order_value"] = float(rng.choice([0, 10 ** rng.uniform(0.5, 2.5)]))
    for fee in ("payment_fee", "order_fee"):
        drawn[fee] = float(rng.choice([0, rng.uniform(0, 0.02)])) * drawn["order_value"]
    drawn["dues"] = float(rng.choice([0, rng.uniform(0, 0.1)])) * drawn["sales_per_provider"]
    left = take * drawn["sales_per_provider"] * (1 - sum(of_revenue[:4])) - sum(of_sales[:4]) * drawn["sales_per_provider"]
    for cost in ("governance_cost", "acquisition_cost"):
        drawn[cost] = float(rng.choice([0, rng.uniform(0, 0.3)])) * max(0.0, left)
    fixed = max(0.0, left) * drawn["providers"] * rng.uniform(0, 1.2)
    drawn |= dict(zip(FIXED, (fixed * rng.dirichlet(np.ones(3))).tolist(), strict=True))
    drawn["member_share"] = float(rng.choice([0, rng.uniform(0, 1)])) * take * drawn["sales_per_provider"]


def _capital(drawn: dict[str, float], rng: np.random.Generator) -> None:
    revenue = drawn["providers"] * drawn["sales_per_provider"] * drawn["take_rate"]
    amounts = [f"equity_{n}_amount" for n in range(1, 5)] + [f"safe_{n}_amount" for n in (1, 2)]
    for name in (*amounts, "loan", "note", "preferred", "grants"):
        drawn[name] = revenue * float(rng.choice([0, rng.uniform(0.01, 2)]))
    for n in range(1, MAX_ROUNDS + 1):
        drawn[f"equity_{n}_pre_money"] = revenue * 10 ** rng.uniform(-1, 1.5)
        drawn[f"equity_{n}_participating"] = float(rng.integers(2))
    for n in range(1, MAX_PAPERS + 1):
        drawn[f"safe_{n}_cap"] = float(rng.choice([0, revenue * 10 ** rng.uniform(-0.5, 1.5)]))
    for name in STRUCTURAL:
        if name.endswith("_month"):
            drawn[name] = float(rng.choice([0, 12, rng.integers(0, int(12 * drawn["years"]) + 10)]))
    drawn["loan_years"], drawn["loan_grace"] = float(rng.integers(1, 9)), float(rng.choice([0, rng.integers(0, 40)]))
    drawn["exit_multiple"] = float(rng.choice([0, rng.uniform(0.1, 8)], p=[0.3, 0.7]))
    drawn["exit_probability"] = float(rng.choice([0, 1, rng.random()], p=[0.1, 0.4, 0.5]))


def _surplus(drawn: dict[str, float], rng: np.random.Generator) -> None:
    parts = rng.dirichlet(np.ones(5)) * rng.choice([1.0, rng.random()])
    drawn |= {name: math.floor(part * 1000) / 1000 for name, part in zip(SPLIT, parts.tolist(), strict=False)}
    if rng.random() < 0.2:
        only = rng.choice(SPLIT)
        drawn |= {name: float(name == only) for name in SPLIT}
    drawn["member_business"] = float(rng.choice([1, rng.uniform(0, 0.5), 0], p=[0.5, 0.4, 0.1]))
    drawn["share_interest_rate"] = float(rng.choice([0, rng.uniform(0, 0.3)], p=[0.3, 0.7]))
    drawn["loss_offset_limit"] = float(rng.choice([1, 0.7, rng.random(), 0], p=[0.5, 0.2, 0.2, 0.1]))
    drawn["redemption_years"] = float(rng.choice([0, 1, 2, 3, 5]))
    drawn["tax_rate"] = float(rng.choice([0, 0.21, 0.3, rng.uniform(0, 0.9)]))


def _fit(drawn: dict[str, float], *, free_months: bool) -> None:
    """Put right what must hold between values."""
    total = sum(drawn[name] for name in SPLIT)
    if total > 1:
        drawn |= {name: math.floor(drawn[name] / total * 1000) / 1000 for name in SPLIT}
    steps = max(1.0, drawn["years"] - 1)
    lowest, highest = -drawn["take_rate"] / steps, (1 - drawn["take_rate"]) / steps
    drawn["take_rate_step"] = min(max(drawn["take_rate_step"], lowest), highest) * 0.99
    if drawn["payment_fee"] + drawn["order_fee"] > 0 and drawn["order_value"] < 1e-3:
        drawn["order_value"] = 20.0
    if drawn["pay_response"] > 0:
        drawn["crowding"] = max(drawn["crowding"], 0.05)
        drawn["provider_cost_rate"] = min(drawn["provider_cost_rate"], 0.95)
        drawn["outside_keep"] = max(drawn["outside_keep"], drawn["provider_cost_rate"] + 0.03)
    if drawn["spend_response"] > 0:
        drawn["spend_needed"] = max(drawn["spend_needed"], 0.01)
    if free_months:
        drawn["loan_grace"] = min(drawn["loan_grace"], 12 * drawn["loan_years"] - 1)
        months = sorted(drawn[f"equity_{n}_month"] for n in range(1, MAX_ROUNDS + 1))
        drawn |= {f"equity_{n}_month": month for n, month in enumerate(months, start=1)}
    room = 0.4  # of the company, for each paper
    for n in range(1, MAX_ROUNDS + 1):
        amount, value = drawn[f"equity_{n}_amount"], max(drawn[f"equity_{n}_pre_money"], 1.0)
        drawn[f"equity_{n}_pre_money"] = value = max(value, 1e-3 * amount)
        drawn[f"equity_{n}_pool"] = min(drawn[f"equity_{n}_pool"], 0.9 * value / (value + amount))
    for n in range(1, MAX_PAPERS + 1):
        most = math.inf
        for k in range(1, MAX_ROUNDS + 1):
            amount, value = drawn[f"equity_{k}_amount"], drawn[f"equity_{k}_pre_money"]
            if amount > 0:
                free = 1 - drawn[f"equity_{k}_pool"] * (value + amount) / value
                most = min(most, room * (1 - drawn[f"safe_{n}_discount"]) * value * free)
        if drawn[f"safe_{n}_cap"] > 0:
            most = min(most, room * drawn[f"safe_{n}_cap"])
        growth = 1 + drawn[f"safe_{n}_interest"] * drawn["years"]
        drawn[f"safe_{n}_amount"] = min(drawn[f"safe_{n}_amount"], most / growth)


@st.composite
def values(draw: st.DrawFn, structural: dict[str, float] | None = None) -> dict[str, float]:
    """The values of one enterprise; some stay at their default, so that a failure is easy to read."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kept = {"providers", "sales_per_provider", "take_rate", "overhead"}
    unset = draw(st.sets(st.sampled_from(sorted(set(ASSUMPTIONS) - kept)), max_size=20))
    return random_values(rng, unset, structural)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, float]]:
    """The values of two enterprises of one scenario."""
    return random_pair(np.random.default_rng(draw(st.integers(0, 2**32))))


@st.composite
def structures(draw: st.DrawFn) -> dict[str, float]:
    """Structural values that a whole sweep shares."""
    drawn = draw(values())
    return {name: drawn[name] for name in STRUCTURAL}


@st.composite
def sweeps(draw: st.DrawFn, size: int) -> list[Assumptions]:
    """Single scenarios that can be stacked into one sweep."""
    structural = draw(structures())
    return [Assumptions(**draw(values(structural))) for _ in range(size)]


def stack(scenarios: list[Assumptions]) -> Assumptions:
    """The same scenarios as one set of arrays."""
    free = {name: np.array([float(getattr(a, name)) for a in scenarios]) for name in FREE}
    return Assumptions(**free, **{name: getattr(scenarios[0], name) for name in STRUCTURAL})
