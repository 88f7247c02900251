"""Who owns the company: founders, staff pool, investor rounds, convertible papers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction


@dataclass
class Round:
    number: int
    month: int
    amount: float
    pre_money: float
    pool: float


@dataclass
class Paper:
    number: int
    month: int
    amount: float
    cap: float
    discount: float
    interest: float

    def grown(self, month: int) -> Fraction:
        """A: the amount with simple interest until this month."""
        since = Fraction(month - self.month, 12)
        return Fraction(self.amount) * (1 + Fraction(self.interest) * since)


@dataclass
class Ownership:
    """Parts of all shares. Papers and rounds by number; what a paper had grown to, and in which round it converted."""

    founders: float
    pool: float
    rounds: dict[int, float] = field(default_factory=dict)
    papers: dict[int, float] = field(default_factory=dict)
    converted_at: dict[int, float] = field(default_factory=dict)
    converted_in: dict[int, int] = field(default_factory=dict)

    @property
    def outside(self) -> float:
        return sum(self.rounds.values()) + sum(self.papers.values())


def rounds_of(a: dict[str, float]) -> list[Round]:
    """The used rounds within the horizon, in month order, equal months in order of number."""
    used = [
        Round(n, int(a[f"equity_{n}_month"]), *(a[f"equity_{n}_{what}"] for what in ("amount", "pre_money", "pool")))
        for n in (1, 2, 3, 4)
    ]
    used = [r for r in used if r.amount > 0 and r.month <= 12 * int(a["years"])]
    return sorted(used, key=lambda r: (r.month, r.number))


def papers_of(a: dict[str, float]) -> list[Paper]:
    """The used papers within the horizon."""
    terms = ("amount", "cap", "discount", "interest")
    used = [Paper(n, int(a[f"safe_{n}_month"]), *(a[f"safe_{n}_{what}"] for what in terms)) for n in (1, 2)]
    return [p for p in used if p.amount > 0 and p.month <= 12 * int(a["years"])]


def fixed_point(asked: Callable[[Fraction], Fraction]) -> Fraction:
    """The one T that equals what is asked of it, from 1 upwards; by bisection, signs exact."""
    low, high = 1.0, 1.0
    while asked(Fraction(high)) > high:
        low, high = high, 2 * high
        if high > 1e300:
            raise ValueError("the papers could own the whole company")
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if asked(Fraction(middle)) <= middle else (middle, high)
    return Fraction(high)


def conversion(r: Round, pool: float, papers: list[Paper]) -> tuple[dict[int, Fraction], Fraction, Fraction]:
    """Shares of each converting paper, T and W, where all shares just before the round are 1."""
    amount, pre_money = Fraction(r.amount), Fraction(r.pre_money)
    e = amount / (pre_money + amount)
    tau = Fraction(r.pool) / (1 - e)

    def with_new_options(t: Fraction) -> Fraction:
        return max(t, (t - Fraction(pool)) / (1 - tau))

    def shares(paper: Paper, t: Fraction) -> Fraction:
        grown = paper.grown(r.month)
        by_cap = grown * t / Fraction(paper.cap) if paper.cap > 0 else Fraction(0)
        by_price = grown * with_new_options(t) / ((1 - Fraction(paper.discount)) * pre_money)
        return max(by_cap, by_price)

    total = fixed_point(lambda t: 1 + sum(shares(paper, t) for paper in papers))
    return {paper.number: shares(paper, total) for paper in papers}, total, with_new_options(total)


def after_round(own: Ownership, r: Round, papers: list[Paper]) -> Ownership:
    """The cap table after a round, into which every paper paid in by then and not yet converted converts."""
    converting = [p for p in papers if p.month <= r.month and p.number not in own.papers]
    issued, total, with_options = conversion(r, own.pool, converting)
    new_round = Fraction(r.amount) / Fraction(r.pre_money) * with_options  # e ÷ (1 − e) = amount ÷ pre-money
    all_shares = with_options + new_round

    def part(shares: float | Fraction) -> float:
        return float(Fraction(shares) / all_shares)

    return Ownership(
        founders=part(own.founders),
        pool=part(Fraction(own.pool) + with_options - total),
        rounds={n: part(share) for n, share in own.rounds.items()} | {r.number: part(new_round)},
        papers={n: part(share) for n, share in own.papers.items()} | {n: part(s) for n, s in issued.items()},
        converted_at=own.converted_at | {p.number: float(p.grown(r.month)) for p in converting},
        converted_in=own.converted_in | {p.number: r.number for p in converting},
    )


def ownership_at(a: dict[str, float], month: int) -> Ownership:
    """Ownership at this month's end."""
    own = Ownership(founders=1 - a["option_pool"], pool=a["option_pool"])
    for r in rounds_of(a):
        if r.month <= month:
            own = after_round(own, r, papers_of(a))
    return own


def ownership_at_exit(a: dict[str, float]) -> Ownership:
    """At the horizon, with what the papers that never converted hold in the success and in the failure."""
    horizon = 12 * int(a["years"])
    own = ownership_at(a, horizon)
    papers = [p for p in papers_of(a) if p.number not in own.papers]

    def shares(paper: Paper, t: Fraction) -> Fraction:
        return paper.grown(horizon) * t / Fraction(paper.cap) if paper.cap > 0 else Fraction(0)

    total = fixed_point(lambda t: 1 + sum(shares(paper, t) for paper in papers))
    return replace(
        own,
        founders=float(Fraction(own.founders) / total),
        pool=float(Fraction(own.pool) / total),
        rounds={n: float(Fraction(share) / total) for n, share in own.rounds.items()},
        papers={n: float(Fraction(share) / total) for n, share in own.papers.items()}
        | {p.number: float(shares(p, total) / total) for p in papers},
    )
