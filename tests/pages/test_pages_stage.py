"""The stage through Streamlit's own test runner: what it draws, and the place it leaves for a room."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import html, opened, right

from coopfin.display.view import ROWS
from coopfin.ui.session import presets
from coopfin.ui.stage.figures import FIGURES


@pytest.mark.parametrize("key", presets.names())
def test_it_has_four_of_the_eight_figures_and_two_pictures(key: str) -> None:
    app = opened(preset=key, stage="1")
    told = html(app)
    assert told.count("<section>") == len(FIGURES) == 4
    assert {row.name for row in ROWS} >= set(FIGURES)
    for name in FIGURES:
        assert f'data-live="{name}-0"' in told and f'data-live="{name}-1-was"' in told
    drawn = " ".join(each.value for each in app.markdown)
    assert drawn.count("<svg") == 2 and "hundred" in drawn and "years" in drawn
    assert app.query_params["stage"] == "1"
    assert not app.expander and not app.selectbox


def test_a_scenario_of_more_firms_shows_the_first_two() -> None:
    app = opened(preset="blank", stage="1", enterprises="first,second,third", take_rate="0.3,0.2,0.1")
    told = html(app) + " ".join(each.value for each in app.markdown)
    assert "First" in told.title() and "Second" in told.title()
    assert 'data-live="provider_month-1"' in told and 'data-live="provider_month-2"' not in told


def _with_a_room() -> None:
    import streamlit as st

    from coopfin.ui.shell import frame
    from coopfin.ui.stage.page import stage

    with frame.page("app.py", "What does the room say?", whole=True) as now:
        stage(now, panel=lambda now: st.write(f"17 of 20 answered about {now.base.words.title}"))


def test_a_panel_stands_in_the_place_of_the_years() -> None:
    app = AppTest.from_function(_with_a_room, default_timeout=60)
    right(app.run())
    drawn = [each.value for each in app.markdown]
    assert any(each.startswith("17 of 20 answered about") for each in drawn)
    assert "hundred" in drawn[0] and not any("years" in each for each in drawn)
