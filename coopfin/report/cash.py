"""Cash, month by month, as a picture: the lowest point and the first short month told."""

from __future__ import annotations

import numpy as np

from coopfin.comparison.verdict import fate
from coopfin.display import words
from coopfin.display.lines import scale
from coopfin.engine.projection import Projection

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720.0, 124.0, 62.0, 8.0, 8.0, 30.0


def cash_by_month(x: Projection) -> str:
    """The picture as SVG: cash at each month's end, capital received in the month left out where that is lower."""
    ends = np.asarray(x.months.cash)
    lowest = np.minimum(ends, np.asarray(x.cash_before_capital))
    low, high = scale([ends, lowest])
    found = fate(x)

    def across(month: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * month / max(1, len(ends) - 1)

    def up(cash: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - cash) / (high - low)

    line = " ".join(
        f"{across(month):.1f},{up(float(cash)):.1f}"
        for month in range(len(ends))
        for cash in ((lowest[month], ends[month]) if lowest[month] < ends[month] else (ends[month],))
    )
    ticks = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up(each):.1f}" y2="{up(each):.1f}" '
        f'class="{"zero" if each == 0 else "grid"}"/>'
        f'<text x="{LEFT - 6}" y="{up(each) + 4:.1f}" class="tick">{words.amount(each)}</text>'
        for each in sorted({low, 0.0, high})
    )
    years = "".join(
        f'<text x="{across(12 * year):.1f}" y="{HEIGHT - 3}" class="year{" last" if year == x.years else ""}">'
        f"{f'year {year}' if year else 'launch'}</text>"
        for year in range(0, x.years + 1, 1 if x.years <= 12 else 5)
    )
    at, cash = float(found.lowest_cash_month), float(found.lowest_cash)
    side = "start" if across(at) < WIDTH / 2 else "end"  # below the lowest point nothing else is drawn
    told = f"lowest: {words.amount(cash)}, {words.month(at)}"
    mark = (
        f'<circle cx="{across(at):.1f}" cy="{up(cash):.1f}" r="3.5" class="low"/>'
        f'<text x="{across(at):.1f}" y="{up(cash) + 13:.1f}" text-anchor="{side}" class="told">{told}</text>'
    )
    return (
        f'<svg class="cash" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="Cash, month by month; {told}">'
        f'{ticks}{years}<polyline class="cash-line{" dry" if found.runs_dry else ""}" points="{line}"/>{mark}</svg>'
    )
