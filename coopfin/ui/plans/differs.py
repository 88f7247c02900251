"""What differs between two firms, as a list."""

from __future__ import annotations

from html import escape

import streamlit as st

from coopfin.display import colours, words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.session.state import State


def differs(now: State) -> None:
    """The choice of two firms, and the list."""
    names = now.enterprises
    if len(names) == 1:
        st.caption("There is only one firm.")
        return
    left, right = st.columns(2)
    start = now.base.role(now.base.layout[names[-1]].of)  # what the last plan was copied from
    at = names.index(start) if start != names[-1] else 0
    count = len(names)  # with a further plan the choice starts anew
    first = left.selectbox("What differs between", names, index=at, key=f"differs-first-{count}", format_func=words.firm)
    others = [each for each in names if each != first]
    second = right.selectbox("and", others, index=len(others) - 1, key=f"differs-second-{count}", format_func=words.firm)
    st.html(table(now, first, second))


def differing(now: State, first: str, second: str) -> list[str]:
    """The assumptions in which two firms differ now."""
    return [name for name in ASSUMPTIONS if now.value(name, first) != now.value(name, second)]


def table(now: State, first: str, second: str) -> str:
    """A row for each assumption in which they differ, with the notes on it."""
    names = differing(now, first, second)
    if not names:
        return f"<p>Nothing: {escape(words.the(first))} and {escape(words.the(second))} have the same values.</p>"
    pair = [(each, now.enterprises.index(each)) for each in (first, second)]
    heads = "".join(
        f'<th scope="col" class="number {colours.firm_class(column)}"><span>{escape(words.firm(each))}</span></th>'
        for each, column in pair
    )
    rows = "".join(_row(now, name, (first, second)) for name in names)
    told = f"{len(names)} of {len(ASSUMPTIONS)} assumptions differ."
    return (
        f'<div class="scroll"><table class="comparison differs"><caption>{told}</caption>'
        f'<thead><tr><th scope="col">Assumption</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(now: State, name: str, pair: tuple[str, str]) -> str:
    each = ASSUMPTIONS[name]
    unit = words.unit_sign(each, now.base.words.currency) if each.unit.name == "money" else ""
    cells = "".join(f'<td class="number">{escape(words.setting(now.value(name, firm), each))}</td>' for firm in pair)
    noted = "".join(
        f"<small>{escape(words.firm(firm)) + ': ' if firm else ''}{escape(now.notes[name, firm])}</small>"
        for firm in ("", *pair)
        if (name, firm) in now.notes
    )
    return f'<tr><th scope="row">{escape(each.label)}{f" ({escape(unit)})" if unit else ""}{noted}</th>{cells}</tr>'
