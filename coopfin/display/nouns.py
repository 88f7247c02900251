"""How people speak of a scenario: who works, who buys, in which currency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """How people speak of a preset: its title, who works or sells, who buys, and the currency.

    ``law`` is the one it opens with; ``stands_under`` names that of the real case where our table has only its neighbour.
    """

    title: str
    provider: str = "provider"
    providers: str = "providers"
    buyers: str = "buyers"
    currency: str = ""
    after: str = ""
    law: str = ""
    stands_under: str = ""
