"""The panel, its naive guesses and base rates, and predictions that nobody changes."""

from __future__ import annotations

import pytest

from coopfin.evidence.cases import published
from coopfin.evidence.facts import read_facts
from coopfin.evidence.panel import FIXED, MARGIN, REVENUE, Foresight, base_rates, foresee, margin_drift, panel, scores
from coopfin.evidence.predictions import INSIDE, OPEN, OUTSIDE, Prediction, predictions, unchanged
from coopfin.evidence.series import Company, companies, series

# What the panel found. A change of the model, or of a fact, that moves it must be looked at.
FOUND = {"all": (111, 16, 38, 56), REVENUE: (30, 5, 18, 16), MARGIN: (26, 5, 8, 12)}


def test_the_score_is_what_we_published() -> None:
    found = {each.what: (each.tried, each.hits, each.within, each.naive_within) for each in scores()}
    assert {name: found[name] for name in FOUND} == FOUND


def test_a_hit_beats_both_guesses_and_is_within_the_tolerance() -> None:
    one = Foresight("A firm", 2020, REVENUE, 104.0, 106.0, 103.0, 100.0)
    assert one.within and not one.hit
    assert Foresight("A firm", 2020, REVENUE, 102.0, 106.0, 103.0, 100.0).hit
    assert not Foresight("A firm", 2020, REVENUE, 115.0, 130.0, 120.0, 100.0).within
    assert not Foresight("A firm", 2020, REVENUE, 103.0, 103.0, 103.0, 100.0).hit
    assert Foresight("A firm", 2020, MARGIN, 0.05, 0.2, 0.2, 0.1).hit
    assert not Foresight("A firm", 2020, MARGIN, 0.035, 0.2, 0.2, 0.1).within


def test_the_base_rates_are_those_of_the_published_years() -> None:
    assert {each.part: (each.carried, each.years) for each in base_rates()} == {
        "cost": (29, 33), "marketing": (12, 23), "research": (19, 34), "administration": (15, 33),
    }  # fmt: skip
    drift, years = margin_drift()
    assert drift == pytest.approx(0.0574, abs=1e-4) and years == 32


def test_a_year_that_repeats_itself_is_foreseen_to_the_point() -> None:
    steady = {2019: 97.0873786, 2020: 100.0}
    firm = Company("a", "A firm", steady, {2020: 0.1}, {"cost": {2020: 0.5}})
    found = foresee(firm, 2020, 1)
    assert found[REVENUE] == pytest.approx(103.0, rel=1e-6)
    assert found[MARGIN] == pytest.approx(0.1) and found["cost"] == pytest.approx(0.5)


def test_fixed_costs_fall_as_a_share_when_revenue_grows() -> None:
    firm = Company("a", "A firm", {2019: 50.0, 2020: 100.0}, {2020: 0.0}, {"research": {2020: 0.4}})
    found = foresee(firm, 2020, 1)
    assert found["research"] < 0.4 * 1.02 / 1.8 and found[MARGIN] > 0.15


def test_every_company_of_the_panel_is_one_of_facts() -> None:
    assert [each.name for each in companies()] == [
        "Upwork", "Etsy", "Airbnb", "DoorDash", "Shutterstock", "Getty Images", "Lyft",
    ]  # fmt: skip
    for company in companies():
        assert set(company.facts) <= set(read_facts()) and all(value > 0 for value in company.revenue.values())
        assert all(0 < share < 2 for shares in company.shares.values() for share in shares.values())
    assert {each.what for each in panel()} == {REVENUE, MARGIN, *FIXED}


def test_a_series_is_read_by_year() -> None:
    assert series("upwork-income-statement-2016-2024")[2016] == 164
    assert series("upwork-income-statement-2016-2024|operating income")[2017] == -3.12
    assert series("doordash-income-statement-2020-2024|S&M")[2024] == 2037
    assert series("etsy-costs-2015-2024|R&D")[2015] == 43
    assert published("airbnb-operating-margin-2023|21.45%") == pytest.approx(0.2145)
    for wrong in ("no-such-fact", "uber-revenue-2023", "upwork-income-statement-2016-2024|rent"):
        with pytest.raises(ValueError):
            series(wrong)


def test_nobody_has_changed_the_predictions() -> None:
    assert unchanged(), "what was predicted on a date stays; what came belongs into predictions_came.csv"


def test_a_prediction_has_a_date_a_figure_and_a_range() -> None:
    found = predictions()
    assert len(found) == 14 and {each.made for each in found} == {"2026-11-26"}
    last = {each.name: max(each.revenue) for each in companies()}
    for each in found:
        assert each.low < each.prediction < each.high and each.set_to == last[each.company] < int(each.period[-4:])
        assert each.outcome == OPEN or each.source


def test_what_came_is_held_against_the_range() -> None:
    def made(came: float | None) -> Prediction:
        return Prediction(
            "2026-11-26", "A firm", "fiscal year 2026", "revenue", "USD million", 2025, 100, 90, 110, 120, 105, came
        )

    assert [made(came).outcome for came in (None, 95, 111)] == [OPEN, INSIDE, OUTSIDE]
