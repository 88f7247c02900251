"""The projection: against the independent second reading, its identities, and one scenario inside a sweep."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from agreement import lines_apart, months_apart
from hypothesis import given, settings
from reference import reference
from strategies import random_values, values

from coopfin import ASSUMPTIONS, IDENTITIES, LINES, MEASURES, Assumptions, project
from coopfin.engine.events import papers, rounds


@settings(max_examples=200)
@given(values())
def test_lines_agree_with_the_independent_reading(a: dict[str, float]) -> None:
    x, r = project(Assumptions(**a)), reference(a)
    assert lines_apart(x, r) == []
    assert months_apart(x, r) == []


def test_the_independent_reading_knows_every_line() -> None:
    r = reference({name: each.default for name, each in ASSUMPTIONS.items()})
    assert set(LINES) == set(r.years)
    assert {name for name, line in LINES.items() if line.by_month} <= set(r.months)


def test_good_and_bad_years_caps_and_corners_are_drawn() -> None:
    rng, drawn = np.random.default_rng(1), 400
    found = Counter[str]()
    for _ in range(drawn):
        x = project(Assumptions(**random_values(rng)))
        found.update(name for name, there in _what_happens(x).items() if there)
    for name, least in LEAST.items():
        assert found[name] >= least * drawn, f"{name}: {found[name]} of {drawn}"


# How many of a hundred random enterprises must do what.
LEAST = {
    "allots a surplus": 0.40, "uses old losses": 0.08, "has good and bad years": 0.10, "members' business caps the refund": 0.03,
    "too little for the preferred dividend": 0.03, "too little for the interest on shares": 0.03,
    "pay moves providers": 0.50, "runs dry": 0.20, "is sold": 0.50, "several rounds": 0.30, "two papers": 0.10,
    "a corner": 0.30,
}  # fmt: skip


def _what_happens(x) -> dict[str, bool]:  # type: ignore[no-untyped-def]
    a, some = x.assumptions, 1e-9 * (x.gross_sales[1:] + 1)
    left = x.allocatable[1:] - x.reserve[1:]
    dividend = a.preferred_rate * x.preferred[:-1]
    interest = a.share_interest_rate * (x.member_shares + x.allocated_equity)[:-1]
    refund_limit = a.member_business * np.maximum(0, x.surplus_before_tax[1:])
    ends = {each.name: (each.unit.low, each.unit.high, *each.plausible) for each in ASSUMPTIONS.values() if each.default}
    return {
        "allots a surplus": bool(np.any(x.allocatable > 0)),
        "uses old losses": bool(np.any(x.losses_used[1:] > some)),
        "has good and bad years": bool(np.any(x.surplus[1:] > some) and np.any(x.surplus[1:] < -some)),
        "members' business caps the refund": bool(np.any(a.patronage_share * x.distributable[1:] > refund_limit + some)),
        "too little for the preferred dividend": bool(np.any((dividend > left + some) & (left > some))),
        "too little for the interest on shares": bool(
            np.any((interest > left - x.preferred_dividend[1:] + some) & (left - x.preferred_dividend[1:] > some))
        ),
        "pay moves providers": bool(a.pay_response > 0 and np.ptp(x.months.pay_ratio) > 1e-6),
        "runs dry": not x.lows.lives,
        "is sold": a.exit_multiple > 0,
        "several rounds": len(rounds(a)) > 1,
        "two papers": len(papers(a)) > 1,
        "a corner": any(getattr(a, name) in at for name, at in ends.items() if getattr(a, name) != ASSUMPTIONS[name].default),
    }


@pytest.mark.parametrize("identity", IDENTITIES)
@settings(max_examples=100)
@given(a=values())
def test_identities_hold_for_every_input(identity: str, a: dict[str, float]) -> None:
    assert np.max(np.abs(IDENTITIES[identity](project(Assumptions(**a))))) < 1e-9


def test_identities_hold_by_scenario_in_a_sweep() -> None:
    x = project(Assumptions(take_rate=np.linspace(0, 0.4, 5), overhead=50_000, tax_rate=0.2, patronage_share=0.5, years=3))
    for name, identity in IDENTITIES.items():
        residual = identity(x)
        assert residual.shape[1:] == (5,), name
        assert np.max(np.abs(residual)) < 1e-9, name


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
    assert x.months.cash.shape == (121, 3, 4)
    assert all(measure(x).shape == (3, 4) for measure in MEASURES.values())


def test_a_line_that_exists_only_by_year_has_no_months() -> None:
    with pytest.raises(AttributeError, match="tax exists only by year"):
        project(Assumptions()).months.tax  # noqa: B018


def test_a_year_as_it_was_worked_out_and_the_total_of_all() -> None:
    x = project(Assumptions(years=4, intake_first=0.3))
    assert x.first.revenue == x.revenue[1] and x.final.cash == x.cash[-1] == x.year(4).cash
    assert x.total("revenue") == pytest.approx(x.revenue[1:].sum(), rel=1e-15)


def test_a_horizon_of_one_year_uses_the_first_rates() -> None:
    a = Assumptions(years=1, providers=100, intake_first=0.6, intake_last=0.1, churn=0, crowding=0)
    assert project(a).providers[1] == pytest.approx(100 * 1.05**12)
    longer = project(replace(a, years=2))
    assert longer.providers[2] == pytest.approx(100 * 1.05**12 * (1 + 0.1 / 12) ** 12)
