"""The comparison: traditional marketplace and platform cooperative side by side, moving with the hand."""

from coopfin.ui.desk import page
from coopfin.ui.room import show
from coopfin.ui.session import state
from coopfin.ui.shell import frame
from coopfin.ui.stage.page import stage

with frame.page(__file__, "Who gains when users own the platform?", whole=True) as now:
    if state.stage():
        stage(now, show.panel())
    else:
        page.desk(now)
