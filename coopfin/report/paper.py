"""Sheets of paper, and how much fits on one: a text that may be long is counted in lines before it is printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width


@dataclass(frozen=True)
class Paper:
    """A sheet: its name in a style sheet, and its size in millimetres."""

    name: str
    width: float
    height: float

    @property
    def size(self) -> str:
        """Its size and that of its sheets, as style rules; a hair lower than the paper, or rounding turns a second page."""
        return (
            f"@page {{ size: {self.name} portrait; margin: 0 }} "
            f".sheet {{ width: {self.width}mm; min-height: {self.height - 0.6:.1f}mm }}"
        )


A4, LETTER = "a4", "letter"
PAPERS = {A4: Paper("A4", 210.0, 297.0), LETTER: Paper("letter", 215.9, 279.4)}
# In millimetres: a line of a list, a title with the space around it, head, foot and margins of a sheet, and what columns waste.
LINE, SECTION, AROUND, SLACK = 3.95, 7.4, 58.0, 6.0


def room(paper: str) -> float:
    """How high the middle of a sheet may become, in millimetres."""
    return PAPERS[paper].height - AROUND


def lines(text: str, width: int) -> int:
    """How many lines a text takes where ``width`` signs stand in one; a word may leave a part of a line empty."""
    return max(1, math.ceil(1.08 * sum(map(_breadth, text)) / width))


def _breadth(sign: str) -> float:
    """How broad a sign is, of a usual small letter."""
    if east_asian_width(sign) in "WF":
        return 2.0
    return 1.8 if sign in "mwMW@%" else 1.35 if sign.isupper() else 1.0


def listing(texts: Sequence[str], width: int) -> float:
    """How high a part becomes that is a list of these texts; nothing of none."""
    return SECTION + sum(lines(text, width) * LINE + 0.7 for text in texts) if texts else 0.0


@dataclass(frozen=True)
class Listed:
    """What of a list is told, and how many more there are, with where they stand."""

    told: tuple[str, ...]
    left: int
    where: str

    @property
    def html(self) -> str:
        """The list; nothing where there is nothing."""
        items = "".join(f"<li>{escape(text)}</li>" for text in self.told)
        if self.left:
            more = f"and {self.left} more, {self.where}" if self.told else f"{self.left}, {self.where}"
            items += f'<li class="more">{escape(more)}</li>'
        return f"<ul>{items}</ul>" if items else ""


def listed(texts: Sequence[str], space: int, width: int, where: str) -> tuple[Listed, int]:
    """As many texts as fit into ``space`` lines, and how many lines they take; the others stand ``where``."""
    used = 0
    for number, text in enumerate(texts):
        to_say = 1 if number + 1 < len(texts) else 0  # a line for how many more there are
        if used + lines(text, width) + to_say > space:
            return Listed(tuple(texts[:number]), len(texts) - number, where), used + 1
        used += lines(text, width)
    return Listed(tuple(texts), 0, where), used
