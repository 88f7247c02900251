"""What a stage shows again: the last change as a film, and the baseline."""

from __future__ import annotations

import pytest

from coopfin.display import board
from coopfin.display.view import view
from coopfin.ui.desk import pictures
from coopfin.ui.desk.pictures import Picture
from coopfin.ui.levers import Column
from coopfin.ui.session import addresses, presets, transitions
from coopfin.ui.session.record import Record
from coopfin.ui.stage import replay

COOP, PRICE, TAKE = "cooperative", "price", "take_rate"
SHOWN = [Picture(pictures.HUNDRED, flat=True), Picture(pictures.CASH, flat=True)]


@pytest.fixture
def record() -> Record:
    return transitions.chosen(addresses.start({}), presets.load("ride-hailing"))


def move(record: Record, *values: float, name: str = TAKE) -> Record:
    for value in values:
        record = transitions.moved(record, name, COOP, value)
    return record


def at(column: Column, point: int) -> str:
    return column.strings[column.index[point] if column.index else 0]


def was(record: Record, name: str = TAKE) -> float:
    return replay.before(record).value(name, COOP)


def test_steps_that_move_the_same_are_one_change(record: Record) -> None:
    assert was(move(record, 0.16, 0.17, 0.18)) == 0.15
    assert was(move(move(record, 0.2), 0.9, 0.92, name=PRICE)) == 0.2
    assert was(move(move(record, 0.2), 0.9, 0.92, name=PRICE), PRICE) == 0.95
    assert was(move(move(move(record, 0.2), 0.9, name=PRICE), 0.21, 0.22)) == 0.2


def test_a_move_there_and_back_is_replayed_from_where_it_went(record: Record) -> None:
    assert was(move(record, 0.2, 0.15)) == 0.2


def test_without_steps_the_change_is_that_from_the_baseline(record: Record) -> None:
    opened = addresses.start({"preset": "ride-hailing", "take_rate": "0.207,0.12"})
    assert not opened.past and was(opened) == 0.15
    assert replay.film(record.state, record, SHOWN) is None


def test_another_preset_is_no_change_that_can_be_replayed(record: Record) -> None:
    left = transitions.chosen(move(record, 0.2), presets.load("blank"))
    assert replay.film(left.state, left, SHOWN) is None


@pytest.mark.parametrize(("name", "value"), [(TAKE, 0.27), ("open_doors", 0.0), ("product_team", 900_000.0)])
def test_a_film_begins_with_what_was_and_ends_with_what_is(record: Record, name: str, value: float) -> None:
    after = move(record, value, name=name)
    film = replay.film(after.state, after, SHOWN)
    assert film is not None
    base = view(record.state.baseline.projections)
    for point, state in ((0, record.state), (replay.FRAMES - 1, after.state)):
        seen = view(state.comparison.projections)
        assert {place: at(film.places[place], point) for place in board.places(seen, base)} == board.places(seen, base)
    way = film.thumbs[name, COOP]
    assert (way[0], way[-1]) == (record.state.value(name, COOP), value)
    assert list(way) in (sorted(way), sorted(way, reverse=True))
    assert max(len(f"{each:g}") for each in way) <= 7  # they can be read while they pass


def test_the_baseline_is_told_in_the_strings_of_the_page(record: Record) -> None:
    after = move(record, 0.27)
    told = replay.baseline(after.state, SHOWN)
    base = view(record.state.baseline.projections)
    assert {place: at(told.places[place], 0) for place in board.places(base, base)} == board.places(base, base)
    assert told.thumbs[TAKE, COOP] == [0.15]
    assert at(told.marks["bar-1-providers"]["width"], 0) != at(
        replay.film(after.state, after, SHOWN).marks["bar-1-providers"]["width"],
        replay.FRAMES - 1,  # type: ignore[union-attr]
    )
