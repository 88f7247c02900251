"""The pictures beside the table, as SVG of our own, so that they move with the hand: where every 100 goes, or the years."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coopfin.display import bars, lines
from coopfin.display.lines import CASH, INCOME, Projections
from coopfin.display.moving import Moving
from coopfin.display.view import View, view
from coopfin.ui.session.state import State

HUNDRED = "Where 100 goes"
VIEWS = (HUNDRED, INCOME, CASH)


def picture(what: str, now: State, seen: View, base: View) -> str:
    """One of them, as HTML for ``st.markdown``: ``st.html`` leaves no SVG. Every name in it is escaped."""
    wording = now.base.words
    if what == HUNDRED:
        return bars.picture(seen, base, wording)
    return lines.picture(what, seen, now.comparison.projections, now.baseline.projections, wording.currency)


def moving(what: str, now: State, seen: list[View], projections: Projections) -> Iterator[Moving]:
    """What moves in it, at each point of a sweep that these projections are; the axes stay those of ``now``."""
    here, base = now.comparison.projections, now.baseline.projections
    if what == HUNDRED:
        whole = bars.axis(view(here), view(base))
        yield from (bars.moving(each, whole) for each in seen)
        return
    axis = lines.ends(what, here, base)
    swept = []
    for x in projections.values():
        values = lines.series(what, x)
        swept.append(np.broadcast_to(values[:, None] if values.ndim == 1 else values, (len(values), len(seen))))
    for i, each in enumerate(seen):
        yield lines.moving(what, each, [values[:, i] for values in swept], axis)
