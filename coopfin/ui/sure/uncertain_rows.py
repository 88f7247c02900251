"""Which assumptions are uncertain, and how, as the rows of a table. Kept for the session, for each scenario by itself.

A cell that nobody typed into follows the lever: it is filled from the evidence, or where there is none from the slider's
range around where the lever stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import AssumptionError
from coopfin.evidence.ranges import NO_EVIDENCE, Range, ends
from coopfin.export import write_correlations
from coopfin.ui.session import presets, state
from coopfin.ui.session.state import State
from coopfin.ui.shell import levers
from coopfin.uncertainty.chances import within
from coopfin.uncertainty.distributions import DISTRIBUTIONS
from coopfin.uncertainty.sensitivity import Lever, Ranges
from coopfin.uncertainty.simulation import check
from coopfin.uncertainty.uncertain import Uncertain, prefill
from coopfin.uncertainty.uncertain_file import read_correlations

ENDS = ("low", "likely", "high")

# How much of the way from where a lever stands to its plausible ends an unfilled cell goes.
PARTS = {"a quarter of the way": 0.25, "half way": 0.5, "all the way": 1.0}

# What is uncertain at first: distribution, and the rank correlation with others. A firm's own is drawn for each firm.
FIRST: Sequence[tuple[str, str, Mapping[str, float]]] = (
    ("sales_per_provider", "pert", {}),
    ("sales_growth", "pert", {"inflation": 0.6}),
    ("inflation", "pert", {}),
    ("spend_response", "pert", {}),
    ("take_rate", "pert", {}),
    ("demand_first", "pert", {}),
    ("churn", "pert", {"churn": 0.7}),
    ("overhead", "pert", {"overhead": 0.5}),
)


@dataclass(frozen=True)
class Row:
    """One uncertain assumption; a cell that is None follows the lever."""

    name: str
    distribution: str = "pert"
    cells: Mapping[str, float] = field(default_factory=dict)
    moves_with: str = ""


@dataclass(frozen=True)
class Kept:
    """The rows as the table was given them, the same with what was typed since, and under which key it stands.

    ``own``: they were typed or opened; rows that nobody touched follow the levers.
    """

    source: tuple[Row, ...]
    now: tuple[Row, ...]
    key: str = ""
    own: bool = False


@dataclass(frozen=True)
class Tables:
    """What is kept for the session: a table for each scenario, and the mistakes of the file opened last."""

    by_scenario: Mapping[str, Kept] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()


def ranges(chosen: State) -> Ranges:
    """The ends of each evidence range; none for a file."""
    return ends(presets.evidence(chosen.base))


def first_rows(chosen: State) -> tuple[Row, ...]:
    """What is uncertain before anyone says otherwise: what there is evidence for, or else some that usually matter."""
    known = within(chosen.scenario.enterprises, ranges(chosen), chosen.base.alike)
    if known:
        return tuple(Row(each.name, each.distribution, moves_with=write_correlations(each.correlations)) for each in known)
    firms, rows = chosen.enterprises[:2], []
    for assumption, distribution, correlations in FIRST:
        if ASSUMPTIONS[assumption].shared:
            rows.append(Row(assumption, distribution, moves_with=write_correlations(correlations)))
            continue
        first, *others = firms
        with_others = {f"{assumption} {each}": rank for rank in correlations.values() for each in others}
        rows.append(Row(f"{assumption} {first}", distribution, moves_with=write_correlations(with_others)))
        rows += [Row(f"{assumption} {each}", distribution) for each in others]
    return tuple(rows)


def source(row: Row, chosen: State) -> str:
    """What a row stands on: typed by hand, the words of its evidence, or none."""
    known = _known(row, chosen)
    if row.cells:
        return "typed by hand"
    return known.source.words if known else NO_EVIDENCE


def _known(row: Row, chosen: State) -> Range | None:
    lever, known = levers.named(row.name), presets.evidence(chosen.base)
    column = chosen.base.layout.get(lever.enterprise or "")
    like = Lever(lever.assumption, chosen.base.role(column.of)) if column else lever  # what a plan was copied from
    return known.get(lever) or known.get(like) or known.get(Lever(lever.assumption))


def filled(row: Row, chosen: State, part: float) -> Uncertain:
    """The row as an uncertain assumption: what was typed, and the rest around where the lever stands.

    The ends are those of the evidence, moved out to the lever, or where there is none ``part`` of the way to the
    slider's ends.
    """
    lever, known = levers.named(row.name), _known(row, chosen)
    now = levers.now(chosen, lever)
    start = prefill(lever.assumption, row.distribution, now, lever.enterprise, part)
    if known is not None:
        low, high = min(known.uncertain.low, now), max(known.uncertain.high, now)
        start = replace(start, low=max(low, high / 100) if DISTRIBUTIONS[row.distribution].positive else low, high=high)
    correlations, _ = read_correlations(ASSUMPTIONS[lever.assumption], row.moves_with)
    typed: dict[str, Any] = {
        end: row.cells[end] for end in ENDS if end in row.cells and (end != "likely" or start.likely is not None)
    }
    return replace(start, correlations=correlations, **typed)


def mistakes(rows: Sequence[Row], uncertain: Sequence[Uncertain], chosen: State) -> list[str]:
    """Everything that keeps these rows from being drawn, in words."""
    told = [
        message
        for row in rows
        for message in read_correlations(ASSUMPTIONS[levers.named(row.name).assumption], row.moves_with)[1]
    ]
    try:
        check(chosen.scenario.enterprises, uncertain)
    except AssumptionError as error:
        told += [mistake.message for mistake in error.mistakes]
    return told


def kept(chosen: State) -> Kept:
    """The rows of this scenario, with what was typed into the table in this run."""
    names = set(chosen.enterprises)
    found = state.kept(Tables).by_scenario.get(chosen.base.key) or Kept((), ())
    typed = st.session_state.get(found.key) if found.key else None
    if typed is not None and any(typed.values()):
        found = replace(found, now=apply(found.source, typed), own=True)
    if not found.own or any(levers.named(row.name).enterprise not in {None, *names} for row in found.source):
        rows = first_rows(chosen)
        found = Kept(rows, rows, found.key)
    put(chosen, found)
    return found


def put(chosen: State, found: Kept) -> None:
    """Keep these rows."""
    tables = state.kept(Tables)
    state.keep(replace(tables, by_scenario={**tables.by_scenario, chosen.base.key: found}))


def apply(source: Sequence[Row], typed: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rows with what was typed into the table: cells, further rows, rows taken out."""
    rows = [_typed(row, typed["edited_rows"].get(place, {})) for place, row in enumerate(source)]
    rows = [row for place, row in enumerate(rows) if place not in typed["deleted_rows"]]
    return (*rows, *(_typed(Row(""), cells) for cells in typed["added_rows"] if cells.get("assumption")))


