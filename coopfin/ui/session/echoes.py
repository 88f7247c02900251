"""Widgets that hold a value of the record: what the browser reports late is told from what the reader did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coopfin.ui.session.record import Record


def held(record: Record, key: str, showing: Any, value: Any) -> Record:
    """A widget is about to be drawn with ``value``. Until the browser shows it, it may report each value of before."""
    if showing is None or showing == value:
        return replace(record, echoes=_without(record.echoes, key)) if key in record.echoes else record
    late = tuple(dict.fromkeys((*record.echoes.get(key, ()), showing, value)))
    return replace(record, echoes={**record.echoes, key: late})


def reported(record: Record, key: str, value: Any) -> tuple[Record, bool]:
    """A widget reports a value; False if it is the echo of one that was replaced meanwhile."""
    late = record.echoes.get(key, ())
    if value in late:
        return record, False
    return replace(record, echoes=_without(record.echoes, key)) if late else record, True


def _without(echoes: Mapping[str, tuple[Any, ...]], key: str) -> dict[str, tuple[Any, ...]]:
    return {each: late for each, late in echoes.items() if each != key}
