"""The hard questions: evidence with its sources, and a lever beside each that shows the effect live."""

from coopfin.ui import frame
from coopfin.ui.evidence import evidence

evidence(frame.begin("What about the hard questions?"))
