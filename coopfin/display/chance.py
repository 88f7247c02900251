"""How likely the answer is, in one sentence."""

from __future__ import annotations

from coopfin.display import words
from coopfin.display.nouns import Words


def chance(better_and_solvent: float, lives: float, firm: str, wording: Words) -> str:
    """In how many of 100 futures a firm leaves more to a provider and lives, and in how many it lives."""
    more, living = (round(100 * share) for share in (better_and_solvent, lives))
    told = f"{words.one(wording.provider)} has more in {words.the(firm)} and it lives"
    return f"In {more} of 100 futures {told}; it lives in {living}."
