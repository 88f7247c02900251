"""What a lever moves of a picture: texts by place, attributes by mark. The same still and while the hand moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STYLE = Path(__file__).with_name("picture.css").read_text(encoding="utf-8")
WIDTH = 360.0  # of every picture, in its own units
# A firm's mark beside its colour, as the levers have it: circle, square on its corner, triangle, bar, cross, drop, and down.
SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0", "M0 -6L6 0L0 6L-6 0Z", "M0 -6L6 5L-6 5Z", "M-5 -3H5V3H-5Z",
    "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z", "M-5 5V0a5 5 0 1 1 5 5Z", "M0 6L6 -5L-6 -5Z",
)  # fmt: skip


@dataclass(frozen=True)
class Moving:
    """The text of every place, and the attributes of every mark, by the name of its element."""

    places: Mapping[str, str]
    marks: Mapping[str, Mapping[str, str]]