def _typed(row: Row, cells: Mapping[str, Any]) -> Row:
    name = cells.get("assumption") or row.name
    if name != row.name:
        row = Row(name, row.distribution)
    factor = words.shown_factor(ASSUMPTIONS[levers.named(name).assumption].unit) if name else 1.0
    ends = dict(row.cells)
    for end in ENDS:
        if cells.get(end) is not None:
            ends[end] = round(cells[end] / factor, 12)
        elif end in cells:
            ends.pop(end, None)
    moves_with = cells["moves_with"] or "" if "moves_with" in cells else row.moves_with
    return Row(name, cells.get("distribution") or row.distribution, ends, moves_with)


def redrawn(found: Kept) -> bool:
    """Whether what was typed changes cells nobody typed into, so that the table must be drawn anew."""
    before = [(row.name, row.distribution) for row in found.source]
    emptied = any(len(old.cells) > len(new.cells) for old, new in zip(found.source, found.now, strict=False))
    return emptied or before != [(row.name, row.distribution) for row in found.now]


def from_file(uncertain: Sequence[Uncertain]) -> tuple[Row, ...]:
    """The rows of a file: every cell is typed."""
    return tuple(
        Row(
            each.name, each.distribution, {end: value for end in ENDS if (value := getattr(each, end)) is not None},
            write_correlations(each.correlations),
        )
        for each in uncertain
    )  # fmt: skip
