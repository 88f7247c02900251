"""The pictures beside the table, as SVG of our own, so that they move with the hand: where every 100 goes, or the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coopfin.display import bars, lines
from coopfin.display.lines import CASH, INCOME, Projections
from coopfin.display.moving import Moving
from coopfin.display.view import View, view
from coopfin.ui.session.state import State

HUNDRED = "Where 100 goes"
VIEWS = (HUNDRED, INCOME, CASH)


@dataclass(frozen=True)
class Picture:
    """One of the views as it is drawn; ``flat`` where it stands beside another one on a stage."""

    what: str
    flat: bool = False

    def html(self, now: State, seen: View, base: View) -> str:
        """The picture for ``st.markdown``: ``st.html`` leaves no SVG. Names are escaped, and ``$`` begins no formula there."""
        wording, here = now.base.words, now.comparison.projections
        if self.what == HUNDRED:
            drawn = bars.picture(seen, base, wording, bars.FLAT if self.flat else bars.TALL)
        else:
            drawn = lines.picture(self.what, seen, here, now.baseline.projections, wording.currency, self._height)
        return drawn.replace("$", "&#36;")

    def axis(self, now: State, seen: View, base: View) -> float | lines.Ends:
        """What its whole width or height means: it holds what is so and the baseline, and stays while a lever moves."""
        if self.what == HUNDRED:
            return bars.axis(seen, base)
        return lines.ends(self.what, now.comparison.projections, now.baseline.projections)

    def frame(self, now: State, seen: View, base: View) -> str:
        """All that a sweep with this picture depends on: which it is, and its axis."""
        return f"{self.what} {self.axis(now, seen, base)}"

    def moving(self, now: State, points: list[View], projections: Projections) -> Iterator[Moving]:
        """What moves in it, at each point of a sweep that these projections are; the axis stays that of ``now``."""
        axis = self.axis(now, view(now.comparison.projections), view(now.baseline.projections))
        if isinstance(axis, float):
            yield from (bars.moving(each, axis) for each in points)
            return
        swept = []
        for x in projections.values():
            values = lines.series(self.what, x)
            swept.append(np.broadcast_to(values[:, None] if values.ndim == 1 else values, (len(values), len(points))))
        for i, each in enumerate(points):
            yield lines.moving(self.what, each, [values[:, i] for values in swept], axis, self._height)

    @property
    def _height(self) -> float:
        return lines.FLAT if self.flat else lines.TALL
