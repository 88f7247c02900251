"""The law as data: every cell has its source, every rule is held against a scenario rightly, every clause adds up."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from strategies import values

from coopfin import ASSUMPTIONS, Assumptions, project
from coopfin.engine.assumptions import SPLIT
from coopfin.evidence.clause import PARTS, clause
from coopfin.evidence.law import broken, check, settings
from coopfin.evidence.rules import (
    AT_LEAST,
    AT_MOST,
    BEFORE_TAX,
    BROKEN,
    HEADLINE,
    KEPT,
    NO_RULE,
    NOT_VERIFIED,
    RULES,
    UNKNOWN,
    Jurisdiction,
    jurisdictions,
)

ROOT = Path(__file__).parents[2]
LAWS = jurisdictions()
ROWS = list(csv.DictReader((ROOT / "coopfin/data/jurisdictions.csv").read_text(encoding="utf-8").splitlines()))
ASKED_FOR = {
    "united-states", "spain", "france-scic", "france-scop", "italy", "germany", "belgium", "united-kingdom", "canada",
    "quebec", "portugal", "brazil", "india",
}  # fmt: skip


def figures(text: str) -> list[str]:
    return [figure.rstrip(".") for figure in re.findall(r"\d[\d.]*", text.replace(",", ""))]


def status(a: Assumptions, law: str, rule: str) -> str:
    return next(each.status for each in check(a, LAWS[law]) if each.rule.name == rule)


def test_every_jurisdiction_answers_every_rule_once() -> None:
    assert set(LAWS) == ASKED_FOR
    assert len(ROWS) == len({(row["jurisdiction"], row["rule"]) for row in ROWS}) == len(LAWS) * len(RULES)
    assert all(list(law.cells) == list(RULES) for law in LAWS.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['jurisdiction']}-{row['rule']}")
def test_a_cell_has_its_source_or_says_that_it_is_not_verified(row: dict[str, str]) -> None:
    if row["value"] == NOT_VERIFIED:
        assert not (row["amount"] or row["of"] or row["statute"] or row["year"] or row["fact"])
        return
    cell = next(law for law in LAWS.values() if law.name == row["jurisdiction"]).cells[row["rule"]]
    assert cell.statute and cell.year
    fact = cell.fact
    assert fact and fact.strength in ("primary", "secondary") and fact.address.startswith("http")
    assert cell.year == fact.year
    said = figures(" ".join((fact.value, fact.unit, fact.metric, fact.note, fact.source_title)))
    for figure in figures(f"{cell.value} {cell.statute}"):
        assert figure in said, f"{figure} is not in {fact.id}"
    # What somebody only remembered is no source.
    remembered = re.findall(r"[^(,;]*from memory", " ".join((fact.value, fact.note)))
    assert not any(figure in figures(cell.value) for text in remembered for figure in figures(text))


@pytest.mark.parametrize("row", [row for row in ROWS if row["amount"]], ids=lambda row: f"{row['jurisdiction']}-{row['rule']}")
def test_an_amount_is_the_figure_that_the_cell_tells(row: dict[str, str]) -> None:
    amount = float(row["amount"])
    rule = RULES[row["rule"]]
    if (rule.assumption and ASSUMPTIONS[rule.assumption].unit.name == "flag") or rule.name == "reserve_shared":
        assert amount in (0, 1)
    elif amount == 0:
        assert "no" in row["value"]
    else:
        told = [float(figure) for figure in re.findall(r"(\d[\d.]*) %", row["value"])]
        told += [33.3] if "one third" in row["value"] else []
        assert any(math.isclose(amount * 100, each) for each in (*told, sum(told)))
    assert (row["of"] in ("surplus", BEFORE_TAX)) == (rule.name in ("minimum_reserve", "other_funds"))


def test_a_rule_is_complete() -> None:
    for rule in RULES.values():
        assert rule.label and rule.question.endswith("?") and rule.unknown
        assert not rule.assumption or rule.assumption in ASSUMPTIONS
        assert bool(rule.limit) == (rule.asked is not None)


def test_spain_asks_a_fifth_for_the_reserve_and_a_twentieth_for_education_before_tax() -> None:
    def spain(reserve: float, tax: float) -> list[str]:
        a = Assumptions(reserve_share=reserve, tax_rate=tax, patronage_deductible=0)
        return [status(a, "spain", "minimum_reserve"), status(a, "spain", "other_funds")]

    assert spain(0.2, 0.0) == [KEPT, BROKEN]
    assert spain(0.25, 0.0) == [KEPT, KEPT]
    assert spain(0.249, 0.2) == [BROKEN, BROKEN]
    assert spain(0.25, 0.2) == [KEPT, BROKEN]
    assert spain(0.3125, 0.2) == [KEPT, KEPT]


@pytest.mark.parametrize(
    ("law", "rule", "changed", "expected"),
    [
        ("united-states", "cash_part", {"patronage_cash_share": 0.19}, BROKEN),
        ("united-states", "cash_part", {"patronage_cash_share": 0.2}, KEPT),
        ("united-states", "minimum_reserve", {"reserve_share": 0.0}, KEPT),
        ("united-states", "tax_rate", {"tax_rate": 0.2}, BROKEN),
        ("united-states", "tax_rate", {"tax_rate": 0.3}, KEPT),
        ("united-states", "votes", {}, UNKNOWN),
        ("spain", "refunds_deductible", {"patronage_deductible": 1}, BROKEN),
        ("spain", "refunds_deductible", {"patronage_deductible": 0}, KEPT),
        ("spain", "investor_limit", {"provider_votes": 0.7}, KEPT),
        ("spain", "investor_limit", {"provider_votes": 0.5}, UNKNOWN),
        ("spain", "share_interest_cap", {"share_interest_rate": 0.5}, UNKNOWN),
        ("france-scic", "refunds", {"patronage_share": 0.1}, BROKEN),
        ("france-scic", "minimum_reserve", {"reserve_share": 0.575}, KEPT),
        ("italy", "other_funds", {"reserve_share": 0.32}, BROKEN),
        ("italy", "other_funds", {"reserve_share": 0.33}, KEPT),
        ("italy", "reserve_shared", {}, KEPT),
        ("belgium", "share_interest_cap", {"share_interest_rate": 0.061}, BROKEN),
        ("belgium", "share_interest_cap", {"share_interest_rate": 0.06}, KEPT),
        ("portugal", "tax_rate", {}, UNKNOWN),
        ("spain", "tax_rate", {"tax_rate": 0.1}, KEPT),
        ("spain", "tax_rate", {"tax_rate": 0.2}, KEPT),
        ("spain", "tax_rate", {"tax_rate": 0.25}, BROKEN),
        ("belgium", "tax_rate", {"tax_rate": 0.1}, UNKNOWN),
        ("brazil", "share_interest_cap", {"share_interest_rate": 0.11}, KEPT),
        ("brazil", "share_interest_cap", {"share_interest_rate": 0.13}, BROKEN),
        ("united-states", "other_funds", {"reserve_share": 0.0}, KEPT),
        ("united-states", "investor_limit", {}, UNKNOWN),
        ("portugal", "investor_limit", {"provider_votes": 0.7}, KEPT),
    ],
)
def test_a_scenario_is_held_against_the_rule(law: str, rule: str, changed: dict[str, float], expected: str) -> None:
    assert status(replace(Assumptions(), **changed), law, rule) == expected


@given(a=values())
def test_a_reserve_that_keeps_the_rule_is_large_enough_in_every_year_without_an_old_deficit(a: dict[str, float]) -> None:
    spain = LAWS["spain"]
    kept = Assumptions(**(a | {each.assumption: each.value for each in settings(Assumptions(**a), spain) if each.value >= 0}))
    assert status(kept, "spain", "other_funds") == KEPT
    x = project(kept)
    clean = (x.accumulated_deficit[:-1] == 0) & np.isfinite(x.surplus_before_tax[1:])
    asked = 0.25 * np.maximum(0.0, x.surplus_before_tax[1:])
    assert np.all((x.reserve[1:] >= asked * (1 - 1e-9))[clean])


@pytest.mark.parametrize("law", LAWS.values(), ids=lambda law: law.key)
@given(a=values())
def test_what_the_law_fixes_can_be_set_and_is_then_kept(law: Jurisdiction, a: dict[str, float]) -> None:
    asked = settings(Assumptions(**a), law)
    assert [each.assumption for each in asked] == list(dict.fromkeys(rule.assumption for rule in RULES.values() if rule.sets))
    after = Assumptions(**(a | {each.assumption: each.value for each in asked if not math.isnan(each.value)}))
    assert broken(after, law) == []
    assert {each.assumption: each.value for each in settings(after, law)} == pytest.approx(
        {each.assumption: each.value for each in asked}, nan_ok=True
    )
    assert all(each.words for each in asked)
    assert after.reserve_share >= a["reserve_share"], "a button never lowers a larger reserve"


@given(a=values())
def test_the_clause_tells_every_part_and_they_make_the_whole(a: dict[str, float]) -> None:
    values = Assumptions(**a)
    text = clause(values, of="a scenario", law=LAWS["spain"])
    divided = text.split("Of what is left after that: ")[1].split(".\n")[0]
    shares = [float(figure) for figure in re.findall(r"([\d.e+-]+) %", divided)]
    assert sum(shares) == pytest.approx(100, abs=1e-3)
    assert [name for name in PARTS if getattr(values, name) > 1e-9] == [
        name for name, words in PARTS.items() if words.partition(" ")[2].format(share="") in divided
    ]
    assert set(PARTS) == set(SPLIT)
    assert ("never shared out, neither" in text) == (a["reserve_share"] > 0)
    assert ("Refunds by use" in text) == (a["patronage_share"] > 0)
    assert all(cell.statute in text for cell in LAWS["spain"].cells.values())
    assert "not legal advice" in text


def test_the_clause_speaks_of_the_scenario() -> None:
    a = Assumptions(
        patronage_share=0.5, patronage_cash_share=0.2, redemption_years=7, member_share=100, preferred=50_000, preferred_rate=0.04
    )
    text = clause(a, of="Taxis", member="driver", currency="EUR")
    assert "20 % of it is paid in cash at once; the rest is credited to the driver's account." in text
    assert "7 years later" in text and "100 EUR" in text and "50,000 EUR" in text and "4 % a year" in text
    assert "Nothing is set aside" in text and "50 % stays in the cooperative" in text
    assert "set a date" in clause(replace(a, redemption_years=0), of="Taxis")
    assert "lawyer:" not in text


def test_a_maximum_is_never_asked_for_as_a_minimum() -> None:
    for law in LAWS.values():
        for each in check(Assumptions(tax_rate=0.1), law):
            maximum = (each.cell.limit or each.rule.limit) == AT_MOST
            assert not (maximum and AT_LEAST in each.words), each.words
            assert "asked for" not in each.words or (AT_MOST if maximum else AT_LEAST) in each.words


def test_what_the_button_sets_is_what_the_rule_asks() -> None:
    spain, a = LAWS["spain"], Assumptions(tax_rate=0.21, patronage_deductible=0)
    set_to = {each.assumption: each.value for each in settings(a, spain)}
    words = next(each.words for each in check(a, spain) if each.rule.name == "other_funds")
    assert set_to["reserve_share"] == 0.313 and "at least 31.3 %" in words
    assert set_to["tax_rate"] == 0.2


def test_what_says_less_than_a_rule_says_so() -> None:
    kinds = {row["kind"] for row in ROWS}
    assert kinds == {"", NO_RULE, HEADLINE}
    open_cells = sum(row["value"] == NOT_VERIFIED for row in ROWS)
    assert open_cells == 30
    for each in check(Assumptions(), LAWS["belgium"]):
        if each.cell.kind == HEADLINE:
            assert HEADLINE in each.words and each.status == UNKNOWN
    assert all(NO_RULE in each.words for each in check(Assumptions(), LAWS["united-states"]) if each.cell.kind == NO_RULE)
