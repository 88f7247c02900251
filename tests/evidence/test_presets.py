"""The presets: complete, sourced, fair to both sides, and the same after a round trip."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from coopfin import ASSUMPTIONS, IDENTITIES, Comparison, Scenario, compare, read_scenario, write_scenario

ROOT = Path(__file__).parents[2]
PRESETS = sorted((ROOT / "sample_data" / "presets").glob("*.csv"))
WORDS = tomllib.loads((ROOT / "sample_data" / "presets.toml").read_text(encoding="utf-8"))
KEYS = {"title", "provider", "providers", "buyers", "currency", "after"}

# +1: higher is better, -1: lower is better; for whom is the reader's affair.
BETTER = {
    "effective_take_rate": -1,
    "provider_income_final": 1,
    "provider_value": 1,
    "providers_final": 1,
    "gross_sales_total": 1,
    "product_total": 1,
    "surplus_margin": 1,
    "community_total": 1,
    "capital_raised": -1,
    "capital_gain": 1,
    "founders_proceeds": 1,
    "lowest_cash": 1,
    "funding_gap": -1,
    "break_even_year": -1,
}

NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")


def _facts() -> dict[str, set[float]]:
    """The numbers of all rows of facts.csv that share a URL, by URL."""
    numbers: dict[str, set[float]] = {}
    with (ROOT / "coopfin" / "data" / "facts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["strength"] in ("primary", "secondary")
            text = " ".join(value for column, value in row.items() if column not in ("id", "source_url", "strength"))
            numbers.setdefault(row["source_url"], set()).update(_numbers(text))
    return numbers


def _numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


FACTS = _facts()
LONGEST_FIRST = sorted(FACTS, key=len, reverse=True)


def _urls(text: str) -> list[str]:
    """Every URL in ``text``, as facts.csv writes it; one that is not there comes back as it stands."""
    found = []
    for match in re.finditer(r"https?://", text):
        rest = text[match.start() :]
        known = (url for url in LONGEST_FIRST if re.match(re.escape(url) + r"(?=[),; ]|$)", rest))
        found.append(next(known, rest.split()[0]))
    return found


def _read(path: Path) -> Scenario:
    return read_scenario(path.read_bytes(), path.name)


def _compare(path: Path) -> Comparison:
    return compare(_read(path).enterprises)


def _table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


each_preset = pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)


def test_there_are_presets() -> None:
    assert {"ride-hailing", "blank"} <= {path.stem for path in PRESETS}


@each_preset
def test_every_assumption_stands_once_in_order(path: Path) -> None:
    header, *rows = _table(path)
    assert header == ["assumption", "unit", "marketplace", "cooperative", "source"]
    assert [row[0] for row in rows] == list(ASSUMPTIONS)
    assert [row[1] for row in rows] == [each.unit.name for each in ASSUMPTIONS.values()]
    assert list(_read(path).enterprises) == ["marketplace", "cooperative"]


@each_preset
def test_every_value_has_a_source(path: Path) -> None:
    for name, source in _read(path).sources.items():
        urls = _urls(source)
        assert "assumption:" in source or urls, f"{name}: {source!r}"
        assert set(urls) <= set(FACTS), f"{name}: {set(urls) - set(FACTS)} not in facts.csv"
        assert not source.startswith(("=", "+", "-", "@")), name


@each_preset
def test_both_columns_have_a_source(path: Path) -> None:
    scenario = _read(path)
    marketplace, cooperative = scenario.enterprises.values()
    for name, source in scenario.sources.items():
        if getattr(marketplace, name) != getattr(cooperative, name):
            first, second = source.removeprefix("marketplace: ").split("; cooperative: ")
            assert all("assumption:" in part or _urls(part) for part in (first, second)), f"{name}: {source!r}"


@each_preset
def test_a_cited_figure_is_in_a_row_with_its_url(path: Path) -> None:
    for name, source in _read(path).sources.items():
        for clause in source.split("; "):
            urls = _urls(clause)
            words = clause
            for url in urls:
                words = words.replace(url, "")
            known = {form for url in urls for value in FACTS[url] for form in (value, value / 100, value * 100)}
            unknown = {value for value in _numbers(words) if not any(np.isclose(value, each) for each in known)}
            assert not (urls and unknown), f"{name}: {unknown} in {clause!r}"


@each_preset
def test_what_the_preset_leaves_out_stands_in_the_first_row(path: Path) -> None:
    assert "Left out: " in _read(path).sources["years"]


@each_preset
def test_neither_side_wins_everything(path: Path) -> None:
    comparison = _compare(path)
    wins = {name: sign * comparison[name].difference for name, sign in BETTER.items()}
    for_cooperative, for_marketplace = sum(gain > 0 for gain in wins.values()), sum(gain < 0 for gain in wins.values())
    assert for_cooperative >= 3 and for_marketplace >= 3, wins


@each_preset
def test_the_cooperative_pays_more_and_has_less_to_spend_on_its_product(path: Path) -> None:
    comparison = _compare(path)
    assert comparison["provider_income_final"].difference > 0
    assert comparison["product_total"].difference < 0


@each_preset
def test_the_marketplace_is_worth_its_risk_and_pays_no_refund(path: Path) -> None:
    comparison = _compare(path)
    assert 0.10 <= comparison["equity_irr"].values["marketplace"] <= 0.35
    assert comparison["patronage_total"].values["marketplace"] == 0
    assert comparison["surplus_total"].values["marketplace"] > 0
    assert comparison.projections["marketplace"].surplus[1] < 0


@each_preset
def test_neither_side_lives_on_money_nobody_gave(path: Path) -> None:
    comparison = _compare(path)
    for name, x in comparison.projections.items():
        assert comparison["funding_gap"].values[name] <= 0.15 * (comparison["capital_raised"].values[name] + x.assumptions.grants)


@each_preset
def test_the_identities_hold(path: Path) -> None:
    for projection in _compare(path).projections.values():
        for name, identity in IDENTITIES.items():
            assert np.max(np.abs(identity(projection))) < 1e-9, name


@each_preset
def test_a_round_trip_gives_the_identical_file(path: Path) -> None:
    assert write_scenario(_read(path)).encode() == path.read_bytes()


def test_words_and_files_match() -> None:
    assert set(WORDS) == {path.stem for path in PRESETS}
    for words in WORDS.values():
        assert set(words) == KEYS and all(isinstance(word, str) and word for word in words.values())
        assert re.fullmatch("[A-Z]{3}", words["currency"])
