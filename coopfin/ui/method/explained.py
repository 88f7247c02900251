"""Everything explained: entries as HTML, one search over all, and the one that a link asks for, shown first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np
import streamlit as st

from coopfin.display import colours, words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection
from coopfin.evidence.method import ASSUMPTION, CHECK, IDENTITY, LEFT_OUT, LINE, MEASURE, STEP, TERM, Entry, entries, related
from coopfin.ui.parts.beware import beware
from coopfin.ui.session import state
from coopfin.ui.session.state import State

TITLES = {
    STEP: "The steps of a month and a year",
    ASSUMPTION: "Every assumption",
    MEASURE: "Every measure",
    LINE: "Every statement line",
    TERM: "Glossary",
    LEFT_OUT: "What the model leaves out",
    CHECK: "How it was checked",
}
KIND = {
    STEP: "step",
    IDENTITY: "identity",
    ASSUMPTION: "assumption",
    MEASURE: "measure",
    LINE: "statement line",
    TERM: "term",
    LEFT_OUT: "left out",
    CHECK: "check",
}
OPEN = (CHECK, LEFT_OUT)  # short enough to stand open
LISTED = (CHECK, LEFT_OUT, ASSUMPTION, MEASURE, LINE, TERM)


def answer(chosen: State) -> str:
    """The method in one sentence."""
    projections = chosen.comparison.projections.values()
    missed = max(largest(name, x) for name in IDENTITIES for x in projections)
    return (
        f"One engine projects every firm month by month, whoever owns it, from {len(ASSUMPTIONS)} assumptions to {len(LINES)} "
        f"lines. All {len(IDENTITIES)} identities hold, but for rounding ({_residual(missed)})."
    )


def asked_for(chosen: State) -> None:
    """The entry that the link asks for, with what it is right now."""
    anchor = state.explained()
    if not anchor:
        return
    each = entries().get(anchor)
    with st.container(border=True, key="explained"):
        if each is None:
            st.markdown(f"The link asks for “{words.markdown(anchor[:60])}”, which is not explained here.")
        else:
            st.html(_entry(each, _now(chosen, each), found=True, opened=True))
        st.button("Close", key="close-explained", icon=":material/close:", on_click=state.close_explanation)


def search() -> bool:
    """One box over everything; draws what was found. Whether anything was sought."""
    sought = st.text_input("Search everything", key="sought-method", placeholder="a word: refund, churn, cash, tax …").strip()
    if sought:
        found = [each for each in entries().values() if each.mentions(sought)]
        st.caption(f"{len(found)} of {len(entries())} entries mention “{words.markdown(sought)}”.")
        st.html("".join(_entry(each, found=True, opened=len(found) == 1) for each in found) or "<p>Try another word.</p>")
    return bool(sought)


def all_of(kind: str) -> None:
    """Every entry of one kind, behind an expander for each section."""
    st.header(TITLES[kind], anchor=False)
    if kind in OPEN:
        st.html(_listed(kind))
        return
    for section in dict.fromkeys(each.section for each in entries().values() if each.kind == kind):
        listed = _listed(kind, section)
        with st.expander(f"{section} ({listed.count('<article')})"):
            st.html(listed)


@st.cache_data(show_spinner=False)
def _listed(kind: str, section: str = "") -> str:
    return "".join(_entry(each) for each in entries().values() if each.kind == kind and section in ("", each.section))


def _entry(each: Entry, now: str = "", *, found: bool = False, opened: bool = False) -> str:
    """One entry; ``found`` ones stand among others and say what they are, ``opened`` ones show their code."""
    code = (
        f"<details{' open' if opened else ''}><summary>The code</summary><pre><code>{escape(each.code)}</code></pre></details>"
        if each.code
        else ""
    )
    name = f" <code>{escape(each.name)}</code>" if each.kind in (ASSUMPTION, MEASURE, LINE) else ""
    kind = f' <span class="kind">{KIND[each.kind]}</span>' if found else ""
    return (
        f'<article class="entry" id="{escape(each.anchor)}"><h4>{escape(each.heading)}{name}{kind}</h4>'
        f"{f'<p>{escape(each.text)}</p>' if each.text else ''}{now}{code}{_source(each)}</article>"
    )


def _source(each: Entry) -> str:
    parts = []
    if each.address.startswith(("https://", "http://")):
        parts.append(f'Source: <a href="{escape(each.address)}" target="_blank" rel="noopener">{escape(each.source)}</a>')
    elif each.source:
        parts.append(f"Source: {escape(each.source)}" if each.kind != CHECK else f"In {escape(each.source)}")
    if each.anchor in related():
        other = entries()[related()[each.anchor]]
        parts.append(f"See: {escape(other.heading)} ({KIND[other.kind]} <code>{escape(other.name)}</code>)")
    return f"<small>{'. '.join(parts)}</small>" if parts else ""


def _now(chosen: State, each: Entry) -> str:
    """What it is in the scenario on the screen, firm by firm."""
    comparison = chosen.comparison
    if each.kind == MEASURE:
        measure = comparison[each.name]
        values = {firm: words.value(value, measure.measure.unit) for firm, value in measure.values.items()}
    elif each.kind == ASSUMPTION:
        a = {firm: x.assumptions for firm, x in comparison.projections.items()}
        values = {firm: words.setting(float(getattr(of, each.name)), ASSUMPTIONS[each.name]) for firm, of in a.items()}
    else:
        return ""
    told = "".join(
        f'<div class="{colours.firm_class(column)}"><span>{escape(words.firm(firm))}</span> <b>{value}</b></div>'
        for column, (firm, value) in enumerate(values.items())
    )
    return f'<div class="now">{told}</div>{beware(comparison, each.name) if each.kind == MEASURE else ""}'


def residuals(projections: Mapping[str, Projection]) -> str:
    """Each identity, and by how much it is missed right now, as an HTML table."""
    heads = "".join(
        f'<th scope="col" class="number {colours.firm_class(column)}"><span>{escape(words.firm(firm))}</span></th>'
        for column, firm in enumerate(projections)
    )
    rows = "".join(
        f'<tr><th scope="row">{_entry(entries()[f"{IDENTITY}-{name}"])}</th>'
        + "".join(f'<td class="number">{_residual(largest(name, x))}</td>' for x in projections.values())
        + "</tr>"
        for name in IDENTITIES
    )
    return (
        '<div class="scroll"><table class="comparison"><caption>The largest residual of any year right now, as a share of the '
        "largest amount involved. A computer keeps about 16 digits, so 1e-16 is nothing but rounding.</caption>"
        f'<thead><tr><th scope="col">Identity</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _residual(size: float) -> str:
    return f"{size:.0e}" if size else "0"


def largest(identity: str, x: Projection) -> float:
    """The largest residual of an identity in any year."""
    return float(np.max(np.abs(IDENTITIES[identity](x))))
