"""The answer of the members' page in one sentence: what one gets, how evenly, and who decides."""

from __future__ import annotations

from coopfin.distribution import top_share
from coopfin.ui import members_spread, members_votes, words
from coopfin.ui.members_setup import Setup


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
