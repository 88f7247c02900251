"""All rows as HTML: sections, a column per enterprise, the difference, what each row means behind it, and last the themes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from coopfin.comparison.compare import Row
from coopfin.display import colours, words
from coopfin.evidence.law import check
from coopfin.evidence.rules import BROKEN, KEPT
from coopfin.ui.parts.beware import beware
from coopfin.ui.session import hrefs
from coopfin.ui.session.state import State
from coopfin.ui.shell import law_marks

LAW = "The law"
# What the eight rows of the first screen leave out, by theme; these rows stand last instead of in their section.
THEMES: Mapping[str, tuple[str, ...]] = {
    "Loyalty": ("expected_stay",),
    "Community": ("community_total", "reserve_final"),
    "Concentration": ("outside_ownership",),
}


def all_rows(now: State) -> str:
    """The table of every measure; each links to its explanation."""
    rows = now.comparison.rows
    late = [name for names in THEMES.values() for name in names]
    sections = [
        (section, _rows(now, group))
        for section, group in groupby((row for name, row in rows.items() if name not in late), lambda row: row.measure.section)
    ]
    themes = [(theme, _rows(now, (rows[name] for name in names))) for theme, names in THEMES.items()]
    bodies = "".join(_section(now, *each) for each in (*sections, (LAW, _law(now)), *themes))
    firms = "".join(
        f'<th scope="col" class="number {colours.firm_class(mark)}"><span>{escape(words.firm(each))}</span></th>'
        for each, mark in zip(now.enterprises, now.marks, strict=True)
    )
    currency = now.base.words.currency
    money = f"Money in {escape(currency)}, nominal." if currency else "Money in the scenario's currency, nominal."
    gap = " Difference: the second less the first." if len(now.enterprises) > 1 else ""
    return (
        f'<div class="scroll"><table class="comparison every"><caption>{money}{gap}</caption>'
        f'<thead><tr><th scope="col">Measure</th>{firms}'
        f'<th scope="col" class="number">Difference</th></tr></thead>{bodies}</table></div>'
    )


def _section(now: State, name: str, rows: str) -> str:
    head = f'<tr class="section"><th colspan="{len(now.enterprises) + 2}" scope="rowgroup">{name}</th></tr>'
    return f"<tbody>{head}{rows}</tbody>"


def _rows(now: State, rows: Iterable[Row]) -> str:
    return "".join(_row(now, row) for row in rows)


def _row(now: State, row: Row) -> str:
    measure = row.measure
    address = escape(hrefs.explain(f"measure-{measure.name}"))
    # In a tab of its own: this one keeps what no link holds, such as an opened file.
    label = (
        f'<a class="explain" href="{address}" target="_blank" rel="noopener" title="How it is worked out">'
        f"{escape(measure.label)}</a>"
    )
    cells = "".join(f'<td class="number">{words.measured(value, measure)}</td>' for value in row.values.values())
    gap = f'<td class="number">{words.gap(row.values, measure)}</td>'
    why = f'<small class="remark">Empty: {escape(row.remark)}.</small>' if any(map(math.isnan, row.values.values())) else ""
    told = f"{_behind(measure.label, measure.words)}{why}{beware(now.comparison, measure.name)}"
    return f'<tr><th scope="row">{label}{told}</th>{cells}{gap}</tr>'


def _behind(label: str, text: str) -> str:
    """What is told of a row when it is asked for."""
    return f'<details><summary aria-label="What is “{escape(label)}”?">?</summary><small>{escape(text)}</small></details>'


def _law(now: State) -> str:
    """Of the rules that the chosen law asks, how many the cooperative keeps: those that can be held against a scenario."""
    law = law_marks.chosen_law()
    if law is None:
        return f'<tr><th scope="row" colspan="{len(now.enterprises) + 2}">No law is chosen: see “The law”.</th></tr>'
    found = [each.status for each in check(law_marks.assumptions(now), law)]
    kept, asked = found.count(KEPT), found.count(KEPT) + found.count(BROKEN)
    told = f"Of the {len(found)} rules that we look for, those with a source and a number; the rest cannot be checked here"
    cells = "".join(
        f'<td class="number">{f"{kept} of {asked}" if firm == now.cooperative else "–"}</td>' for firm in now.enterprises
    )
    label = f"Rules kept, of those asked: {law.short}"
    return f'<tr><th scope="row">{escape(label)}{_behind(label, told)}</th>{cells}<td class="number">–</td></tr>'
