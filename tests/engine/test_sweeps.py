"""One scenario inside a sweep equals itself alone, bit for bit: lines, months, measures and rates."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from strategies import random_values, stack, sweeps

from coopfin import ASSUMPTIONS, LINES, MEASURES, PAIR_MEASURES, Assumptions, project
from coopfin.capital import returns


@settings(max_examples=40)
@given(sweeps(7))
def test_one_scenario_equals_itself_in_a_sweep_bit_for_bit(scenarios: list[Assumptions]) -> None:
    together = project(stack(scenarios * 5))
    first_alone, first_together = project(scenarios[0]), project(stack([scenarios[0]] * 35))
    for lane, a in enumerate(scenarios):
        alone = project(a)
        for name, line in LINES.items():
            np.testing.assert_array_equal(getattr(alone, name), getattr(together, name)[:, lane], err_msg=name)
            if line.by_month:
                np.testing.assert_array_equal(
                    getattr(alone.months, name), getattr(together.months, name)[:, lane], err_msg=f"{name} by month"
                )
        for name, measure in MEASURES.items():
            np.testing.assert_array_equal(measure(alone), measure(together)[lane], err_msg=name)
        for name, pair in PAIR_MEASURES.items():
            np.testing.assert_array_equal(pair(first_alone, alone), pair(first_together, together)[lane], err_msg=name)
        for flows in (returns.equity_flows, returns.capital_flows):
            np.testing.assert_array_equal(flows(alone), flows(together)[:, lane])
        for rate in (returns.equity_rate, returns.capital_rate):
            np.testing.assert_array_equal(rate(alone).count, rate(together).count[lane])


def test_a_thousand_scenarios_equal_each_alone() -> None:
    rng = np.random.default_rng(1)
    names = ("take_rate", "churn", "loan", "loan_rate", "exit_multiple", "pay_response", "price", "safe_1_cap")
    low = {"pay_response": 0.1, "price": 0.5, "safe_1_cap": 400_000}
    varied = {
        name: rng.uniform(low.get(name, ASSUMPTIONS[name].plausible[0]), ASSUMPTIONS[name].plausible[1], 1000) for name in names
    }
    fixed = {
        "equity_1_amount": 5e5, "equity_1_pre_money": 2e6, "equity_1_pool": 0.1, "safe_1_amount": 1e5, "note": 1e5,
        "patronage_share": 0.6, "reserve_share": 0.1, "crowding": 0.7, "intake_first": 0.5, "acquisition_cost": 20,
    }  # fmt: skip
    together = project(Assumptions(**varied, **fixed))
    found = {name: measure(together) for name, measure in MEASURES.items()}
    for lane in range(0, 1000, 97):
        alone = project(Assumptions(**{name: v[lane] for name, v in varied.items()}, **fixed))
        np.testing.assert_array_equal(alone.cash, together.cash[:, lane])
        for name, measure in MEASURES.items():
            np.testing.assert_array_equal(measure(alone), found[name][lane], err_msg=name)


def test_a_block_of_many_shapes_of_capital_equals_each_alone() -> None:
    """Rounds and papers that some scenarios have and others have not, in one sweep."""
    rng = np.random.default_rng(8)
    structural = {name: value for name, value in random_values(rng).items() if ASSUMPTIONS[name].structural}
    structural |= {"years": 4.0, "equity_1_month": 0.0, "equity_2_month": 12.0, "equity_3_month": 12.0, "equity_4_month": 30.0}
    structural |= {"safe_1_month": 3.0, "safe_2_month": 20.0}
    scenarios = [Assumptions(**random_values(rng, structural=structural)) for _ in range(60)]
    together = project(stack(scenarios))
    found = {name: measure(together) for name, measure in MEASURES.items()}
    for lane, a in enumerate(scenarios):
        alone = project(a)
        for name, measure in MEASURES.items():
            np.testing.assert_array_equal(measure(alone), found[name][lane], err_msg=name)
