"""The table of uncertain assumptions: to edit, to open from a file, to take away."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

import pandas as pd
import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.evidence.ranges import NO_EVIDENCE
from coopfin.export import write_uncertain
from coopfin.reading.mistakes import FileError
from coopfin.ui.parts.downloads import file_name
from coopfin.ui.parts.file_field import file_field
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import levers
from coopfin.ui.sure import uncertain_rows
from coopfin.ui.sure.uncertain_rows import ENDS, PARTS, Kept, Row, Tables
from coopfin.uncertainty.distributions import DISTRIBUTIONS
from coopfin.uncertainty.uncertain import Uncertain
from coopfin.uncertainty.uncertain_file import read_uncertain

PART = "uncertain-part"


def part() -> float:
    """How much of the plausible range an unfilled cell takes."""
    return PARTS[st.session_state.get(PART) or next(iter(PARTS))]


def current(chosen: State) -> tuple[tuple[Uncertain, ...], list[str]]:
    """What is uncertain, and what is wrong with it, in words."""
    rows = uncertain_rows.kept(chosen).now
    uncertain = tuple(uncertain_rows.filled(row, chosen, part()) for row in rows)
    return uncertain, uncertain_rows.mistakes(rows, uncertain, chosen)


def table(chosen: State, uncertain: tuple[Uncertain, ...]) -> None:
    """Draw the table with everything around it."""
    found = uncertain_rows.kept(chosen)
    if any(uncertain_rows.source(row, chosen) == NO_EVIDENCE for row in found.now):
        st.segmented_control(
            "Where there is no evidence, cells nobody typed into reach from where the lever stands to the slider's ends:",
            list(PARTS), default=next(iter(PARTS)), required=True, key=PART, persist_state="session",
        )  # fmt: skip
    key = _key(found.source, chosen)
    if key not in st.session_state or key != found.key or uncertain_rows.redrawn(found):
        found = replace(found, source=found.now)
        key = _key(found.source, chosen)
    uncertain_rows.put(chosen, replace(found, key=key))
    options = {levers.name(each): levers.label(each) for each in levers.movable(chosen.enterprises)}
    options |= {row.name: levers.label(levers.named(row.name)) for row in found.source if row.name not in options}
    st.data_editor(
        _frame(found.source, chosen), key=key, num_rows="dynamic", hide_index=True, width="stretch",
        column_config={
            "assumption": st.column_config.SelectboxColumn(
                "Assumption", options=list(options), format_func=lambda name: options[str(name)], required=True, width=260
            ),
            "distribution": st.column_config.SelectboxColumn(
                "Distribution", options=list(DISTRIBUTIONS), default="pert", width="small"
            ),
            "low": st.column_config.NumberColumn("Low", format="%.6g", width="small"),
            "likely": st.column_config.NumberColumn("Most likely", format="%.6g", width="small"),
            "high": st.column_config.NumberColumn("High", format="%.6g", width="small"),
            "unit": st.column_config.TextColumn("Unit", disabled=True, width="small"),
            "source": st.column_config.TextColumn("Stands on", disabled=True, width="medium"),
            "moves_with": st.column_config.TextColumn("Moves with", help="Rank correlations: churn cooperative 0.7"),
        },
        alt="Uncertain assumptions: distribution, low, most likely and high value, and what each moves with",
    )  # fmt: skip
    told = "; ".join(f"**{name}**: {words.markdown(each.words)}" for name, each in DISTRIBUTIONS.items())
    st.caption(
        f"{told}. A shared assumption is drawn once and moves both firms together. *Moves with* holds rank correlations with "
        f"other rows, written as in a file: {words.markdown('churn cooperative 0.7; inflation -0.2')}."
    )
    _files(chosen, uncertain)


def _key(rows: tuple[Row, ...], chosen: State) -> str:
    shown = repr([(row, _cells(row, chosen)) for row in rows])
    return f"uncertain-{hashlib.sha256(shown.encode()).hexdigest()[:16]}"


def _cells(row: Row, chosen: State) -> dict[str, float | None]:
    each = uncertain_rows.filled(row, chosen, part())
    factor = words.shown_factor(ASSUMPTIONS[each.assumption].unit)
    return {end: None if (value := getattr(each, end)) is None else round(value * factor, 10) for end in ENDS}


def _frame(rows: tuple[Row, ...], chosen: State) -> pd.DataFrame:
    currency = chosen.base.words.currency
    shown = [
        {
            "assumption": row.name, "distribution": row.distribution, **_cells(row, chosen),
            "unit": words.unit_sign(ASSUMPTIONS[levers.named(row.name).assumption], currency),
            "source": uncertain_rows.source(row, chosen), "moves_with": row.moves_with,
        }
        for row in rows
    ]  # fmt: skip
    columns = {
        "assumption": str,
        "distribution": str,
        **dict.fromkeys(ENDS, float),
        "unit": str,
        "source": str,
        "moves_with": str,
    }
    return pd.DataFrame(shown, columns=list(columns)).astype(columns)


def _files(chosen: State, uncertain: tuple[Uncertain, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "These assumptions", lambda: write_uncertain(uncertain), mime="text/csv", key="download-uncertain", on_click="ignore",
            file_name=file_name("uncertain", chosen.base.key, "", datetime.now()), icon=":material/download:",
            help="CSV, to open here again or for the command simulate",
        )  # fmt: skip
        st.button("Start over", key="uncertain-reset", icon=":material/undo:", on_click=_reset, args=(chosen,))
    file_field("Open a file of uncertain assumptions (CSV)", ["csv"], "upload-uncertain", on_change=_open, args=(chosen,))
    mistakes = state.kept(Tables).mistakes
    for mistake in mistakes:
        st.error(words.markdown(mistake))
    if mistakes:
        st.caption("Nothing was changed: the table is the one you had.")


def _reset(chosen: State) -> None:
    rows = uncertain_rows.first_rows(chosen)
    uncertain_rows.put(chosen, Kept(rows, rows))


def _open(chosen: State) -> None:
    uploaded = st.session_state["upload-uncertain"]
    _tell(())
    if uploaded is None:
        return
    try:
        rows = uncertain_rows.from_file(read_uncertain(uploaded.getvalue(), uploaded.name, chosen.scenario.enterprises))
    except FileError as error:
        _tell(tuple(error.lines))
    else:
        uncertain_rows.put(chosen, Kept(rows, rows, own=True))


def _tell(mistakes: tuple[str, ...]) -> None:
    state.keep(replace(state.kept(Tables), mistakes=mistakes))
