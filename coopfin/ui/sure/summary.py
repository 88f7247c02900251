"""The futures of each firm in a few counts of a hundred, as a table beside the picture."""

from __future__ import annotations

from html import escape

from coopfin.display import colours, words
from coopfin.display.nouns import Words
from coopfin.ui.sure.chances import EARLY
from coopfin.uncertainty.futures import Futures


def table(found: Futures, said: Words) -> str:
    """Of 100 futures, what becomes of each firm, as HTML."""
    firms = list(found.short)
    heads = "".join(
        f'<th scope="col" class="number {colours.firm_class(place)}"><span>{escape(firm)}</span></th>'
        for place, firm in enumerate(firms)
    )
    rows = [("never runs out of money", [1 - float(found.short[firm][-1]) for firm in firms])]
    if len(next(iter(found.short.values()))) - 1 > EARLY:
        rows.append((f"runs out before year {EARLY}", [float(found.short[firm][EARLY - 1]) for firm in firms]))
    rows.append(("runs out at all", [float(found.short[firm][-1]) for firm in firms]))
    if found.better_and_solvent:
        both = found.better_and_solvent
        rows.append((f"{words.one(said.provider)} has more, and it lives", [both.get(firm, float("nan")) for firm in firms]))
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th>{"".join(f"<td class=number>{_count(share)}</td>" for share in shares)}</tr>'
        for label, shares in rows
    )
    return (
        f'<table class="comparison chances"><caption>In how many of 100 futures</caption><thead><tr><th scope="col"></th>{heads}'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )


def _count(share: float) -> str:
    if share != share:
        return "–"
    count = round(share * 100)
    return "&lt;1" if count == 0 < share else "&gt;99" if count == 100 and share < 1 else f"{count}"
