"""Tornado and map: every bar and every cell against one projection by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coopfin import ASSUMPTIONS, MEASURES, AssumptionError, Assumptions, Lever, Verdict, lever_map, project, tornado
from coopfin.comparison.verdict import verdict
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
    [("provider_month", None), ("provider_value", "cooperative"), ("capital_irr", "marketplace"), ("capital_irr", None)],
)
def test_every_bar_is_what_two_projections_give(measure: str, enterprise: str | None) -> None:
    found = tornado(ENTERPRISES, measure, enterprise)
    assert found.base == measured(measure, enterprise, {})
    for bar in found.bars:
        np.testing.assert_array_equal(bar.at_low, measured(measure, enterprise, {bar.lever: bar.low}))
        np.testing.assert_array_equal(bar.at_high, measured(measure, enterprise, {bar.lever: bar.high}))
        assert bar.ends[0].value == bar.at_low or np.isnan(bar.at_low)
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0


# What another assumption keeps where it is: fees without orders, rounds without a value, papers that would own it all.
NEEDS_ANOTHER = {"spend_response", "order_fee", "payment_fee", "safe_1_amount", "safe_2_amount"} | {
    f"equity_{n}_amount" for n in (1, 2, 3, 4)
}
NEEDS_ROOM = {*SPLIT, "take_rate_step", "equity_1_pre_money"}


def test_all_assumptions_are_moved_over_their_plausible_range() -> None:
    bars = {bar.lever: bar for bar in tornado(ENTERPRISES, "lowest_cash").bars}
    for name, each in ASSUMPTIONS.items():
        levers = [Lever(name)] if each.shared else [Lever(name, enterprise) for enterprise in ENTERPRISES]
        for lever in levers:
            if each.structural:
                assert lever not in bars
            elif lever not in bars:
                assert name in NEEDS_ANOTHER
            elif name not in NEEDS_ROOM:
                assert (bars[lever].low, bars[lever].high) == each.plausible


def test_an_end_that_the_others_do_not_permit_is_moved_to_the_nearest() -> None:
    bars = {bar.lever: bar for bar in tornado(ENTERPRISES, "lowest_cash").bars}
    assert bars[Lever("patronage_share", "cooperative")].high == pytest.approx(0.8)
    assert bars[Lever("patronage_share", "marketplace")].high == 1
    assert bars[Lever("equity_1_pre_money", "marketplace")].low == 2e6  # a used round needs a value above 0
    assert Lever("equity_1_amount", "cooperative") not in bars  # without a value before the round there is no round


def test_the_ends_say_who_runs_dry_and_nobody_who_does_is_better() -> None:
    found = tornado(ENTERPRISES, "provider_month")
    seen = set()
    for bar in found.bars:
        for setting, end in zip((bar.low, bar.high), bar.ends, strict=True):
            firms = {name: replace(a, **mine(bar.lever, name, setting)) for name, a in ENTERPRISES.items()}
            projections = {name: project(a) for name, a in firms.items()}
            assert end.dry == tuple(name for name, x in projections.items() if not x.lows.lives)
            assert end.verdict == verdict(MEASURES["provider_month"], *projections.values())
            seen.add(end.verdict)
        better = {end.verdict for end in bar.ends} & {Verdict.BETTER, Verdict.WORSE}
        assert found.turns(bar) == bool(better - {found.now.verdict})
    assert len(seen) >= 3
    assert {end.verdict for bar in tornado(ENTERPRISES, "lowest_cash", "cooperative").bars for end in bar.ends} == {Verdict.EMPTY}


def mine(lever: Lever, enterprise: str, setting: float) -> dict[str, float]:
    return {lever.assumption: setting} if lever.moves(enterprise) else {}


def test_ranges_that_are_known_go_before_the_sliders() -> None:
    ranges = {Lever("churn"): (0.2, 0.4), Lever("take_rate", "cooperative"): (0.1, 0.2), Lever("inflation"): (0.01, 0.03)}
    alike = {name: replace(a, churn=0.3) for name, a in ENTERPRISES.items()}
    bars = {bar.lever: bar for bar in tornado(alike, "provider_month", ranges=ranges).bars}
    assert {lever: (bar.low, bar.high) for lever, bar in bars.items() if bar.evidence} == ranges
    assert (bars[Lever("take_rate", "marketplace")].low, bars[Lever("take_rate", "marketplace")].high) == (
        ASSUMPTIONS["take_rate"].plausible
    )
    # Where the firms stand apart, a range of both is that of each.
    apart = alike | {"cooperative": replace(alike["cooperative"], churn=0.1)}
    bars = {bar.lever: bar for bar in tornado(apart, "provider_month", ranges=ranges).bars}
    assert Lever("churn") not in bars
    for name in apart:
        assert bars[Lever("churn", name)].evidence
        assert (bars[Lever("churn", name)].low, bars[Lever("churn", name)].high) == (0.2, 0.4)


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
