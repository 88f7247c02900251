"""Components of our own in two halves: what seldom changes reaches a browser once, what changes with every run is small.

Streamlit sends script, style and data of a component as one message in every run, and repeats a message by its hash alone
where nothing of it changed. So script, style and what stands ``still`` are a message of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__)
_MOVING = _HERE.with_name("moving.js").read_text(encoding="utf-8")
_STILL = _HERE.with_name("still.js").read_text(encoding="utf-8")


class Component:
    """A component, registered once under its name; the default export of ``js`` gets ``still`` and ``data`` as one."""

    def __init__(self, name: str, js: str, html: str = "", css: str = "") -> None:
        parts = f"const HTML = {json.dumps(html)}, CSS = {json.dumps(css)};\n"
        code = js.replace("export default function", "const run = function")
        self._still = st.components.v2.component(f"{name}_still", js=f"{parts}{code}\n{_STILL}")
        self._moving = st.components.v2.component(name, js=_MOVING)

    def __call__(self, *, key: str, data: Mapping[str, Any], still: str, **callbacks: Any) -> Any:
        """Draw it; ``still`` is JSON, and ``data`` must name nothing that it names."""
        of = hashlib.blake2b(still.encode(), digest_size=8).hexdigest()
        self._still(key=f"{key}-still", data={"key": key, "of": of, "told": still})
        return self._moving(key=key, data={"part": key, "of": of, **data}, **callbacks)
