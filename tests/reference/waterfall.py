"""How the value of an exit is shared out."""

import math
from dataclasses import dataclass

from .cap_table import Ownership, ownership_at_exit, papers_of, rounds_of


@dataclass
class Claim:
    """A class of shares other than common: what it owns and what it gets first."""

    owns: float
    preference: float
    rank: int  # by rounds: a higher rank is paid first
    participating: bool = False
    ceiling: float = math.inf  # of what it gets by participating

    def gets(self, v: float) -> float:
        if not self.participating:
            return max(self.preference, v * self.owns)
        return max(min(self.preference + v * self.owns, max(self.ceiling, self.preference)), v * self.owns)


def waterfall(value: float, common: float, claims: list[Claim], later_first: bool) -> tuple[float, list[float]]:
    """The value v of all common stock per unit of ownership, and what each claim gets; `common` is owned otherwise."""
    preferences = math.fsum(claim.preference for claim in claims)
    if value <= preferences:
        return 0.0, by_rank(value, claims) if later_first else pro_rata(value, claims)

    def paid(v: float) -> float:
        return math.fsum([v * common, *(claim.gets(v) for claim in claims)])

    low, high = 0.0, value / common
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if paid(middle) >= value else (middle, high)
    return high, [claim.gets(high) for claim in claims]


def pro_rata(value: float, claims: list[Claim]) -> list[float]:
    preferences = math.fsum(claim.preference for claim in claims)
    return [value * claim.preference / preferences if preferences > 0 else 0.0 for claim in claims]


def by_rank(value: float, claims: list[Claim]) -> list[float]:
    gets = [0.0] * len(claims)
    for rank in sorted({claim.rank for claim in claims}, reverse=True):
        equals = [i for i, claim in enumerate(claims) if claim.rank == rank]
        met = min(value, math.fsum(claims[i].preference for i in equals))
        for i, amount in zip(equals, pro_rata(met, [claims[i] for i in equals]), strict=True):
            gets[i] = amount
        value = value - met
    return gets


def claims_of(a: dict[str, float], own: Ownership) -> list[Claim]:
    horizon, claims = 12 * int(a["years"]), []
    order = [r.number for r in rounds_of(a)]
    for place, r in enumerate(rounds_of(a), start=1):
        ceiling = a["participation_cap"] * r.amount if a["participation_cap"] > 0 else math.inf
        preference, participating = a[f"equity_{r.number}_preference"] * r.amount, a[f"equity_{r.number}_participating"] == 1
        claims.append(Claim(own.rounds[r.number], preference, place, participating, ceiling))
    for paper in papers_of(a):
        if paper.number in own.converted_in:  # ranks with its round
            rank, preference = order.index(own.converted_in[paper.number]) + 1, own.converted_at[paper.number]
        else:
            rank, preference = 0, float(paper.grown(horizon)) / (1 - paper.discount)
        claims.append(Claim(own.papers[paper.number], preference, rank))
    return claims


@dataclass
class Proceeds:
    exit_value: float = 0.0
    founders: float = 0.0
    staff: float = 0.0
    investors: float = 0.0


def exit_proceeds(a: dict[str, float], final: dict[str, float]) -> Proceeds:
    """Expected proceeds at the horizon; `final` holds the last year's lines."""
    expected = Proceeds()
    if a["exit_multiple"] == 0:
        return expected
    owed = ("payables", "loan_balance", "note_balance", "preferred", "member_shares", "allocated_equity")
    owed += ("indivisible_reserve",)
    worth = [a["exit_multiple"] * final["revenue"], final["cash"], final["receivables"], *(-final[name] for name in owed)]
    success, failure = max(0.0, math.fsum(worth)), a["failure_value"] * final["equity_paid_in"]
    own = ownership_at_exit(a)
    for chance, value in ((a["exit_probability"], success), (1 - a["exit_probability"], failure)):
        v, paid = waterfall(value, own.founders + own.pool, claims_of(a, own), a["later_rounds_first"] == 1)
        expected.exit_value += chance * value
        expected.founders += chance * v * own.founders
        expected.staff += chance * v * own.pool
        expected.investors += chance * math.fsum(paid)
    return expected
