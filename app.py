"""The comparison: traditional marketplace and platform cooperative side by side, moving with the hand."""

from coopfin.ui.desk import page
from coopfin.ui.shell import frame

with frame.page(__file__, "Who gains when users own the platform?", whole=True) as now:
    page.desk(now)
