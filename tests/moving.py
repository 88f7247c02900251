"""Levers of the component in a test without a browser: moved, and read as the browser gets them."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def move_lever(app: AppTest, lever: str, firm: str, value: float, key: str = "levers") -> AppTest:
    """Move a lever as the browser does, and run. ``AppTest`` does not know components: what it would send is put in."""
    sent = app.session_state[f"{key}-seen"] + 1 if f"{key}-seen" in app.session_state else 1
    app.session_state[key] = {"moves": {"to": app.session_state[f"{key}-session"], "list": [[lever, firm, value, sent]]}}
    return app.run()


def lever_rows(app: AppTest, key: str = "levers") -> dict[str, dict[str, Any]]:
    """The rows of levers that the browser is sent, by assumption."""
    drawn = {each.proto.component_name: json.loads(each.proto.json) for each in app.get("bidi_component") if _of(each) == key}
    still, moving = json.loads(drawn["coopfin_levers_still"]["told"]), drawn["coopfin_levers"]
    rows = {}
    for row, (note, *values) in zip(still["rows"], moving["values"], strict=True):
        thumbs = [thumb | {"value": value} for thumb, value in zip(row["thumbs"], values, strict=True)]
        rows[row["name"]] = row | {"note": note, "thumbs": thumbs}
    return rows


def _of(component: Any) -> str:
    """The key of the levers that a half of a component belongs to."""
    if not component.proto.component_name.startswith("coopfin_levers"):
        return ""
    told = json.loads(component.proto.json)
    return str(told.get("key", "")) if "values" in told or "told" in told else ""


def lever_value(app: AppTest, lever: str, firm: str, key: str = "levers") -> float:
    """Where a thumb stands; one that moves every firm is found by the name of each."""
    (value,) = [thumb["value"] for thumb in lever_rows(app, key)[lever]["thumbs"] if thumb["firm"] in (firm, "")]
    return float(value)
