"""What a lever moves of a picture: texts by place, attributes by mark. The same still and while the hand moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STYLE = Path(__file__).with_name("picture.css").read_text(encoding="utf-8")
WIDTH = 360.0  # of every picture, in its own units


@dataclass(frozen=True)
class Moving:
    """The text of every place, and the attributes of every mark, by the name of its element."""

    places: Mapping[str, str]
    marks: Mapping[str, Mapping[str, str]]
