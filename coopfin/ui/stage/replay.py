"""What a stage shows again: the last change as a film from was to now, and the baseline, in the strings of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.units import Array
from coopfin.ui.desk.pictures import Picture
from coopfin.ui.desk.sweep import along, told
from coopfin.ui.levers import Sweep
from coopfin.ui.session.record import Choice, Place, Record
from coopfin.ui.session.state import State
from coopfin.ui.shell.rows import ALL

FRAMES = 31
YEARS = "years"  # a film has one length of time in it


def before(record: Record) -> Choice:
    """The choice before the last change; steps in a row that moved the same count as one. Without any: the baseline."""
    now = record.now
    found, places = replace(now, changes=now.pinned), set[Place]()
    for each in reversed(record.past):
        if each.base is not now.base:
            break
        moved = _between(each, now)
        if places and not moved <= places:
            break
        if moved:
            found, places = each, places or moved
    return found


def film(now: State, record: Record, shown: Sequence[Picture]) -> Sweep | None:
    """The last change, from was to now; None where nothing was changed, or nothing that moves by degrees."""
    was = before(record)
    places = _between(was, record.now)
    if now.mistakes or not places or any(name == YEARS for name, _ in places):
        return None
    moved: dict[str, dict[str, Array]] = {}
    thumbs: dict[Place, list[float]] = {}
    for name, firm in sorted(places):
        first, last = (choice.value(name, firm) for choice in (was, record.now))
        way = _way(first, last, whole=ASSUMPTIONS[name].unit.whole)
        moved.setdefault(firm, {})[name] = way
        thumbs |= {(name, whose): way.tolist() for whose in (firm, ALL)}
    return replace(told(now, along(now, moved, FRAMES), FRAMES, shown), thumbs=thumbs)


def baseline(now: State, shown: Sequence[Picture]) -> Sweep:
    """The baseline as a sweep of one point."""
    thumbs = {
        (name, whose): [now.base_value(name, firm)] for name, firm in sorted({*now.changes, *now.pinned}) for whose in (firm, ALL)
    }
    return replace(told(now, now.baseline.projections, 1, shown), thumbs=thumbs)


def _way(first: float, last: float, *, whole: bool) -> Array:
    """From the one to the other in values that can be read while they pass."""
    if whole:
        return np.where(np.arange(FRAMES) < FRAMES // 2, first, last)
    inside = [float(f"{value:.3g}") for value in np.linspace(first, last, FRAMES)[1:-1]]
    return np.clip([first, *inside, last], min(first, last), max(first, last))


def _between(first: Choice, second: Choice) -> set[Place]:
    """Whose values differ."""
    return {place for place in {*first.changes, *second.changes} if first.value(*place) != second.value(*place)}
