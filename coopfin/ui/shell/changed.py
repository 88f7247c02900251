"""“What I changed”: every value that is not the preset's, with a way back for each; one component, however many they are."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.parts.component import Component
from coopfin.ui.session import state
from coopfin.ui.session.state import State

KEY = "changed"
HTML = """
<details>
  <summary></summary>
  <p class="none">Nothing yet: all values are those of the preset.</p>
  <ul></ul>
  <button name="reset">Reset all</button>
  <button name="pin">Compare with this from now on</button>
  <p class="pinned">The baseline is what you pinned, not the preset.</p>
  <button name="unpin">Compare with the preset again</button>
</details>
"""
_HERE = Path(__file__)
_CHANGED = Component(
    "coopfin_changed",
    _HERE.with_suffix(".js").read_text(encoding="utf-8"),
    HTML,
    _HERE.with_suffix(".css").read_text(encoding="utf-8"),
)


def changes(now: State) -> None:
    """Draw it, folded until it is opened."""
    rows = [_row(now, name, enterprise) for name, enterprise in state.record().now.changed]
    _CHANGED(key=KEY, data={"rows": rows, "pinned": bool(now.pinned)}, still="{}", on_asked_change=_asked)


def _row(now: State, name: str, enterprise: str) -> list[str]:
    assumption = ASSUMPTIONS[name]
    label = assumption.label if assumption.shared else f"{assumption.label}, {words.firm(enterprise)}"
    before, after = (words.setting(v, assumption) for v in (now.base.value(name, enterprise), now.value(name, enterprise)))
    return [label, before, after, name, enterprise]


def _asked() -> None:
    """A button was clicked. What a browser sends may be anything: what names no step is none."""
    match (st.session_state.get(KEY) or {}).get("asked"):
        case ["take-back", str(name), str(enterprise)] if (name, enterprise) in state.record().now.changed:
            state.take_back(name, enterprise)
        case ["reset"]:
            state.reset()
        case ["pin"]:
            state.pin()
        case ["unpin"]:
            state.unpin()
