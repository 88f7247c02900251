"""What the members' page takes from the scenario, for the sample ledgers: read here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coopfin.engine.projection import Projection
from coopfin.members.statement import Terms, terms
from coopfin.ui.session.state import State


@dataclass(frozen=True)
class Figures:
    """The two firms of the scenario; ``pools``: the refund of each year that has one, the last year first."""

    firm: str
    cooperative: Projection
    other_firm: str | None
    elsewhere: Projection | None
    pools: dict[int, float]

    def terms(self, year: int, earning: Iterable[str]) -> Terms:
        """What a statement of a year says besides the allocation."""
        return terms(self.cooperative, self.elsewhere, year, earning)

    def providers(self, year: int) -> float:
        """How many provide in a year."""
        return float(self.cooperative.providers[year])

    @property
    def last_year(self) -> int:
        """The last year with a pool; without one the horizon."""
        return max(self.pools, default=self.cooperative.years)


def figures(chosen: State) -> Figures:
    """The figures of what the user has chosen."""
    projections = chosen.comparison.projections
    firm = chosen.cooperative
    other = chosen.marketplace if chosen.marketplace != firm else None
    x = projections[firm]
    pools = {year: float(x.patronage[year]) for year in range(x.years, 0, -1) if x.patronage[year] > 0}
    return Figures(firm, x, other, projections[other] if other else None, pools)
