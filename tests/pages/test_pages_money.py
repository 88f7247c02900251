"""The pages “Year by year” and “Capital” through Streamlit's own test runner."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import answered, html, opened, right, text

from coopfin import LINES
from coopfin.display import words
from coopfin.engine.statements import STATEMENTS
from coopfin.ui.session import presets

YEARS, CAPITAL = "pages/years.py", "pages/capital.py"
PARTS = ("Rounds and papers", "A sale", "The same need, four ways", "What loan can it carry?")


def choose(app: AppTest, key: str, value: str) -> AppTest:
    app.segmented_control(key=key).set_value(value)
    return right(app.run())


def said(app: AppTest) -> str:
    elements = [*app.markdown, *app.warning, *app.info, *app.success, *app.error, *app.caption]
    return " ".join(each.value for each in elements).replace("\\", "")


@pytest.mark.parametrize("key", presets.names())
def test_every_part_of_both_pages_runs(key: str) -> None:
    app = opened(YEARS, preset=key)
    for part in ("Statements", "What would it take?", "Refunds paid back later"):
        choose(app, "years-part", part)
    app = opened(CAPITAL, preset=key)
    for part in ("Terms", *PARTS):
        choose(app, "capital-part", part)
        if part != "Terms":
            for firm in ("cooperative", "marketplace"):
                choose(app, "capital-firm", firm)


@pytest.mark.parametrize("page", [YEARS, CAPITAL])
@pytest.mark.parametrize("overhead", ["50000,50000", "900000,900000", "50000,900000"])
def test_the_answer_is_short_and_begins_with_survival(page: str, overhead: str) -> None:
    app = opened(page, preset="blank", overhead=overhead)
    told = answered(app).replace("\\", "").removeprefix("#### ")
    assert len(told.split()) <= 25, told
    assert re.search("short|runs out of cash", told.split(".")[0])
    assert "better" not in (told + text(re.sub("(?s)<style>.*?</style>", "", html(app)))).lower()


def test_the_gap_is_told_in_words_with_the_cure_that_goal_seek_gives() -> None:
    app = opened(YEARS, preset="blank", overhead="300000,400000")
    warned = next(each.value for each in app.warning if "The cooperative" in each.value).replace("\\", "")
    assert re.match(rf"The cooperative runs dry in \w+ of year \d+; [\d.]+{words.THIN}M EUR are missing at worst", warned)
    cure = re.search("“Take rate” of (.*?) instead", warned)
    assert cure
    choose(app, "years-part", "What would it take?")
    app.selectbox(key="seek-firm").set_value("cooperative").run()
    assert f"at which cash never falls below 0 is {cure[1]}; now it is" in said(app)
    app.selectbox(key="need-years").set_value(("cooperative", "lowest_cash")).run()
    assert f"Set to {cure[1]}".replace(".", "\\.") in [each.label for each in app.button]
    assert "was never" in html(app)
    bare = opened(YEARS, preset="blank", overhead="900000,900000")
    assert "never has a surplus" in said(bare)
    assert "March of year 1<small>was never</small>" in html(bare)


def test_what_is_reached_by_a_firm_that_runs_dry_is_no_success() -> None:
    app = choose(opened(YEARS, preset="blank", overhead="300000,400000"), "years-part", "What would it take?")
    app.selectbox(key="seek-goal").set_value("Providers at the end are at least …")
    right(app.run())
    app.number_input(key="seek-target-providers_final-cooperative").set_value(10.0)
    app.selectbox(key="seek-lever").set_value("churn")
    app.segmented_control(key="seek-end").set_value("The highest")
    right(app.run())
    assert not app.success
    assert "But then it is short in" in said(app)


def test_the_months_of_a_year_add_up() -> None:
    app = choose(opened(YEARS, preset="ride-hailing"), "years-part", "Statements")
    for title in ("Income statement", "Cash flow", "Balance sheet", "The market"):
        choose(app, "statement", title)
        app.selectbox(key="statement-period-True").set_value(2)
        table = text(html(right(app.run())))
        assert "months of year 2" in table and "Dec" in table
    choose(app, "statement", "Appropriation of the surplus")
    assert app.selectbox(key="statement-period-False").options == ["All years"]


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
    app = choose(opened(YEARS, preset="blank", overhead="300000,400000"), "years-part", "What would it take?")
    assert "the nearest “Take rate” at which cash never falls below 0 is" in said(app)
    app.button(key="put-back").click()
    right(app.run())
    kept = float(app.query_params["take_rate"].split(",")[1] if isinstance(app.query_params["take_rate"], str)
                 else app.query_params["take_rate"][0].split(",")[1])  # fmt: skip
    assert 0.2 < kept < 0.35
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
    app = choose(opened(CAPITAL, preset="ride-hailing"), "capital-part", "Rounds and papers")
    before = html(app)
    app.number_input(key="round-equity_4_amount-marketplace").set_value(3_000_000.0)
    right(app.run())
    assert "equity_4_pre_money (Round 4: value before) is 0" in said(app)
    assert app.number_input(key="round-equity_4_amount-marketplace").value == 3_000_000
    app.number_input(key="round-equity_4_pre_money-marketplace").set_value(27_000_000.0)
    app.number_input(key="round-equity_4_month-marketplace").set_value(72.0)
    right(app.run())
    assert "equity_4_pre_money" not in said(app)
    assert "After round 4, December of year 6" in html(app)
    assert html(app) != before
    assert words.percent(0.1) in text(html(app))


def test_the_slider_follows_the_scenario_and_moves_the_proceeds() -> None:
    app = choose(opened(CAPITAL, preset="ride-hailing"), "capital-part", "A sale")
    slider = app.slider(key="sale-marketplace")
    sold = html(app)
    slider.set_value(0.0)
    right(app.run())
    assert "No yearly return" in html(app)
    assert html(app) != sold
    dearer = choose(opened(CAPITAL, preset="ride-hailing", exit_multiple="6,0"), "capital-part", "A sale")
    assert dearer.slider(key="sale-marketplace").value > slider.value


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
    app.number_input(key="need-cooperative").set_value(800_000.0)
    assert "800,000 EUR raised at the launch" in html(right(app.run()))
    assert "None of these ways is enough." in said(app)
    assert "on paper only" in html(app)
    app.number_input(key="need-cooperative").set_value(20_000_000.0)
    right(app.run())
    assert "would cost most" in said(app)


def test_what_loan_the_surplus_can_carry() -> None:
    app = choose(opened(CAPITAL, preset="blank"), "capital-part", "What loan can it carry?")
    choose(app, "capital-firm", "cooperative")
    assert "a loan of 88,584 EUR can be carried" in said(app)
    for function in ("pv", "npv", "irr", "pmt", "ipmt", "ppmt"):
        assert f"numpy_financial.{function}" in html(app) + said(app), function
    app.number_input(key="loan-cover").set_value(2.5)
    assert "a loan of 44,292 EUR can be carried" in said(right(app.run()))
    app.number_input(key="lender-loan_rate-cooperative").set_value(0.0)
    right(app.run())


def test_a_return_of_a_firm_that_runs_dry_is_on_paper_only() -> None:
    app = opened(CAPITAL, preset="blank", overhead="300000,400000")
    assert "runs out of cash: what outside capital gets from then on, and at the horizon at par, stands on paper only" in said(
        app
    )
    assert html(app).count("returns on paper only") == 2
    assert "on paper only" not in said(opened(CAPITAL, preset="blank"))


def test_a_paper_turns_into_shares() -> None:
    app = opened(CAPITAL, preset="ride-hailing", safe_1_amount="300000,0", safe_1_cap="3000000,0")
    choose(app, "capital-part", "Rounds and papers")
    assert app.number_input(key="round-safe_2_amount-marketplace").value == 0
    assert "Paper 1" in html(app)
    choose(app, "capital-part", "A sale")
    assert "All rounds and papers" in html(app)


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
