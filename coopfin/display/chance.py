"""How likely the answer is, in one sentence."""

from __future__ import annotations

from html import escape

from coopfin.display import words
from coopfin.display.nouns import Words


def chance(better_and_solvent: float, lives: float, firm: str, wording: Words) -> str:
    """The sentence as HTML: in how many of 100 futures a firm leaves more to a provider and lives, and in how many it lives."""
    more, living = (round(100 * share) for share in (better_and_solvent, lives))
    return (
        f"In <b>{more} of 100</b> futures {escape(words.one(wording.provider))} has more in the {escape(firm)} "
        f"<em>and</em> it lives; it lives in {living}."
    )
