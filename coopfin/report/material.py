"""What a page is made of: the scenario and its comparison, what it was before, what is known of it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from coopfin.comparison.compare import Comparison
from coopfin.comparison.notes import Notes
from coopfin.comparison.scenario import Scenario
from coopfin.display.nouns import Words
from coopfin.display.view import View, view
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.evidence.ranges import Range
from coopfin.uncertainty.chances import Alike
from coopfin.uncertainty.sensitivity import Lever

MOST_FIRMS = 6  # columns that a sheet of paper holds; a scenario may have more


@dataclass(frozen=True)
class Change:
    """A value that is not that of the base any more; of all firms at once where ``firm`` is empty."""

    assumption: str
    firm: str
    before: float
    after: float


@dataclass(frozen=True)
class Material:
    """All that a page may tell.

    ``base`` is what the scenario was changed from, None where that is not known; ``ranges`` the evidence of the preset,
    ``alike`` which further firms it holds for; ``notes`` a sentence to an assumption, a firm, or both; ``link`` the address
    that brings the scenario back. ``firm`` is whose page a lender or a member gets; empty: the second, or the only one.
    ``decided`` are the decisions of a room that were taken over, in words.
    """

    scenario: Scenario
    comparison: Comparison
    wording: Words
    on: date
    base: Scenario | None = None
    ranges: Mapping[Lever, Range] = field(default_factory=dict)
    alike: Alike = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    link: str = ""
    firm: str = ""
    decided: tuple[str, ...] = ()

    @cached_property
    def firms(self) -> tuple[str, ...]:
        """The columns that are shown: as many as a sheet holds."""
        return tuple(self.scenario.enterprises)[:MOST_FIRMS]

    @cached_property
    def left_out(self) -> int:
        """How many columns are not shown."""
        return len(self.scenario.enterprises) - len(self.firms)

    @cached_property
    def view(self) -> View:
        """The figures of the columns that are shown."""
        return view({name: self.comparison.projections[name] for name in self.firms})

    @property
    def asked(self) -> str:
        """The firm that a lender or a member asks about."""
        return self.firm or self.firms[min(1, len(self.firms) - 1)]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What differs from the base, in the order of the assumptions; a plan that the base does not have is none."""
        if self.base is None:
            return ()
        known = {name: a for name, a in self.scenario.enterprises.items() if name in self.base.enterprises}
        found: dict[tuple[str, str], Change] = {}
        for name, declared in ASSUMPTIONS.items():
            for firm, a in known.items():
                before, after = float(getattr(self.base.enterprises[firm], name)), float(getattr(a, name))
                if before != after:
                    whose = "" if declared.shared else firm
                    found[name, whose] = Change(name, whose, before, after)
        return tuple(found.values())
