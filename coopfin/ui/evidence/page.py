"""The hard questions on the screen: evidence on one side, a lever and what it does on the other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from html import escape
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.display import colours, words
from coopfin.engine.projection import Projection
from coopfin.evidence.cases import read_texts
from coopfin.evidence.questions import SPENDERS, at_most_loyal, spender, table
from coopfin.ui.cases import table as case_table
from coopfin.ui.levers import levers
from coopfin.ui.parts import figures
from coopfin.ui.session import hrefs
from coopfin.ui.session.state import State
from coopfin.ui.shell import rows
from coopfin.ui.shell.answer import show

TEXTS = read_texts("evidence.toml")
PLACE = "evidence-"
AS_SET, MOST_LOYAL = "as set", "at most as loyal (an upper bound)"
LAW_PAGE = "pages/law.py"


def heard() -> None:
    """Take the moves of the levers beside the questions, before anything is drawn."""
    for key in TEXTS["sections"]:
        rows.heard(PLACE + key)


def evidence(chosen: State) -> None:
    """The whole page: the answer, then a section for each question."""
    if chosen.marketplace == chosen.cooperative:
        st.info("This page needs two firms to compare, a marketplace and a cooperative; the scenario has one of them.")
        return
    said = _said(chosen)
    show(figures.text(TEXTS["answer"], said))
    for key, section in TEXTS["sections"].items():
        st.header(section["title"], anchor=False)
        left, right = st.columns([5, 6], gap="medium")
        with left:
            _argue(key, section, said)
        with right, st.container(border=True, key=f"effect-{key}"):
            _effect(key, section, chosen)


def _argue(key: str, section: Mapping[str, Any], said: Mapping[str, str]) -> None:
    points = "".join(f"<li>{figures.text(each, said)}</li>" for each in section["points"])
    st.html(f'<p><b>{figures.text(section["short"], said)}</b></p><ul class="points">{points}</ul>')
    if key == "law":
        with suppress(StreamlitPageNotFoundError):
            st.page_link(LAW_PAGE, label="The law, country by country", icon=":material/gavel:", query_params=hrefs.address())


def _effect(key: str, section: Mapping[str, Any], chosen: State) -> None:
    cooperative = chosen.cooperative
    drawn = [rows.row(chosen, name) for name in section["levers"]]
    levers(drawn, key=PLACE + key, context=chosen.base.key, currency=chosen.base.words.currency)
    x = chosen.comparison.projections
    pair = {each: x[each] for each in (chosen.marketplace, cooperative)}
    loyal = key == "loyalty"
    shown = {AS_SET: x[cooperative], MOST_LOYAL: at_most_loyal(x[cooperative])} if loyal else pair
    kinds = ["" if loyal else f" {colours.firm_class(chosen.enterprises.index(each))}" for each in pair]
    st.html(_effect_table(key, shown, chosen.base.words.currency, kinds))
    if key == "experience":
        st.html(_spenders(chosen.comparison))


def _effect_table(key: str, projections: Mapping[str, Projection], currency: str, kinds: Sequence[str]) -> str:
    heads = "".join(_head(kind, name) for kind, name in zip(kinds, projections, strict=True))
    rows = ""
    for reading, values in table(key, projections):
        cells = "".join(f'<td class="number">{figures.of_model(words.value(v, reading.unit))}</td>' for v in values)
        gap = figures.of_model(words.difference(values[1] - values[0], reading.unit))
        why = f'<small class="remark">Empty: {escape(reading.empty)}.</small>' if any(map(math.isnan, values)) else ""
        rows += f'<tr><th scope="row">{escape(reading.label)}{why}</th>{cells}<td class="number">{gap}</td></tr>'
    money = f"Live, {escape(currency)}." if currency else "Live."
    return (
        f'<div class="scroll"><table class="comparison effect"><caption>{money}</caption>'
        f'<thead><tr><th scope="col">What it does</th>{heads}'
        f'<th scope="col" class="number">Difference</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _head(kind: str, name: str) -> str:
    return f'<th scope="col" class="number{kind}"><span>{escape(name[:1].upper() + name[1:])}</span></th>'


def _spenders(comparison: Comparison) -> str:
    """Bars: what of its revenue each firm spends on its product; the scenario's firms above the published ones."""
    ours = {
        each: float(MEASURES["product_total"](x)) / float(x.total("revenue")) if float(x.total("revenue")) > 0 else math.nan
        for each, x in comparison.projections.items()
    }
    theirs = {name: spender(name) for name in SPENDERS}
    longest = max([*(v for v in ours.values() if not math.isnan(v)), *theirs.values()])
    bars = "".join(
        _bar(escape(words.firm(each)), colours.firm_class(column), value, longest, "this scenario, all years")
        for column, (each, value) in enumerate(ours.items())
    )
    bars += "".join(
        _bar(name, "firm published", value, longest, figures.sources(case_table.facts_in(SPENDERS[name])))
        for name, value in theirs.items()
    )
    return f'<figure class="spend"><figcaption>Product and engineering, of revenue</figcaption>{bars}</figure>'


def _bar(name: str, kind: str, value: float, longest: float, source: str) -> str:
    width = 0.0 if math.isnan(value) else value / longest * 100
    return (
        f'<div class="{kind}"><span>{name}</span> <b>{figures.of_model(words.value(value, "share"))}</b> <small>{source}</small>'
        f'<i aria-hidden="true" style="width:{width:.2f}%"></i></div>'
    )


def _said(chosen: State) -> dict[str, str]:
    """The model's values that the texts speak of, in words."""
    said, comparison = chosen.base.words, chosen.comparison
    marketplace, cooperative = chosen.marketplace, chosen.cooperative
    x = comparison.projections

    def money(value: float) -> str:
        return f"{words.amount(value)} {said.currency}".strip()

    def gap(measure: str) -> str:
        values = comparison[measure].values
        value = values[cooperative] - values[marketplace]
        return f"{money(abs(value))} {'less' if value < 0 else 'more'}"

    return {
        "marketplace": marketplace,
        "cooperative": cooperative,
        "providers": said.providers,
        "provider": words.one(said.provider),
        "capital_gap": gap("capital_raised"),
        "product_gap": gap("product_total"),
        "product": money(comparison["product_total"].values[cooperative]),
        "product_other": money(comparison["product_total"].values[marketplace]),
        "ancillary_rate": words.percent(float(x[marketplace].assumptions.ancillary_rate)),
    }
