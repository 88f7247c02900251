"""How sure are we: which assumption decides it, where it turns around, and how likely it is."""

from coopfin.ui.shell import frame
from coopfin.ui.sure import page as sure

with frame.page(__file__, "Which assumption decides it, and how likely is it?") as now:
    sure.page(now)
