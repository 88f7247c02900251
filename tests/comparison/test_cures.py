"""Cures: each mends what it is named for, in the firm that asks, by the nearest value, and what is not named does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from strategies import random_values

from coopfin import ASSUMPTIONS, MEASURES, Assumptions, compare, project
from coopfin.comparison.cures import DRY, LEVERS, NO_SURPLUS, cures, needs
from coopfin.comparison.goal_seek import CASH_NEVER_BELOW_0, HIGHEST, LOWEST, NEAREST, at_least, nearest, seek
from coopfin.display.cure_words import needed, told
from coopfin.display.nouns import Words
from coopfin.ui.session import presets

WORDS = Words("Taxis", "driver", "drivers", "riders", "EUR")


@pytest.fixture
def cab() -> dict[str, Assumptions]:
    """Ride-hailing with a cooperative that takes too little to live."""
    firms = dict(presets.load("ride-hailing").scenario.enterprises)
    return firms | {"cooperative": replace(firms["cooperative"], take_rate=0.1)}


def test_survival_is_asked_for_before_anything_else(cab: dict[str, Assumptions]) -> None:
    found = needs(compare(cab).projections)
    assert [(each.enterprise, each.measure) for each in found[:2]] == [("cooperative", DRY), ("cooperative", NO_SURPLUS)]
    assert {each.measure for each in found[2:]} <= set(MEASURES) - {DRY, NO_SURPLUS}


def test_every_cure_mends_its_figure_and_a_smaller_move_does_not(cab: dict[str, Assumptions]) -> None:
    projections = compare(cab).projections
    tried = 0
    for need in needs(projections):
        a = cab[need.enterprise]
        for cure in cures(a, need.goal):
            tried += 1
            assert need.goal.margin(cure.after(a)) >= 0
            if not ASSUMPTIONS[cure.lever].unit.whole:
                less = cure.now + (cure.value - cure.now) * (1 - 1e-6)
                assert not need.goal.margin(project(replace(a, **{cure.lever: less}))) >= 0, cure
            after = cab | {need.enterprise: replace(a, **{cure.lever: cure.value})}
            assert (need.enterprise, need.measure) not in {(n.enterprise, n.measure) for n in needs(compare(after).projections)}
    assert tried > 3


def test_no_advantage_is_bought_with_a_firm_that_runs_dry(cab: dict[str, Assumptions]) -> None:
    behind = [each for each in needs(compare(cab).projections) if each.measure not in (DRY, NO_SURPLUS)]
    assert behind
    for need in behind:
        assert all(cure.after(cab[need.enterprise]).lows.lives for cure in cures(cab[need.enterprise], need.goal))


def test_the_least_move_comes_first(cab: dict[str, Assumptions]) -> None:
    moves = [cure.reach for cure in cures(cab["cooperative"], CASH_NEVER_BELOW_0)]
    assert moves == sorted(moves) and len(moves) > 1


def test_what_needs_no_cure_gets_none() -> None:
    firms = presets.load("ride-hailing").scenario.enterprises
    assert cures(firms["cooperative"], CASH_NEVER_BELOW_0) == ()
    assert needs({"alone": project(firms["cooperative"])}) == ()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_plausible_value_nearer_does_it(seed: int) -> None:
    a = Assumptions(**random_values(np.random.default_rng(seed)))
    found = {cure.lever: cure for cure in cures(a, CASH_NEVER_BELOW_0)}
    if project(a).lows.lives:
        assert not found
        return
    for lever in LEVERS:
        low, high = ASSUMPTIONS[lever].plausible
        values = np.arange(low, high + 1)[::6] if ASSUMPTIONS[lever].unit.whole else np.linspace(low, high, 41)[::4]
        good = []
        for value in values:
            try:
                good += [value] if project(replace(a, **{lever: float(value)})).lows.lives else []
            except ValueError:
                continue
        if lever not in found:
            assert not good, lever
        elif good:
            assert abs(found[lever].value - found[lever].now) <= min(abs(each - found[lever].now) for each in good) * (1 + 1e-9)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32), name=st.sampled_from(["take_rate", "grants", "overhead", "patronage_share"]))
def test_the_nearest_value_is_the_lowest_or_the_highest_or_between(seed: int, name: str) -> None:
    a = Assumptions(**random_values(np.random.default_rng(seed)))
    ends = [seek(a, name, CASH_NEVER_BELOW_0, which).value for which in (LOWEST, NEAREST, HIGHEST)]
    assert np.isnan(ends).all() or ends == sorted(ends)
    now = float(getattr(a, name))
    assert project(a).lows.lives == (nearest(a, name, CASH_NEVER_BELOW_0).value == now)


def test_nearest_goes_down_as_well_as_up() -> None:
    a = Assumptions(take_rate=0.3)
    assert nearest(a, "take_rate", at_least("provider_keeps", 0.8)).value == pytest.approx(0.2)
    assert nearest(replace(a, take_rate=0.1), "take_rate", at_least("take_rate", 0.25)).value == pytest.approx(0.25)


def test_in_words_with_what_it_costs(cab: dict[str, Assumptions]) -> None:
    projections = compare(cab).projections
    first, *_ = needs(projections)
    assert needed(first, projections, WORDS).startswith("The cooperative runs dry in ")
    x = projections["cooperative"]
    take, *_ = (each for each in cures(cab["cooperative"], first.goal) if each.lever == "take_rate")
    line = told(take, x, WORDS)
    assert (line.lever, line.now) == ("Take rate", "10\u202f%")
    lost = float(MEASURES["providers_final"](x) - MEASURES["providers_final"](take.after(x.assumptions)))
    assert f"{lost:.0f} fewer drivers have work" in line.cost
