"""What was chosen in a session, as one frozen record: the modules beside make the next one of it; nothing here draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coopfin.comparison.notes import Notes
from coopfin.ui.session.base import Base
from coopfin.ui.session.outcome import State

Place = tuple[str, str]  # an assumption, and the enterprise whose value it is
Changes = Mapping[Place, float]
Query = Mapping[str, str]  # the parameters of an address

NOTICES = 20
STEPS = 200
WRITTEN = 100


@dataclass(frozen=True, eq=False)
class Choice:
    """A preset or an opened file, what was changed in it and in the baseline to compare with, the law that is asked, notes."""

    base: Base
    changes: Changes = field(default_factory=dict)
    pinned: Changes = field(default_factory=dict)
    law: str = ""
    notes: Notes = field(default_factory=dict)

    def value(self, name: str, enterprise: str) -> float:
        """The value chosen for an assumption, right or wrong."""
        return self.changes.get((name, enterprise), self.base.value(name, enterprise))

    def same(self, other: Choice) -> bool:
        """Whether the other choice is this one."""
        mine, theirs = ((each.changes, each.pinned, each.law, each.notes) for each in (self, other))
        return self.base is other.base and mine == theirs

    @cached_property
    def changed(self) -> tuple[Place, ...]:
        """What a reader would count as changes: a shared assumption once, in the first enterprise."""
        first = self.base.enterprises[0]
        return tuple((name, holder) for name, holder in self.changes if holder == first or not self.base.assumption(name).shared)


@dataclass(frozen=True)
class Written:
    """An address that the session gave to the browser, for which choice, and when (seconds of any clock)."""

    query: Query
    choice: Choice
    moment: float


@dataclass(frozen=True)
class Record:
    """Everything that a session remembers.

    ``now`` is chosen, ``state`` what it makes: the last right results where ``now`` cannot be computed. ``past`` and
    ``future`` are for undo and redo, ``left`` keeps where each preset or file was left. ``explain`` is what the
    page is asked to explain. ``acted``: something was done since the address was looked at.
    """

    now: Choice
    state: State
    past: tuple[Choice, ...] = ()
    future: tuple[Choice, ...] = ()
    left: Mapping[str, Choice] = field(default_factory=dict)
    explain: str = ""
    ledger: str = ""  # that an own ledger was open: all of it that an address may tell
    stage: str = ""  # that the comparison stands on a stage, for a room
    page: str = ""
    # What there is to tell: about a link or a step, about the fields of a refused value, about an opened file.
    notices: tuple[str, ...] = ()
    decided: str = ""  # whose decision the last step was, where it was not the reader's own
    refused: Mapping[Place, str] = field(default_factory=dict)
    taken: str = ""
    file_mistakes: tuple[str, ...] = ()
    # What the browser knows: addresses, values that widgets may still report, the steps that a row of buttons counted.
    acted: bool = False
    address: Query = field(default_factory=dict)
    too_long: str = ""
    written: tuple[Written, ...] = ()
    links: tuple[Written, ...] = ()  # those that were followed, as they were given
    echoes: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)
    # The last choice with which a page was drawn to its end.
    drawn: Choice | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self.future)


def limited(notices: list[str]) -> tuple[str, ...]:
    """At most twenty notices, and how many more there are."""
    more = len(notices) - NOTICES
    return tuple(notices) if more <= 0 else (*notices[:NOTICES], f"And {more} more of this kind.")
