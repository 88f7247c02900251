"""The room decides: questions for many phones, several ways of counting, and a decision that moves the model."""

from coopfin.ui.room import page as room
from coopfin.ui.shell import frame

with frame.page(__file__, "What does the room decide?", levers=False) as now:
    room.page(now)
