"""The presets: sourced, no claim stronger than its source, one rule of capital for both firms, and no favourite."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from preset_files import NAMES, ROOT, WITH_RANGES, WORDS, outcome, ranges, scenario

from coopfin import ASSUMPTIONS, IDENTITIES, Assumptions, project, read_scenario, write_scenario
from coopfin.evidence.capital_rule import STEP, breaches, sized_sums, slower
from coopfin.evidence.facts import read_facts
from coopfin.evidence.outcomes import BETTER
from coopfin.evidence.rules import jurisdictions
from coopfin.evidence.sources import ASSUMPTION, DERIVED, STRENGTHS, Source, by_enterprise, read_source

KEYS = {"title", "provider", "providers", "buyers", "currency", "law", "stands_under", "after"}
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")
# A market is one for both firms. What a firm charges, pays, spends, admits, owes and shares out is its own.
MARKET_OF_BOTH = ("providers", "sales_per_provider", "intake_first", "intake_last", "churn", "acquisition_cost", "service_rate")
each_preset = pytest.mark.parametrize("name", NAMES)
each_with_ranges = pytest.mark.parametrize("name", WITH_RANGES)


def numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


def clauses(text: str) -> list[Source]:
    """A cell cut where a clause ends; the semicolon within a citation is none."""
    return [read_source(part) for part in re.split(r"; (?![a-z0-9][a-z0-9-]*\))", text)]


def unsourced(part: Source) -> set[float]:
    """Numbers in a clause that claims a source and is not derived, which stand in none of its rows."""
    if ASSUMPTION in part.words or DERIVED in part.words or not part.facts:
        return set()
    rows = (" ".join((f.metric, f.value, f.unit, f.year, f.note, f.source_title)) for f in part.facts)
    known = {form for row in rows for value in numbers(row) for form in (value, value / 100, value * 100)}
    return {value for value in numbers(part.words) if not any(np.isclose(value, each) for each in known)}


def supported(value: float, source: Source) -> bool:
    """Whether a value without an assumption stands in a row it cites, or in the words that derive it."""
    rows = (" ".join((f.metric, f.value, f.unit, f.note)) for f in source.facts)
    known = {each for text in (*rows, source.words) for each in numbers(text)}
    return any(np.isclose(value, form) for each in known for form in (each, each / 100, 1 - each / 100))


def test_the_presets_and_their_words_match() -> None:
    assert set(WORDS) == set(NAMES) == {*WITH_RANGES, "blank"}
    for words in WORDS.values():
        assert set(words) == KEYS and all(isinstance(word, str) for word in words.values())
        assert all(word for key, word in words.items() if key != "law")
        assert re.fullmatch("[A-Z]{3}", words["currency"])


def test_a_preset_opens_with_a_law_there_is() -> None:
    for name, words in WORDS.items():
        assert (words["law"] in jurisdictions()) if name != "blank" else not words["law"]


def test_only_primary_and_secondary_facts_are_shipped() -> None:
    assert {fact.strength for fact in read_facts().values()} == {"primary", "secondary"}


@each_preset
def test_every_value_has_a_source_for_each_firm_it_differs_in(name: str) -> None:
    marketplace, cooperative = scenario(name).enterprises.values()
    for assumption, text in scenario(name).sources.items():
        parts = by_enterprise(text)
        assert all(part.strength != STRENGTHS[0] for part in parts.values()), f"{assumption}: {text!r}"
        if getattr(marketplace, assumption) != getattr(cooperative, assumption) and "" not in parts:
            assert set(parts) == {"marketplace", "cooperative"}, assumption


@each_preset
def test_no_claim_is_stronger_than_its_source(name: str) -> None:
    for assumption, text in scenario(name).sources.items():
        for part in clauses(text):
            assert not unsourced(part), f"{assumption}: {unsourced(part)} in {part.words!r}"
        for firm, source in by_enterprise(text).items():
            values = [float(getattr(a, assumption)) for each, a in scenario(name).enterprises.items() if firm in ("", each)]
            for value in values:
                assert source.is_assumption or supported(value, source), f"{assumption} {firm}: {value} in {source.text!r}"


@each_with_ranges
def test_a_range_is_no_stronger_than_its_source_and_starts_from_the_preset(name: str) -> None:
    for each in ranges(name).values():
        assert each.source.strength != STRENGTHS[0]
        for part in clauses(each.source.text):
            assert not unsourced(part), f"{each.name}: {unsourced(part)} in {part.words!r}"


@each_with_ranges
def test_what_was_guessed_has_a_range_or_the_page_says_that_there_is_none(name: str) -> None:
    found = ranges(name).keys()
    market = {"pay_response", "spend_response", "spend_needed", "sales_per_provider", "demand_first", "churn", "crowding"}
    assert found >= market | {"take_rate marketplace", "take_rate cooperative"}
    assert not found & {"take_rate", "loan_rate", "loan_rate cooperative"}


@each_preset
def test_both_firms_stand_in_one_market(name: str) -> None:
    marketplace, cooperative = scenario(name).enterprises.values()
    shared = {*MARKET_OF_BOTH, *(each.name for each in ASSUMPTIONS.values() if each.shared)}
    assert [each for each in shared if getattr(marketplace, each) != getattr(cooperative, each)] == []


@each_preset
@pytest.mark.parametrize("firm", ["marketplace", "cooperative"])
def test_one_rule_sizes_the_capital_and_holds_in_every_month(name: str, firm: str) -> None:
    a = scenario(name).enterprises[firm]
    assert [*breaches(project(a))] == []
    sized = sized_sums(scenario(name), firm)
    assert sized
    for each in sized:
        assert getattr(a, each) % STEP == 0
        assert [*breaches(project(_less(a, each)))], f"10,000 less of {each} should break the rule"


def _less(a: Assumptions, name: str) -> Assumptions:
    return replace(a, **{name: getattr(a, name) - STEP})


@each_preset
def test_all_outside_capital_is_sized_by_the_rule_or_was_as_it_was(name: str) -> None:
    for firm, a in scenario(name).enterprises.items():
        sums = [each for each in ASSUMPTIONS if re.fullmatch(r"equity_\d_amount|safe_\d_amount|loan|preferred|note|grants", each)]
        used = {each for each in sums if float(getattr(a, each)) > 0}
        real = {"loan"} if (name, firm) == ("ride-hailing", "cooperative") else set()
        assert used == {*sized_sums(scenario(name), firm), *real}


@each_preset
def test_no_side_wins_everything(name: str) -> None:
    found = outcome(name)
    for firm in found.names:
        assert found.wins(firm), {each: found.winner(each) for each in BETTER}


@each_preset
def test_a_sale_is_probable_and_not_certain(name: str) -> None:
    assert 0 < scenario(name).enterprises["marketplace"].exit_probability < 1


@each_preset
def test_a_quarter_less_growth_is_a_quarter_less(name: str) -> None:
    for a in scenario(name).enterprises.values():
        less = slower(a)
        assert less.demand_first == pytest.approx(0.75 * a.demand_first)
        assert less.demand_last == pytest.approx(0.75 * a.demand_last)
        assert replace(less, demand_first=a.demand_first, demand_last=a.demand_last) == a
    assert slower(replace(a, demand_first=-0.2)).demand_first == pytest.approx(-0.25)


@each_preset
def test_the_identities_hold(name: str) -> None:
    for a in scenario(name).enterprises.values():
        x = project(a)
        for identity in IDENTITIES.values():
            assert np.max(np.abs(identity(x))) < 1e-9


@each_preset
def test_a_round_trip_gives_the_same_firms_and_sources(name: str) -> None:
    again = read_scenario(write_scenario(scenario(name)).encode(), name)
    assert again.enterprises == scenario(name).enterprises
    assert {each: text for each, text in again.sources.items() if text} == {
        each: text for each, text in scenario(name).sources.items() if text
    }


def test_a_citation_that_does_not_resolve_is_refused() -> None:
    fact = next(iter(read_facts().values()))
    cited = f"so it is ({fact.source_title}, {fact.source_url}; {fact.id})"
    assert read_source(cited).facts == (fact,) and read_source(cited).words == "so it is"
    assert read_source(cited).strength == f"{fact.strength} source"
    assert read_source("assumption: because").strength == "assumption"
    assert read_source("because").strength == "no source"
    with pytest.raises(ValueError, match="not the id of a fact"):
        read_source("so it is (a paper, https://example.org; no-such-fact)")
    with pytest.raises(ValueError, match="without its address"):
        read_source(f"so it is (a paper, https://example.org; {fact.id})")


def test_the_files_of_ranges_are_those_of_the_presets() -> None:
    assert sorted(path.stem for path in (ROOT / "sample_data" / "ranges").glob("*.csv")) == WITH_RANGES
