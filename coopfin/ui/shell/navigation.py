"""Eleven pages under six names, and the steps back and forth: one landmark, drawn first on every page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coopfin.ui.parts.component import Component
from coopfin.ui.session import hrefs, state

START = "app.py"
GROUPS: dict[str, dict[str, str]] = {
    "The comparison": {START: "The comparison"},
    "The money": {"pages/years.py": "Year by year", "pages/capital.py": "Capital"},
    "Members": {"pages/members.py": "Members", "pages/room.py": "The room decides"},
    "Is it so?": {
        "pages/sure.py": "How sure are we?",
        "pages/cases.py": "Real cases",
        "pages/evidence.py": "Hard questions",
    },
    "The law": {"pages/law.py": "The law"},
    "The model": {"pages/method.py": "How it works", "pages/assumptions.py": "All assumptions"},
}
PAGES = {page: label for pages in GROUPS.values() for page, label in pages.items()}

HTML = """
<nav class="frame" aria-label="Pages">
  <button name="menu" aria-expanded="false">Menu: all pages</button>
  <ul class="pages"></ul>
  <span class="steps">
    <button name="levers" aria-expanded="true">Levers</button>
    <button name="undo" title="Take the last step back (Ctrl+Z)">Undo</button>
    <button name="redo" title="Do it again (Ctrl+Shift+Z)">Redo</button>
  </span>
</nav>
"""
KEY = "navigation"
_HERE = Path(__file__)
_NAVIGATION = Component(
    "coopfin_navigation",
    _HERE.with_suffix(".js").read_text(encoding="utf-8"),
    HTML,
    _HERE.with_suffix(".css").read_text(encoding="utf-8"),
)


def navigation(current: str, *, levers: bool = True, shown: bool = False) -> None:
    """Draw it; ``current`` is the file of this page. A click leaves for another page with all that was chosen.

    ``levers``: the page has a left side, which a button folds away; on a phone it is folded until it is asked for,
    unless the page is about it (``shown``).
    """
    record = state.record()
    groups = [
        {"name": name, "pages": [_page(page, label, current) for page, label in pages.items()]} for name, pages in GROUPS.items()
    ]
    result = _NAVIGATION(
        key=KEY, data={"query": urlencode(hrefs.address()), "undo": record.can_undo, "redo": record.can_redo},
        still=json.dumps({"groups": groups, "levers": levers, "shown": shown}), on_go_change=_nothing, on_steps_change=_steps,
    )  # fmt: skip
    if result.go in PAGES:
        st.switch_page(result.go, query_params=hrefs.address())


def _page(page: str, label: str, current: str) -> dict[str, Any]:
    return {"path": page, "label": label, "href": "./" if page == START else Path(page).stem, "current": page == current}


def _nothing() -> None:
    """The click is answered where the navigation is drawn."""


def _steps() -> None:
    """Take the steps that were asked for since the last time, so that none is lost when they come fast."""
    asked = st.session_state[KEY].get("steps") or {}
    state.steps(str(asked.get("token", "")), list(asked.get("all", ())))
