"""The record and the browser's address: how a link is followed, and which address belongs to what is chosen."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from coopfin.reading.mistakes import FileError
from coopfin.ui.session import follow, history, link, presets
from coopfin.ui.session.outcome import outcome
from coopfin.ui.session.record import WRITTEN, Query, Record, Written, limited

LONGEST_ASIDE = 100
ECHO = 3.0  # seconds in which a browser may still report an address from before


def start(query: Query) -> Record:
    """The record of a new session, opened with this address."""
    now = follow.new(presets.first())
    record = Record(now, outcome(now.base, now.changes, now.pinned, notes=now.notes))
    return replace(followed(record, query), past=()) if query else record


def arrived(record: Record, query: Query, moment: float, *, went: bool = False) -> Record:
    """A run begins, and the browser tells its address: its own, an older one, or that of a link to follow.

    A page that is turned empties the address. Who moves two levers in quick succession sends the address of before the
    first: what was just done here counts, not that. ``went``: it was the browser's own button, Back or Forward.
    """
    acted, record = record.acted, replace(record, acted=False)
    if not query:
        return replace(record, explain="", stage="")
    if dict(query) == dict(record.address):
        return record
    written = record.written[-1] if record.written else None
    late = written is not None and moment - written.moment < ECHO and any(dict(query) == dict(w.query) for w in record.written)
    return record if (acted or late) and not went else followed(record, query, moment)


def followed(record: Record, query: Query, moment: float = 0.0) -> Record:
    """A link is followed. Where it is one step back or forth, as the browser's own buttons go, so does the history."""
    notices: list[str] = []
    scenario = _without_aside(query)
    known = (*record.links, *record.written)
    choice = next((each.choice for each in reversed(known) if _without_aside(each.query) == scenario), None)
    if choice is None and scenario:
        try:
            choice, told = follow.read(query)
        except FileError as error:
            choice, told = follow.new(presets.first()), list(error.lines)
        notices += told
        record = replace(record, links=(*record.links, Written(query, choice, moment))[-WRITTEN:])
    if choice is None or choice.same(record.now):
        after = record
    elif record.past and choice.same(record.past[-1]):
        after = history.undone(record)
    elif record.future and choice.same(record.future[0]):
        after = history.redone(record)
    else:
        after = history.to(record, choice)
    aside: dict[str, Any] = {name: query.get(name, "")[:LONGEST_ASIDE] for name in link.ASIDE}
    return replace(after, **aside, notices=limited(notices), acted=False, address=dict(query))


def addressed(record: Record, moment: float) -> Record:
    """The address that belongs to the record, ready to be written where the browser has another."""
    last = record.written[-1] if record.written else None
    if last is not None and last.choice is record.now:
        scenario, note = _without_aside(last.query), record.too_long
    else:
        told = link.write(record.now)
        scenario, note = dict(told.query), told.note
    aside = {name: text for name in link.ASIDE if (text := getattr(record, name))}
    query = scenario | aside
    if last is not None and dict(last.query) == query and last.choice is record.now:
        return replace(record, address=query)
    known = query == dict(record.address)  # the browser came with it: nothing older can be on its way
    written = (*record.written, Written(query, record.now, -math.inf if known else moment))[-WRITTEN:]
    return replace(record, address=query, too_long=note, written=written)


def _without_aside(query: Query) -> dict[str, str]:
    return {name: text for name, text in query.items() if name not in link.ASIDE}
