"""Which uncertain assumptions make the futures differ: Sobol' indices as a table with bars."""

from __future__ import annotations

from html import escape

import numpy as np

from coopfin.display import words
from coopfin.ui.shell import levers
from coopfin.uncertainty.drivers import Drivers

HEADS = (
    ("By itself", "the share of the variance that goes if this one is known (first-order Sobol’ index)"),
    ("With all others", "the share that stays as long as this one is not known (total Sobol’ index)"),
)


def table(found: Drivers, measure: str) -> str:
    """The table as HTML, the strongest first; a number has its sampling error (two standard errors) beside it."""
    order = np.argsort(-found.total)
    rows = "".join(
        f'<tr><th scope="row">{escape(levers.label(levers.named(found.uncertain[i].name)))}</th>'
        f"{_cell(found.first[i], found.first_error[i], 'first')}{_cell(found.total[i], found.total_error[i], 'total')}</tr>"
        for i in order
    )
    heads = "".join(f'<th scope="col">{name}<small>{what}</small></th>' for name, what in HEADS)
    empty = f" Without {words.percent(found.share_empty)} of the futures, which have no value." if found.share_empty else ""
    return (
        f'<div class="scroll"><table class="comparison shares"><caption>{escape(measure)}: what makes the futures differ.{empty}'
        f'</caption><thead><tr><th scope="col">Assumption</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _cell(share: float, error: float, kind: str) -> str:
    width = min(max(share, 0.0), 1.0) * 100
    told = words.percent(round(max(share, 0.0), 2))
    return (
        f'<td><div class="share"><span class="{kind}" style="width:{width:.1f}%"></span>'
        f"<b>{told}</b> <small>± {words.percent(round(2 * error, 2))}</small></div></td>"
    )


def varies(found: Drivers) -> bool:
    """Whether there is a variance to divide: the measure has values, and they are not all the same."""
    return not np.isnan(found.total).all()


def sentence(found: Drivers) -> str:
    """The strongest in words."""
    if not varies(found):
        same = "is the same in all futures" if found.share_empty < 1 else "has no value in any of the futures"
        return f"This measure {same}: nothing drives it."
    first, *others = np.argsort(-found.total)
    name = levers.label(levers.named(found.uncertain[first].name))
    told = f"{name} makes the most difference: by itself {words.percent(round(max(found.first[first], 0.0), 2))} of the variance"
    small = [i for i in others if found.total[i] < 0.05]
    rest = f" {len(small)} of the other {len(others)} hardly matter: less than 5 % each." if small else ""
    return f"{told}.{rest}"
