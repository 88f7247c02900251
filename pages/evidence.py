"""The hard questions: evidence with its sources, and a lever beside each that shows the effect live."""

from coopfin.ui.evidence import page as evidence
from coopfin.ui.shell import frame

evidence(frame.begin("What about the hard questions?"))
