from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from coopfin.engine.assumptions import MAX_PAPERS, MAX_ROUNDS, Assumptions
from coopfin.engine.events import conversions, papers, rounds, unconverted


def used_round(number: int, month: int, amount: float = 100, pre_money: float = 900, pool: float = 0) -> dict[str, Any]:
    terms = {"month": month, "amount": amount, "pre_money": pre_money, "pool": pool}
    return {f"equity_{number}_{part}": value for part, value in terms.items()}


def used_paper(number: int, month: int, amount: float = 10, cap: float = 1000, interest: float = 0) -> dict[str, Any]:
    terms = {"month": month, "amount": amount, "cap": cap, "interest": interest}
    return {f"safe_{number}_{part}": value for part, value in terms.items()}


def converted(a: Assumptions) -> list[tuple[int, int, Any]]:
    return [(entry.number, paper.number, amount) for entry, here in conversions(a) for paper, amount in here]


def test_nothing_is_used_by_default() -> None:
    a = Assumptions()
    assert not (rounds(a) or papers(a) or conversions(a) or unconverted(a))


def test_what_is_used_comes_in_month_order_until_the_horizon() -> None:
    a = Assumptions(
        years=2, **used_round(1, 0), **used_round(2, 12), **used_round(3, 24), **used_round(4, 25),
        **used_paper(1, 24), **used_paper(2, 6),
    )  # fmt: skip
    assert [(entry.number, entry.month) for entry in rounds(a)] == [(1, 0), (2, 12), (3, 24)]
    assert [(paper.number, paper.month) for paper in papers(a)] == [(2, 6), (1, 24)]
    assert papers(Assumptions(years=1, **used_paper(1, 13))) == ()


def test_a_round_tells_what_it_sells_and_what_its_pool_asks_for() -> None:
    (entry,) = rounds(Assumptions(**used_round(2, 3, amount=250, pre_money=750, pool=0.15)))
    assert (entry.number, entry.preference, entry.participating) == (2, 1, 0)
    assert entry.sold == 0.25 and entry.pool_before == 0.15 / 0.75


def test_a_paper_converts_at_the_first_round_of_its_month_or_later() -> None:
    both = used_round(1, 6) | used_round(2, 6) | used_round(3, 18)
    assert converted(Assumptions(**both, **used_paper(1, 6))) == [(1, 1, 10)]
    assert converted(Assumptions(**both, **used_paper(1, 7, interest=0.12))) == [(3, 1, 10 * (1 + 0.12 * 11 / 12))]
    assert converted(Assumptions(**both, **used_paper(1, 0), **used_paper(2, 7))) == [(1, 1, 10), (3, 2, 10)]


def test_a_paper_that_no_round_converts_grows_until_the_horizon() -> None:
    a = Assumptions(years=3, **used_round(1, 6), **used_paper(1, 6), **used_paper(2, 12, interest=0.06))
    ((paper, amount),) = unconverted(a)
    assert paper.number == 2 and amount == 10 * (1 + 0.06 * 24 / 12)
    late = Assumptions(years=1, **used_round(1, 13), **used_paper(1, 6))
    assert conversions(late) == () and [paper.number for paper, _ in unconverted(late)] == [1]


def test_in_a_sweep_what_has_amount_0_is_absent() -> None:
    varied = {
        "equity_1_amount": np.array([100.0, 0.0, 100.0]),
        "equity_1_pre_money": np.array([900.0, 0.0, 900.0]),
        "safe_1_amount": np.array([10.0, 10.0, 0.0]),
    }
    a = Assumptions(**used_round(1, 6, pool=0.1) | used_round(2, 12) | used_paper(1, 6) | varied)
    (first, at_first), (_, at_second) = conversions(a)
    assert first.sold.tolist() == [0.1, 0, 0.1] and first.pool.tolist() == [0.1, 0, 0.1]
    assert first.pool_before.tolist() == [0.1 / 0.9, 0, 0.1 / 0.9]
    assert at_first[0].amount.tolist() == [10, 0, 0] and at_second[0].amount.tolist() == [0, 10, 0]
    assert unconverted(a) == ()


