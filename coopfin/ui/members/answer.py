"""The answer of the members' page in one sentence: what one gets, and how many decide."""

from __future__ import annotations

from coopfin.ui.members import spread as members_spread, votes as members_votes
from coopfin.ui.members.setup import Setup


def sentence(made: Setup) -> str:
    """What half of the members get or less, and how many must agree; a sample is called one."""
    allocation, sample = made.allocation, made.letters.heading.sample
    majority = members_votes.sentence(made)
    if allocation.pool == 0:
        return f"{'Sample: there' if sample else 'There'} is nothing to share out: the pool is 0. {majority}"
    return (
        f"{'Sample: of' if sample else 'Of'} {made.money(allocation.pool)}, half of {made.people:,} members get "
        f"{made.money(members_spread.middle(made))} or less. {majority}"
    )
