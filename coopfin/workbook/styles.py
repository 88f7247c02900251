"""How cells look: one format per unit and role."""

from __future__ import annotations

import math
from typing import Any

NUMBER: dict[str, str] = {
    "share": "0.0%",
    "rate": "0.0%",
    "money": "#,##0",
    "count": "#,##0.0",
    "years": "0",
    "month": "0",
    "days": "0.0",
    "multiple": "0.000",
    "flag": "0",
}
# Assumptions are shown as exactly as they are usually set.
EXACT: dict[str, str] = NUMBER | {"share": "0.00##%", "rate": "0.00##%", "money": "#,##0.00", "count": "#,##0.##"}

INPUT = "#FEF9C3"
FIXED = "#E5E7EB"
IMPLAUSIBLE = "#FED7AA"
IMPOSSIBLE = "#FCA5A5"
HEAD = "#E5E7EB"
REMARK = "#4B5563"


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __call__(self, **properties: Any) -> Any:
        """The format with these XlsxWriter properties."""
        key = repr(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]

    def number(self, unit: str, **properties: Any) -> Any:
        """A figure of ``unit``."""
        return self(num_format=NUMBER[unit], align="right", **properties)

    def assumption(self, unit: str, **properties: Any) -> Any:
        """The value of an assumption of ``unit``."""
        return self(num_format=EXACT[unit], align="right", **properties)

    @property
    def title(self) -> Any:
        """The title of a sheet. Texts of users keep a leading sign as text even when the cell is edited."""
        return self(bold=True, font_size=14, quote_prefix=True)

    @property
    def head(self) -> Any:
        """A column's heading."""
        return self(bold=True, align="right", bg_color=HEAD, bottom=1)

    @property
    def head_text(self) -> Any:
        """A heading over texts, or a user's own name."""
        return self(bold=True, bg_color=HEAD, bottom=1, text_wrap=True, quote_prefix=True)

    @property
    def section(self) -> Any:
        """The heading of a section."""
        return self(bold=True, bottom=1)

    @property
    def text(self) -> Any:
        """Running text."""
        return self(text_wrap=True, quote_prefix=True, align="left", indent=1)

    @property
    def remark(self) -> Any:
        """A unit, or a remark beside a figure."""
        return self(font_color=REMARK)


def fit_height(sheet: Any, row: int, *texts: tuple[str, float]) -> None:
    """Make the row high enough for texts that wrap, each given with the width of its column in characters.

    Programs differ in whether they do this by themselves when they open a file.
    """
    lines = max(math.ceil(1.15 * len(text) / width) for text, width in texts)
    if lines > 1:
        sheet.set_row(row, min(15 * lines, 400))
