"""Numbers and names for people, the picture of the sales, links and file names."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings, strategies as st
from strategies import values

from coopfin import ASSUMPTIONS, MEASURES, Assumptions, project
from coopfin.display import words
from coopfin.display.hundred import USES, hundred, lines_of
from coopfin.engine.declaration import Assumption
from coopfin.ui.parts.downloads import file_name
from coopfin.ui.shell import fields


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (34_012.4, "money", "34,012"),
        (-852.0, "money", "−852"),
        (999_499, "money", "999,499"),
        (1_234_567, "money", "1.23 M"),
        (-45_600_000, "money", "−45.6 M"),
        (2.5e9, "money", "2.50 bn"),
        (-0.001, "money", "0"),
        (0.15, "share", "15 %"),
        (0.02494, "rate", "2.5 %"),
        (-0.00004, "rate", "0 %"),
        (0.0275, "share", "2.75 %"),
        (1.5, "multiple", "1.5 ×"),
        (0.923, "multiple", "0.92 ×"),
        (0.3, "money", "0.30"),
        (22.5, "money", "22.50"),
        (-0.3, "money", "−0.30"),
        (27, "month", "March of year 3"),
        (1, "days", "1 day"),
        (0, "years", "launch"),
        (7, "years", "year 7"),
        (float("nan"), "money", "–"),
    ],
)
def test_a_value_as_people_read_it(value: float, unit: str, shown: str) -> None:
    assert words.value(value, unit).replace(words.THIN, " ") == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1000, "money", "+1,000"),
        (-0.057, "share", "−5.7 pts"),
        (0, "money", "0"),
        (1, "years", "+1 year"),
        (-2, "years", "−2 years"),
    ],
)
def test_a_difference_has_its_sign(value: float, unit: str, shown: str) -> None:
    assert words.difference(value, unit).replace(words.THIN, " ") == shown


@given(st.text(alphabet="$*_[]()<>#`|~:&!-+.\\abc 12", max_size=30))
def test_markdown_is_shown_as_it_is(text: str) -> None:
    escaped = words.markdown(text)
    assert "".join(c for i, c in enumerate(escaped) if c != "\\" or (i and escaped[i - 1] == "\\")).count("$") == text.count("$")
    for i, character in enumerate(escaped):
        if character in "$<[*_`":
            assert i and escaped[i - 1] == "\\"


@given(values())
@settings(max_examples=60)
def test_every_100_of_sales_adds_up_exactly(raw: dict[str, float]) -> None:
    x = project(Assumptions(**raw))
    sales = float(x.total("gross_sales"))
    found = hundred(x)
    assert (found is None) == (not sales > 0)
    if found is None or abs(float(x.accumulated_deficit[-1])) > 1e6 * sales:
        return
    assert found.length == sum(found.sources.values())
    assert found.sources["from buyers"] == 1000
    for use, tenths in found.uses.items():
        exact = sum(float(x.total(line.name)) for line in lines_of(use)) / sales * 1000
        assert abs(tenths - exact) <= 2.5, use


def test_interest_earned_and_paid_is_part_of_every_100() -> None:
    names = [line.name for use in USES for line in lines_of(use)]
    assert len(names) == len(set(names))
    assert {"loan_interest", "note_cost", "tax", "benefits", "founder_wages"} <= set(names)
    x = project(Assumptions(cash_rate=0.1, grants=1_000_000, loan=100_000, loan_rate=0.1))
    found = hundred(x)
    assert found and found.sources["interest on cash"] > 0 and found.uses["investors"] > 0


@pytest.mark.parametrize("each", ASSUMPTIONS.values(), ids=lambda each: each.name)
def test_a_step_is_round_and_small(each: Assumption) -> None:
    low, high = (end * words.shown_factor(each.unit) for end in each.plausible)
    step = fields.step(each)
    assert each.unit.whole or 80 <= (high - low) / step <= 500
    assert f"{step:.0e}"[0] in "125"


def test_a_difference_is_that_of_the_figures_shown() -> None:
    money, share = MEASURES["provider_month"], MEASURES["take_rate"]
    assert words.gap({"a": 1028.4, "b": 1003.6}, money) == f"{words.MINUS}24"
    assert words.gap({"a": 1.234e6, "b": 1.456e6}, money) == "+230,000"
    assert words.gap({"a": 0.15449, "b": 0.1}, share) == f"{words.MINUS}5.4{words.THIN}pts"
    assert words.gap({"a": 1.0}, money) == "–"
    assert words.gap({"a": float("nan"), "b": 1.0}, money) == "–"


def test_a_month_is_a_date_or_a_length() -> None:
    assert words.measured(27, MEASURES["lowest_cash_month"]) == "March of year 3"
    assert words.measured(21.271, MEASURES["expected_stay"]) == f"21.3{words.THIN}months"
    assert words.setting(12, ASSUMPTIONS["season_peak"]) == "December"
    assert words.setting(0, ASSUMPTIONS["loan_month"]) == "the launch"
    assert words.setting(30, ASSUMPTIONS["payout_days"]) == f"30{words.THIN}days"


def test_a_file_name_says_preset_what_who_and_when() -> None:
    when = datetime(2026, 1, 31, 14, 5)
    assert file_name("comparison", "ride-hailing", "Ana & José", when) == "ride-hailing_comparison_ana-josé_2026-01-31-1405.csv"
    assert file_name("scenario", "file:../../etc/passwd", "", when) == "etc-passwd_scenario_2026-01-31-1405.csv"
