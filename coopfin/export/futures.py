"""What the futures of a question amount to, as a file."""

from __future__ import annotations

from coopfin.export.uncertainty import write_simulation
from coopfin.uncertainty.futures import Progress, Question
from coopfin.uncertainty.simulation import simulate


def percentiles(question: Question, progress: Progress | None = None) -> str:
    """Mean, spread and percentiles of every measure as CSV: what the command ``simulate`` prints."""
    drawn = simulate(question.enterprises, question.uncertain, question.draws, question.seed, progress=progress)
    return write_simulation(drawn)
