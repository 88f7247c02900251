"""Rows as CSV: texts so that no spreadsheet takes them for a formula, numbers as they are told to be written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from coopfin.reading.guard import guard


def csv_text(rows: Iterable[Iterable[str | float]], figure: Callable[[float], str]) -> str:
    """Rows as CSV, lines ending in a line feed; ``figure`` writes the numbers."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [_text(cell) if isinstance(cell, str) else figure(cell) for cell in row] for row in rows
    )
    return out.getvalue()


def _text(cell: str) -> str:
    return guard(cell.replace("\r\n", "\n").replace("\r", "\n"))
