"""What the first screen shows at every point of a lever, worked out at once when the hand reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from coopfin.display import board, pictures
from coopfin.display.sentence import sentence
from coopfin.display.view import View, view, views
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT, Assumptions, conflicts
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array
from coopfin.ui.levers import Column, Lever, Sweep, Thumb
from coopfin.ui.session import transitions
from coopfin.ui.session.state import State, record
from coopfin.ui.shell.rows import holders


def sweep(now: State, lever: Lever, thumb: Thumb, picture: str) -> Sweep | None:
    """The sweep of one thumb; None where what is chosen now cannot stand itself."""
    if now.mistakes:
        return None
    firms = holders(now, lever.name, thumb.firm)
    moved = _values(lever, firms)
    standing = _standing(now, moved, len(lever.points))
    projections = {
        name: project(replace(a, **_where(standing, moved[name], a))) if name in firms else now.comparison.projections[name]
        for name, a in now.scenario.enterprises.items()
    }
    seen, base = views(projections, len(lever.points)), view(now.baseline.projections)
    wording = now.base.words
    texts = [board.places(each, base) | {"sentence": sentence(each, wording)} for each in seen]
    kinds = [board.classes(each) for each in seen]
    marks: dict[str, dict[str, Column]] = {place: {"class": Column.of([each[place] for each in kinds])} for place in kinds[0]}
    if picture == pictures.HUNDRED:
        texts, marks = _hundred(seen, now, texts, marks)
    else:
        marks |= _years(picture, now, projections, len(lever.points))
    places = {place: Column.of([each[place] for each in texts]) for place in texts[0]}
    thumbs = {
        (name, thumb.firm): np.broadcast_to(values, len(lever.points)).tolist()
        for name, values in moved[firms[0]].items()
        if name != lever.name
    }
    return Sweep(places, marks, thumbs)


def _standing(now: State, moved: Mapping[str, Mapping[str, Array]], count: int) -> NDArray[np.bool_]:
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


def _values(lever: Lever, firms: tuple[str, ...]) -> dict[str, dict[str, Array]]:
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


def _hundred(
    seen: list[View], now: State, texts: list[dict[str, str]], marks: dict[str, dict[str, Column]]
) -> tuple[list[dict[str, str]], dict[str, dict[str, Column]]]:
    axis = pictures.hundred_axis(view(now.comparison.projections), view(now.baseline.projections))
    drawn = [pictures.hundred_marks(each, axis) for each in seen]
    for place, attributes in drawn[0][0].items():
        marks[place] = {name: Column.of([bars[place][name] for bars, _ in drawn]) for name in attributes}
    return [before | labels for before, (_, labels) in zip(texts, drawn, strict=True)], marks


def _years(picture: str, now: State, projections: Mapping[str, Projection], count: int) -> dict[str, dict[str, Column]]:
    here = [pictures.series(picture, x) for x in now.comparison.projections.values()]
    ghosts = [pictures.series(picture, x) for x in now.baseline.projections.values()]
    ends = pictures.scale([*here, *ghosts])
    found = {}
    for column, x in enumerate(projections.values()):
        values = pictures.series(picture, x)
        lanes = np.broadcast_to(values[:, None] if values.ndim == 1 else values, (len(values), count))
        found[f"line-{column}"] = {"points": Column.of([pictures.points(lanes[:, i], ends) for i in range(count)])}
    return found
