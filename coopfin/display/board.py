"""The eight rows: both firms, the difference, and what each figure was. The same strings still and while a lever moves."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from html import escape

from coopfin.comparison.measures import MEASURES, Measure
from coopfin.comparison.verdict import Verdict, judge
from coopfin.display import colours, words
from coopfin.display.bars import covered
from coopfin.display.view import ROWS, Firm, View

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
        if len(view) > 1:
            found[f"{name}-gap"] = words.gap({firm.name: firm[name] for firm in view[:2]}, measure)
    return found


def classes(view: View) -> dict[str, str]:
    """The class of every cell of a difference, and of every figure of a firm that runs dry."""
    found = {}
    for measure in ROWS:
        name = measure.name
        for column, firm in enumerate(view):
            found[f"{name}-{column}-cell"] = "number" if firm.lives or name not in PAID else "number hatched"
        if len(view) > 1:
            first, second = view[:2]
            verdict = judge(MEASURES[name], first[name], second[name], first.lives, second.lives)
            found[f"{name}-gap-cell"] = f"number gap {CLASSES.get(Verdict(int(verdict)), '')}".strip()
    return found


def _was(now: float, before: float, measure: Measure) -> str:
    shown, was = words.measured(now, measure), words.measured(before, measure)
    return "" if shown == was or (math.isnan(now) and math.isnan(before)) else f"was {was}"


def board(view: View, base: View, currency: str) -> str:
    """The table as HTML; every text stands in an element that a moving lever can write into."""
    texts, kinds = places(view, base), classes(view)
    heads = "".join(_head(firm, column) for column, firm in enumerate(view))
    gap_head = '<th scope="col" class="number">Difference</th>' if len(view) > 1 else ""
    rows = "".join(_row(measure, len(view), texts, kinds) for measure in ROWS)
    money = f"Money in {escape(currency)}." if currency else "Money in the scenario's currency."
    return (
        f'<table class="comparison board"><caption class="hidden">The comparison. {money}</caption>'
        f'<thead><tr><th scope="col">{money}</th>{heads}{gap_head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _head(firm: Firm, column: int) -> str:
    name, title = escape(firm.name[:1].upper() + firm.name[1:]), escape(words.firm(firm.name))
    return f'<th scope="col" class="number {colours.firm_class(column)}"><span title="{title}">{name}</span></th>'


def _row(measure: Measure, firms: int, texts: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    def place(name: str, tag: str) -> str:
        return f'<{tag} data-live="{name}">{escape(texts[name])}</{tag}>'

    name = measure.name
    cells = "".join(
        f'<td class="{kinds[f"{name}-{column}-cell"]}" data-live="{name}-{column}-cell">{place(f"{name}-{column}", "b")}'
        f"{place(f'{name}-{column}-beside', 'small')}{place(f'{name}-{column}-was', 'i')}</td>"
        for column in range(firms)
    )
    gap = (
        f'<td class="{kinds[f"{name}-gap-cell"]}" data-live="{name}-gap-cell">{place(f"{name}-gap", "b")}</td>'
        if firms > 1
        else ""
    )
    return f'<tr><th scope="row" title="{escape(measure.words)}">{escape(measure.label)}</th>{cells}{gap}</tr>'
