"""What the first screen shows at every point of a lever, worked out at once when the hand reaches it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from coopfin.display import board
from coopfin.display.decides import decides
from coopfin.display.sentence import sentence
from coopfin.display.view import view, views
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT, Assumptions, conflicts
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array
from coopfin.ui.desk.pictures import Picture
from coopfin.ui.levers import Column, Lever, Sweep, Thumb
from coopfin.ui.session import transitions
from coopfin.ui.session.state import State, record
from coopfin.ui.shell.rows import holders

Values = Mapping[str, Mapping[str, Array]]  # by firm and assumption, a value at each point


def sweep(now: State, lever: Lever, thumb: Thumb, shown: Sequence[Picture]) -> Sweep | None:
    """The sweep of one thumb, with the pictures ``shown``; None where what is chosen now cannot stand itself."""
    if now.mistakes:
        return None
    firms, count = holders(now, lever.name, thumb.firm), len(lever.points)
    moved = _values(lever, firms)
    thumbs = {
        (name, thumb.firm): np.broadcast_to(values, count).tolist()
        for name, values in moved[firms[0]].items()
        if name != lever.name
    }
    lasting = bool(_standing(now, moved, count).all())
    return replace(told(now, along(now, moved, count), count, shown), thumbs=thumbs, lasting=lasting)


def along(now: State, moved: Values, count: int) -> dict[str, Projection]:
    """The projections of all firms at every point. Where values cannot stand together, the results from before stay."""
    standing = _standing(now, moved, count)
    return {
        name: project(replace(a, **_where(standing, moved[name], a))) if name in moved else now.comparison.projections[name]
        for name, a in now.scenario.enterprises.items()
    }


def told(now: State, projections: Mapping[str, Projection], count: int, shown: Sequence[Picture]) -> Sweep:
    """Every string of the first screen at each of ``count`` points, against the baseline of ``now``."""
    seen, base, wording = views(projections, count), view(now.baseline.projections), now.base.words
    texts = [board.places(each, base) | {"sentence": sentence(each, wording), "decides": decides(each, wording)} for each in seen]
    marks: list[dict[str, Mapping[str, str]]] = [
        {place: {"class": kind} for place, kind in board.classes(each).items()} for each in seen
    ]
    for picture in shown:
        for i, drawn in enumerate(picture.moving(now, seen, projections)):
            texts[i] |= drawn.places
            marks[i] |= drawn.marks
    return Sweep(
        {place: Column.of([each[place] for each in texts]) for place in texts[0]},
        {
            place: {name: Column.of([each[place][name] for each in marks]) for name in attributes}
            for place, attributes in marks[0].items()
        },
    )


def _standing(now: State, moved: Values, count: int) -> NDArray[np.bool_]:
    """At which points all values can stand together; at the others the page keeps the results from before."""
    stands = np.ones(count, dtype=bool)
    for firm, values in moved.items():
        a = now.scenario.enterprises[firm]
        together = SimpleNamespace(**{name: values.get(name, getattr(a, name)) for name in ASSUMPTIONS})
        for broken, _ in conflicts(together):
            stands &= ~np.broadcast_to(broken, count)
    return stands


def _where(standing: NDArray[np.bool_], values: Mapping[str, Array], a: Assumptions) -> dict[str, Array]:
    return {name: np.where(standing, column, getattr(a, name)) for name, column in values.items()}


def _values(lever: Lever, firms: tuple[str, ...]) -> Values:
    """By firm the assumptions that move: the lever's, and with a part of the split what the others give up for it."""
    points = np.array(lever.points)
    if lever.name not in SPLIT:
        return {firm: {lever.name: points} for firm in firms}
    return {firm: {lever.name: points, **_others(lever, firm)} for firm in firms}


def _others(lever: Lever, firm: str) -> dict[str, Array]:
    """The other parts of the split at every point, as a move to it would leave them."""
    before = record()
    found: dict[str, list[float]] = {name: [] for name in SPLIT if name != lever.name}
    for point in lever.points:
        choice = transitions.with_room(before.now, lever.name, firm, point)
        for name, values in found.items():
            values.append(choice.value(name, firm))
    return {name: np.array(values) for name, values in found.items()}
