"""Investor rounds: the table to edit them, and who owns what after each."""

from __future__ import annotations

from html import escape

import streamlit as st

from coopfin.capital.ownership import CapTable, cap_tables
from coopfin.engine.assumptions import ASSUMPTIONS, MAX_ROUNDS, Assumptions
from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields

PARTS = ("year", "amount", "pre_money")


def edit_rounds(chosen: State, enterprise: str) -> None:
    """Up to four rounds in one table; what cannot be is said in words, and what was typed stays."""
    currency = chosen.base.words.currency
    with st.container(border=True, key="rounds"):
        for number in range(1, MAX_ROUNDS + 1):
            for column, part in zip(st.columns(len(PARTS), gap="small"), PARTS, strict=True):
                assumption = ASSUMPTIONS[f"equity_{number}_{part}"]
                sign = words.unit_sign(assumption, currency) if part != "year" else ""
                with column:
                    fields.entry(
                        chosen, assumption.name, enterprise, assumption.label + (f" ({sign})" if sign else ""),
                        f"round-{assumption.name}-{enterprise}",
                    )  # fmt: skip
        st.caption(
            "An amount of 0 is no round. Year 0 is the launch. Value before: what the firm is agreed to be worth before it."
        )
        for mistake in chosen.mistakes:
            st.error(words.markdown(f"{mistake}. What you typed stays; until this is mended, the results are those from before."))


def numbers(a: Assumptions) -> list[int]:
    """The numbers of the rounds that happen, in order."""
    return [
        number
        for number in range(1, MAX_ROUNDS + 1)
        if getattr(a, f"equity_{number}_amount") > 0 and getattr(a, f"equity_{number}_year") <= a.years
    ]


def holders(a: Assumptions, table: CapTable) -> dict[str, tuple[str, float]]:
    """Each holder of ``table`` by label: the name of the colour, and the share or money."""
    found = {"Founders": ("founders", float(table.founders)), "Staff options": ("staff", float(table.option_pool))}
    rounds = zip(numbers(a), table.rounds, strict=False)
    return found | {f"Round {number}": (f"round {number}", float(held)) for number, held in rounds}


def ownership(x: Projection, enterprise: str, currency: str) -> None:
    """The cap table after every round as bars and as a table, with the dilution."""
    a = x.assumptions
    stages = [holders(a, table) for table in cap_tables(a)]
    heads = ["Founding", *(f"After round {n}, {_when(entry.year)}" for n, entry in zip(numbers(a), a.rounds, strict=True))]
    bars = "".join(_bar(head, stage) for head, stage in zip(heads, stages, strict=True))
    st.html(f'<figure class="sales">{bars}</figure>{_table(x, stages, heads, enterprise, currency)}')


def _when(year: int) -> str:
    return "at the launch" if year == 0 else f"year {year}"


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


def _table(x: Projection, stages: list[dict[str, tuple[str, float]]], heads: list[str], enterprise: str, currency: str) -> str:
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
    rounds = x.assumptions.rounds
    sold = [float(entry.amount / (entry.pre_money + entry.amount)) for entry in rounds]
    after = [float(entry.pre_money + entry.amount) for entry in rounds]
    rows += _extra("Sold in the round", [words.percent(part) for part in sold])
    rows += _extra(f"Worth after the round{f' ({escape(currency)})' if currency else ''}", map(words.amount, after))
    return (
        f'<div class="scroll"><table class="comparison captable"><caption>Who owns the {escape(enterprise)}: '
        f"each round takes its part, all who were there before are diluted alike.</caption>"
        f'<thead><tr><th scope="col">Holder</th>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _extra(label: str, cells: object) -> str:
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in ["–", *cells])  # type: ignore[misc]
    return f'<tr class="note"><th scope="row">{label}</th>{numbers}</tr>'
