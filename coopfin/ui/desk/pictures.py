"""The pictures beside the table, as SVG of our own, so that they move with the hand: where every 100 goes, or the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from coopfin.display import bars, lines
from coopfin.display.lines import CASH, INCOME, Projections
from coopfin.display.moving import Moving
from coopfin.display.view import PAIR, View, view
from coopfin.ui.session.state import State

HUNDRED = "Where 100 goes"
VIEWS = (HUNDRED, INCOME, CASH)


@dataclass(frozen=True)
class Picture:
    """One of the views as it is drawn; ``flat`` where it stands beside another one on a stage, with the first two firms."""

    what: str
    flat: bool = False

    def html(self, now: State, seen: View, base: View) -> str:
        """The picture for ``st.markdown``: ``st.html`` leaves no SVG. Names are escaped, and ``$`` begins no formula there."""
        wording, seen, base = now.base.words, seen[: self._firms], base[: self._firms]
        if self.what == HUNDRED:
            drawn = bars.picture(seen, base, wording, bars.FLAT if self.flat else bars.TALL)
        else:
            drawn = lines.picture(self.what, seen, *self._projections(now), wording.currency, self._height)
        return drawn.replace("$", "&#36;")

    def axis(self, now: State, seen: View, base: View) -> float | lines.Ends:
        """What its whole width or height means: it holds what is so and the baseline, and stays while a lever moves."""
        if self.what == HUNDRED:
            return bars.axis(seen[: self._firms], base[: self._firms])
        return lines.ends(self.what, *self._projections(now))

    def frame(self, now: State, seen: View, base: View) -> str:
        """All that a sweep with this picture depends on: which it is, and its axis."""
        return f"{self.what} {self.axis(now, seen, base)}"

    def moving(self, now: State, points: list[View], projections: Projections) -> Iterator[Moving]:
        """What moves in it, at each point of a sweep that these projections are; the axis stays that of ``now``."""
        axis = self.axis(now, view(now.comparison.projections), view(now.baseline.projections))
        if isinstance(axis, float):
            yield from (bars.moving(each[: self._firms], axis) for each in points)
            return
        swept = []
        for x in islice(projections.values(), self._firms):
            values = lines.series(self.what, x)
            swept.append(np.broadcast_to(values[:, None] if values.ndim == 1 else values, (len(values), len(points))))
        for i, each in enumerate(points):
            yield lines.moving(self.what, each[: self._firms], [values[:, i] for values in swept], axis, self._height)

    def _projections(self, now: State) -> tuple[Projections, Projections]:
        """Those of now and of the baseline."""
        here, base = (dict(islice(each.projections.items(), self._firms)) for each in (now.comparison, now.baseline))
        return here, base

    @property
    def _firms(self) -> int | None:
        return PAIR if self.flat else None

    @property
    def _height(self) -> float:
        return lines.FLAT if self.flat else lines.TALL
