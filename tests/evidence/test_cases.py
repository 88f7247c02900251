"""Back-tests against published figures, and texts in which no figure stands that is in no data file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from coopfin import read_scenario
from coopfin.comparison.scenario import Scenario
from coopfin.evidence.cases import (
    CASES,
    CHECKS,
    KINDS,
    NOTHING,
    RUNS,
    TOLERANCES,
    Check,
    Result,
    assumptions,
    back_tests,
    read_texts,
)
from coopfin.evidence.facts import read_facts
from coopfin.evidence.figures import Figure, figure, split_template
from coopfin.evidence.formulas import SIGNS, evaluate, names

ROOT = Path(__file__).parents[2]
FACTS = read_facts()
MAIN = ("drivers", "stocksy", "smart", "uber", "lyft", "airbnb", "doordash")


def scenario_of(preset: str) -> Scenario:
    path = ROOT / "sample_data" / "presets" / f"{preset}.csv"
    return read_scenario(path.read_bytes(), path.name)


RESULTS = back_tests(scenario_of)


def label(result: Result) -> str:
    return f"{result.check.case}-{result.check.what}-{result.check.period}"


@pytest.mark.parametrize("result", RESULTS, ids=label)
def test_the_model_meets_a_published_figure_or_the_file_says_it_misses(result: Result) -> None:
    said = f"published {result.published:.6g}, model {result.model:.6g}, error {result.error:.1%}"
    assert math.isfinite(result.error), said
    assert result.fits == result.check.fits, f"{said}; tolerance {result.tolerance.share:.1%}"


@pytest.mark.parametrize("case", MAIN)
def test_several_published_figures_are_tested(case: str) -> None:
    tested = {check.published for check in CHECKS if check.case == case and check.kind != "put in"}
    assert len(tested) >= 4


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check.case}-{check.what}-{check.period}")
def test_like_is_held_against_like(check: Check) -> None:
    """Net income is never held against an operating margin, nor a group's take rate against a city's."""
    facts = " ".join(names(check.published))
    assert not ("net-" in facts and "operating" in check.model)
    city, group = "nyc-ride-hail-platform-share", ("lyft-revenue", "lyft-gross", "uber-gross", "mobility-take-rate")
    run = " ".join(names(" ".join(RUNS[check.run].inputs.values())))
    assert not (city in run and "revenue" in check.model and any(each in facts for each in group))


def test_known_figures_come_out_as_by_hand() -> None:
    found = {(r.check.case, r.check.what, r.check.period): r for r in RESULTS}
    uber = found["uber", "Income from operations", "2023"]
    assert uber.model == pytest.approx((37281 - 22457 - 2689 - 4356 - 3164 - 2682 - 823) * 1e6)
    stocksy = found["stocksy", "Royalties paid", "2017"]
    assert stocksy.model == pytest.approx(10.7e6 * 4323735 / 7928745)
    assert stocksy.error == pytest.approx(10.7e6 * 4323735 / 7928745 / 5.7e6 - 1)
    drivers = found["drivers", "Cash left after ten months", "Oct 2023"]
    assert drivers.model == pytest.approx(356781 + 10 * (548455 - 502982 - 91466))
    assert not drivers.fits


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check.case}-{check.what}-{check.period}")
def test_what_is_tested_was_not_put_in(check: Check) -> None:
    put_in = {name for formula in RUNS[check.run].inputs.values() for name in names(formula)} | set(names(check.model))
    if check.kind == "put in":
        assert RUNS[check.run].base != NOTHING, "only a preset is set to a figure beforehand"
    else:
        # A claim is put in as it stands; what else the accounts consist of is not.
        claim = set(names(check.claimed)) if check.kind == "claim" and check.accounts else set()
        assert not put_in & (set(names(check.published)) - claim)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check.case}-{check.what}-{check.period}")
def test_a_check_is_complete(check: Check) -> None:
    assert check.kind in KINDS and check.tolerance in TOLERANCES and check.run in RUNS
    assert check.case in CASES["names"] and check.published and check.why
    assert (check.kind in ("preset", "put in")) == (RUNS[check.run].base != NOTHING)
    for formula in (check.claimed, check.accounts):
        for name in names(formula):
            assert name in ("months", "days") or FACTS[name.partition("|")[0]].strength in ("primary", "secondary")
    rows = " ".join(
        " ".join(vars(FACTS[n.partition("|")[0]]).values()) for n in names(check.published) if n not in ("months", "days")
    )
    years = set(re.findall(r"\d{4}", rows))
    for first, last in re.findall(r"(\d{4})\.\.(\d{4})", rows):
        years |= {str(year) for year in range(int(first), int(last) + 1)}
    assert set(re.findall(r"\d{4}", check.period)) <= years, "the period stands in the row"


# Neither an assumption nor a fact: nothing, one, a half, and the quarters of a year.
PLAIN = {"0", "1", "2", "4"}


def test_numbers_in_formulas_are_facts() -> None:
    for run in RUNS.values():
        for name, formula in run.inputs.items():
            plain = {word for word in formula.split() if word not in SIGNS} - set(names(formula))
            assert name == "years" or plain <= PLAIN, f"{run.name}: {name} = {formula}"
    for check in CHECKS:
        for formula in (check.model, check.claimed, check.accounts):
            assert {word for word in formula.split() if word not in SIGNS} - set(names(formula)) <= PLAIN, formula


def test_every_run_is_used_and_a_run_on_nothing_costs_nothing() -> None:
    assert set(RUNS) == {check.run for check in CHECKS}
    bare = assumptions(RUNS["smart-fee"], scenario_of)
    assert float(bare.overhead) == 0 and float(bare.tax_rate) == 0 and int(bare.years) == 1


# Texts of the data files

# Words that two data points cannot carry, and names of the model before the months.
GONE = ("stays put", "stay put", "settled", "takes home", "growth_first", "growth_last", "growth_response", "lowest_cash_year")


@pytest.mark.parametrize("name", ["cases.toml", "backtests.toml", "evidence.toml", "three_cases.toml", "notes.csv", "panel.toml"])
def test_no_word_is_stronger_than_two_points_and_no_name_is_of_an_earlier_model(name: str) -> None:
    text = (ROOT / "coopfin" / "data" / name).read_text(encoding="utf-8")
    assert [word for word in GONE if word in text] == []


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings(each, f"{path}.{key}")
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from strings(each, f"{path}[{i}]")


FORMULAS = ("inputs", "model", "claimed", "accounts", "period", "run", "base")
TEXTS = [
    (f"{name}{path}", text)
    for name in ("cases.toml", "backtests.toml", "evidence.toml", "three_cases.toml")
    for path, text in strings(read_texts(name))
    if not any(f".{part}" in path for part in FORMULAS)
]


@pytest.mark.parametrize("text", [text for _, text in TEXTS], ids=[path for path, _ in TEXTS])
def test_a_text_holds_no_number_that_is_not_in_the_row_it_names(text: str) -> None:
    parts = split_template(text)  # raises where a fact or one of its numbers is not there
    plain = "".join(part for part in parts if isinstance(part, str))
    assert not re.search(r"\d", plain), plain
    assert "{" not in re.sub(r"\{=[a-z_]+\}", "", plain)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("no-such-fact", "not the id of a fact"),
        ("uber-revenue-2023|37282", "37282 does not stand in the row"),
        ("uber-revenue-2023|37281 and 5", "5 does not stand in the row"),
    ],
)
def test_a_reference_that_does_not_hold_is_refused(reference: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        figure(reference)


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("uber-revenue-2023", 37281e6),
        ("drivers-coop-take-rate-2021", 0.15),
        ("drivers-coop-opex-run-rate-2023", 1.1e6),
        ("doordash-operating-margin-2024", -0.0035),
        ("drivers-coop-rider-price-vs-other-apps-2024", -0.05),
        ("lyft-rides-2024", 828e6),
        ("uber-q4-gross-bookings-revenue-2024|0.77bn", 0.77e9),
        ("drivers-coop-total-assets-2022|356,781", 356781),
        ("drivers-coop-total-assets-2022|356,781 USD", 356781),
    ],
)
def test_a_figure_is_in_whole_units(reference: str, value: float) -> None:
    assert figure(reference).value == pytest.approx(value)


def test_a_row_with_several_numbers_has_no_single_value() -> None:
    assert math.isnan(figure("stocksy-patronage-split-class-a-b-2021").value)
    assert isinstance(split_template("{stocksy-patronage-split-class-a-b-2021}")[0], Figure)


LEAVES = st.integers(1, 99).map(str) | st.sampled_from(["north", "south-east|1,5"])
FORMULA = st.recursive(
    LEAVES,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*"), inner).map(" ".join)
        | inner.map(lambda each: f"( {each} )")
        | inner.map(lambda each: f"- ( {each} )")
    ),
    max_leaves=12,
)


@given(FORMULA)
def test_a_formula_means_what_it_means_in_arithmetic(formula: str) -> None:
    values = {"north": 3.0, "south-east|1,5": 7.0}
    python = formula.replace("north", "3.0").replace("south-east|1,5", "7.0")
    assert evaluate(formula, values.__getitem__) == pytest.approx(eval(python), rel=1e-12)
    assert set(names(formula)) <= set(values)


@pytest.mark.parametrize("formula", ["", "1 +", "( 1", "1 2", "* 1", "1 )", "1 + * 2"])
def test_a_formula_that_cannot_be_read_is_refused(formula: str) -> None:
    with pytest.raises(ValueError):
        evaluate(formula, lambda name: 0.0)
