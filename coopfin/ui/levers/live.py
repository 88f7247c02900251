"""While a lever is dragged the browser shows what the server would: every string of the page, at every point, sent before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from coopfin.ui.levers.component import source, version
from coopfin.ui.levers.rows import Lever, Thumb

_COMPONENT = st.components.v2.component("coopfin_levers_live", js=source("live.js"))


@dataclass(frozen=True)
class Column:
    """What one place of the page shows at each point: the distinct strings, and which of them at each; none: the first."""

    strings: tuple[str, ...]
    index: tuple[int, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str]) -> Column:
        """A column from the text of every point."""
        strings = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        return cls(tuple(strings), tuple(strings[text] for text in texts) if len(strings) > 1 else ())


def column(values: NDArray[np.float64], write: Callable[[float], str]) -> Column:
    """A column from numbers; each distinct one is written once."""
    distinct, which = np.unique(values, return_inverse=True)
    texts = [write(float(each)) for each in distinct]
    strings = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    places = np.array([strings[text] for text in texts])
    return Column(tuple(strings), tuple(places[which].tolist()) if len(strings) > 1 else ())


@dataclass(frozen=True)
class Sweep:
    """What the page shows at each of a lever's points.

    ``places`` are the texts of the elements with that ``data-live``; ``marks`` the attributes of theirs (``points`` or
    ``d`` of a line in an SVG, ``width`` of a bar); ``thumbs`` the values of other thumbs, by lever and firm, that move too.
    ``lasting``: it says the same wherever its own thumb stood when it was made.
    """

    places: Mapping[str, Column] = field(default_factory=dict)
    marks: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)
    thumbs: Mapping[tuple[str, str], Sequence[float]] = field(default_factory=dict)
    lasting: bool = True


Answer = Callable[[Lever, Thumb], Sweep | None]  # the sweep of a thumb
Rest = Callable[[], Mapping[str, str]]  # texts of places of the page


@st.fragment
def live(rows: Sequence[Lever], answer: Answer, *, key: str, rest: Rest | None = None) -> None:
    """Answer the reader's hand: as it reaches a thumb, ``answer`` gives the sweep over the lever's points.

    ``rest`` gives what takes longer, once no lever has moved for a moment. ``key`` is that of ``levers``, drawn before
    with the same ``rows``. A fragment: nothing else of the page runs.
    """
    place = f"{key}-live"
    asked = (st.session_state.get(place) or {}).get("ask")
    data: dict[str, Any] = {"key": key, "version": version(key), "rest": rest is not None}
    match asked:
        case "rest" if rest is not None:
            data |= {"rest": False, "texts": dict(rest())}
        case [str(lever), str(firm), int(number)]:
            data["asked"] = number
            for row in rows:
                for thumb in row.thumbs:
                    if (row.name, thumb.firm) == (lever, firm) and (sweep := answer(row, thumb)):
                        data["sweep"] = _plain(row, thumb, sweep, version(key))
    _COMPONENT(key=place, data=data, on_ask_change=lambda: None)


def _plain(row: Lever, thumb: Thumb, sweep: Sweep, of: str) -> dict[str, Any]:
    points = row.points
    return {"lever": row.name, "firm": thumb.firm, "version": of, "points": points, "lasting": sweep.lasting} | sent(
        sweep, len(points)
    )


def sent(sweep: Sweep, points: int) -> dict[str, Any]:
    """A sweep as the browser gets it: of so many points, or an error if a column has another number of them."""

    def texts(each: Column) -> dict[str, Any]:
        if not each.strings or (len(each.index) != points if each.index else len(each.strings) > 1):
            raise ValueError(f"a column of {len(each.index)} for {points} points")
        return {"strings": each.strings, "index": each.index}

    return {
        "places": {place: texts(each) for place, each in sweep.places.items()},
        "marks": {place: {name: texts(each) for name, each in marks.items()} for place, marks in sweep.marks.items()},
        "thumbs": [[lever, firm, list(values)] for (lever, firm), values in sweep.thumbs.items()],
    }  # fmt: skip
