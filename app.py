"""The comparison: traditional marketplace and platform cooperative side by side, moving with the hand."""

from coopfin.ui.desk import page
from coopfin.ui.shell import frame

with frame.page(__file__, "Who gains when users own the platform?", levers=False, first=page.heard) as now:
    page.desk(now)
