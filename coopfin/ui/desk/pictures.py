"""The picture beside the table, as SVG of our own, so that it moves with the hand: where every 100 goes, or the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from html import escape

import numpy as np

from coopfin.engine.projection import Projection
from coopfin.engine.units import Array
from coopfin.ui.desk.board import PAIR
from coopfin.ui.desk.view import View
from coopfin.ui.parts import colours, words
from coopfin.ui.parts.hundred import TENTHS, USES, Hundred, hundred_of, tenths
from coopfin.ui.session.base import Words

HUNDRED, INCOME, CASH = "Where 100 goes", "Income", "Cash"
VIEWS = (HUNDRED, INCOME, CASH)
WIDTH, BAR, GAP = 400.0, 44.0, 34.0
Marks = dict[str, dict[str, str]]


def splits(view: View) -> list[Hundred | None]:
    """The split of every firm."""
    return [hundred_of(firm.totals) for firm in view]


def hundred_marks(view: View, axis: float) -> tuple[Marks, dict[str, str]]:
    """Where every part of the bars stands, and its text; ``axis`` is what the whole width means."""
    marks: Marks = {}
    texts: dict[str, str] = {}
    for column, parts in enumerate(splits(view)):
        x = 0.0
        for use in USES:
            part = parts.uses[use] if parts else 0
            width = max(0.0, part / axis * WIDTH)
            marks[f"bar-{column}-{use}"] = {"x": f"{x:.1f}", "width": f"{width:.1f}"}
            marks[f"label-{column}-{use}"] = {"x": f"{x + width / 2:.1f}"}
            texts[f"label-{column}-{use}"] = tenths(part) if width > _narrowest(view) else ""
            x += width
        lost = sum(parts.sources.values()) - parts.sources.get("from buyers", TENTHS) if parts else 0
        texts[f"sources-{column}"] = "" if not parts or not lost else f"{tenths(lost)} of it not from buyers"
    return marks, texts


def _narrowest(view: View) -> float:
    """The narrowest part with room for its number; beside a wide table the picture is small and its letters are large."""
    return 26 if len(view) <= PAIR else 38


def hundred_axis(*views: View) -> float:
    """The longest bar of these views."""
    return float(max([TENTHS, *(parts.length for view in views for parts in splits(view) if parts)]))


def hundred_picture(view: View, axis: float, wording: Words) -> str:
    """The bars of all firms on one axis, and what the colours mean."""
    marks, texts = hundred_marks(view, axis)
    rows = []
    for column, firm in enumerate(view):
        y = column * (BAR + GAP)
        rows.append(
            f'<text x="0" y="{y + 14:.0f}" class="name">{escape(words.firm(firm.name))}</text>'
            f'<text x="{WIDTH:.0f}" y="{y + 14:.0f}" class="source" data-live="sources-{column}">'
            f"{escape(texts[f'sources-{column}'])}</text>"
        )
        for use in USES:
            bar, label = marks[f"bar-{column}-{use}"], marks[f"label-{column}-{use}"]
            rows.append(
                f'<rect data-live="bar-{column}-{use}" x="{bar["x"]}" width="{bar["width"]}" y="{y + 20:.0f}" height="{BAR:.0f}" '
                f'class="use-{use}"><title>{escape(_label(use, wording))}</title></rect>'
                f'<text data-live="label-{column}-{use}" x="{label["x"]}" y="{y + 20 + BAR / 2 + 4:.0f}" class="part on-{use}">'
                f"{texts[f'label-{column}-{use}']}</text>"
            )
    height = len(view) * (BAR + GAP) + 2
    used = [use for use in USES if any(parts and parts.uses[use] for parts in splits(view))]
    key = "".join(f'<span><i class="chip use-{use}"></i>{escape(_label(use, wording))}</span>' for use in used)
    return (
        f'<svg class="desk-picture{_many(view)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(_spoken(view, wording))}">{"".join(rows)}</svg><div class="desk-key">{key}</div>'
    )


def _many(firms: Sized) -> str:
    return " many" if len(firms) > PAIR else ""


def _label(use: str, wording: Words) -> str:
    return USES[use].format(providers=wording.providers)


def _spoken(view: View, wording: Words) -> str:
    told = []
    for firm, parts in zip(view, splits(view), strict=True):
        if parts:
            uses = ", ".join(f"{_label(use, wording)} {tenths(part)}" for use, part in parts.uses.items() if part)
            told.append(f"{words.firm(firm.name)}, of every 100 of sales: {uses}")
    return ". ".join(told)


HEIGHT, LEFT, TOP, BOTTOM = 230.0, 46.0, 10.0, 22.0


def series(what: str, x: Projection) -> Array:
    """What a picture of years shows: years first, then the points of a sweep."""
    if what == INCOME:
        return np.asarray(x.provider_net_income[1:] / 12)
    return np.asarray(x.cash)


def scale(values: Sequence[Array]) -> tuple[float, float]:
    """The lowest and highest value of the axis: round, with 0 in it."""
    present = np.concatenate([np.ravel(each)[np.isfinite(np.ravel(each))] for each in values] + [np.zeros(1)])
    low, high = min(0.0, float(present.min())), max(0.0, float(present.max()))
    if high == low:
        return 0.0, 1.0
    step = 10.0 ** np.floor(np.log10((high - low) / 2))
    return float(np.floor(low / step) * step), float(np.ceil(high / step) * step)


def points(values: Array, ends: tuple[float, float]) -> str:
    """A line through the years as the points of a polyline; years without a value are left out."""
    low, high = ends
    count = max(1, len(values) - 1)
    xs = [LEFT + (WIDTH - LEFT - 6) * t / count for t in range(len(values))]
    ys = [TOP + (HEIGHT - TOP - BOTTOM) * (high - float(v)) / (high - low) for v in values]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True) if np.isfinite(y))


def years_picture(what: str, now: Mapping[str, Projection], base: Mapping[str, Projection], currency: str) -> str:
    """A line a firm over the years; the baseline is drawn as a ghost."""
    lines, ghosts = [series(what, x) for x in now.values()], [series(what, x) for x in base.values()]
    ends = scale([*lines, *ghosts])
    low, high = ends

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    ticks = [low, 0.0, high] if low < 0 else [0.0, high / 2, high]
    grid = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y(t):.1f}" y2="{y(t):.1f}" class="{"zero" if t == 0 else "grid"}"/>'
        f'<text x="{LEFT - 5}" y="{y(t) + 4:.1f}" class="tick">{words.amount(t)}</text>'
        for t in ticks
    )
    drawn = "".join(
        f'<polyline class="ghost ghost-{c % len(colours.FIRMS)}" points="{points(each, ends)}"/>' for c, each in enumerate(ghosts)
    )
    drawn += "".join(
        f'<polyline data-live="line-{c}" class="line line-{c % len(colours.FIRMS)}" points="{points(each, ends)}"/>'
        for c, each in enumerate(lines)
    )
    first = 1 if what == INCOME else 0
    last = len(lines[0]) - 1 + first
    axis = (
        f'<text x="{LEFT}" y="{HEIGHT - 4}" class="year">{"year 1" if first else "launch"}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT - 4}" class="year last">year {last}</text>'
    )
    told = "a provider's income a month after own costs" if what == INCOME else "cash at each year's end"
    key = "".join(
        f'<span><i class="chip line-{c % len(colours.FIRMS)}"></i>{escape(words.firm(name))}</span>' for c, name in enumerate(now)
    )
    key += "<span>thin: the baseline</span>"
    return (
        f'<svg class="desk-picture years{_many(now)}" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-label="{escape(f"{told}, {currency}".strip(", "))}">{grid}{drawn}{axis}</svg><div class="desk-key">{key}</div>'
    )
