"""Predictions for filings that nobody had read when they were written down, and what came.

``predictions.csv`` is never changed: a test holds its hash. What came is written into ``predictions_came.csv``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from coopfin.evidence.facts import read_rows

FILE = "predictions.csv"
HASH = "cd3453adbaf2e71638d1f758dfbae33e60c17ac515d6c47001977a6bdd55f532"
OPEN, INSIDE, OUTSIDE = "not yet known", "inside the range", "outside the range"


@dataclass(frozen=True)
class Prediction:
    """One figure of a company's next year: when it was said, from which year, and the range eight of ten errors fell in."""

    made: str
    company: str
    period: str
    figure: str
    unit: str
    set_to: int
    prediction: float
    low: float
    high: float
    as_last_year: float
    half_growth: float
    came: float | None = None
    source: str = ""

    @property
    def outcome(self) -> str:
        """What became of it."""
        if self.came is None:
            return OPEN
        return INSIDE if self.low <= self.came <= self.high else OUTSIDE


def unchanged() -> bool:
    """Whether the file of predictions is the one that was written down."""
    return hashlib.sha256((files("coopfin") / "data" / FILE).read_bytes()).hexdigest() == HASH


def predictions() -> list[Prediction]:
    """Every prediction, with what came where it is known."""
    came = {(row["company"], row["period"], row["figure"]): row for row in read_rows("predictions_came.csv")}
    found = []
    for row in read_rows(FILE):
        known = came.get((row["company"], row["period"], row["figure"]))
        found.append(
            Prediction(
                row["made"], row["company"], row["period"], row["figure"], row["unit"], int(row["set_to"]),
                float(row["prediction"]), float(row["low"]), float(row["high"]),
                float(row["as_last_year"]), float(row["half_growth"]),
                float(known["came"]) if known else None, known["source"] if known else "",
            )
        )  # fmt: skip
    return found
