"""The quick answers of the first screen: chances against one projection for each draw, effects against the tornado."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coopfin import MEASURES, AssumptionError, Lever, chances, effects, project, read_scenario, sample, tornado
from coopfin.evidence.ranges import ends, of_levers, read_ranges
from coopfin.uncertainty.chances import within

SAMPLES = Path(__file__).parents[2] / "sample_data"
PRESET = SAMPLES / "presets" / "ride-hailing.csv"
EVIDENCE = SAMPLES / "ranges" / "ride-hailing.csv"
ENTERPRISES = read_scenario(PRESET.read_bytes(), PRESET.name).enterprises
RANGES = ends(of_levers(read_ranges(EVIDENCE.read_bytes(), EVIDENCE.name, ENTERPRISES)))


def test_chances_are_counted_in_projections_of_single_draws() -> None:
    found, drawn = chances(ENTERPRISES, RANGES, draws=64), sample(within(ENTERPRISES, RANGES), 64, 1)
    earned: dict[str, list[float]] = {name: [] for name in ENTERPRISES}
    lives: dict[str, list[bool]] = {name: [] for name in ENTERPRISES}
    for draw in range(64):
        for name, a in ENTERPRISES.items():
            mine = {each.split()[0]: values[draw] for each, values in drawn.items() if each.split()[1:] in ([], [name])}
            x = project(replace(a, **mine))
            earned[name].append(float(MEASURES["provider_month"](x)))
            lives[name].append(float(MEASURES["funding_gap"](x)) == 0)
    more = np.greater(earned["cooperative"], earned["marketplace"]) & lives["cooperative"]
    assert found.better_and_solvent == {"cooperative": np.mean(more)}
    assert found.lives == {name: np.mean(each) for name, each in lives.items()}
    assert found.draws == 64


def test_the_same_seed_gives_the_same_and_nothing_open_is_refused() -> None:
    assert chances(ENTERPRISES, RANGES, 100, 3) == chances(ENTERPRISES, RANGES, 100, 3)
    with pytest.raises(AssumptionError, match="no assumption is uncertain"):
        chances(ENTERPRISES, {})


def test_a_range_of_the_market_is_drawn_once_and_follows_the_lever() -> None:
    by_name = {each.name: each for each in within(ENTERPRISES, RANGES)}
    assert by_name["churn"].likely == ENTERPRISES["marketplace"].churn
    moved = ENTERPRISES | {"cooperative": replace(ENTERPRISES["cooperative"], churn=0.1)}
    apart = {each.name: each for each in within(moved, RANGES)}
    assert "churn" not in apart
    assert apart["churn cooperative"].likely == apart["churn cooperative"].low == 0.1
    assert apart["churn marketplace"].low == by_name["churn"].low
    drawn = sample(tuple(apart.values()), 256, 1)
    ranks = [drawn[f"churn {name}"].argsort().argsort() for name in ENTERPRISES]
    assert np.corrcoef(ranks)[0, 1] > 0.99
    assert 0 <= chances(moved, RANGES, 32).lives["cooperative"] <= 1


def test_what_is_uncertain_of_a_firm_is_of_its_copies_and_moves_with_it() -> None:
    firms = ENTERPRISES | dict.fromkeys(("Plan A", "Plan B", "Plan C"), ENTERPRISES["cooperative"])
    firms["Plan B"] = replace(firms["Plan B"], take_rate=0.1)
    firms["Not sold"] = replace(ENTERPRISES["marketplace"], exit_multiple=0)
    alike = {"cooperative": ("Plan A", "Plan B", "Plan C"), "marketplace": ("Not sold",)}
    drawn = sample(within(firms, RANGES, alike), 256, 1)
    ranks = [drawn[f"take_rate {name}"].argsort().argsort() for name in ("cooperative", "Plan A", "Plan B", "Plan C")]
    assert np.corrcoef(ranks).min() > 0.98
    assert drawn["take_rate Plan B"].min() < 0.13 <= drawn["take_rate cooperative"].min()
    assert "exit_multiple marketplace" in drawn and "exit_multiple Not sold" not in drawn
    found = chances(firms, RANGES, 200, alike=alike)
    assert found.lives["Plan A"] == pytest.approx(found.lives["cooperative"], abs=0.03)


def test_effects_are_the_bars_of_the_tornado() -> None:
    found = effects(ENTERPRISES, RANGES, "provider_month")
    bars = tornado(ENTERPRISES, "provider_month", ranges=RANGES).bars
    assert tuple(found.values()) == bars
    assert {lever for lever, bar in found.items() if bar.evidence} >= {Lever("pay_response"), Lever("take_rate", "marketplace")}
    assert not found[Lever("loan_rate", "cooperative")].evidence
    assert (found[Lever("churn")].low, found[Lever("churn")].high) == RANGES[Lever("churn")]
