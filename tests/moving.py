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
    drawn = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.component_name == "coopfin_levers"]
    (levers,) = [each for each in drawn if each["key"] == key]
    return {row["name"]: row for row in levers["rows"]}


def lever_value(app: AppTest, lever: str, firm: str, key: str = "levers") -> float:
    """Where a thumb stands; one that moves every firm is found by the name of each."""
    (value,) = [thumb["value"] for thumb in lever_rows(app, key)[lever]["thumbs"] if thumb["firm"] in (firm, "")]
    return float(value)
