"""The hard questions: evidence with its sources, and a lever beside each that shows the effect live."""

from coopfin.ui.evidence.page import evidence
from coopfin.ui.shell import frame

with frame.page(__file__, "What about the hard questions?") as now:
    evidence(now)
