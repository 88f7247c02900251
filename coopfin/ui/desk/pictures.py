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

    def moving(self, now: State, seen: list[View], projections: Projections) -> Iterator[Moving]:
        """What moves in it, at each point of a sweep that these projections are; the axes stay those of ``now``."""
        here, base = now.comparison.projections, now.baseline.projections
        if self.what == HUNDRED:
            whole = bars.axis(view(here), view(base))
            yield from (bars.moving(each, whole) for each in seen)
            return
        axis = lines.ends(self.what, here, base)
        swept = []
        for x in projections.values():
            values = lines.series(self.what, x)
            swept.append(np.broadcast_to(values[:, None] if values.ndim == 1 else values, (len(values), len(seen))))
        for i, each in enumerate(seen):
            yield lines.moving(self.what, each, [values[:, i] for values in swept], axis, self._height)

    @property
    def _height(self) -> float:
        return lines.FLAT if self.flat else lines.TALL
