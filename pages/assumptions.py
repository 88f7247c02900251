"""All assumptions: every value of both firms, searchable, with unit, range and source."""

from coopfin.ui import frame
from coopfin.ui.assumption_list import assumption_list

assumption_list(frame.begin("What does every number stand on?"))
