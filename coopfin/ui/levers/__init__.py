"""The main levers: one component that holds them all, and what a lever shows of the page while it is dragged.

for move in moves("levers"):              # first of all: what the reader moved since the last run
    state.change(move.lever, move.firm, move.value)
levers(rows, key="levers", context=...)   # draw them
live(rows, answer, key="levers")          # answer the reader's hand, in a fragment of its own
"""

from coopfin.ui.levers.component import Move, levers, moves, source
from coopfin.ui.levers.live import Answer, Column, Rest, Sweep, column, live, sent
from coopfin.ui.levers.rows import LawMark, Lever, Thumb, stops

__all__ = [
    "Answer", "Column", "LawMark", "Lever", "Move", "Rest", "Sweep", "Thumb", "column", "levers", "live", "moves", "sent",
    "source", "stops",
]  # fmt: skip
