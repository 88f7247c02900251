"""The comparison: differences, reasons for every empty cell, and values that are refused."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from steady import steady
from strategies import pairs

from coopfin import MEASURES, AssumptionError, Assumptions, compare, project
from coopfin.comparison.compare import FIRST_OF_ALL, ONLY_ONE
from coopfin.comparison.measures import SECTIONS


def test_each_measure_for_each_firm_and_the_difference() -> None:
    found = compare({"one": steady(), "two": steady(take_rate=0.15), "three": steady(take_rate=0.1)})
    assert list(found.projections) == ["one", "two", "three"]
    row = found["provider_month"]
    assert list(row.values.values()) == pytest.approx([8_000 / 12, 8_500 / 12, 9_000 / 12])
    assert row.difference == pytest.approx(500 / 12)
    assert row.remark == ""
    assert row.measure is MEASURES["provider_month"]


def test_rows_stand_section_by_section_and_those_of_two_firms_after_those_of_one() -> None:
    rows = [*compare({"one": steady(), "two": steady()}).rows.values()]
    assert [row.measure.section for row in rows] == sorted((row.measure.section for row in rows), key=SECTIONS.index)
    earns = [row.measure.name for row in rows if row.measure.section == "What a provider earns"]
    assert earns[-2:] == ["sales_to_match", "sales_had"]
    assert "better_and_solvent" not in earns


def test_the_first_firm_has_no_figure_beside_itself() -> None:
    row = compare({"one": steady(), "two": steady(take_rate=0.1)})["sales_to_match"]
    assert math.isnan(row.values["one"]) and row.values["two"] == pytest.approx(8 / 9)
    assert math.isnan(row.difference)
    assert row.remark == f"one: {FIRST_OF_ALL}"


def test_one_firm_alone() -> None:
    found = compare({"one": steady()})
    assert math.isnan(found["provider_month"].difference)
    assert found["provider_month"].remark == f"no difference: {ONLY_ONE}"
    assert found["sales_had"].remark == f"one: {ONLY_ONE}; no difference: {ONLY_ONE}"


@settings(max_examples=80)
@given(pairs())
def test_every_empty_cell_has_a_reason(pair: tuple[dict[str, float], dict[str, float]]) -> None:
    firms = {name: Assumptions(**values) for name, values in zip(("one", "two"), pair, strict=True)}
    for row in compare(firms).rows.values():
        for name, value in row.values.items():
            assert math.isfinite(value) or (math.isnan(value) and f"{name}: " in row.remark), row.measure.name
        assert not any(part.endswith(": ") for part in row.remark.split("; "))
        empty = any(map(math.isnan, row.values.values()))
        assert math.isnan(row.difference) == empty == bool(row.remark)


def test_what_all_share_must_be_equal() -> None:
    with pytest.raises(AssumptionError, match=r"inflation .* is shared by all enterprises, but one has 0 and two has 0\.02"):
        compare({"one": steady(), "two": steady(inflation=0.02)})


@pytest.mark.parametrize(
    ("a", "told"),
    [
        ({"overhead": 5e307, "inflation": 9}, r"big: Fixed costs of year 2 is too large to compute with overhead"),
        ({"sales_per_provider": 1e308}, "with sales_per_provider .* at 1e[+]308; permitted: .*; usual: "),
        ({"acquisition_cost": 1e308, "sales_per_provider": 1e-5, "overhead": 0}, "big: Payback of recruiting is too large"),
    ],
)
def test_values_that_overflow_are_refused_with_the_assumption_to_blame(a: dict[str, float], told: str) -> None:
    with pytest.raises(AssumptionError, match=told):
        compare({"big": steady(**a)})


def test_a_projection_of_extreme_values_warns_of_nothing() -> None:
    x = project(replace(steady(), overhead=5e307, inflation=9))
    assert not math.isfinite(float(x.cash[-1]))
