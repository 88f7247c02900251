"""The levers at the server: where thumbs can stop, what a browser may tell, what a sweep says."""

from __future__ import annotations

import json
import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, strategies as st
from moving import move_lever
from streamlit.testing.v1 import AppTest

from coopfin import ASSUMPTIONS
from coopfin.display import words
from coopfin.ui.levers import Column, Lever, Sweep, Thumb, column, stops
from coopfin.ui.levers.live import _plain
from coopfin.ui.levers.rows import plain


def page() -> None:
    import streamlit as st

    from coopfin.ui.levers import Lever, Thumb, levers, moves

    values = st.session_state.setdefault("values", {"take_rate": 0.15, "sales": 20_000.0})
    for move in moves("levers"):
        values[move.lever] = move.value
        st.text(f"{move.lever} {move.firm} {move.value} {move.sent}")
    rows = [Lever(name, name, "share", 0, 1, (Thumb("coop", "Coop", value, value),)) for name, value in values.items()]
    levers(rows, key="levers")


def told(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [each.value for each in app.text]


def test_a_move_is_told_once() -> None:
    app = AppTest.from_function(page, default_timeout=60).run()
    assert told(app) == []
    assert told(move_lever(app, "take_rate", "coop", 0.2)) == ["take_rate coop 0.2 1"]
    assert told(app.run()) == []
    assert told(move_lever(app, "sales", "coop", 30_000)) == ["sales coop 30000.0 2"]
    assert app.session_state["values"] == {"take_rate": 0.2, "sales": 30_000.0}


def test_all_that_was_not_answered_is_heard_in_order() -> None:
    app = AppTest.from_function(page, default_timeout=60).run()
    here = app.session_state["levers-session"]
    app.session_state["levers"] = {"moves": {"to": here, "list": [["sales", "coop", 2, 5], ["take_rate", "coop", 0.3, 4]]}}
    assert told(app.run()) == ["take_rate coop 0.3 4", "sales coop 2.0 5"]
    app.session_state["levers"] = {"moves": {"to": here, "list": [["sales", "coop", 2, 5], ["take_rate", "coop", 0.4, 6]]}}
    assert told(app.run()) == ["take_rate coop 0.4 6"]


@pytest.mark.parametrize(
    "state",
    [
        None,
        {},
        {"moves": None},
        {"moves": {"to": "another session", "list": [["take_rate", "coop", 0.3, 1]]}},
        {"moves": {"to": "", "list": [["take_rate", "coop", math.inf, 1]]}},
        {"moves": {"to": "", "list": [["take_rate", "coop", math.nan, 1], ["take_rate", "coop", "0.3", 1], [1, 2, 3, 4], 7, []]}},
    ],
)
def test_what_is_no_move_of_this_session_moves_nothing(state: dict[str, dict[str, object]] | None) -> None:
    app = AppTest.from_function(page, default_timeout=60).run()
    if state and state.get("moves") and state["moves"]["to"] == "":
        state["moves"]["to"] = app.session_state["levers-session"]
    if state is not None:
        app.session_state["levers"] = state
    assert told(app.run()) == []


def is_round(value: float, percent: bool) -> bool:
    shown = Decimal(repr(value)).scaleb(2 if percent else 0).normalize()
    return len(shown.as_tuple().digits) <= 4


@pytest.mark.parametrize("name", [name for name, each in ASSUMPTIONS.items() if each.unit.name != "flag"])
def test_every_assumption_has_round_stops_and_its_base_among_them(name: str) -> None:
    each = ASSUMPTIONS[name]
    low, high = each.plausible
    percent = each.unit.name in words.RATIOS
    points = stops(low, high, percent=percent, whole=each.unit.whole, keep=[each.default, high + 1])
    assert points[0] == low
    assert points[-1] == high
    assert each.default in points
    assert list(points) == sorted(set(points))
    assert all(is_round(point, percent) for point in points if point not in (low, high, each.default))
    assert len(points) == high - low + 1 if each.unit.whole and high - low < 180 else 70 < len(points) <= 184


@given(st.decimals(0, 1000, places=2), st.decimals(1, 100_000, places=1), st.booleans())
def test_a_stop_is_the_number_that_is_typed(low: Decimal, span: Decimal, percent: bool) -> None:
    for point in stops(float(low), float(low + span), percent=percent):
        assert point == float(repr(point))
        shown = Decimal(repr(point)).scaleb(2 if percent else 0)
        assert float(shown.scaleb(-2 if percent else 0)) == point


def test_a_column_holds_each_string_once() -> None:
    written = []

    def write(value: float) -> str:
        written.append(value)
        return words.amount(value)

    values = np.array([3.2, 1.0, 3.4, 3.2, 1.0])
    got = column(values, write)
    assert got == Column(("1", "3"), (1, 0, 1, 1, 0))
    assert len(written) == 3
    assert [got.strings[i] for i in got.index] == [words.amount(value) for value in values]
    assert column(np.full(4, 2.0), words.amount) == Column(("2",)) == Column.of(["2", "2"])
    assert Column.of(["b", "a", "b"]) == Column(("b", "a"), (0, 1, 0))


def test_a_sweep_of_the_wrong_length_is_refused() -> None:
    lever = Lever("take_rate", "Take rate", "share", 0, 0.5, (Thumb("a", "A", 0.15, 0.15),))
    short = Sweep({"answer": Column(("a", "b"), (0, 1))})
    with pytest.raises(ValueError, match="a column of 2 for 101 points"):
        _plain(lever, lever.thumbs[0], short, "")


def test_the_browser_gets_plain_numbers() -> None:
    lever = Lever("growth", "Growth", "rate", -0.2, 1, (Thumb("a", "A", 0.3, 0.207),), possible=(-1, 10), low_open=True)
    money = Lever("sales", "Sales", "money", 0, 100, (Thumb("", "", 30, 20),))
    first, second = json.loads(plain([lever, money], "USD"))
    assert (first["least"], first["most"], first["open"], first["percent"], first["sign"]) == (-1, 10, True, True, "%")
    assert 0.207 in first["points"]
    assert "value" not in first["thumbs"][0]  # values are sent beside
    assert (second["least"], second["most"], second["sign"], second["spoken"]) == (0, None, "", "USD")
