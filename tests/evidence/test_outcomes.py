"""Who wins what, and what it depends on: written from the numbers, survival first, and the document up to date."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from preset_files import NAMES, ROOT, WITH_RANGES, WORDS, outcome, ranges, scenario

from coopfin.evidence.outcome_words import HEADS, markdown, paragraph, rows
from coopfin.evidence.outcomes import BETTER, Outcome


def said(name: str) -> SimpleNamespace:
    return SimpleNamespace(**WORDS[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_paragraph_tells_both_sides_and_what_a_quarter_less_demand_does(name: str) -> None:
    text = paragraph(outcome(name), said(name))
    assert text.startswith("After own costs") and "If demand grows a quarter less, the marketplace" in text
    assert text.count("does better at") == 2
    assert ("draws from the evidence" in text) == (name in WITH_RANGES)
    assert all(sentence[0].isupper() for sentence in text.split(". "))


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_won_once_at_most(name: str) -> None:
    found = outcome(name)
    first, second = (set(found.wins(firm)) for firm in found.names)
    assert not first & second and first | second <= set(BETTER)


@pytest.mark.parametrize("name", NAMES)
def test_a_row_for_each_firm(name: str) -> None:
    table = list(rows(outcome(name), said(name)))
    assert [row[1] for row in table] == ["marketplace", "cooperative"] and all(len(row) == len(HEADS) for row in table)


def test_of_a_firm_that_runs_out_of_cash_nothing_is_called_better() -> None:
    firms = scenario("home-cleaning").enterprises
    poor = Outcome({**firms, "cooperative": replace(firms["cooperative"], grants=0.0)}, {})
    assert poor.wins("cooperative") == () and not poor.lives("cooperative")
    text = paragraph(poor, said("home-cleaning"))
    assert text.startswith("The cooperative runs out of cash in month") and "The cooperative wins nothing." in text


def test_equal_firms_win_nothing() -> None:
    a = scenario("blank").enterprises["marketplace"]
    same = Outcome({"one": a, "other": a}, {})
    assert same.wins("one") == same.wins("other") == () and "about the same" in paragraph(same, said("blank"))


def test_a_return_that_counts_what_is_not_there_is_not_won() -> None:
    found = outcome("ride-hailing")
    assert found.missing_at_par("cooperative") > 1e6 and "capital_irr" not in found.wins("cooperative")
    assert "in the end that is not there" in paragraph(found, said("ride-hailing"))


def test_ranges_of_a_market_move_both_firms_and_those_of_a_firm_only_its_own() -> None:
    found = outcome("short-stays")
    market = next(each for each in found.dependence if each.evidence.name == "spend_response")
    assert market.lives["marketplace"] == (True, True) and market.lives["cooperative"] == (True, False)
    own = next(each for each in found.dependence if each.evidence.name == "overhead marketplace")
    assert own.swing == pytest.approx(0.0, abs=1.0)


def test_open_doors_are_shown_beside_the_result() -> None:
    found = outcome("home-cleaning")
    assert found.with_open_doors("marketplace") is None
    doors = found.with_open_doors("cooperative")
    assert doors is not None and doors < found.value("provider_month", "marketplace") < found.value(
        "provider_month", "cooperative"
    )


def test_the_document_of_presets_is_up_to_date() -> None:
    presets = {name: (outcome(name), said(name)) for name in WORDS}
    assert (ROOT / "docs" / "presets.md").read_text(encoding="utf-8") == markdown(presets)
    assert all(set(ranges(name)) for name in WITH_RANGES)
