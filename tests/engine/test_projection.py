"""The projection: against the independent second reading, its identities, and one scenario inside a sweep."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from reference import reference
from strategies import stack, sweeps, values

from coopfin import ASSUMPTIONS, IDENTITIES, LINES, MEASURES, Assumptions, project

# A lowest or first year hangs on a comparison that rounding may turn; the amounts it hangs on are compared instead.
YEAR_MEASURES = {"lowest_cash_year", "break_even_year"}
RATES = {"capital_irr", "equity_irr"}


def close(ours: float, theirs: float | None, size: float) -> bool:
    if theirs is None or math.isnan(theirs):
        return math.isnan(ours)
    return abs(ours - theirs) <= 1e-9 * abs(theirs) + 1e-11 * size


@settings(max_examples=300)
@given(values())
def test_agrees_with_the_independent_reading(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    lines, measures = reference(a)
    size = max(max(map(abs, lines[name])) for name in ("gross_sales", "cash", "costs", "accumulated_deficit", "equity_paid_in"))
    for name in set(lines) & set(LINES):
        unit_size = size if LINES[name].unit == "money" else max(map(abs, lines["providers"])) if name == "recruits" else 0
        if name == "provider_income":
            unit_size = size / max(1e-9, min(lines["providers"]))
        for year in range(x.years + 1):
            ours, theirs = float(getattr(x, name)[year]), lines[name][year]
            assert close(ours, theirs, unit_size), f"{name} in year {year}: {ours} against {theirs}"
    assert set(MEASURES) <= set(measures)
    per_provider = size / max(1e-9, min(lines["providers"]))
    for name, measure in MEASURES.items():
        ours, theirs = float(measure(x)), measures[name]
        if name in YEAR_MEASURES or (name in RATES and measures[f"{name}_count"] != 1):
            continue
        if name in RATES:
            if not math.isnan(ours):
                assert close(ours, theirs, 1e3), name
        elif measure.unit == "money":
            allowed = per_provider if measure.section == "What a provider earns" else size
            assert close(ours, theirs, allowed * (x.years + 1)), f"{name}: {ours} against {theirs}"
        elif name == "surplus_margin":
            assert theirs is None or close(ours * float(MEASURES["revenue_total"](x)), theirs * measures["revenue_total"], size)
        elif name == "equity_multiple":
            assert theirs is None or close(ours * measures["capital_raised"], theirs * measures["capital_raised"], size)
        else:
            assert close(ours, theirs, 1.0), f"{name}: {ours} against {theirs}"


def test_the_independent_reading_knows_every_line_of_the_model() -> None:
    ours_only = {"sales_per_provider", "tax_base", "losses_used", "losses_carried"}
    lines, _ = reference({name: each.default for name, each in ASSUMPTIONS.items()})
    assert set(LINES) - set(lines) <= ours_only
    assert set(lines) <= set(LINES)


@pytest.mark.parametrize("identity", IDENTITIES)
@settings(max_examples=200)
@given(a=values())
def test_identities_hold_over_the_whole_possible_range(identity: str, a: dict[str, float]) -> None:
    assert np.max(np.abs(IDENTITIES[identity](project(Assumptions(**a))))) < 1e-9


@settings(max_examples=60)
@given(sweeps(7))
def test_one_scenario_equals_itself_in_a_sweep_bit_for_bit(scenarios: list[Assumptions]) -> None:
    together = project(stack(scenarios * 5))
    for lane, a in enumerate(scenarios):
        alone = project(a)
        for name in LINES:
            np.testing.assert_array_equal(getattr(alone, name), getattr(together, name)[:, lane], err_msg=name)
        for name, measure in MEASURES.items():
            np.testing.assert_array_equal(measure(alone), measure(together)[lane], err_msg=name)


def test_a_thousand_scenarios_equal_each_alone() -> None:
    rng = np.random.default_rng(1)
    varied = {
        name: rng.uniform(*ASSUMPTIONS[name].plausible, 1000)
        for name in ("take_rate", "churn", "loan", "loan_rate", "exit_multiple")
    }
    fixed = {"equity_1_amount": 5e5, "equity_1_pre_money": 2e6, "note": 1e5, "patronage_share": 0.6, "reserve_share": 0.1}
    together = project(Assumptions(**varied, **fixed))
    rates = MEASURES["capital_irr"](together)
    for lane in range(0, 1000, 37):
        alone = project(Assumptions(**{name: v[lane] for name, v in varied.items()}, **fixed))
        np.testing.assert_array_equal(alone.cash, together.cash[:, lane])
        np.testing.assert_array_equal(MEASURES["capital_irr"](alone), rates[lane])


@given(values())
@settings(max_examples=50)
def test_equal_numbers_give_equal_results_whatever_the_name(a: dict[str, float]) -> None:
    # project() takes no name, kind or legal form: there is nothing else it could depend on.
    one, two = project(Assumptions(**a)), project(Assumptions(**dict(reversed(a.items()))))
    for name in LINES:
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_two_axes_of_scenarios_keep_their_shape() -> None:
    a = Assumptions(take_rate=np.linspace(0.1, 0.3, 3).reshape(3, 1), churn=np.linspace(0.1, 0.5, 4))
    x = project(a)
    assert x.cash.shape == (11, 3, 4)
    assert all(measure(x).shape == (3, 4) for measure in MEASURES.values())


def test_no_providers_is_said_and_not_divided_by() -> None:
    x = project(Assumptions(providers=0))
    assert np.isnan(MEASURES["provider_income_final"](x))
    assert MEASURES["provider_income_final"].empty(x) == "there are no providers"


def test_a_horizon_of_one_year_grows_at_the_first_rate() -> None:
    a = Assumptions(years=1, providers=100, growth_first=0.5, growth_last=0.1)
    assert project(a).providers[1] == 150
    assert project(replace(a, years=2)).providers[2] == pytest.approx(165)
