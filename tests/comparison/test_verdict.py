"""Who lives and who is better off: one judge, for one scenario and for many."""

from __future__ import annotations

import numpy as np
import pytest
from steady import steady

from coopfin import MEASURES, Verdict, fate, judge, month_in_words, project
from coopfin.comparison.verdict import fates, verdict

MONTH, KEEPS, GAP, TAX = (MEASURES[name] for name in ("provider_month", "provider_keeps", "funding_gap", "tax_total"))


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (0, "the launch"),
        (1, "January of year 1"),
        (12, "December of year 1"),
        (27, "March of year 3"),
        (480, "December of year 40"),
    ],
)
def test_months_by_name(month: int, words: str) -> None:
    assert month_in_words(month) == words


def test_a_firm_that_lives_and_one_that_runs_dry() -> None:
    # 26,000 of cash and a loss of 1,000 a month: short in month 27.
    found = fates({"lives": project(steady()), "dry": project(steady(years=5, overhead=212_000, grants=26_000))})
    lives, dry = found.values()
    assert lives.lives and not lives.runs_dry and lives.breaks_even and lives.when == ""
    assert float(lives.break_even_year) == 1 and float(lives.gap) == 0
    assert dry.runs_dry and not dry.lives and not dry.breaks_even
    assert dry.when == "short in March of year 3"
    assert float(dry.gap) == pytest.approx(34_000) == pytest.approx(-float(dry.lowest_cash))
    assert float(dry.lowest_cash_month) == 60


def test_money_that_comes_in_does_not_hide_the_months_hole() -> None:
    found = fate(project(steady(overhead=212_000, grants=100_000, grants_month=3)))
    assert found.when == "short in January of year 1"
    assert float(found.gap) == pytest.approx(3_000)


@pytest.mark.parametrize(
    ("first", "second", "first_lives", "second_lives", "expected"),
    [
        (100, 120, True, True, Verdict.BETTER),
        (100, 80, True, True, Verdict.WORSE),
        (100, 100.4, True, True, Verdict.SAME),
        (100, 120, True, False, Verdict.BETTER_BUT_DRY),
        (100, 120, False, True, Verdict.BETTER),
        (100, 80, False, True, Verdict.WORSE_BUT_FIRST_DRY),
        (100, 80, True, False, Verdict.WORSE),
        (100, np.nan, True, True, Verdict.EMPTY),
        (0, 0, True, True, Verdict.SAME),
    ],
)
def test_survival_comes_before_advantage(
    first: float, second: float, first_lives: bool, second_lives: bool, expected: Verdict
) -> None:
    assert judge(MONTH, first, second, first_lives, second_lives) is expected
    assert judge(GAP, -first, -second, first_lives, second_lives) is expected  # less of it is better
    assert judge(TAX, first, second, first_lives, second_lives) in (Verdict.NOT_JUDGED, Verdict.EMPTY)


def test_half_of_a_tenth_of_a_point_is_no_difference() -> None:
    assert judge(KEEPS, 0.8, 0.8004, True, True) is Verdict.SAME
    assert judge(KEEPS, 0.8, 0.8006, True, True) is Verdict.BETTER


@pytest.mark.parametrize(
    ("second", "said"), [(1004, Verdict.SAME), (996, Verdict.SAME), (1006, Verdict.BETTER), (994, Verdict.WORSE)]
)
def test_half_a_percent_of_money_is_no_difference_worth_naming(second: float, said: Verdict) -> None:
    assert judge(MEASURES["provider_month"], 1000, second, True, True) is said


def test_many_scenarios_at_once_are_judged_as_each_alone() -> None:
    rng = np.random.default_rng(3)
    takes, costs = rng.uniform(0.05, 0.4, 40), rng.uniform(50_000, 250_000, 40)
    first, second = project(steady(overhead=costs)), project(steady(take_rate=takes, overhead=costs))
    together = {name: verdict(each, first, second) for name, each in MEASURES.items()}
    seen = set()
    for lane, (take, cost) in enumerate(zip(takes, costs, strict=True)):
        one, two = project(steady(overhead=cost)), project(steady(take_rate=take, overhead=cost))
        for name, each in MEASURES.items():
            alone = verdict(each, one, two)
            assert together[name][lane] == alone, name
            seen.add(alone)
            if alone is Verdict.BETTER:
                assert fate(two).lives
            if alone is Verdict.WORSE:
                assert fate(one).lives
    assert seen == set(Verdict)
