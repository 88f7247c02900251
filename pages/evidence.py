"""The hard questions: evidence with its sources, and a lever beside each that shows the effect live."""

from coopfin.ui.evidence import page
from coopfin.ui.shell import frame

with frame.page(__file__, "What about the hard questions?", first=page.heard) as now:
    page.evidence(now)
