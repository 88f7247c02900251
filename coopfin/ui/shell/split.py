"""The split of the distributable surplus: its parts and the rest always make 100 %."""

from __future__ import annotations

import numpy as np

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT
from coopfin.engine.projection import Projection
from coopfin.ui.session.state import State


def sentence(now: State, enterprise: str) -> str:
    """The split in words: each part, the rest, and their sum."""
    parts = {ASSUMPTIONS[name].label.lower(): now.value(name, enterprise) for name in SPLIT}
    total = sum(parts.values())
    told = " + ".join(f"{label} {words.percent(share)}" for label, share in parts.items() if share).capitalize()
    if total > 1 + 1e-9:
        return f"{told} = {words.percent(total)}. That is more than there is: lower one part by {words.percent(total - 1)}."
    rest = f"rest kept by the firm {words.percent(max(0.0, 1 - total))} = 100{words.THIN}%"
    return f"{told} + {rest}" if told else rest


def idle(x: Projection, enterprise: str) -> str | None:
    """Why the split moves nothing, in words, or None if it does."""
    if np.any(x.distributable > 0):
        return None
    losses = float(np.max(x.accumulated_deficit))
    reason = f"earlier losses, {words.amount(losses)} at most, are covered first" if losses > 0 else "nothing is left over"
    return f"{words.the(enterprise, first=True)} has no surplus to split in any year: {reason}. The split moves nothing yet."
