"""The pages “Year by year” and “Capital” through Streamlit's own test runner."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import html, opened, right, text

from coopfin import LINES
from coopfin.engine.statements import STATEMENTS
from coopfin.ui.parts import words
from coopfin.ui.session import presets

YEARS, CAPITAL = "pages/years.py", "pages/capital.py"


def choose(app: AppTest, key: str, value: str) -> AppTest:
    app.segmented_control(key=key).set_value(value)
    return right(app.run())


def said(app: AppTest) -> str:
    elements = [*app.markdown, *app.warning, *app.info, *app.success, *app.error, *app.caption]
    return " ".join(each.value for each in elements).replace("\\", "")


@pytest.mark.parametrize("key", presets.names())
def test_every_part_of_both_pages_runs(key: str) -> None:
    app = opened(YEARS, preset=key)
    for part in ("Cash", "Statements", "What would it take?", "Refunds paid back later"):
        choose(app, "years-part", part)
    app = opened(CAPITAL, preset=key)
    for part in ("All instruments", "Rounds and a sale", "The same need, four ways"):
        choose(app, "capital-part", part)
        if part != "All instruments":
            for firm in ("cooperative", "marketplace"):
                choose(app, "capital-firm", firm)


def test_the_gap_is_told_in_words() -> None:
    app = opened(YEARS, preset="blank", overhead="900000,900000")
    assert "Platform cooperative: short of" in said(app)
    assert "never breaks even" in said(app)


def test_every_statement_shows_its_rows_for_one_firm_or_both() -> None:
    app = choose(opened(YEARS, preset="blank"), "years-part", "Statements")
    for title, statement in STATEMENTS.items():
        choose(app, "statement", title)
        choose(app, "statement-firm", "Both")
        assert html(app).count('table class="comparison years"') == 2
        choose(app, "statement-firm", "cooperative")
        table = text(html(app)).replace("&#x27;", "'")
        assert html(app).count('table class="comparison years"') == 1
        assert all(row.label in table for row in statement.rows)
        assert "Check: every subtotal is the sum of what stands above it" in table


def test_goal_seek_answers_and_is_put_into_the_scenario() -> None:
    app = choose(opened(YEARS, preset="ride-hailing"), "years-part", "What would it take?")
    assert "the lowest “Take rate” at which cash never falls below 0 is" in said(app)
    app.button(key="put-back").click()
    right(app.run())
    kept = float(app.query_params["take_rate"].split(",")[1] if isinstance(app.query_params["take_rate"], str)
                 else app.query_params["take_rate"][0].split(",")[1])  # fmt: skip
    assert 0.14 < kept < 0.15
    assert app.button(key="put-back").disabled
    assert f"now it is {words.percent(kept)}" in said(app)


def test_goal_seek_says_where_no_value_does_and_where_every_value_does() -> None:
    app = choose(opened(YEARS, preset="blank", overhead="90000000,90000000"), "years-part", "What would it take?")
    assert "no value of “Take rate” does it" in said(app)
    assert "The closest is" in said(app)
    app = choose(opened(YEARS, preset="blank"), "years-part", "What would it take?")
    app.selectbox(key="seek-lever").set_value("discount_rate")
    assert "every value of “Discount rate” does it" in said(right(app.run()))


def test_goal_seek_takes_a_target() -> None:
    app = choose(opened(YEARS, preset="ride-hailing"), "years-part", "What would it take?")
    for wish in app.selectbox(key="seek-goal").options:
        app.selectbox(key="seek-goal").set_value(wish)
        right(app.run())
        assert "Platform cooperative:" in said(app)


def test_refunds_paid_back_later() -> None:
    app = choose(opened(YEARS, preset="blank", patronage_cash_share="1,0.2", redemption_years="5,2", take_rate="0.2,0.35"),
                 "years-part", "Refunds paid back later")  # fmt: skip
    assert "credited to members' accounts" in said(app)
    assert "falls due after the horizon, the last of it in year 12" in said(app)
    assert "Share of equity nobody owns" in html(app)


def test_a_round_is_edited_and_a_state_between_is_told_and_kept() -> None:
    app = choose(opened(CAPITAL, preset="ride-hailing"), "capital-part", "Rounds and a sale")
    before = html(app)
    app.number_input(key="round-equity_4_amount-marketplace").set_value(3_000_000.0)
    right(app.run())
    assert "equity_4_pre_money is 0" in said(app)
    assert app.number_input(key="round-equity_4_amount-marketplace").value == 3_000_000
    app.number_input(key="round-equity_4_pre_money-marketplace").set_value(27_000_000.0)
    right(app.run())
    assert "equity_4_pre_money is 0" not in said(app)
    assert "After round 4, year 6" in html(app)
    assert html(app) != before
    assert words.percent(0.1) in text(html(app))


def test_the_slider_follows_the_scenario_and_moves_the_proceeds() -> None:
    app = choose(opened(CAPITAL, preset="ride-hailing"), "capital-part", "Rounds and a sale")
    slider = app.slider(key="sale-marketplace")
    sold = html(app)
    slider.set_value(0.0)
    right(app.run())
    assert "No yearly return" in html(app)
    assert html(app) != sold
    app.slider(key="slide-exit_multiple-marketplace").set_value(3.0)
    right(app.run())
    assert app.slider(key="sale-marketplace").value > 30_000_000


def test_any_firm_may_mix_instruments() -> None:
    app = opened(CAPITAL, preset="blank", note="400000,400000", equity_1_amount="200000,100000", preferred="50000,0",
                 equity_1_pre_money="800000,900000")  # fmt: skip
    table = text(html(app))
    for label in ("Investor rounds", "Loan", "Revenue-share note", "Preferred or community shares", "Member shares"):
        assert label in table
    assert table.count("Revenue-share note") >= 2


def test_four_ways_to_raise_the_same() -> None:
    app = choose(opened(CAPITAL, preset="short-stays"), "capital-part", "The same need, four ways")
    choose(app, "capital-firm", "cooperative")
    assert "would cost most" in said(app)
    assert "500,000 EUR raised at the launch" in html(app)
    app.number_input(key="need").set_value(800_000.0)
    assert "800,000 EUR raised at the launch" in html(right(app.run()))


@pytest.mark.parametrize("page", [YEARS, CAPITAL])
def test_hostile_names_are_text(page: str) -> None:
    app = opened(
        page, preset="blank", enterprises="<img src=x onerror=alert(1)>,$x^2$", take_rate="0.2,0.1", patronage_share="1,1"
    )
    key = "years-part" if page == YEARS else "capital-part"
    for part in app.segmented_control(key=key).options:
        choose(app, key, part)
        assert "<img" not in html(app)
        assert all("$x" not in each.value.replace("\\$", "") for each in app.markdown)


def test_one_firm_alone_is_enough() -> None:
    for page, key in ((YEARS, "years-part"), (CAPITAL, "capital-part")):
        app = opened(page, preset="blank", enterprises="alone")
        for part in app.segmented_control(key=key).options:
            choose(app, key, part)


def test_lines_are_named_once() -> None:
    labels = [row.label for statement in STATEMENTS.values() for row in statement.rows if row.line and not row.text]
    assert set(labels) <= {line.label for line in LINES.values()}
