"""The way of the money as a picture: one fork under the other, each with what both firms have there over all years.

It is an ordered list that style makes into a picture: it needs no network, and a screen reader reads it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from coopfin.display import colours, words
from coopfin.engine.flow import BESIDE, FORKS, JOINS
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection


def picture(projections: Mapping[str, Projection], currency: str) -> str:
    """The forks from gross sales down to the refund in cash, as HTML."""
    steps = "".join(_fork(name, parts, projections) for name, parts in FORKS.items())
    money = f"in {escape(currency)}, " if currency else ""
    key = ", ".join(
        f'<span class="{colours.firm_class(column)}"><span>{escape(words.firm(firm))}</span></span>'
        for column, firm in enumerate(projections)
    )
    return f'<figure class="flow"><figcaption>All years together, {money}{key}</figcaption><ol>{steps}</ol></figure>'


def _fork(name: str, parts: tuple[str, ...], projections: Mapping[str, Projection]) -> str:
    *out, onward = parts
    joined = " + ".join(LINES[each].label.lower() for each in JOINS.get(name, ()))
    made_of = f"<small>= {escape(joined)}</small>" if joined else ""
    made_of += "".join(f"<small>beside it: {_line(each, projections)}</small>" for each in BESIDE.get(name, ()))
    leaving = "".join(f"<li>{_line(each, projections)}</li>" for each in out)
    return (
        f'<li><div class="stem">{_line(name, projections)}{made_of}</div>'
        f'<ul>{leaving}<li class="onward">{_line(onward, projections)}</li></ul></li>'
    )


def _line(name: str, projections: Mapping[str, Projection]) -> str:
    amounts = "".join(
        f'<span class="{colours.firm_class(column)}"><span>{words.amount(float(x.total(name)))}</span></span>'
        for column, x in enumerate(projections.values())
    )
    return f'<span class="label">{escape(LINES[name].label)}</span><span class="amounts">{amounts}</span>'
