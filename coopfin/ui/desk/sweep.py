"""What the first screen shows at every point of a lever, worked out at once when the hand reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from coopfin.engine.assumptions import SPLIT
from coopfin.engine.declaration import AssumptionError
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array
from coopfin.ui.desk import board, pictures
from coopfin.ui.desk.rows import holders
from coopfin.ui.desk.sentence import sentence
from coopfin.ui.desk.view import View, view, views
from coopfin.ui.levers import Column, Lever, Sweep, Thumb
from coopfin.ui.session import transitions
from coopfin.ui.session.state import State, record


def sweep(now: State, lever: Lever, thumb: Thumb, picture: str) -> Sweep | None:
    """The sweep of one thumb; None where some of its values cannot stand beside the others."""
    firms = holders(now, lever.name, thumb.firm)
    moved = _values(now, lever, firms)
    try:
        projections = {
            name: project(replace(a, **moved[name])) if name in firms else now.comparison.projections[name]
            for name, a in now.scenario.enterprises.items()
        }
    except AssumptionError:
        return None
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


def _values(now: State, lever: Lever, firms: tuple[str, ...]) -> dict[str, dict[str, Array]]:
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
