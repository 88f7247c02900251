"""All assumptions: every value of both firms, searchable, with unit, range and source."""

from coopfin.ui.assumptions.answer import answer as counted
from coopfin.ui.assumptions.list import assumption_list
from coopfin.ui.shell import answer, frame

with frame.page(__file__, "What does every number stand on?") as now:
    answer.say(counted(now))
    assumption_list(now)
