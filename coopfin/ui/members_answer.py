"""The answer of the members' page in one sentence: what one gets, how evenly, and who decides."""

from __future__ import annotations

from coopfin.distribution import top_share, typical
from coopfin.ui import members_votes, words
from coopfin.ui.members_setup import Setup


def sentence(made: Setup) -> str:
    """What the member in the middle gets, how much goes to the top tenth, and how many must agree."""
    allocation = made.allocation
    if allocation.pool == 0:
        opening = "There is nothing to share out: the pool is 0."
    else:
        row = typical(allocation.members, 50)
        refund, cash, retained = (int(each[row]) for each in (allocation.refund, allocation.cash, allocation.retained))
        parts = f"{words.cents(cash)} now, {words.cents(retained)} credited" if retained and cash else "all of it credited"
        opening = (
            f"Of {made.money(allocation.pool)} the member with middling use gets {made.money(refund)}"
            f" ({'all of it now' if not retained else parts}); "
            f"the tenth who get most get {words.percent(top_share(allocation.refund))} of it."
        )
    return f"{opening} {members_votes.sentence(made)}"
