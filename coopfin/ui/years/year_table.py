"""A wide table: rows of figures with a column for each year or month, the labels staying in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from coopfin.engine.calendar import MONTHS


@dataclass(frozen=True)
class Cells:
    """One row: its label, its cells as text, and its kind, which is its style class."""

    label: str
    cells: Iterable[str]
    kind: str = ""


def year_heads(years: Iterable[int]) -> list[str]:
    """The heads of years; 0 is the launch."""
    return ["Launch" if year == 0 else f"Year {year}" for year in years]


def month_heads() -> list[str]:
    """The heads of a year's months."""
    return [month[:3] for month in MONTHS]


def year_table(caption: str, heads: Iterable[str], rows: Iterable[Cells], dot: str = "") -> str:
    """The table as HTML; ``dot`` is the style class of a firm."""
    told = list(heads)
    columns = "".join(f'<th scope="col" class="number">{head}</th>' for head in told)
    body = "".join(_row(each, len(told)) for each in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="comparison years">'
        f'<caption class="{dot}"><span>{escape(caption)}</span></caption>'
        f'<thead><tr><th scope="col"><span class="hidden">Line</span></th>{columns}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )


def _row(row: Cells, columns: int) -> str:
    if row.kind == "head":
        return f'<tr class="section"><th scope="rowgroup">{escape(row.label)}</th><td colspan="{columns}"></td></tr>'
    cells = "".join(f'<td class="number">{escape(cell)}</td>' for cell in row.cells)
    return f'<tr class="{row.kind}"><th scope="row">{escape(row.label)}</th>{cells}</tr>'
