"""What a presenter has in hand: keys, and the same as buttons; the corner with the code; the sheet that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from coopfin.ui.desk import code
from coopfin.ui.desk.pictures import Picture
from coopfin.ui.levers import Lever, sent, source
from coopfin.ui.session import hrefs, state
from coopfin.ui.session.state import State
from coopfin.ui.shell.navigation import PAGES
from coopfin.ui.shell.rows import KEY as LEVERS
from coopfin.ui.stage import replay

KEY = "stage"
ROOM = "pages/room.py"  # where a room answers, if there is such a page
_HERE = Path(__file__)


def _text(name: str) -> str:
    return _HERE.with_name(name).read_text(encoding="utf-8")


# What the levers write into the page, and how it is put back, is theirs: it stands in one file.
_BAR = st.components.v2.component(
    "coopfin_stage", html=_text("bar.html"), css=_text("bar.css"), js="\n".join((source("page.js"), _text("stage.js")))
)


@dataclass(frozen=True)
class Asked:
    """What the presenter chose last: a lever, which years are drawn, and the number of a film that was asked for."""

    lever: str
    years: str
    film: int


def asked(names: Sequence[str], years: Sequence[str]) -> Asked:
    """What is asked for now; it comes from a browser, so only what there is counts."""
    told = st.session_state.get(KEY) or {}
    chosen, number = told.get("choice"), told.get("film")
    wanted = chosen if isinstance(chosen, dict) else {}
    return Asked(
        next((each for each in names if each == wanted.get("lever")), names[0]),
        next((each for each in years if each == wanted.get("years")), years[0]),
        number if isinstance(number, int) else 0,
    )


def bar(now: State, every: Sequence[Lever], what: Asked, shown: Sequence[Picture]) -> None:
    """Draw it."""
    film = replay.film(now, state.record(), shown) if what.film else None
    address = code.address()
    data: dict[str, Any] = {
        "levers": LEVERS, "lever": what.lever, "years": what.years,
        "thumbs": [[each.name, each.label, thumb.firm] for each in every for thumb in each.thumbs],
        "base": sent(replay.baseline(now, shown), 1), "pinned": bool(now.pinned),
        "asked": what.film, "film": sent(film, replay.FRAMES) if film else None, "frames": replay.FRAMES,
        "address": address, "code": code.svg(address) or "", "room": hrefs.page_address(ROOM) if ROOM in PAGES else "",
    }  # fmt: skip
    _BAR(key=KEY, data=data, on_leave_change=state.leave_stage, on_choice_change=_drawn, on_film_change=_drawn)


def _drawn() -> None:
    """It is answered where the stage is drawn."""
