"""Every assumption, line and measure says what it is, in what unit, and where its figure comes from."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from coopfin import ASSUMPTIONS, LINES, MEASURES
from coopfin.comparison.measures import Measure
from coopfin.engine.declaration import Assumption
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
