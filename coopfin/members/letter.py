"""What the letters of one allocation are made of: whose they are, and how money and shares are written in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape as escape_once

from coopfin.members.cents import MINUS, money_shown
from coopfin.members.patronage import Allocation
from coopfin.members.statement import Statement, Terms, statements

escape = lru_cache(4096)(escape_once)  # most of a letter stands in all of them


@dataclass(frozen=True)
class Heading:
    """Whose letters they are: the cooperative's name and the year as people write them, the currency; all may be empty.

    ``elsewhere`` is the other platform's name, ``sample``: the members are invented. ``sources`` says where a number
    came from, by what it is: pool, cash, keeps, share.
    """

    cooperative: str
    year: str
    currency: str
    elsewhere: str = "another platform"
    sample: bool = False
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Letters:
    """All that the letters of one allocation are made of."""

    allocation: Allocation
    terms: Terms
    heading: Heading

    def statements(self) -> Iterator[Statement]:
        """The statement of each member, in the order of the ledger."""
        return statements(self.allocation, self.terms)

    def money(self, cents: int) -> str:
        """Money for people, with its currency."""
        return _money(cents, self.terms.decimals, self.heading.currency)

    def source(self, what: str, otherwise: str) -> str:
        """Where a number came from, if somebody said."""
        return self.heading.sources.get(what) or otherwise


@lru_cache(4096)
def _money(cents: int, decimals: int, currency: str) -> str:
    return f"{money_shown(cents, decimals)} {currency}".strip()


@lru_cache(4096)
def percent(ratio: float) -> str:
    """A ratio as percent with at most one decimal: 15 %, 2.5 %."""
    text = f"{abs(ratio) * 100:,.1f}".removesuffix(".0")
    return f"{MINUS if ratio < 0 and text != '0' else ''}{text}\u202f%"


def comma(text: str) -> str:
    """What follows after a comma, if there is anything."""
    return f", {text}" if text else ""
