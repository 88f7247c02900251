"""All assumptions: every value of both firms, searchable, with unit, range and source."""

from coopfin.ui.assumptions.list import assumption_list
from coopfin.ui.shell import frame

with frame.page(__file__, "What does every number stand on?") as now:
    assumption_list(now)
