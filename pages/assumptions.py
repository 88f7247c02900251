"""All assumptions: every value of both firms, searchable, with unit, range and source."""

from coopfin.ui.assumptions.list import assumption_list
from coopfin.ui.shell import frame

assumption_list(frame.begin("What does every number stand on?"))
