"""The page of the law and the page of the method, and what they leave on the other pages."""

from __future__ import annotations

import pytest
from moving import lever_rows, move_lever
from streamlit.testing.v1 import AppTest
from test_pages import PAGES, answered, html, opened, right, text

from coopfin import IDENTITIES, LINES, MEASURES, PAIR_MEASURES
from coopfin.engine.flow import FORKS
from coopfin.evidence.law import ADVICE, check
from coopfin.evidence.rules import BROKEN, NOT_VERIFIED, RULES, jurisdictions
from coopfin.ui.law import tables as law_tables
from coopfin.ui.session import presets

MARK = 'class="law-mark"'
LAW, METHOD = "pages/law.py", "pages/method.py"


@pytest.mark.parametrize("law", jurisdictions())
def test_every_jurisdiction_can_be_chosen_and_set(law: str) -> None:
    app = opened(LAW, preset="blank")
    assert "It depends on the country" in answered(app)
    app.selectbox(key="law-choice").set_value(law)
    right(app.run())
    assert app.query_params["law"] == law
    assert answered(app).replace("\\", "").startswith(f"#### {jurisdictions()[law].short}: of {len(RULES)} rules")
    if not app.button(key="set-law").disabled:
        app.button(key="set-law").click()
        right(app.run())
    assert app.button(key="set-law").disabled
    assert f'<b class="status">{BROKEN}</b>' not in html(app)
    assert MARK not in html(app)


def unfolded(app: AppTest, key: str) -> AppTest:
    """Open a fold whose content is drawn once it is open."""
    app.session_state[key] = True
    return right(app.run())


def test_it_says_that_it_is_no_legal_advice_and_shows_every_cell() -> None:
    app = opened(LAW, preset="blank")
    assert any(ADVICE in each.value for each in app.markdown)
    table = html(app).split('class="comparison laws"')[1]
    cells = [cell for law in jurisdictions().values() for cell in law.cells.values()]
    assert table.count("<td>") == len(cells)
    assert table.count(f"<i>{NOT_VERIFIED}</i>") == sum(not cell.verified for cell in cells)
    assert table.count('target="_blank"') == sum(cell.verified for cell in cells)
    assert len(law_tables.as_csv().splitlines()) == len(cells) + 1


def test_a_broken_rule_is_marked_everywhere_and_stops_nobody() -> None:
    query = {"preset": "blank", "law": "spain", "reserve_share": "0,0.1"}
    for page in PAGES:
        app = opened(page, **query)
        assert "Spain: at least 20 % to the reserve and 5 % to education" in text(html(app)), page
        assert app.query_params["law"] == "spain"
    kept = text(html(opened(LAW, **query | {"reserve_share": "0,0.34"})))
    assert "Spain: at least 20 % to the reserve" not in kept
    assert MARK not in html(opened(METHOD, preset="blank", reserve_share="0,0.1"))


def test_a_lever_on_the_left_is_marked_where_it_stands() -> None:
    app = opened(METHOD, preset="blank", law="france-scic")
    note = lever_rows(app)["patronage_share"]["note"]
    assert note.startswith("France SCIC: no refunds to members at all.") and "asked for: at most 0" in note
    right(move_lever(app, "patronage_share", "cooperative", 0.0))
    assert lever_rows(app)["patronage_share"]["note"] == ""
    assert "no refunds to members at all" not in text(html(app))


def test_a_lever_of_the_comparison_has_the_law_on_the_track_of_the_cooperative_alone() -> None:
    app = opened(preset="blank", law="france-scic")
    assert app.query_params["law"] == "france-scic"
    marks = {(name, thumb["firm"]): thumb["law"] for name, row in lever_rows(app).items() for thumb in row["thumbs"]}
    asked = {"value": 0, "text": "France SCIC: no refunds to members at all"}
    assert {place: law for place, law in marks.items() if law} == {("patronage_share", "cooperative"): asked}
    right(move_lever(app, "patronage_share", "cooperative", 0.3))
    assert app.query_params["patronage_share"].split(",")[1] == "0.3"  # it stops nobody
    assert lever_rows(app)["patronage_share"]["thumbs"][1]["law"] == asked
    free = lever_rows(opened(preset="blank"))
    assert not any(thumb["law"] for row in free.values() for thumb in row["thumbs"])


def test_the_law_is_held_against_the_only_firm_there_is() -> None:
    app = opened(LAW, preset="blank", law="italy", enterprises="shop", reserve_share="0")
    a = presets.load("blank").scenario.enterprises["marketplace"]
    assert sum(each.status == BROKEN for each in check(a, jurisdictions()["italy"])) == 2
    assert "the shop breaks 2" in answered(app)


