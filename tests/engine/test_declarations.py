"""Every assumption, line and measure says what it is, in what unit, and where its figure comes from."""

from __future__ import annotations

import csv
import io
import pickle
import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from coopfin import ASSUMPTIONS, LINES, MEASURES
from coopfin.comparison.measures import Measure
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.declaration import Assumption
from coopfin.engine.replaced import REPLACED
from coopfin.engine.units import UNITS

ROOT = Path(__file__).parents[2]
FACTS = {row["id"]: row for row in csv.DictReader(io.StringIO((ROOT / "coopfin/data/facts.csv").read_text(encoding="utf-8")))}


@pytest.mark.parametrize("each", ASSUMPTIONS.values(), ids=lambda each: each.name)
def test_an_assumption_is_complete(each: Assumption) -> None:
    assert each.label and each.meaning.endswith(".") and each.watch.endswith(".")
    assert each.unit.name in UNITS
    assert each.refuse(each.default) is None
    low, high = each.plausible
    assert low < high and each.refuse(low) is None and each.refuse(high) is None
    assert each.is_plausible(each.default) or each.unit.name == "money"


@pytest.mark.parametrize("each", ASSUMPTIONS.values(), ids=lambda each: each.name)
def test_its_figure_is_in_the_row_it_cites(each: Assumption) -> None:
    if each.source.startswith("assumption: "):
        assert len(each.source) > 20, "an assumption says why"
        return
    fact = FACTS[each.source]
    assert fact["strength"] in ("primary", "secondary") and fact["source_url"]
    assert each.figure, "a source is cited for a figure"
    text = " ".join(fact.values()).replace(",", "")
    for figure in re.findall(r"\d[\d,.]*\d|\d", each.figure):
        assert figure.replace(",", "") in text, f"{figure} is not in {each.source}"


def test_the_shipped_facts_are_only_strong_ones() -> None:
    assert {row["strength"] for row in FACTS.values()} == {"primary", "secondary"}


@pytest.mark.parametrize("each", MEASURES.values(), ids=lambda each: each.name)
def test_a_measure_is_complete(each: Measure) -> None:
    assert each.label and each.words and each.section
    assert each.unit in UNITS
    assert each.compute.__name__ == each.name


def test_names_are_told_once() -> None:
    labels = [each.label for each in ASSUMPTIONS.values()]
    assert len(set(labels)) == len(labels)
    assert {line.unit for line in LINES.values()} <= set(UNITS)


@pytest.mark.parametrize("each", ASSUMPTIONS.values(), ids=lambda each: each.name)
def test_what_is_not_possible_is_refused_with_name_range_unit_and_value(each: Assumption) -> None:
    for value in (float("nan"), float("inf"), each.unit.low - 1, each.unit.high + 1):
        message = each.refuse(value)
        assert message and each.name in message and each.unit.range in message and each.unit.name in message


def test_the_values_stand_in_the_order_of_the_declarations() -> None:
    assert [each.name for each in fields(Assumptions)] == list(ASSUMPTIONS)
    assert list(ASSUMPTIONS)[:2] == ["years", "demand_first"] and list(ASSUMPTIONS)[-1] == "redemption_years"


def test_a_number_is_held_as_a_float_a_structural_one_as_an_int() -> None:
    for given in (1, True, np.float32(1), np.int64(1), np.array(1)):
        a = Assumptions(take_rate=given, patronage_deductible=given, loan_years=given)
        assert a == Assumptions(take_rate=1.0, loan_years=1) and a.shape == ()
    for name, each in ASSUMPTIONS.items():
        assert type(getattr(Assumptions(), name)) is (int if each.structural else float)


def test_an_array_is_held_as_one_and_gives_the_shape() -> None:
    a = Assumptions(take_rate=[0, 1], churn=np.array([0.1, 0.2], dtype=np.float32))
    assert a.shape == (2,)
    assert isinstance(a.take_rate, np.ndarray) and a.take_rate.dtype == a.churn.dtype == np.float64
    assert type(a.overhead) is float
    assert Assumptions(take_rate=[0.1]).shape == (1,)
    again = pickle.loads(pickle.dumps(a))
    assert again.take_rate.tolist() == [0, 1] and replace(again, take_rate=0.5, churn=0.5).shape == ()


def test_every_old_name_is_told_with_names_that_are() -> None:
    assert not set(REPLACED) & set(ASSUMPTIONS)
    assert {"growth_first", "growth_last", "growth_response", "liquidation_preference", "equity_4_year"} <= set(REPLACED)
    for name, told in REPLACED.items():
        assert told.startswith(f"{name} is of the earlier format; ") and "\n" not in told
        assert any(new in told for new in ASSUMPTIONS)
