"""Who decides: one member one vote beside one share one vote, colleges, caps, and the smallest deciding group.

Votes are shares of all votes by stakeholder, in the order given; together 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from coopfin.capital.cap_table import cap_table
from coopfin.engine.assumptions import Assumptions
from coopfin.members.classes import MemberClass, PatronageError

# Shares that make exactly half on paper may make a little more in binary.
TOLERANCE = 1e-12
HALF = 0.5 + TOLERANCE


def votes_by_shares(a: Assumptions, month: int | None = None) -> dict[str, float]:
    """One share one vote among founders, staff, rounds and papers that are shares, at the end of ``month`` (the horizon if None).

    ``providers`` hold ``provider_votes`` of all votes, the shares the rest. One scenario only.
    """
    table = cap_table(a, month)
    held = {"founders": table.founders, "staff": table.option_pool}
    held |= {f"round {number}": share for number, share in table.rounds.items()}
    held |= {f"paper {number}": share for number, share in table.papers.items() if share > 0}
    rest = 1 - float(a.provider_votes)
    return {"providers": float(a.provider_votes)} | {name: rest * float(share) for name, share in held.items()}


def votes_by_heads(heads: Mapping[str, int]) -> dict[str, float]:
    """One member one vote: the share of each group of ``heads`` people. Raises ``PatronageError`` where nobody is there."""
    if not sum(heads.values()):
        raise PatronageError(["there is nobody to vote; the ledger needs a member"])
    return {name: number / sum(heads.values()) for name, number in heads.items()}


def votes_by_class(classes: Sequence[MemberClass], heads: Mapping[str, int]) -> dict[str, float]:
    """The votes of each class, given how many members (``heads``) each has.

    Each member has the votes that the class gives; a college has its share of all votes, which its members share.
    A college without members casts no votes, and the others' shares rise in proportion. Raises ``PatronageError``
    where nobody has a vote.
    """
    votes = {
        each.name: float(each.votes) * (heads.get(each.name, 0) > 0 if each.is_college else heads.get(each.name, 0))
        for each in classes
    }
    total = math.fsum(votes.values())
    if total == 0:
        raise PatronageError(["no class with members has votes; give one a vote for each member or a share of all votes"])
    return {name: held / total for name, held in votes.items()}


def cap_votes(votes: Mapping[str, float], cap: float) -> dict[str, float]:
    """The same votes with none above ``cap`` (a share of all votes); the others take what is cut off, in proportion.

    Raises ``PatronageError`` where the cap is so low that some votes are left to nobody.
    """
    voters = sum(held > 0 for held in votes.values())
    if not (cap * voters >= 1 - TOLERANCE and cap <= 1):
        raise PatronageError(
            [f"the cap is {cap:g} of all votes; permitted: {1 / max(voters, 1):.6g} to 1, as {voters} hold votes; raise it"]
        )
    capped: set[str] = set()
    while True:
        free = math.fsum(held for name, held in votes.items() if name not in capped)
        left = 1 - cap * len(capped)
        result = {name: cap if name in capped else held * left / free if free else 0.0 for name, held in votes.items()}
        above = {name for name, held in result.items() if held > cap + TOLERANCE}
        if not above:
            return result
        capped |= above


def deciding_group(votes: Mapping[str, float]) -> tuple[str, ...]:
    """The smallest group that has more than half of the votes; of several the one with most, the largest first.

    Equal votes stand in the order of the names. Empty where even all together have no more than half.
    """
    group: list[str] = []
    for name in sorted(votes, key=lambda name: (-votes[name], name)):
        group.append(name)
        if math.fsum(votes[each] for each in group) > HALF:
            return tuple(group)
    return ()


def fewest_people(votes: Mapping[str, float], heads: Mapping[str, int]) -> int:
    """How many people at least it takes for more than half of the votes; each has an equal part of its group's.

    ``heads``: how many people each group has; a group that is not there is one person.
    """
    size = {name: max(heads.get(name, 1), 1) for name in votes}
    people, missing = 0, HALF
    for name in sorted(votes, key=lambda name: -votes[name] / size[name]):
        if votes[name] > missing:
            return people + math.floor(missing * size[name] / votes[name]) + 1
        people, missing = people + size[name], missing - votes[name]
    return people