def test_a_law_that_is_not_here_is_told() -> None:
    app = opened(preset="blank", law="narnia")
    assert any("a law that is not here (narnia)" in each.value.replace("\\", "") for each in app.warning)
    assert MARK not in html(opened(METHOD, preset="blank", law="narnia"))
    assert not any(thumb["law"] for row in lever_rows(app).values() for thumb in row["thumbs"])


def test_the_clause_and_its_download_tell_the_scenario() -> None:
    app = opened(LAW, preset="blank", patronage_share="0,0.3", reserve_share="0,0.123")
    shown = app.code[0].value
    assert "12.3 % goes to a reserve" in shown and "30 % to the members" in shown
    assert "To go through with the lawyer" not in shown


def test_the_method_shows_flow_steps_and_residuals() -> None:
    app = opened(METHOD, preset="ride-hailing")
    page = html(app)
    assert page.count('class="stem"') == len(FORKS)
    for name in IDENTITIES:
        assert f'id="identity-{name}"' in page
    for name in MEASURES:
        assert page.count(f'id="measure-{name}"') == 1
    for name in LINES:
        assert page.count(f'id="line-{name}"') == 1


def test_one_search_over_everything() -> None:
    app = opened(METHOD, preset="blank")
    app.text_input(key="sought-method").set_value("indivisible reserve")
    page = html(right(app.run()))
    assert 'id="assumption-reserve_share"' in page and 'id="line-indivisible_reserve"' in page
    assert 'id="measure-capital_irr"' not in page
    app.text_input(key="sought-method").set_value("<b>x</b>")
    assert "<b>x</b>" not in html(right(app.run()))
    assert any(each.value.startswith("0 of") for each in app.caption)


def test_a_link_to_an_explanation_is_shown_first_with_todays_values_and_can_be_closed() -> None:
    app = opened(METHOD, preset="blank", take_rate="0.3,0.1", explain="measure-take_rate")
    shown = html(app).split('id="measure-take_rate"')[1].split("</article>")[0]
    assert "30" in text(shown) and "10" in text(shown) and "def take_rate" in shown
    assert app.query_params["explain"] == "measure-take_rate"
    app.button(key="close-explained").click()
    right(app.run())
    assert "explain" not in app.query_params
    assert app.query_params["take_rate"] == "0.3,0.1"


def test_an_explanation_that_is_not_here_is_told() -> None:
    app = opened(METHOD, preset="blank", explain="measure-<img src=x>")
    assert any("not explained here" in each.value for each in app.markdown)


def test_every_measure_of_the_table_links_to_its_explanation() -> None:
    app = opened(preset="blank", law="italy", take_rate="0.3,0.1")
    (table,) = [each.value for each in unfolded(app, "all-rows").get("html") if 'class="comparison every"' in each.value]
    for name in MEASURES:
        assert f"law=italy&amp;explain=measure-{name}&quot;".replace("&quot;", '"') in table
    assert table.count("take_rate=0.3%2C0.1") == len(MEASURES) + len(PAIR_MEASURES) - 1  # one is of a simulation


def test_a_return_that_stands_on_paper_only_says_so_wherever_it_stands() -> None:
    dry = {"preset": "blank", "take_rate": "0.2,0.01"}
    told = "Platform cooperative: the firm runs out of cash: what outside capital gets"
    assert told in html(unfolded(opened(**dry), "all-rows"))
    assert told in html(opened(METHOD, explain="measure-capital_irr", **dry))
    assert told not in html(opened(METHOD, explain="measure-provider_month", **dry))
    assert told not in html(opened(METHOD, explain="measure-capital_irr", preset="blank"))


def test_a_quick_second_move_with_the_address_of_before_the_first_undoes_nothing() -> None:
    app = opened(preset="blank")
    before = dict(app.query_params)
    right(move_lever(app, "take_rate", "cooperative", 0.125))
    assert app.query_params["take_rate"] == "0.2,0.125"
    app.query_params.clear()
    app.query_params.update(before)
    right(move_lever(app, "take_rate", "marketplace", 0.22))
    assert app.query_params["take_rate"] == "0.22,0.125"


@pytest.mark.parametrize("key", [key for key in presets.names() if presets.words(key).law])
def test_a_preset_opens_with_its_own_countrys_law_and_says_what_it_keeps(key: str) -> None:
    app = opened(LAW, preset=key)
    said = presets.words(key)
    assert app.selectbox(key="law-choice").value == said.law
    told = app.markdown[1].value.replace("\\", "")
    assert told.startswith("The real case stands under the law of") and " Kept: " in told and " Broken: " in told


def test_what_says_less_than_a_rule_is_told_so_on_the_page() -> None:
    shown = html(opened(LAW, preset="blank"))
    for kind, words in law_tables.LESS.items():
        cells = [cell for law in jurisdictions().values() for cell in law.cells.values() if cell.kind == kind]
        assert shown.count(words) == len(cells) > 0
