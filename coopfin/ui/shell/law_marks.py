"""The law that was chosen, and a mark beside every lever that breaks one of its rules. It stops nobody."""

from __future__ import annotations

import math
from collections.abc import Collection
from html import escape

import streamlit as st

from coopfin.engine.assumptions import Assumptions
from coopfin.evidence.law import asked_for, broken
from coopfin.evidence.rules import RULES, Cell, Jurisdiction, jurisdictions
from coopfin.ui.levers import LawMark
from coopfin.ui.session import state
from coopfin.ui.session.state import State

ASKED = tuple(dict.fromkeys(rule.assumption for rule in RULES.values() if rule.assumption))  # what a law may ask something of


def chosen_law() -> Jurisdiction | None:
    """The jurisdiction of this session, or None."""
    return jurisdictions().get(state.law())


def cooperative(now: State) -> str:
    """The firm that the law is asked for."""
    return now.cooperative


def assumptions(now: State) -> Assumptions:
    """Its assumptions, the last that were right."""
    return now.scenario.enterprises[cooperative(now)]


def mark(now: State, assumption: str) -> LawMark | None:
    """What the chosen law asks of an assumption, as a mark on its track; None where it asks nothing that has a number."""
    law, a = chosen_law() if assumption in ASKED else None, assumptions(now)
    if law is None:
        return None
    for rule in RULES.values():
        cell = law.cells.get(rule.name)
        if rule.assumption == assumption and rule.asked is not None and cell is not None and cell.has_amount:
            asked = asked_for(a, law, rule)
            if math.isfinite(asked):
                return LawMark(asked, f"{law.short}: {cell.value}")
    return None


def told(now: State, assumption: str) -> str:
    """Which rule an assumption breaks and what says so, for the row of a lever; empty where it breaks none."""
    law = chosen_law() if assumption in ASKED else None
    found = broken(assumptions(now), law, assumption) if law else []
    if law is None or not found:
        return ""
    asked = " and ".join(each.cell.value for each in found)
    cited = "; ".join(dict.fromkeys(f"{each.cell.statute}, {each.cell.year}" for each in found))
    return f"{law.short}: {asked}. {found[-1].words} ({cited})."


def beside(now: State, assumption: str) -> None:
    """The mark of one assumption, if it breaks a rule."""
    law = chosen_law()
    found = broken(assumptions(now), law, assumption) if law else []
    if law and found:
        asked = " and ".join(escape(each.cell.value) for each in found)
        cited = ", ".join(dict.fromkeys(source(each.cell) for each in found))
        st.html(
            f'<p class="law-mark"><b>{escape(law.short)}: {asked}</b><br>{escape(found[-1].words)}.<br><small>{cited}</small></p>'
        )


def others(now: State, shown: Collection[str]) -> None:
    """The marks of all assumptions that are not ``shown``, so that none is overlooked."""
    if chosen_law() is None:
        return
    for name in ASKED:
        if name not in shown:
            beside(now, name)


def source(cell: Cell) -> str:
    """Statute and year as HTML, linked to where it was read."""
    if cell.fact is None:
        return ""
    text = escape(f"{cell.statute}, {cell.year}")
    address = cell.fact.address
    if not address.startswith(("https://", "http://")):
        return text
    return f'<a href="{escape(address)}" title="{escape(cell.fact.source_title)}" target="_blank" rel="noopener">{text}</a>'
