"""The page of the law: the choice, what it sets, the rules one by one, all jurisdictions, and the clause."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.evidence.clause import clause
from coopfin.evidence.law import Setting, check, settings
from coopfin.evidence.rules import (
    BROKEN,
    HEADLINE,
    KEPT,
    NO_RULE,
    NOT_VERIFIED,
    RULES,
    UNKNOWN,
    Cell,
    Jurisdiction,
    jurisdictions,
)
from coopfin.export import to_csv
from coopfin.ui.session import state
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State
from coopfin.ui.shell import law_marks
from coopfin.ui.shell.law_marks import source

KEY = "law-choice"
# What a cell is that says less than a rule.
LESS = {NO_RULE: "No rule found in what was read.", HEADLINE: "A headline rate: a cooperative may be taxed otherwise."}


def choose() -> Jurisdiction | None:
    """The jurisdiction, for the session and in the address."""
    laws = jurisdictions()
    hold(KEY, state.law() if state.law() in laws else "")
    st.selectbox(
        "Where the cooperative is founded", ["", *laws], key=KEY, on_change=_chosen, width=420,
        format_func=lambda key: laws[key].name if key else "not chosen",
    )  # fmt: skip
    return law_marks.chosen_law()


def _chosen() -> None:
    if moved(KEY):
        state.choose_law(st.session_state[KEY])


def answer(chosen: State, law: Jurisdiction | None) -> str:
    """How the scenario stands, in one sentence."""
    if law is None:
        cells = [cell for each in jurisdictions().values() for cell in each.cells.values()]
        return (
            f"It depends on the country: choose one of {len(jurisdictions())} and see which of {len(RULES)} rules this scenario "
            f"keeps; {sum(cell.verified for cell in cells)} of {len(cells)} answers have a source."
        )
    found = [each.status for each in check(law_marks.assumptions(chosen), law)]
    kept, broken, unknown = (found.count(status) for status in (KEPT, BROKEN, UNKNOWN))
    return (
        f"{law.short}: of {len(found)} rules {words.the(law_marks.cooperative(chosen))} breaks {broken} and keeps {kept}; "
        f"{unknown} cannot be checked with numbers or have no source yet."
    )


def stands_under(chosen: State, law: Jurisdiction | None) -> str:
    """Which law the preset's real case stands under, and which of the chosen law's rules it keeps and breaks."""
    said = chosen.base.words
    if not said.stands_under:
        return ""
    told = [f"The real case stands under {said.stands_under}" if said.law else said.stands_under]
    if law and law.key == said.law:
        found = check(law_marks.assumptions(chosen), law)
        for status in (KEPT, BROKEN):
            labels = [each.rule.label.lower().rstrip("?") for each in found if each.status == status]
            told.append(f"{status.capitalize()}: {'; '.join(labels) or 'none that can be checked'}.")
    return " ".join(told)


def rules(chosen: State, law: Jurisdiction) -> str:
    """Rule by rule as an HTML table: what the law says, how the scenario stands, and the source."""
    rows = "".join(
        f'<tr><th scope="row">{escape(each.rule.label)}<small>{escape(each.rule.question)}</small></th>'
        f"<td>{_said(each.cell)}</td>"
        f'<td><b class="status">{each.status}</b><small>{escape(each.words)}</small></td></tr>'
        for each in check(law_marks.assumptions(chosen), law)
    )
    return (
        f'<div class="scroll"><table class="comparison law"><caption>{escape(law.name)}: what the law says, and how the '
        f'{escape(law_marks.cooperative(chosen))} of this scenario stands to it</caption><thead><tr><th scope="col">Rule</th>'
        f'<th scope="col">The law</th><th scope="col">This scenario</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def all_laws() -> str:
    """Every jurisdiction and every rule as one HTML table."""
    heads = "".join(f'<th scope="col">{escape(rule.label)}</th>' for rule in RULES.values())
    rows = "".join(
        f'<tr><th scope="row">{escape(law.name)}</th>{"".join(f"<td>{_said(law.cells[name])}</td>" for name in RULES)}</tr>'
        for law in jurisdictions().values()
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="All jurisdictions"><table class="comparison laws">'
        "<caption>Each cell with statute and year; a link leads to where it was read.</caption>"
        f'<thead><tr><th scope="col">Jurisdiction</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _said(cell: Cell) -> str:
    if not cell.verified:
        return f"<i>{NOT_VERIFIED}</i>"
    less = f"<small><b>{LESS[cell.kind]}</b></small>" if cell.kind else ""
    return f"{escape(cell.value)}{less}<small>{source(cell)}</small>"


def setting(chosen: State, law: Jurisdiction) -> None:
    """The button that sets what the law fixes, and under it what it sets, what it does not, and why."""
    asked = settings(law_marks.assumptions(chosen), law)
    wanted = [each for each in asked if not math.isnan(each.value) and chosen.value(each.assumption, _firm(chosen)) != each.value]
    said = f"Set what {law.short} asks ({len(wanted)})" if wanted else f"All that {law.short} fixes is set"
    st.button(said, key="set-law", type="primary", disabled=not wanted, on_click=_set, args=(_firm(chosen), wanted))
    st.caption(
        "The model has one tax rate and one rule on refunds for all firms. Where the law gives cooperatives their own, "
        "setting it changes the marketplace too."
    )
    st.markdown("\n".join(f"- {_line(chosen, each)}" for each in sorted(asked, key=lambda each: math.isnan(each.value))))


def _firm(chosen: State) -> str:
    return law_marks.cooperative(chosen)


def _set(enterprise: str, wanted: list[Setting]) -> None:
    state.change_all({(each.assumption, enterprise): each.value for each in wanted})


def _line(chosen: State, each: Setting) -> str:
    assumption = ASSUMPTIONS[each.assumption]
    now = chosen.value(each.assumption, _firm(chosen))
    shared = ", for all firms" if assumption.shared else ""
    if math.isnan(each.value):
        return f"**{assumption.label}** is not set and stays {words.setting(now, assumption)} ({words.markdown(each.words)})"
    if now == each.value:
        return f"**{assumption.label}**: {words.setting(now, assumption)}, as asked{shared} ({words.markdown(each.words)})"
    change = f"{words.setting(now, assumption)} → {words.setting(each.value, assumption)}"
    return f"**{assumption.label}**: {change}{shared} ({words.markdown(each.words)})"


def the_clause(chosen: State, law: Jurisdiction | None) -> None:
    """The scenario's split as a text to read and to download."""
    said = chosen.base.words
    text = clause(
        law_marks.assumptions(chosen),
        of=f"“{said.title}”, {_firm(chosen)}",
        member=said.provider,
        currency=said.currency,
        law=law,
    )
    st.code(text, language=None, wrap_lines=True)
    st.download_button(
        "The clause as text", text, file_name="clause.txt", mime="text/plain", key="download-clause", on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def as_csv() -> str:
    """All jurisdictions as CSV: a row per cell, with its source."""
    rows = [
        [law.name, rule.label, cell.value, cell.kind, cell.statute, cell.year, cell.fact.source_url if cell.fact else ""]
        for law in jurisdictions().values()
        for rule, cell in ((RULES[name], law.cells[name]) for name in RULES)
    ]
    return to_csv([["jurisdiction", "rule", "value", "kind", "statute", "year", "source"], *rows])
