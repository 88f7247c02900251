"""Tornado and map: every bar and every cell against one projection by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coopfin import ASSUMPTIONS, MEASURES, AssumptionError, Assumptions, Lever, lever_map, project, tornado
from coopfin.engine.assumptions import SPLIT

ENTERPRISES = {
    "marketplace": Assumptions(take_rate=0.25, equity_1_amount=5e5, equity_1_pre_money=2e6, exit_multiple=2),
    "cooperative": Assumptions(take_rate=0.16, loan=2e5, member_share=100, patronage_share=0.5, community_share=0.2),
}


def measured(measure: str, enterprise: str | None, moved: dict[Lever, float]) -> float:
    values = {}
    for name, a in ENTERPRISES.items():
        mine = {lever.assumption: value for lever, value in moved.items() if lever.enterprise in (None, name)}
        values[name] = float(MEASURES[measure](project(replace(a, **mine))))
    return values["cooperative"] - values["marketplace"] if enterprise is None else values[enterprise]


@pytest.mark.parametrize(
    ("measure", "enterprise"),
    [("provider_income_total", None), ("provider_value", "cooperative"), ("capital_irr", "marketplace"), ("capital_irr", None)],
)
def test_every_bar_is_what_two_projections_give(measure: str, enterprise: str | None) -> None:
    found = tornado(ENTERPRISES, measure, enterprise)
    assert found.base == measured(measure, enterprise, {})
    for bar in found.bars:
        np.testing.assert_array_equal(bar.at_low, measured(measure, enterprise, {bar.lever: bar.low}))
        np.testing.assert_array_equal(bar.at_high, measured(measure, enterprise, {bar.lever: bar.high}))
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0


# Nothing moves them where what they need is 0: a fee per order without orders, a round without a value before it.
NEEDS_ANOTHER = {
    "spend_response", "order_fee", "payment_fee", *(f"equity_{n}_amount" for n in (1, 2, 3, 4)), *(f"equity_{n}_pool" for n in (1, 2, 3, 4)),
}  # fmt: skip


def test_all_assumptions_are_moved_over_their_plausible_range() -> None:
    bars = {bar.lever: bar for bar in tornado(ENTERPRISES, "lowest_cash").bars}
    for name, each in ASSUMPTIONS.items():
        levers = [Lever(name)] if each.shared else [Lever(name, enterprise) for enterprise in ENTERPRISES]
        for lever in levers:
            if each.structural:
                assert lever not in bars
            elif name not in SPLIT and not name.startswith("equity"):
                assert (bars[lever].low, bars[lever].high) == each.plausible


def test_an_end_that_the_others_do_not_permit_is_moved_to_the_nearest() -> None:
    bars = {bar.lever: bar for bar in tornado(ENTERPRISES, "lowest_cash").bars}
    assert bars[Lever("patronage_share", "cooperative")].high == pytest.approx(0.8)
    assert bars[Lever("patronage_share", "marketplace")].high == 1
    assert bars[Lever("equity_1_pre_money", "marketplace")].low == 2e6  # a used round needs a value above 0
    assert Lever("equity_1_amount", "cooperative") not in bars  # without a value before the round there is no round


def test_the_swing_reaches_to_where_things_are_and_passes_over_an_empty_end() -> None:
    (bar,) = [bar for bar in tornado(ENTERPRISES, "capital_irr", "marketplace").bars if bar.lever.assumption == "exit_multiple"]
    assert np.isnan(bar.at_low)  # never sold: nothing comes back
    assert bar.swing == bar.at_high - measured("capital_irr", "marketplace", {})


@pytest.mark.parametrize("call", [lambda e: tornado(e, "lowest_cash"), lambda e: lever_map(e, UP, ACROSS, "lowest_cash")])
def test_enterprises_must_agree_on_what_they_share(call: Any) -> None:
    with pytest.raises(AssumptionError, match=r"inflation .* is shared by all enterprises"):
        call(ENTERPRISES | {"cooperative": replace(ENTERPRISES["cooperative"], inflation=0.1)})


ACROSS, UP = Lever("take_rate", "cooperative"), Lever("providers")


def test_every_cell_is_what_one_projection_gives() -> None:
    found = lever_map(ENTERPRISES, ACROSS, UP, "provider_value")
    assert found.difference.shape == (61, 61)
    assert (found.across[0], found.across[-1]) == ASSUMPTIONS["take_rate"].plausible
    assert (found.up[0], found.up[-1]) == ASSUMPTIONS["providers"].plausible
    for i, j in ((0, 0), (0, 60), (60, 0), (17, 42), (60, 60)):
        moved = {ACROSS: found.across[j], UP: found.up[i]}
        assert found.difference[i, j] == measured("provider_value", None, moved)
        for enterprise in ENTERPRISES:
            assert found.values[enterprise][i, j] == measured("provider_value", enterprise, moved)
            assert found.out_of_cash[enterprise][i, j] == (measured("lowest_cash", enterprise, moved) < 0)
    assert 0 < np.mean(found.out_of_cash["cooperative"]) < 1


def test_a_lever_of_every_enterprise_moves_them_together() -> None:
    found = lever_map(ENTERPRISES, Lever("take_rate"), Lever("churn"), "take_rate", size=5)
    np.testing.assert_array_equal(found.difference, 0)


def test_cells_that_cannot_hold_together_are_empty() -> None:
    across, up = Lever("patronage_share", "cooperative"), Lever("dividend_share", "cooperative")
    found = lever_map(ENTERPRISES, across, up, "provider_value", size=11)
    together = found.across + found.up.reshape(-1, 1) + 0.2 > 1 + 1e-9
    np.testing.assert_array_equal(np.isnan(found.values["cooperative"]), together)
    np.testing.assert_array_equal(np.isnan(found.difference), together)
    assert not np.isnan(found.values["marketplace"]).any()
    assert not found.out_of_cash["cooperative"][together].any()


def test_the_map_reaches_to_where_the_levers_stand_or_as_far_as_asked() -> None:
    far = {name: replace(a, providers=9_000) for name, a in ENTERPRISES.items()}
    assert lever_map(far, ACROSS, UP, "provider_value", size=3).up.tolist() == [10, 4505, 9000]
    found = lever_map(far, ACROSS, UP, "provider_value", size=3, across_ends=(0.1, 0.2), up_ends=(0, 1e6))
    assert (found.across.tolist(), found.up.tolist()) == (pytest.approx([0.1, 0.15, 0.2]), [0, 5e5, 1e6])


def test_the_two_levers_must_differ() -> None:
    with pytest.raises(ValueError, match="both levers move take_rate"):
        lever_map(ENTERPRISES, ACROSS, Lever("take_rate"), "provider_value")
