"""Every page through Streamlit's own test runner, with every preset and with what users do to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from moving import lever_rows, lever_value, move_lever
from streamlit import config
from streamlit.testing.v1 import AppTest

from coopfin import ASSUMPTIONS
from coopfin.display import words
from coopfin.ui.assumptions import list as list_page
from coopfin.ui.session import presets, transitions
from coopfin.ui.shell import rows

ROOT = Path(__file__).parents[2]
PAGES = ["app.py", *sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))]


def opened(page: str = "app.py", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / page), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return right(app.run())


def right(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(each.value for each in app.get("html"))


def answered(app: AppTest) -> str:
    """The answer of the page, as Markdown; the left side, which is drawn before it, has none."""
    return next(str(each.value) for each in app.markdown if each.value.startswith("#### "))


def split_note(app: AppTest) -> str:
    """What is said under the levers of the split."""
    return str(lever_rows(app)["community_share"]["note"])


def text(markup: str) -> str:
    return re.sub(r"<[^>]+>", " ", markup)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", presets.names())
def test_every_page_runs_with_every_preset(page: str, key: str) -> None:
    app = opened(page, preset=key)
    assert app.title[0].value.endswith("?")
    assert app.selectbox(key="preset").value == key
    said = [each.value[5:] for each in app.markdown if each.value.startswith("#### ")]
    said += [text(each) for each in re.findall(r'(?:<h4>|<p class="answer"[^>]*>)(.*?)</', html(app))]
    assert 3 < len(said[0].split()) <= 25, said[0]


def test_what_the_numbers_stand_on_is_counted_and_every_source_is_named_in_words() -> None:
    app = opened("pages/assumptions.py", preset="ride-hailing")
    kinds = re.findall(r"(\d+) (are published|assumed from|assumed with|the model)", answered(app))
    assert len(kinds) == 4 and sum(int(count) for count, _ in kinds) == len(ASSUMPTIONS)
    app.text_input(key="sought").set_value("season_swing")
    told = [each.value for each in right(app.run()).caption]
    assert any("the model's default" in each and "Airbnb" in each and "https" in each for each in told), told
    assert not any("airbnb-quarters-2025" in each for each in told)


def test_a_lever_moves_field_and_link_and_is_moved_by_them() -> None:
    app = opened("pages/assumptions.py", preset="blank")
    app.text_input(key="sought").set_value("take_rate")
    right(move_lever(app.run(), "take_rate", "cooperative", 0.125))
    assert app.number_input(key="all-take_rate-cooperative").value == 12.5
    assert app.query_params["take_rate"].split(",")[1] == "0.125"
    app.number_input(key="all-take_rate-cooperative").set_value(31.0)
    right(app.run())
    assert lever_value(app, "take_rate", "cooperative") == 0.31


def test_every_page_has_the_main_levers_and_their_moves_reach_the_link() -> None:
    for page in set(PAGES) - {"pages/room.py"}:  # where the room's decision is what moves the model
        app = opened(page, preset="blank")
        assert tuple(lever_rows(app)) == rows.NAMES
        right(move_lever(app, "take_rate", "cooperative", 0.11))
        assert app.query_params["take_rate"].split(",")[1] == "0.11"
        assert lever_value(app, "take_rate", "cooperative") == 0.11


def test_a_track_widens_to_a_value_outside_the_plausible_range() -> None:
    app = opened("pages/assumptions.py", preset="blank", take_rate="0.9,0.1")
    assert lever_rows(app)["take_rate"]["high"] == 0.9
    assert lever_rows(opened(preset="blank"))["take_rate"]["high"] == ASSUMPTIONS["take_rate"].plausible[1]


def test_an_impossible_entry_is_refused_in_words_and_the_value_stays() -> None:
    app = opened("pages/assumptions.py", preset="blank")
    app.text_input(key="sought").set_value("take_rate")
    before = app.run().number_input(key="all-take_rate-cooperative").value
    app.number_input(key="all-take_rate-cooperative").set_value(150.0)
    right(app.run())
    assert any("take_rate (Take rate) is 1.5; permitted: 0 to 1" in error.value.replace("\\", "") for error in app.error)
    assert app.number_input(key="all-take_rate-cooperative").value == before
    assert "permitted: 0 to 1" in lever_rows(app)["take_rate"]["note"]
    right(move_lever(app, "take_rate", "cooperative", -0.1))  # which no browser of ours sends
    assert "is -0.1; permitted: 0 to 1" in lever_rows(app)["take_rate"]["note"]
    assert lever_value(app, "take_rate", "cooperative") == before / 100


def test_the_split_always_makes_100_percent_and_says_so() -> None:
    app = opened("pages/assumptions.py", preset="blank")
    right(move_lever(app, "community_share", "cooperative", 0.9))
    assert f"= 100{words.THIN}%" in split_note(app)
    assert "came out of" in split_note(app)
    assert lever_value(app, "community_share", "cooperative") == 0.9
    assert lever_value(app, "patronage_share", "cooperative") <= 0.1 + 1e-9


def test_a_lever_of_the_market_moves_both_firms_in_one_step() -> None:
    app = opened("pages/assumptions.py", preset="blank")
    right(move_lever(app, "sales_per_provider", "", 12_345.0))
    assert app.query_params["sales_per_provider"] == "12345,12345"
    assert len(app.session_state["coopfin"].record.past) == 1


def test_a_link_above_100_percent_is_told_and_the_last_right_results_stay() -> None:
    app = opened("pages/assumptions.py", preset="blank", community_share="0,0.9", patronage_share="0,0.8")
    assert any("lower one of them by" in error.value for error in app.error)
    assert "lower one part by" in split_note(app)
    assert app.session_state["coopfin"].record.state.comparison


def test_no_surplus_to_split_is_said_beside_the_split() -> None:
    app = opened("pages/assumptions.py", preset="blank", overhead="5000000,5000000")
    assert "The split moves nothing yet" in split_note(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"enterprises": "a\rb", "loan_years": "1e300,1e300"},
        {"exit_multiple": "1e305,1e305", "providers": "5e-324,5e-324", "overhead": "1_000,١٢"},
        {"file": "abc", "law": "<b>", "explain": "<img src=x>"},
    ],
)
def test_a_hostile_link_is_told_in_words_on_every_page(page: str, query: dict[str, str]) -> None:
    app = opened(page, preset="blank", **query)
    assert app.warning
    assert not any("Something went wrong" in each.value for each in app.error)


def test_an_error_inside_a_page_is_told_and_the_state_before_it_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pages/assumptions.py", preset="blank")
    before = lever_value(app, "churn", "marketplace")
    real = list_page._assumption

    def fails(*_: object) -> None:
        raise RuntimeError("a mistake of ours, with a secret")

    monkeypatch.setattr(list_page, "_assumption", fails)
    right(move_lever(app, "churn", "", 0.33))
    told = [each.value.replace("\\", "") for each in app.error]
    assert re.fullmatch(r"Something went wrong \(id [0-9a-f]{4}\)\. Nothing you entered is lost\.", told[0])
    assert "secret" not in told[0]
    monkeypatch.setattr(list_page, "_assumption", real)
    app.button(key="trouble-back").click()
    right(app.run())
    assert lever_value(app, "churn", "marketplace") == before
    assert app.session_state["coopfin"].record.can_redo
    assert not app.error


def test_start_anew_forgets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pages/assumptions.py", preset="blank", take_rate="0.3,0.1")

    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(list_page, "_assumption", fails)
    right(app.run())
    monkeypatch.undo()
    app.button(key="trouble-anew").click()
    right(app.run())
    assert app.selectbox(key="preset").value == presets.FIRST_SHOWN


def test_an_error_in_a_step_is_told_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pages/assumptions.py", preset="blank")

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(transitions, "moved", fails)
    right(move_lever(app, "take_rate", "cooperative", 0.33))
    assert any("Nothing was changed" in each.value for each in app.warning)


def test_hostile_names_are_shown_as_text() -> None:
    app = opened(preset="blank", enterprises="<img src=x onerror=alert(1)>,$x^2$", take_rate="0.2,0.1")
    assert "<img" not in html(app)
    assert not any("$x" in each.value.replace("\\$", "") for each in app.markdown)


def test_streamlit_still_knows_the_hidden_option_we_set() -> None:
    assert config.get_option("runner.postScriptGC") is False
    assert config.get_option("browser.gatherUsageStats") is False


@pytest.mark.parametrize("section", dict.fromkeys(each.section for each in ASSUMPTIONS.values()))
def test_every_assumption_can_be_found(section: str) -> None:
    app = opened("pages/assumptions.py", preset="blank")
    app.selectbox(key="section").set_value(section)
    right(app.run())
    shown = {field.key for field in app.number_input}
    for each in ASSUMPTIONS.values():
        if each.section == section:
            assert f"all-{each.name}-marketplace" in shown
            assert (f"all-{each.name}-cooperative" in shown) != each.shared


def test_an_assumption_can_be_sought_changed_and_taken_back() -> None:
    app = opened("pages/assumptions.py", preset="blank")
    app.text_input(key="sought").set_value("preference")
    right(app.run())
    app.number_input(key="all-equity_1_preference-marketplace").set_value(2.5)
    right(app.run())
    assert app.button(key="back-equity_1_preference-marketplace").label.startswith("Changed from")
    app.button(key="back-equity_1_preference-marketplace").click()
    assert "equity_1_preference" not in right(app.run()).query_params


def test_changes_wait_in_the_preset_that_was_left() -> None:
    app = opened("pages/assumptions.py", preset="blank")
    right(move_lever(app, "churn", "", 0.77))
    app.selectbox(key="preset").set_value("short-stays")
    right(app.run())
    assert lever_value(app, "churn", "marketplace") != 0.77
    app.selectbox(key="preset").set_value("blank")
    assert lever_value(right(app.run()), "churn", "marketplace") == 0.77


def test_a_file_dropped_into_the_presets_folder_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sample_data" / "presets"
    folder.mkdir(parents=True)
    for path in presets.FOLDER.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "bicycle-couriers.csv").write_text("assumption,unit,marketplace,cooperative,source\ntake_rate,share,0.3,0.1,x\n")
    monkeypatch.setattr(presets, "FOLDER", folder)
    app = opened("pages/assumptions.py", preset="bicycle-couriers")
    assert "bicycle-couriers" in presets.names()
    assert presets.words("bicycle-couriers").title == "Bicycle couriers"
    assert app.query_params["preset"] == "bicycle-couriers"
    assert lever_value(app, "take_rate", "marketplace") == 0.3
