"""Investor rounds and convertible papers: the table to edit them, and who owns what after each round."""

from __future__ import annotations

from html import escape

import streamlit as st

from coopfin.capital.cap_table import CapTable, history
from coopfin.display import colours, words
from coopfin.engine.assumptions import ASSUMPTIONS, MAX_PAPERS, MAX_ROUNDS
from coopfin.engine.projection import Projection
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields

ROUND = ("month", "amount", "pre_money", "preference", "participating", "pool")
PAPER = ("month", "amount", "cap", "discount", "interest")
HEADS = {
    "month": "Month", "amount": "Amount", "pre_money": "Firm worth before", "preference": "Paid first (×)",
    "participating": "Then shares (1 yes)", "pool": "Option pool (%)", "cap": "Cap on the price", "discount": "Discount (%)",
    "interest": "Interest (%)",
}  # fmt: skip


def edit_rounds(now: State, enterprise: str) -> None:
    """Every round and paper in one table, and one more of each to add; what was typed stays, and what cannot be is said."""
    with st.container(border=True, key="rounds"):
        _edit(now, enterprise, "equity", "Round", MAX_ROUNDS, ROUND)
        _edit(now, enterprise, "safe", "Paper", MAX_PAPERS, PAPER)
        st.caption(
            "An amount of 0: there is none. Month 0 is the launch, 13 is January of year 2. A paper is money now for shares "
            "at the next round, at a price that the cap limits and the discount lowers; cap 0: no cap."
        )
        for mistake in now.mistakes:
            st.error(words.markdown(f"{mistake}. What you typed stays; until this is mended, the results are those from before."))


def _edit(now: State, enterprise: str, kind: str, called: str, most: int, parts: tuple[str, ...]) -> None:
    amounts = [now.value(f"{kind}_{number}_amount", enterprise) for number in range(1, most + 1)]
    shown = min(most, max((number for number, amount in enumerate(amounts, 1) if amount), default=0) + 1)
    columns = len(ROUND)
    heads = "".join(f"<span>{HEADS[part]}</span>" for part in parts)
    st.html(f'<div class="entry-heads" aria-hidden="true" style="--columns: {columns}"><span>{called}</span>{heads}</div>')
    for number in range(1, shown + 1):
        name, *cells = st.columns([0.8, *[1] * columns], gap="small", vertical_alignment="center")
        new = "" if amounts[number - 1] else " <small>new</small>"
        name.html(f"<b>{called} {number}</b>{new}")
        for column, part in zip(cells, parts, strict=False):
            assumption = ASSUMPTIONS[f"{kind}_{number}_{part}"]
            with column:
                label = f"{called} {number}: {HEADS[part][:1].lower()}{HEADS[part][1:]}"
                fields.entry(now, assumption.name, enterprise, label, f"round-{assumption.name}-{enterprise}")


def holders(table: CapTable) -> dict[str, tuple[str, float]]:
    """Each holder of ``table`` by label: the name of the colour, and the share or money."""
    found = {"Founders": ("founders", float(table.founders)), "Staff options": ("staff", float(table.option_pool))}
    found |= {f"Round {number}": (f"round {number}", float(held)) for number, held in table.rounds.items()}
    return found | {f"Paper {number}": (f"paper {number}", float(held)) for number, held in table.papers.items()}


def ownership(x: Projection, enterprise: str) -> None:
    """The cap table after every round as bars and as a table."""
    steps = history(x.assumptions)
    stages = [holders(step.table) for step in steps]
    heads = ["Founding", *(f"After round {step.number}, {_when(step.month)}" for step in steps[1:])]
    bars = "".join(_bar(head, stage) for head, stage in zip(heads, stages, strict=True))
    st.html(f'<figure class="sales">{bars}</figure>{_table(stages, heads, enterprise)}')


def _when(month: int) -> str:
    return "at the launch" if month == 0 else words.month(month)


def _bar(head: str, stage: dict[str, tuple[str, float]]) -> str:
    parts = [(label, colour, share) for label, (colour, share) in stage.items() if share > 0]
    segments = "".join(
        f'<span class="use {colours.holder_class(colour)}" style="width:{share:.4%}" title="{label}: {words.percent(share)}">'
        f"<i>{words.percent(share)}</i></span>"
        for label, colour, share in parts
    )
    spoken = ", ".join(f"{label} {words.percent(share)}" for label, _, share in parts)
    return (
        f'<div class="firm"><span class="plain">{head}</span></div>'
        f'<div class="bar" role="img" aria-label="{head}: {spoken}.">{segments}</div>'
    )


def _table(stages: list[dict[str, tuple[str, float]]], heads: list[str], enterprise: str) -> str:
    last = stages[-1]
    columns = "".join(f'<th scope="col" class="number">{head}</th>' for head in heads)
    rows = "".join(
        f'<tr><th scope="row"><span class="chip {colours.holder_class(colour)}"></span>{label}</th>'
        + "".join(
            f'<td class="number">{words.value(stage[label][1], "share") if label in stage else "–"}</td>' for stage in stages
        )
        + "</tr>"
        for label, (colour, _) in last.items()
    )
    return (
        f'<div class="scroll"><table class="comparison captable"><caption>Who owns the {escape(enterprise)}: '
        f"each round takes its part, all who were there before are diluted alike.</caption>"
        f'<thead><tr><th scope="col">Holder</th>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
