"""The component: registered once, drawn by ``levers``, heard by ``moves``."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from coopfin.ui.levers.rows import Lever, plain
from coopfin.ui.parts.component import Component


def source(*names: str) -> str:
    """The text of files of this folder, one after the other."""
    return "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)


# Several files make one module of the browser: they know each other's functions without importing.
_COMPONENT = Component(
    "coopfin_levers", source("numbers.js", "page.js", "levers.js"), source("levers.html"), source("levers.css")
)


@dataclass(frozen=True)
class Move:
    """A thumb was moved: the lever, the firm, the new value (raw), and the number the browser gave this move."""

    lever: str
    firm: str
    value: float
    sent: int


def session(key: str) -> str:
    """The name of this session, for the browser: a move that answers to another one is not ours."""
    return str(st.session_state.setdefault(f"{key}-session", secrets.token_hex(8)))


def version(key: str) -> str:
    """Of what the levers last drawn are the values."""
    return str(st.session_state.get(f"{key}-version", ""))


def moves(key: str) -> tuple[Move, ...]:
    """What was moved since this was last asked, in order. Call it first, before anything is drawn.

    The browser tells every move again until it is answered, so that none is lost where runs overtake each other.
    Values come from a browser: they may be anything finite.
    """
    state = st.session_state.get(key)
    told = state.get("moves") if state else None
    if not isinstance(told, dict) or told.get("to") != session(key):
        return ()
    seen = st.session_state.get(f"{key}-seen", 0)
    new = sorted((each for each in map(_move, told.get("list", ())) if each and each.sent > seen), key=lambda each: each.sent)
    if new:
        st.session_state[f"{key}-seen"] = new[-1].sent
    return tuple(new)


def _move(told: Any) -> Move | None:
    match told:
        case [str(lever), str(firm), int() | float() as value, int(sent)] if math.isfinite(value):
            return Move(lever, firm, float(value), sent)
    return None


def levers(
    rows: Sequence[Lever], *, key: str, context: str = "", frame: str = "", currency: str = "", spoken: str = "",
    legend: bool = True,
) -> None:  # fmt: skip
    """Draw the levers.

    ``context`` names all else that what they show depends on (preset, other assumptions, page): a sweep made in
    another one is not shown. ``frame`` names the pictures and their axes: of a sweep made in another one only the words
    are shown. ``spoken`` is said to a screen reader once a move is answered. ``legend``: say above them which
    shape is which firm.
    """
    shown, values = plain(rows, currency), [[row.note, *(thumb.value for thumb in row.thumbs)] for row in rows]
    still = f'{{"rows": {shown}}}'
    told = f"{context} {frame} {shown} {[each[1:] for each in values]}"
    st.session_state[f"{key}-version"] = hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
    data = {
        "key": key, "session": session(key), "seen": st.session_state.get(f"{key}-seen", 0), "version": version(key),
        "context": context, "frame": frame, "spoken": spoken, "values": values, "legend": legend,
    }  # fmt: skip
    _COMPONENT(key=key, data=data, still=still, on_moves_change=lambda: None)
