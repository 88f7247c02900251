"""The page of doubts through Streamlit's own test runner: every view, every preset, and what people do to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from moving import lever_value, move_lever
from streamlit.testing.v1 import AppTest
from test_pages import answered, html, opened, right

from coopfin import ASSUMPTIONS, Lever, chances as find_chances, lever_map, read_uncertain, tornado, write_uncertain
from coopfin.evidence.ranges import ends, of_levers
from coopfin.ui.parts import better
from coopfin.ui.session import presets
from coopfin.ui.sure import big_run, chances, lever_map as places, page as sure, tornado as drawn, uncertain_rows
from coopfin.ui.sure.uncertain_rows import Kept, Row
from coopfin.uncertainty.chances import DRAWS, SEED, within
from coopfin.uncertainty.futures import Futures, Question, look_ahead

PAGE = "pages/sure.py"
VIEWS = list(sure.VIEWS)


def seen(view: str, **query: str) -> AppTest:
    app = opened(PAGE, **query)
    app.segmented_control(key="sure-view").set_value(view)
    return right(app.run())


def plain(markdown: str) -> str:
    return markdown.replace("\\", "")


def answer(app: AppTest) -> str:
    return plain(answered(app))


def editor(app: AppTest) -> Any:
    (found,) = app.data_editor
    return found


def typed(app: AppTest, **changes: Any) -> AppTest:
    """What the browser sends when cells are typed, rows added or taken out."""
    nothing = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    app.session_state[editor(app).key] = nothing | changes
    return right(app.run())


def rows(app: AppTest) -> dict[str, dict[str, Any]]:
    return {row["assumption"]: row for row in editor(app).value.to_dict("records")}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("key", presets.names())
def test_every_view_runs_with_every_preset_and_answers_first(view: str, key: str) -> None:
    app = seen(view, preset=key)
    assert "futures" in answer(app)
    assert len(answer(app).split()) <= 26  # 25 words, and the sign of a heading
    assert not app.error


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("measure", ["capital_irr", "break_even_year", "tax_total", "equity_multiple"])
def test_every_view_takes_measures_of_any_unit(view: str, measure: str) -> None:
    app = seen(view, preset="ride-hailing")
    app.selectbox(key="sure-measure").set_value(measure)
    for whose in ("", "marketplace", "cooperative"):
        app.segmented_control(key="sure-whose").set_value(whose)
        right(app.run())
        assert not app.error


def test_what_has_no_value_in_any_future_has_no_drivers_and_that_is_said() -> None:
    app = seen("What drives it", preset="ride-hailing")
    app.selectbox(key="sure-measure").set_value("equity_multiple")
    app.segmented_control(key="sure-whose").set_value("cooperative")  # no investor pays in there
    assert any("has no value in any of the futures" in plain(each.value) for each in right(app.run()).markdown)
    assert 'class="comparison shares"' not in html(app)
    app.segmented_control(key="sure-whose").set_value("marketplace")
    assert 'class="comparison shares"' in html(right(app.run()))


def test_the_answer_is_that_of_the_first_screen_and_follows_a_lever_at_once() -> None:
    app = opened(PAGE, preset="ride-hailing")
    before = answer(app)
    enterprises, known = presets.load("ride-hailing").scenario.enterprises, ends(of_levers(presets.ranges("ride-hailing")))
    found = find_chances(enterprises, known)
    share = chances.in_hundred(found.better_and_solvent["cooperative"])
    assert before.startswith(f"#### I{share[1:]} a driver has more in the cooperative and it lives")
    move_lever(app, "take_rate", "cooperative", 0.05)
    after = answer(right(app.run()))
    assert after != before
    moved = enterprises | {"cooperative": replace(enterprises["cooperative"], take_rate=0.05)}
    assert f"#### I{chances.in_hundred(find_chances(moved, known).better_and_solvent['cooperative'])[1:]} a driver" in after


def test_bars_without_evidence_say_so() -> None:
    app = opened(PAGE, preset="ride-hailing")
    assert any("Ranges from evidence" in plain(each.value) for each in app.caption)
    assert any("No evidence, slider's ranges" in plain(each.value) for each in opened(PAGE, preset="blank").caption)
    known = ends(of_levers(presets.ranges("ride-hailing")))
    found = tornado(presets.load("ride-hailing").scenario.enterprises, "provider_month", ranges=known)
    assert {bar.evidence for bar in drawn.moving(found, everything=False)} == {True}
    (bar,) = [bar for bar in found.bars if bar.lever == Lever("intake_first", "cooperative")]
    assert drawn.label(bar, told=True).endswith("no evidence, slider's range")


def test_a_lever_opened_from_the_list_stands_first_on_its_page() -> None:
    app = AppTest.from_file(str(presets.FOLDER.parents[1] / "app.py"), default_timeout=60)
    app.query_params["preset"] = "blank"
    right(app.run())
    right(move_lever(app, "churn", "", 0.77))
    right(app.switch_page(PAGE).run())
    app.selectbox(key="open-lever").set_value(Lever("intake_first", "cooperative"))
    right(app.run())
    assert app.title[0].value == "What does every number stand on?"
    assert app.text_input(key="sought").value == "intake_first"
    assert next(field.key for field in app.number_input if field.key.startswith("all-")) == "all-intake_first-marketplace"
    assert lever_value(app, "churn", "marketplace") == 0.77
    assert app.query_params["churn"] == "0.77,0.77"


def test_the_map_says_where_things_stand() -> None:
    app = seen("The map", preset="ride-hailing")
    told = " ".join(plain(each.value) for each in app.markdown)
    assert "Where the levers stand now: better for drivers in the marketplace." in told
    assert html(app).count('class="chip"') >= 3
    app.selectbox(key="map-across").set_value(Lever("demand_first"))  # what goes up so far
    right(app.run())
    assert app.selectbox(key="map-up").value == Lever("take_rate", "cooperative")


def test_one_firm_alone_has_no_map_and_is_told_why() -> None:
    app = seen("The map", preset="blank", enterprises="alone")
    assert any("only one" in info.value for info in app.info)
    for view in VIEWS:
        app.segmented_control(key="sure-view").set_value(view)
        right(app.run())


def test_cells_nobody_typed_into_follow_the_lever_and_typed_ones_stay() -> None:
    app = seen("How likely it is", preset="blank")
    assert rows(app)["inflation"]["likely"] == 2
    place = [*rows(app)].index("inflation")
    app = typed(app, edited_rows={place: {"high": 7.5}})
    move_lever(app, "churn", "", 0.5)  # a lever of the market: both firms
    right(app.run())
    assert rows(app)["churn marketplace"]["likely"] == 50
    assert rows(app)["churn cooperative"]["likely"] == 50
    assert rows(app)["inflation"]["high"] == 7.5
    app.segmented_control(key="sure-view").set_value("The map")
    right(app.run())
    app.segmented_control(key="sure-view").set_value("How likely it is")
    assert rows(right(app.run()))["inflation"]["high"] == 7.5
    app.button(key="uncertain-reset").click()
    assert rows(right(app.run()))["inflation"]["high"] != 7.5


def test_rows_come_and_go_and_are_filled_by_themselves() -> None:
    app = seen("How likely it is", preset="blank")
    before = rows(app)
    app = typed(app, deleted_rows=[0], added_rows=[{"assumption": "tax_rate"}])
    after = rows(app)
    assert [*after] == [*[*before][1:], "tax_rate"]
    assert after["tax_rate"]["low"] < after["tax_rate"]["likely"] == 25 < after["tax_rate"]["high"]
    app = typed(app, edited_rows={0: {"distribution": "uniform"}})
    assert np.isnan(next(iter(rows(app).values()))["likely"])
    assert not app.error


def test_what_cannot_be_drawn_is_said_in_words_and_nothing_is_made_up() -> None:
    app = seen("How likely it is", preset="blank")
    app = typed(app, edited_rows={0: {"low": 60_000.0, "high": 50_000.0}})
    assert any("low must be below high" in plain(error.value) for error in app.error)
    assert "futures" not in answer(app)


def test_a_file_of_uncertain_assumptions_is_read_back_as_it_was_written() -> None:
    app = seen("How likely it is", preset="blank")
    enterprises = presets.load("blank").scenario.enterprises
    sample = read_uncertain((presets.FOLDER.parent / "uncertain.csv").read_bytes(), "uncertain.csv", enterprises)
    assert read_uncertain(write_uncertain(sample).encode(), "", enterprises) == sample
    app.file_uploader(key="upload-uncertain").set_value(("mine.csv", write_uncertain(sample).encode(), "text/csv"))
    shown = rows(right(app.run()))
    assert [*shown] == [each.name for each in sample]
    assert shown["sales_per_provider"]["distribution"] == "lognormal"
    assert shown["churn marketplace"]["moves_with"] == "churn cooperative 0.7"
    app.file_uploader(key="upload-uncertain").set_value(("bad.csv", b"assumption\nchurn\n", "text/csv"))
    right(app.run())
    assert any("bad.csv, line 1" in plain(error.value) for error in app.error)
    assert [*rows(app)] == [*shown]


def test_the_chances_are_counted_in_the_futures() -> None:
    app = seen("How likely it is", preset="ride-hailing")
    enterprises, known = presets.load("ride-hailing").scenario.enterprises, ends(of_levers(presets.ranges("ride-hailing")))
    found = look_ahead(Question(enterprises, within(enterprises, known), DRAWS, SEED))
    assert chances.answer(found, presets.words("ride-hailing")) in answer(app)
    assert f"it runs out of money in {round(found.short['cooperative'][-1] * 100)}" in answer(app)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "in none of the futures"), (0.001, "in fewer than 1 of 100 futures"), (0.824, "in 82 of 100 futures"),
        (0.9999, "in more than 99 of 100 futures"), (1.0, "in all futures"),
    ],
)  # fmt: skip
def test_a_chance_is_a_count_and_never_rounded_to_certainty(share: float, said: str) -> None:
    assert chances.in_hundred(share) == said


def test_a_firm_that_never_runs_out_early_says_so() -> None:
    found = Futures(100, {}, {}, {}, {}, {}, {"one": np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.14, 0.2])}, {})
    assert chances.runs_out(found, "one") == "in 20 of 100 futures the one runs out of money within 6 years, never before year 5"
    assert chances.answer(found, presets.words("blank")) == "In 80 of 100 futures the one never runs out of money."


def test_nobody_who_runs_dry_is_called_better() -> None:
    enterprises = presets.load("ride-hailing").scenario.enterprises
    poor = enterprises | {"cooperative": replace(enterprises["cooperative"], overhead=1e7, take_rate=0.01)}
    found = look_ahead(Question(poor, within(poor, ends(of_levers(presets.ranges("ride-hailing")))), 64, 1))
    assert found.short["cooperative"][-1] == 1
    assert found.better_and_solvent["cooperative"] == 0
    assert chances.answer(found, presets.words("ride-hailing")).startswith("In none of the futures a driver has more")
    mapped = lever_map(poor, Lever("take_rate", "cooperative"), Lever("demand_first"), "provider_month", size=5)
    assert not np.any(places.places(mapped, "provider_month") == places.SECOND)
    said = presets.words("ride-hailing")
    assert better.ahead("provider_value", "cooperative", said) == "Better for drivers in the cooperative"
    assert better.ahead("tax_total", "cooperative", said) == "More in the cooperative"


def test_first_rows_are_assumptions_that_can_be_drawn() -> None:
    for name, _, correlations in uncertain_rows.FIRST:
        assert not (ASSUMPTIONS[name].structural or ASSUMPTIONS[name].unit.whole)
        assert set(correlations) <= {first for first, _, _ in uncertain_rows.FIRST}


def test_what_was_typed_becomes_rows() -> None:
    source = (Row("churn cooperative"), Row("overhead marketplace", cells={"low": 5.0}))
    done = uncertain_rows.apply(
        source, {"edited_rows": {0: {"low": 10.0}, 1: {"low": None}}, "added_rows": [{"low": 3.0}], "deleted_rows": []}
    )
    assert done == (Row("churn cooperative", cells={"low": 0.1}), Row("overhead marketplace"))
    assert uncertain_rows.redrawn(Kept(source, done))


def run_of(app: AppTest) -> Any:
    return app.session_state["coopfin"].pages[big_run.Kept].run


def test_the_big_run_is_worked_out_elsewhere_and_gives_what_this_process_gives() -> None:
    app = seen("How likely it is", preset="blank")
    app.button(key="big-start").click()
    right(app.run())
    found = run_of(app).job.wait()
    right(app.run())
    assert any(f"{found.draws:,} futures" in plain(each.value) for each in app.caption)
    assert found.draws == 100_000
    move_lever(app, "churn", "", 0.51)
    right(app.run())
    assert run_of(app) is None  # another question now


def test_a_cancelled_run_ends_at_once_and_leaves_the_page_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_run, "DRAWS", 2**30)  # for hours
    app = seen("How likely it is", preset="blank")
    before = answer(app)
    app.button(key="big-start").click()
    right(app.run())
    job = run_of(app).job
    app.button(key="big-cancel").click()
    right(app.run())
    job.wait()
    assert job.result is None
    assert run_of(app) is None
    assert answer(app) == before
    assert app.button(key="big-start")
