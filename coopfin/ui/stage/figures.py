"""The four figures of a stage: what a provider has, whether cash lasts, what capital gets, how many have work."""

from __future__ import annotations

from html import escape

from coopfin.comparison.measures import MEASURES
from coopfin.display import board, colours, words
from coopfin.display.view import View

FIGURES = ("provider_month", "lowest_cash", "capital_irr", "providers_final")


def figures(view: View, base: View) -> str:
    """As HTML, with the places that the desk's table has, so that a moving lever writes into both alike."""
    texts, kinds = board.places(view, base), board.classes(view)

    def firm(name: str, column: int) -> str:
        place = f"{name}-{column}"
        told = "".join(
            f'<{tag} data-live="{place}{end}">{escape(texts[place + end])}</{tag}>'
            for tag, end in (("b", ""), ("small", "-beside"), ("i", "-was"))
        )
        return (
            f'<p class="{colours.firm_class(column)}"><span class="{kinds[f"{place}-cell"]}" data-live="{place}-cell">{told}'
            f'</span><span class="hidden">{escape(words.firm(view[column].name))}</span></p>'
        )

    return '<div class="stage-figures">{}</div>'.format(
        "".join(
            f'<section><h2 title="{escape(MEASURES[name].words)}">{escape(MEASURES[name].label)}</h2>'
            f"<div>{''.join(firm(name, column) for column in range(len(view)))}</div></section>"
            for name in FIGURES
        )
    )
