"""The measures: those of the model's text, each complete, by hand and against the independent reading."""

from __future__ import annotations

import math

import numpy as np
import pytest
from agreement import near
from hypothesis import given, settings
from reference import compare_measures, reference
from reference.income import VARIABLE
from steady import steady
from strategies import pairs

from coopfin import HEADLINES, LINES, MEASURES, PAIR_MEASURES, Assumptions, project
from coopfin.comparison.measures import SECTIONS
from coopfin.engine.units import UNITS

# The text's section 4, word for word.
TEXT = {
    "Survival": "first_short_month lowest_cash lowest_cash_month funding_gap break_even_year",
    "What a provider earns": "provider_month provider_month_first provider_month_final provider_benefits_month "
    "expected_stay provider_pay_first provider_pay_final provider_income_final provider_income_total "
    "provider_net_income_total provider_benefits_total provider_value paid_to_providers_total payout_days",
    "What the platform takes": "take_rate take_rate_final effective_take_rate provider_keeps buyer_price",
    "Ownership": "provider_votes outside_ownership",
    "The business": "providers_final gross_sales_total revenue_total costs_total product_total acquisition_total "
    "operating_surplus_total surplus_total surplus_margin tax_total",
    "Unit economics": "contribution lifetime_to_cost acquisition_payback",
    "Where the surplus goes": "reserve_final community_total reinvestment_total patronage_total patronage_cash_total "
    "allocated_equity_final dividends_total retained_final",
    "Capital": "capital_raised capital_gain capital_irr equity_irr equity_multiple exit_value founders_proceeds staff_proceeds "
    "founders_total",
}


def test_they_are_those_of_the_text_section_by_section() -> None:
    assert tuple(TEXT) == SECTIONS
    found = {section: [each.name for each in MEASURES.values() if each.section == section] for section in SECTIONS}
    assert {section: set(names) for section, names in found.items()} == {s: set(names.split()) for s, names in TEXT.items()}
    assert [each.section for each in MEASURES.values()] == [s for s in SECTIONS for _ in found[s]]
    assert set(PAIR_MEASURES) == {"sales_to_match", "sales_had", "better_and_solvent"}
    assert {each.section for each in PAIR_MEASURES.values()} == {"What a provider earns"}


@pytest.mark.parametrize("each", [*MEASURES.values(), *PAIR_MEASURES.values()], ids=lambda each: each.name)
def test_each_is_complete(each) -> None:  # type: ignore[no-untyped-def]
    assert each.label and each.words and each.unit in UNITS
    assert each.better in ("higher", "lower", "")
    assert not each.beside or each.beside in MEASURES


def test_the_rows_of_the_first_screen() -> None:
    assert HEADLINES == (
        "provider_month", "provider_keeps", "provider_votes", "surplus_total", "capital_irr", "founders_total", "lowest_cash",
        "providers_final",
    )  # fmt: skip
    assert MEASURES["capital_irr"].beside == "capital_raised"
    assert all(MEASURES[name].better == "higher" for name in HEADLINES)


def test_which_costs_grow_with_the_business() -> None:
    assert {name for name, line in LINES.items() if line.variable} == set(VARIABLE)


@settings(max_examples=60)
@given(pairs())
def test_figures_of_two_firms_agree_with_the_independent_reading(pair: tuple[dict[str, float], dict[str, float]]) -> None:
    one, two = pair
    x, y = project(Assumptions(**one)), project(Assumptions(**two))
    theirs = compare_measures(reference(one), reference(two))
    for name, expected in theirs.items():
        ours = float(PAIR_MEASURES[name](x, y))
        assert near(ours, expected, 1.0), name
        assert not math.isnan(ours) or PAIR_MEASURES[name].empty(x, y), name


def test_unit_economics_by_hand() -> None:
    # 500 providers bring 30 a month each, 70 % of it is left; 5 % leave a month; 200 to recruit one.
    a = Assumptions(
        providers=500, sales_per_provider=3_600, take_rate=0.1, operations_rate=0.3, processing_rate=0, service_rate=0,
        marketing_rate=0, overhead=0, churn=1 - 0.95**12, intake_first=0.6, intake_last=0.6, acquisition_cost=200, crowding=0,
    )  # fmt: skip
    x = project(a)
    assert float(MEASURES["contribution"](x)) == pytest.approx(21)
    assert float(MEASURES["expected_stay"](x)) == pytest.approx(20)
    assert float(MEASURES["lifetime_to_cost"](x)) == pytest.approx(2.1)
    assert float(MEASURES["acquisition_payback"](x)) == pytest.approx(200 / 21)


