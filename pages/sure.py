"""How sure are we: which assumption decides it, where it turns around, and how likely it is."""

from coopfin.ui.shell import frame
from coopfin.ui.sure import page as sure

with frame.page(__file__, "How sure are we?") as now:
    sure.page(now)
