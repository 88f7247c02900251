"""Who finances each firm and what comes of it: the sentence, and the table beside the picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from coopfin.capital.instruments import GRANTS, Instrument, instruments
from coopfin.comparison import verdict
from coopfin.comparison.compare import Comparison
from coopfin.comparison.verdict import Fate
from coopfin.display import colours, words
from coopfin.display.view import PAIR
from coopfin.engine.projection import Projection
from coopfin.ui.session.state import State

OUTSIDE = ("equity", "loan", "note", "preferred")
SIDE_BY_SIDE = (*OUTSIDE, "member_shares", "grants")
ON_PAPER = (
    "runs out of cash: what outside capital gets from then on, and at the horizon at par, stands on paper only; "
    "nothing is there to pay it from"
)


def used(x: Projection, names: tuple[str, ...] = SIDE_BY_SIDE) -> dict[str, Instrument]:
    """The instruments through which money comes in, by name."""
    found = instruments(x)
    return {name: found[name] for name in names if found[name].used}


def sentence(comparison: Comparison) -> str:
    """Whether each firm lives, and what outside capital earns in it: in a firm that runs dry, on paper only."""
    fates, rates = verdict.fates(comparison.projections), comparison["capital_irr"].values
    if len(fates) > PAIR:
        return _of_many(fates, rates)
    if all(fate.lives for fate in fates.values()):
        earns = [f"{words.percent(rate)} a year in {words.the(each)}" for each, rate in rates.items() if not math.isnan(rate)]
        alive = (
            "Neither firm is ever short of cash."
            if len(fates) == 2
            else f"{'It is' if len(fates) == 1 else 'They are'} never short of cash."
        )
        return f"{alive} Outside capital earns {' and '.join(earns) or 'no yearly rate'}."
    return " ".join(f"{each[:1].upper()}{each[1:]}: {_of(fate, rates[each])}." for each, fate in fates.items())


def _of_many(fates: Mapping[str, Fate], rates: Mapping[str, float]) -> str:
    dry = sum(bool(fate.runs_dry) for fate in fates.values())
    told = "No firm is ever short of cash."
    if dry:
        told = f"{dry} of {len(fates)} firms run short of cash: returns there are on paper only."
    earned = sorted(rates[each] for each, fate in fates.items() if fate.lives and not math.isnan(rates[each]))
    ends = list(dict.fromkeys(words.percent(each) for each in (earned[:1] + earned[-1:])))
    return f"{told} {'Elsewhere outside' if dry else 'Outside'} capital earns {' to '.join(ends)} a year." if ends else told


def _of(fate: Fate, rate: float) -> str:
    if fate.runs_dry:
        return f"{fate.when}" if math.isnan(rate) else f"{fate.when}; returns on paper only"
    return "never short" if math.isnan(rate) else f"never short, {words.percent(rate)} a year for capital"


def on_paper(projections: Mapping[str, Projection]) -> list[str]:
    """What must stand beside the returns of each firm that runs dry."""
    return [
        f"{words.firm(each)} {ON_PAPER}."
        for each, x in projections.items()
        if verdict.fate(x).runs_dry and used(x, OUTSIDE)
    ]  # fmt: skip


def table(now: State) -> str:
    """Every instrument of every firm as HTML: what comes in, what comes back, how many times, and what it earns a year."""
    projections, currency = now.comparison.projections, now.base.words.currency
    heads = "".join(f'<th scope="col" class="number">{head}</th>' for head in ("Paid in", "Comes back", "Multiple", "A year"))
    bodies = "".join(_body(each, column, x, now) for column, (each, x) in enumerate(projections.items()))
    money = f"Money in {escape(currency)}, nominal, all years." if currency else "Money nominal, all years."
    return (
        f'<div class="scroll"><table class="comparison instruments"><caption>{money}</caption>'
        f'<thead><tr><th scope="col">Instrument</th>{heads}</tr></thead>{bodies}</table></div>'
    )


def _body(enterprise: str, column: int, x: Projection, now: State) -> str:
    rows = "".join(_row(each) for each in used(x).values()) or '<tr><th scope="row" colspan="5">No capital comes in.</th></tr>'
    was = _was(now, enterprise)
    dry = f"<small>{verdict.fate(x).when}: returns on paper only</small>" if verdict.fate(x).runs_dry else ""
    return (
        f'<tbody><tr class="section"><th scope="rowgroup" colspan="5" class="{colours.firm_class(column)}">'
        f"<span>{escape(words.firm(enterprise))}</span>{dry}{was}</th></tr>{rows}</tbody>"
    )


def _was(now: State, enterprise: str) -> str:
    """What all outside capital earned in the baseline, where that differs."""
    before = now.was("capital_irr", enterprise)
    rate = now.comparison["capital_irr"].values[enterprise]
    if before is None or words.value(before, "rate") == words.value(rate, "rate"):
        return ""
    return f"<small>all outside capital {words.value(rate, 'rate')} a year, was {words.value(before, 'rate')}</small>"


def _row(each: Instrument) -> str:
    rate = float(each.rate.value)
    why = f'<small class="remark">No yearly rate: {escape(each.why_no_rate)}.</small>'
    cells = (
        words.amount(float(each.paid_in)), words.amount(float(each.received)), words.value(float(each.multiple), "multiple"),
        words.value(rate, "rate"),
    )  # fmt: skip
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    told = why if math.isnan(rate) and each.kind is not GRANTS else ""
    return f'<tr><th scope="row">{escape(each.kind.label)}{told}</th>{numbers}</tr>'
