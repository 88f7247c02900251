"""What a reader does with firms and plans: keep, name, order and drop them, and write notes. Each is one step."""

from __future__ import annotations

from collections.abc import Mapping

from coopfin.comparison.notes import Place
from coopfin.ui.session import state, transitions


def keep_plan(source: str, name: str, values: Mapping[str, float] | None = None, notes: Mapping[str, str] | None = None) -> bool:
    """Put a firm as it is now beside the others under this name; whether that could be done."""
    before = state.record().now
    state.do(lambda record: transitions.kept(record, source, name, values, notes))
    return state.record().now is not before


def rename(old: str, new: str) -> None:
    """Call a firm otherwise."""
    state.do(lambda record: transitions.renamed(record, old, new))


def place(name: str, where: int) -> None:
    """Put a firm at another place; all are compared with the first."""
    state.do(lambda record: transitions.placed(record, name, where))


def drop(name: str) -> None:
    """Take a firm out."""
    state.do(lambda record: transitions.dropped(record, name))


def note(place: Place, text: str) -> None:
    """Write a note beside an assumption, an enterprise, or both; empty takes it away."""
    state.do(lambda record: transitions.noted(record, place, text))
