"""Any rows as CSV, numbers in full precision."""

from __future__ import annotations

from collections.abc import Iterable

from coopfin.engine.units import number
from coopfin.reading.csv_text import csv_text


def to_csv(rows: Iterable[Iterable[str | float]]) -> str:
    """Rows as CSV: numbers so that they read back bit for bit, texts so that no spreadsheet takes them for a formula."""
    return csv_text(rows, number)
