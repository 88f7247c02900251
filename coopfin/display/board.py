"""The eight rows: all firms, what each differs by from the first, and what each figure was. Two firms have a column for it.

The same strings still and while a lever moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from html import escape

from coopfin.comparison.measures import MEASURES, Measure
from coopfin.comparison.verdict import Verdict, judge
from coopfin.display import colours, words
from coopfin.display.bars import covered
from coopfin.display.view import PAIR, ROWS, Firm, View

# What is told behind a figure, small: by measure, from the firm.
Beside = Callable[[Firm], str]
CLASSES = {
    Verdict.BETTER: "better", Verdict.WORSE: "worse", Verdict.BETTER_BUT_DRY: "dry", Verdict.WORSE_BUT_FIRST_DRY: "dry",
}  # fmt: skip


def _raised(firm: Firm) -> str:
    return f"on {words.amount(firm['capital_raised'])}" if firm["capital_raised"] > 0 else "none raised"


def _low(firm: Firm) -> str:
    return words.month(firm["lowest_cash_month"])


def _insured(firm: Firm) -> str:
    """Pay and benefits together: a firm that insures its people does not look worse for it."""
    benefits = firm["provider_benefits_month"]
    return covered(firm) or (f"and {words.price(benefits)} in benefits" if benefits > 0 else "")


BESIDE: Mapping[str, Beside] = {"capital_irr": _raised, "lowest_cash": _low, "provider_month": _insured}
PAID = {"provider_month", "provider_keeps", "capital_irr", "founders_total"}  # what nobody gets from a firm that runs dry


def places(view: View, base: View) -> dict[str, str]:
    """The text of every place of the board, by the place's name."""
    found: dict[str, str] = {}
    for measure in ROWS:
        name = measure.name
        for column, (firm, was) in enumerate(zip(view, base, strict=True)):
            found[f"{name}-{column}"] = words.measured(firm[name], measure)
            found[f"{name}-{column}-beside"] = BESIDE[name](firm) if name in BESIDE else ""
            found[f"{name}-{column}-was"] = _was(firm[name], was[name], measure)
        for place, firm in _gaps(measure, view).items():
            found[place] = words.gap({"": view[0][name], firm.name: firm[name]}, measure)
    return found


def _gaps(measure: Measure, view: View) -> dict[str, Firm]:
    """The place of each difference from the first firm, with the firm that differs."""
    _, *others = view
    if len(others) == 1:
        return {f"{measure.name}-gap": others[0]}
    return {f"{measure.name}-{column}-gap": firm for column, firm in enumerate(others, 1)}


def classes(view: View) -> dict[str, str]:
    """The class of every cell of a difference, and of every figure of a firm that runs dry."""
    found = {}
    for measure in ROWS:
        name = measure.name
        for column, firm in enumerate(view):
            found[f"{name}-{column}-cell"] = "number" if firm.lives or name not in PAID else "number hatched"
        first = view[0]
        for place, firm in _gaps(measure, view).items():
            verdict = judge(MEASURES[name], first[name], firm[name], first.lives, firm.lives)
            kind = f"gap {CLASSES.get(Verdict(int(verdict)), '')}".strip()
            found |= {f"{place}-cell": f"number {kind}"} if len(view) == PAIR else {place: kind}
    return found


def _was(now: float, before: float, measure: Measure) -> str:
    shown, was = words.measured(now, measure), words.measured(before, measure)
    return "" if shown == was or (math.isnan(now) and math.isnan(before)) else f"was {was}"


def board(view: View, base: View, currency: str, *, choosing: bool = True) -> str:
    """The table as HTML; every text stands in an element that a moving lever can write into.

    ``choosing``: the firm that all others are compared with can be chosen in the head; on paper it cannot.
    """
    texts, kinds = places(view, base), classes(view)
    heads = "".join(_head(firm, column, choosing) for column, firm in enumerate(view))
    gap_head = '<th scope="col" class="number">Difference</th>' if len(view) == PAIR else ""
    many = " many" if len(view) > PAIR else ""
    rows = "".join(_row(measure, len(view), texts, kinds) for measure in ROWS)
    money = f"Money in {escape(currency)}." if currency else "Money in the scenario's currency."
    return (
        f'<div class="scroll"><table class="comparison board{many}"><caption class="hidden">The comparison. {money}</caption>'
        f'<thead><tr><th scope="col">{money}</th>{heads}{gap_head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _head(firm: Firm, column: int, choosing: bool) -> str:
    """The name; that of a further firm is a button that makes it the one all others are compared with."""
    name, title = escape(firm.name[:1].upper() + firm.name[1:]), escape(words.firm(firm.name))
    if column and choosing:
        told = f"{title}: compare the others with it"
        name = f'<button type="button" class="against" data-against="{escape(firm.name)}" title="{told}">{name}</button>'
    return f'<th scope="col" class="number {colours.firm_class(column)}"><span title="{title}">{name}</span></th>'


def _row(measure: Measure, firms: int, texts: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    def place(name: str, tag: str) -> str:
        return f'<{tag} data-live="{name}">{escape(texts[name])}</{tag}>'

    def under(column: int) -> str:
        """The difference from the first firm, where each has its own."""
        spot = f"{name}-{column}-gap"
        return f'<em data-live="{spot}" class="{kinds[spot]}">{escape(texts[spot])}</em>' if spot in texts else ""

    name = measure.name
    cells = "".join(
        f'<td class="{kinds[f"{name}-{column}-cell"]}" data-live="{name}-{column}-cell">{place(f"{name}-{column}", "b")}'
        f"{under(column)}{place(f'{name}-{column}-beside', 'small')}{place(f'{name}-{column}-was', 'i')}</td>"
        for column in range(firms)
    )
    gap = (
        f'<td class="{kinds[f"{name}-gap-cell"]}" data-live="{name}-gap-cell">{place(f"{name}-gap", "b")}</td>'
        if firms == PAIR
        else ""
    )
    return f'<tr><th scope="row" title="{escape(measure.words)}">{escape(measure.label)}</th>{cells}{gap}</tr>'
