"""The answer of the members' page in one sentence: what one gets, how evenly, and who decides."""

from __future__ import annotations

from coopfin.members.distribution import top_share
from coopfin.ui.members import spread as members_spread, votes as members_votes
from coopfin.ui.members.setup import Setup
from coopfin.ui.parts import words


def sentence(made: Setup) -> str:
    """What half of the members get or less, how much goes to the top tenth, and how many must agree."""
    allocation = made.allocation
    if allocation.pool == 0:
        opening = "There is nothing to share out: the pool is 0."
    else:
        opening = (
            f"Of {made.money(allocation.pool)}, half of the {len(allocation.members):,} members get "
            f"{made.money(members_spread.middle(allocation.refund))} or less; "
            f"the tenth who get most get {words.percent(top_share(allocation.refund))} of it."
        )
    return f"{opening} {members_votes.sentence(made)}"
