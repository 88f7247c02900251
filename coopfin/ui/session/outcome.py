"""What a choice makes: the scenario and its comparison, or the last right ones and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from coopfin.comparison.compare import Comparison, compare
from coopfin.comparison.notes import Notes
from coopfin.comparison.scenario import Scenario
from coopfin.display import words
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.declaration import AssumptionError, Mistake
from coopfin.ui.session.base import Base


@dataclass(frozen=True)
class State:
    """What a page draws: the base, the changes to it, the scenario they make, its comparison and that of the baseline.

    ``mistakes`` say what is wrong; then ``scenario`` and ``comparison`` are the last ones that were right, while
    ``changes`` and ``value`` are what was chosen. ``baseline`` is the preset, or what the reader pinned.
    """

    base: Base
    changes: Mapping[tuple[str, str], float]
    pinned: Mapping[tuple[str, str], float]
    scenario: Scenario
    comparison: Comparison
    baseline: Comparison
    mistakes: tuple[str, ...] = ()
    notes: Notes = field(default_factory=dict)

    def value(self, name: str, enterprise: str) -> float:
        """The chosen value of an assumption, right or wrong."""
        return self.changes.get((name, enterprise), self.base.value(name, enterprise))

    def base_value(self, name: str, enterprise: str) -> float:
        """The value of an assumption in the baseline."""
        return self.pinned.get((name, enterprise), self.base.value(name, enterprise))

    @property
    def marks(self) -> tuple[int, ...]:
        """The number of each firm's colour and shape, in the same order."""
        return self.base.marks

    @property
    def marketplace(self) -> str:
        """The firm that is spoken of as the marketplace, wherever its column stands."""
        return self.base.marketplace

    @property
    def cooperative(self) -> str:
        """The firm that is spoken of as the cooperative, wherever its column stands."""
        return self.base.cooperative

    @property
    def enterprises(self) -> list[str]:
        """The names of the enterprises, in the order of the file."""
        return list(self.base.enterprises)

    def was(self, measure: str, enterprise: str) -> float | None:
        """The measure in the baseline; None where the scenario is the baseline."""
        return None if self.baseline is self.comparison else self.baseline[measure].values[enterprise]


def outcome(
    base: Base,
    changes: Mapping[tuple[str, str], float],
    pinned: Mapping[tuple[str, str], float],
    before: State | None = None,
    notes: Notes | None = None,
) -> State:
    """The state of a choice. ``before`` is that of the choice before: its right results stay where this has none."""
    if before is not None and before.base is not base:
        before = None
    mistakes: tuple[str, ...] = ()
    scenario, comparison = (before.scenario, before.comparison) if before else (base.scenario, None)
    known = (before.comparison if before else unchanged(base)).projections
    try:
        scenario = apply(base, changes)
        comparison = compare(scenario.enterprises, known) if changes else unchanged(base)
    except AssumptionError as error:
        mistakes = tuple(mistake.message for mistake in error.mistakes)
    except (ArithmeticError, ValueError, MemoryError) as error:
        mistakes = (f"these values are too far out to be computed ({type(error).__name__})",)
    if comparison is None:
        comparison = unchanged(base)
    if dict(pinned) == dict(changes) and not mistakes:
        baseline = comparison
    elif before is not None and before.pinned == pinned:
        baseline = before.baseline
    else:
        baseline = compare(apply(base, pinned).enterprises) if pinned else unchanged(base)
    scenario = replace(scenario, notes=notes or {})
    return State(base, changes, pinned, scenario, comparison, baseline, mistakes, notes or {})


@lru_cache(maxsize=64)
def unchanged(base: Base) -> Comparison:
    """The comparison of a base as it is, worked out once for all sessions."""
    return compare(base.scenario.enterprises)


def apply(base: Base, changes: Mapping[tuple[str, str], float]) -> Scenario:
    """The base with the changes; raises ``AssumptionError`` where a firm's values cannot stand together."""
    enterprises: dict[str, Assumptions] = {}
    mistakes: list[Mistake] = []
    for enterprise, a in base.scenario.enterprises.items():
        changed = {name: value for (name, holder), value in changes.items() if holder == enterprise}
        try:
            enterprises[enterprise] = replace(a, **changed) if changed else a
        except AssumptionError as error:
            mistakes += [replace(each, message=f"{words.firm(enterprise)}: {each.message}") for each in error.mistakes]
    if mistakes:
        raise AssumptionError(mistakes)
    sources = dict(base.sources)
    for name, _ in changes:
        sources[name] = f"assumption: changed by hand from {base.words.title}"
    return Scenario(enterprises, sources)