@st.composite
def sweeps(draw: st.DrawFn, lanes: int = 4) -> tuple[Assumptions, list[Assumptions]]:
    """A sweep, and its scenarios one by one."""
    months = sorted(draw(st.lists(st.integers(0, 30), min_size=MAX_ROUNDS, max_size=MAX_ROUNDS)))
    shared: dict[str, Any] = {"years": 2} | {f"equity_{n}_month": month for n, month in enumerate(months, start=1)}
    shared |= {f"safe_{n}_month": draw(st.integers(0, 30)) for n in range(1, MAX_PAPERS + 1)}
    varied = {f"equity_{n}_amount": (0.0, 100.0, 0.3) for n in range(1, MAX_ROUNDS + 1)}
    varied |= {f"safe_{n}_amount": (0.0, 10.0, 0.7) for n in range(1, MAX_PAPERS + 1)}
    varied |= {f"safe_{n}_interest": (0.0, 0.07, 1 / 3) for n in range(1, MAX_PAPERS + 1)}
    varied |= {f"equity_{n}_pre_money": (900.0, 1e4 / 3, 1e3) for n in range(1, MAX_ROUNDS + 1)}
    varied |= {f"equity_{n}_pool": (0.0, 0.1, 1 / 3) for n in range(1, MAX_ROUNDS + 1)}
    drawn = {name: draw(st.lists(st.sampled_from(choices), min_size=lanes, max_size=lanes)) for name, choices in varied.items()}
    single = [Assumptions(**shared, **{name: values[lane] for name, values in drawn.items()}) for lane in range(lanes)]
    return Assumptions(**shared, **{name: np.array(values) for name, values in drawn.items()}), single


@given(sweeps())
def test_a_scenario_of_a_sweep_is_the_scenario_alone(sweep: tuple[Assumptions, list[Assumptions]]) -> None:
    together, single = sweep
    for lane, alone in enumerate(single):
        in_lane = [(n, paper, float(amount[lane])) for n, paper, amount in converted(together) if amount[lane] > 0]
        assert in_lane == converted(alone)
        left = [(paper.number, float(amount[lane])) for paper, amount in unconverted(together) if amount[lane] > 0]
        assert left == [(paper.number, amount) for paper, amount in unconverted(alone)]
        terms = [(entry.number, float(entry.sold[lane]), float(entry.pool_before[lane])) for entry in rounds(together)]
        assert [each for each in terms if each[1] > 0] == [
            (entry.number, entry.sold, entry.pool_before) for entry in rounds(alone)
        ]


@given(sweeps())
def test_every_paper_converts_once_or_waits(sweep: tuple[Assumptions, list[Assumptions]]) -> None:
    for alone in sweep[1]:
        happened = {entry.number: entry.month for entry in rounds(alone)}
        told = [(paper, happened[number]) for number, paper, _ in converted(alone)]
        waiting = [paper.number for paper, _ in unconverted(alone)]
        assert sorted([paper for paper, _ in told] + waiting) == sorted(paper.number for paper in papers(alone))
        month_of = {paper.number: paper.month for paper in papers(alone)}
        for paper, month in told:
            assert month == min(each for each in happened.values() if each >= month_of[paper])
        assert all(month_of[number] > max(happened.values(), default=-1) for number in waiting)


@pytest.mark.parametrize("number", [1, 2])
def test_a_paper_keeps_its_terms(number: int) -> None:
    terms = {"month": 3, "amount": 5.0, "cap": 700.0, "discount": 0.2, "interest": 0.04}
    (paper,) = papers(Assumptions(**{f"safe_{number}_{part}": value for part, value in terms.items()}))
    assert paper == (number, *terms.values()) and isinstance(paper.month, int)
