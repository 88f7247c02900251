"""Investor rounds: the table to edit them, and who owns what after each."""

from __future__ import annotations

from html import escape

import streamlit as st

from coopfin.capital.cap_table import CapTable, history
from coopfin.engine.assumptions import ASSUMPTIONS, MAX_ROUNDS
from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields

PARTS = ("month", "amount", "pre_money")


def edit_rounds(chosen: State, enterprise: str) -> None:
    """Up to four rounds in one table; what cannot be is said in words, and what was typed stays."""
    currency = chosen.base.words.currency
    with st.container(border=True, key="rounds"):
        for number in range(1, MAX_ROUNDS + 1):
            for column, part in zip(st.columns(len(PARTS), gap="small"), PARTS, strict=True):
                assumption = ASSUMPTIONS[f"equity_{number}_{part}"]
                sign = words.unit_sign(assumption, currency) if part != "month" else ""
                with column:
                    fields.entry(
                        chosen, assumption.name, enterprise, assumption.label + (f" ({sign})" if sign else ""),
                        f"round-{assumption.name}-{enterprise}",
                    )  # fmt: skip
        st.caption(
            "An amount of 0 is no round. Month 0 is the launch. Value before: what the firm is agreed to be worth before it."
        )
        for mistake in chosen.mistakes:
            st.error(words.markdown(f"{mistake}. What you typed stays; until this is mended, the results are those from before."))


def holders(table: CapTable) -> dict[str, tuple[str, float]]:
    """Each holder of ``table`` by label: the name of the colour, and the share or money."""
    found = {"Founders": ("founders", float(table.founders)), "Staff options": ("staff", float(table.option_pool))}
    found |= {f"Round {number}": (f"round {number}", float(held)) for number, held in table.rounds.items()}
    return found | {f"Paper {number}": ("providers", float(held)) for number, held in table.papers.items() if float(held)}


def ownership(x: Projection, enterprise: str, currency: str) -> None:
    """The cap table after every round as bars and as a table."""
    steps = history(x.assumptions)
    stages = [holders(step.table) for step in steps]
    heads = ["Founding", *(f"After round {step.number}, {words.month(step.month)}" for step in steps[1:])]
    bars = "".join(_bar(head, stage) for head, stage in zip(heads, stages, strict=True))
    st.html(f'<figure class="sales">{bars}</figure>{_table(stages, heads, enterprise)}')


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
