"""What a browser keeps of a visit by itself, and what it brings back of an earlier one.

It is read like a link: anything may stand there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from coopfin.reading.mistakes import FileError
from coopfin.ui.session import follow, link
from coopfin.ui.session.record import Choice, Record

VERSION = 1
LONGEST, MOST = 1_000_000, 2_000  # characters, and parameters
LAST = 4e12  # milliseconds: the year 2096
LEFT_OUT = "What this browser kept of your last visit was left out, and nothing was changed: "


@dataclass(frozen=True)
class Visit:
    """An earlier visit: when it was (milliseconds since 1970), what was chosen, and what of it could not be read, in words."""

    when: float
    choice: Choice
    notices: tuple[str, ...]


def to_keep(record: Record) -> dict[str, Any] | None:
    """What the browser is to keep: all that a link would hold, however long; None before the reader did anything."""
    if not (record.past or record.future):
        return None
    return {"version": VERSION, "query": dict(link.whole(record.now)), "file": record.address.get("file", "")}


def read(found: Any) -> Visit | str:
    """The visit that a browser kept, or in words why it cannot be read."""
    match found:
        case {"version": int(version), "when": int() | float() as when, "query": dict(query)} if version == VERSION:
            pass
        case {"version": int(version)} if version != VERSION:
            return f"{LEFT_OUT}it was kept by another version of the app."
        case _:
            return f"{LEFT_OUT}it is broken."
    texts = all(isinstance(each, str) for pair in query.items() for each in pair)
    if not texts or len(query) > MOST or sum(len(name) + len(text) for name, text in query.items()) > LONGEST or "file" in query:
        return f"{LEFT_OUT}it is broken."
    if isinstance(when, bool) or not math.isfinite(when) or not 0 < when < LAST:
        return f"{LEFT_OUT}its date is broken."
    try:
        choice, notices = follow.read(query)
    except FileError as error:
        return f"{LEFT_OUT}{error.lines[0]}."
    return Visit(float(when), choice, tuple(notices))
