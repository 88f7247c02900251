"""The years: a line for each firm, the baseline as a ghost, and on one axis what a provider has a month, or the cash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from coopfin.display import words
from coopfin.display.bars import covered, many
from coopfin.display.moving import SHAPES, WIDTH, Moving
from coopfin.display.view import View
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

INCOME, CASH = "Income", "Cash"
TOLD = {INCOME: "a provider's income a month after own costs", CASH: "cash at each year's end"}
TALL, FLAT = 250.0, 158.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 8.0, 10.0, 24.0
NEAR = 15.0  # two numbers of the axis closer than this would touch

Ends = tuple[float, float]
Projections = Mapping[str, Projection]


def series(what: str, x: Projection) -> Array:
    """What a picture of years shows: years first, then the points of a sweep."""
    if what == INCOME:
        return np.asarray(x.provider_net_income[1:] / 12)
    return np.asarray(x.cash)


def scale(values: Sequence[Array]) -> Ends:
    """The lowest and highest value of the axis: round, with 0 in it."""
    present = np.concatenate([np.ravel(each)[np.isfinite(np.ravel(each))] for each in values] + [np.zeros(1)])
    low, high = min(0.0, float(present.min())), max(0.0, float(present.max()))
    if high == low:
        return 0.0, 1.0
    step = 10.0 ** np.floor(np.log10((high - low) / 2))
    return float(np.floor(low / step) * step), float(np.ceil(high / step) * step)


def ends(what: str, now: Projections, base: Projections) -> Ends:
    """The axis that holds the lines of now and of the baseline; it stays while a lever moves."""
    return scale([series(what, x) for x in (*now.values(), *base.values())])


def moving(what: str, view: View, values: Sequence[Array], axis: Ends, height: float) -> Moving:
    """The line of every firm, and where it ends; ``values`` are its years."""
    places: dict[str, str] = {}
    marks: dict[str, dict[str, str]] = {}
    for column, (firm, each) in enumerate(zip(view, values, strict=True)):
        line = points(each, axis, height)
        dry = what == INCOME and not firm.lives
        marks[f"line-{column}"] = {"points": line, "class": f"line line-{column % len(SHAPES)}{' dry' if dry else ''}"}
        marks[f"end-{column}"] = {"transform": f"translate({line.rpartition(' ')[2] or '-99,0'})"}
        places[f"covered-{column}"] = f", {covered(firm)}" if dry else ""
    return Moving(places, marks)


def points(values: Array, axis: Ends, height: float) -> str:
    """A line through the years as the points of a polyline; years without a value are left out."""
    count = max(1, len(values) - 1)
    xs = [LEFT + (WIDTH - LEFT - RIGHT) * t / count for t in range(len(values))]
    ys = [_y(float(v), axis, height) for v in values]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True) if np.isfinite(y))


def _y(value: float, axis: Ends, height: float) -> float:
    low, high = axis
    return TOP + (height - TOP - BOTTOM) * (high - value) / (high - low)


def picture(what: str, view: View, now: Projections, base: Projections, currency: str, height: float) -> str:
    """The lines of all firms, the baseline thin behind them."""
    axis = ends(what, now, base)
    lines, ghosts = ([series(what, x) for x in each.values()] for each in (now, base))
    drawn, count = moving(what, view, lines, axis, height), len(SHAPES)
    body = "".join(
        f'<polyline class="ghost ghost-{c % count}" points="{points(each, axis, height)}"/>' for c, each in enumerate(ghosts)
    )
    for c, firm in enumerate(view):
        line, end, shape = drawn.marks[f"line-{c}"], drawn.marks[f"end-{c}"], SHAPES[firm.mark % count]
        body += (
            f'<polyline data-live="line-{c}" class="{line["class"]}" points="{line["points"]}"/>'
            f'<path data-live="end-{c}" class="end line-{c % count}" d="{shape}" transform="{end["transform"]}"/>'
        )
    key = "".join(
        f'<span><i class="chip line-{c % count}"></i>{escape(words.firm(firm.name))}'
        f'<b data-live="covered-{c}">{drawn.places[f"covered-{c}"]}</b></span>'
        for c, firm in enumerate(view)
    )
    told = escape(f"{TOLD[what]}, {currency}".strip(", "))
    return (
        f'<figure class="picture"><svg class="desk-picture years{many(view)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-label="{told}">'
        f'{_grid(axis, height)}{body}{_years(what, len(lines[0]), height)}</svg><div class="desk-key">{key}'
        f"<span>{told}; thin: the baseline</span></div></figure>"
    )


def _grid(axis: Ends, height: float) -> str:
    low, high = axis
    ticks = [low, 0.0, high] if low < 0 < high else [low, (low + high) / 2, high]
    at = {t: _y(t, axis, height) for t in ticks}
    return "".join(
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" class="{"zero" if t == 0 else "grid"}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="tick">{words.amount(t)}</text>'
        for t, y in at.items()
        if t == 0 or abs(y - at[0.0]) > NEAR
    )


def _years(what: str, count: int, height: float) -> str:
    first = 1 if what == INCOME else 0
    return (
        f'<text x="{LEFT}" y="{height - 5}" class="year">{"year 1" if first else "launch"}</text>'
        f'<text x="{WIDTH}" y="{height - 5}" class="year last">year {count - 1 + first}</text>'
    )