def test_what_a_provider_earns_by_hand() -> None:
    # 10,000 of sales, 80 % pay, 2 % bonus, 30 % own costs; a refund of all 80,000 after bonuses, half of it in cash.
    x = project(steady(incentive_rate=0.02, provider_cost_rate=0.3, patronage_share=1, patronage_cash_share=0.5, benefits_rate=0))
    found = {name: float(measure(x)) for name, measure in MEASURES.items()}
    assert found["provider_pay_first"] == found["provider_pay_final"] == pytest.approx(8_000)
    assert found["provider_income_final"] == pytest.approx(8_000 + 200 + 400)
    assert found["provider_month"] == found["provider_month_first"] == pytest.approx((8_600 - 3_000) / 12)
    assert found["provider_income_total"] == pytest.approx(17_200)
    assert found["paid_to_providers_total"] == pytest.approx(2 * (800_000 + 20_000 + 80_000))
    assert found["effective_take_rate"] == pytest.approx(0.2 - 0.02 - 0.08)
    assert found["provider_keeps"] == pytest.approx(0.9)


def test_years_without_anybody_are_left_out_of_a_month_and_empty_a_total() -> None:
    x = project(steady(churn=1, years=3))  # all leave in the first month
    assert float(MEASURES["provider_month"](x)) == pytest.approx(8_000 / 12)
    assert math.isnan(MEASURES["provider_income_total"](x))
    assert MEASURES["provider_income_total"].empty(x) == "nobody is active in year 2"
    assert MEASURES["provider_value"].empty(x) == "nobody is active in year 2"
    assert MEASURES["provider_month_final"].empty(x) == "nobody is active in the last year"


@pytest.mark.parametrize(
    ("name", "a", "reason"),
    [
        ("first_short_month", {}, "cash is never short"),
        ("break_even_year", {"overhead": 300_000}, "no surplus in any of the 2 years"),
        ("provider_month", {"providers": 0}, "nobody is active in any year"),
        ("provider_month_first", {"providers": 0}, "nobody is active in year 1"),
        ("provider_pay_final", {"providers": 0}, "nobody is active in the last year"),
        ("expected_stay", {}, "nobody leaves"),
        ("expected_stay", {"providers": 0}, "there are no providers"),
        ("provider_keeps", {"sales_per_provider": 0}, "there are no sales"),
        ("surplus_margin", {"take_rate": 0}, "there is no revenue"),
        ("contribution", {"providers": 0}, "nobody is active in year 1"),
        ("lifetime_to_cost", {"acquisition_cost": 1}, "nobody leaves in year 1"),
        ("lifetime_to_cost", {"churn": 0.1}, "recruiting costs nothing"),
        ("acquisition_payback", {"operations_rate": 1}, "a provider's contribution is not above 0"),
        ("capital_irr", {}, "no outside capital is paid in"),
        ("equity_irr", {"loan": 5}, "no investor round or convertible paper is paid in"),
        ("equity_multiple", {"loan": 5}, "no investor round or convertible paper is paid in"),
    ],
)
def test_an_empty_measure_says_why(name: str, a: dict[str, float], reason: str) -> None:
    x = project(steady(**a))
    assert math.isnan(MEASURES[name](x))
    assert MEASURES[name].empty(x) == reason


def test_figures_of_two_firms_say_why_they_are_empty() -> None:
    first, none = project(steady(provider_cost_rate=0.5)), project(steady(provider_cost_rate=0.5, take_rate=0.6))
    match, had = PAIR_MEASURES["sales_to_match"], PAIR_MEASURES["sales_had"]
    assert float(match(first, first)) == 1 and float(had(first, none)) == 1
    assert match.empty(first, none) == "nothing is left to a provider here after own costs"
    assert match.empty(none, first) == "nothing is left to a provider of the first after own costs"
    assert match.empty(first, project(steady(sales_per_provider=0))) == "there are no sales"
    assert had.empty(first, project(steady(providers=0))) == "nobody is active in any year"
    assert had.empty(project(steady(sales_per_provider=0)), first) == "there are no sales in the first"


def test_a_return_that_stands_on_paper_says_so() -> None:
    irr, gain = MEASURES["capital_irr"], MEASURES["capital_gain"]
    dry = project(steady(overhead=300_000, preferred=1_000))
    assert float(irr(dry)) == pytest.approx(0) and irr.beware(dry).startswith("the firm runs out of cash: what outside capital")
    assert gain.beware(dry) == irr.beware(dry)
    assert irr.beware(project(steady(preferred=1_000))) == ""
    # Shares of the company are worth what it is sold for, nothing at par.
    assert irr.beware(project(steady(overhead=300_000, equity_1_amount=10, equity_1_pre_money=10))) == ""
    assert MEASURES["provider_month"].beware(dry) == ""


def test_better_and_solvent_asks_for_both_in_every_draw() -> None:
    first = project(steady(take_rate=np.full(3, 0.2)))
    # More pay and solvent; more pay, but short of cash; less pay.
    other = project(steady(take_rate=np.array([0.15, 0.05, 0.3])))
    assert PAIR_MEASURES["better_and_solvent"](first, other).tolist() == [1, 0, 0]


def test_measures_of_arrays_have_their_shape_even_where_all_share_a_value() -> None:
    x = project(steady(take_rate=np.array([0.1, 0.2])))
    for name, measure in MEASURES.items():
        assert measure(x).shape == (2,), name
