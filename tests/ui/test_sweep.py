"""What is shown during a drag is letter for letter what the engine gives at that value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coopfin.display import board
from coopfin.display.decides import decides
from coopfin.display.sentence import sentence
from coopfin.display.view import view
from coopfin.ui.desk import pictures
from coopfin.ui.desk.pictures import Picture
from coopfin.ui.desk.sweep import sweep
from coopfin.ui.levers import Column, Lever, Thumb
from coopfin.ui.session import addresses, presets, state, transitions
from coopfin.ui.session.record import Record
from coopfin.ui.session.state import State
from coopfin.ui.shell import rows


@pytest.fixture(params=presets.names())
def record(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Record:
    opened = transitions.chosen(addresses.start({}), presets.load(request.param))
    for module in (rows.law_marks.state, state):
        monkeypatch.setattr(module, "record", lambda: opened)
    monkeypatch.setattr("coopfin.ui.desk.sweep.record", lambda: opened)
    return opened


def at(column: Column, point: int) -> str:
    return column.strings[column.index[point] if column.index else 0]


def still(record: Record, lever: Lever, thumb: Thumb, value: float) -> State:
    """The state after the move, as the server would draw it."""
    firms = rows.holders(record.state, lever.name, thumb.firm)
    moved = (
        transitions.moved(record, lever.name, firms[0], value)
        if len(firms) == 1
        else transitions.set_all(record, {(lever.name, firm): value for firm in firms})
    )
    return moved.state  # with the results from before, where the value cannot stand beside the others


PICTURES = {
    "blank": [Picture(pictures.INCOME)],
    "home-cleaning": [Picture(pictures.HUNDRED, flat=True), Picture(pictures.CASH, flat=True)],
}  # the others: where 100 goes


def test_every_string_of_a_drag_is_that_of_the_page(record: Record) -> None:
    now, compared = record.state, 0
    shown = PICTURES.get(now.base.key, [Picture(pictures.HUNDRED)])
    base = view(now.baseline.projections)
    for lever in rows.rows(now):
        for thumb in lever.thumbs:
            found = sweep(now, lever, thumb, shown)
            assert found is not None, lever.name
            for point, value in enumerate(lever.points):
                then = still(record, lever, thumb, value)
                seen = view(then.comparison.projections)
                wording = now.base.words
                texts = board.places(seen, base) | {"sentence": sentence(seen, wording), "decides": decides(seen, wording)}
                kinds = {place: {"class": kind} for place, kind in board.classes(seen).items()}
                for picture in shown:  # the axes stay those of the state before the move
                    (drawn,) = picture.moving(now, [seen], then.comparison.projections)
                    texts, kinds = texts | drawn.places, kinds | drawn.marks
                for place, text in texts.items():
                    assert at(found.places[place], point) == text, (lever.name, thumb.firm, value, place)
                    compared += 1
                for place, attributes in kinds.items():
                    for name, text in attributes.items():
                        assert at(found.marks[place][name], point) == text
                for (name, firm), values in found.thumbs.items():
                    assert then.mistakes or values[point] == then.value(name, firm)
    assert compared > 50_000


def test_a_sweep_moves_a_firm_that_runs_dry_to_its_own_words(record: Record) -> None:
    now = record.state
    lever = next(each for each in rows.rows(now) if each.name == "take_rate")
    found = sweep(now, lever, lever.thumbs[0], [Picture(pictures.HUNDRED)])
    assert found is not None
    assert any("dry" in text for text in found.places["sentence"].strings)
    assert any("hatched" in text for text in found.marks["provider_month-0-cell"]["class"].strings)


def test_where_nothing_right_is_shown_there_is_no_sweep(record: Record) -> None:
    lever = rows.rows(record.state)[0]
    assert sweep(replace(record.state, mistakes=("too much",)), lever, lever.thumbs[0], [Picture(pictures.HUNDRED)]) is None
