"""What a scenario starts from: a preset or an opened file, with the words that belong to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from coopfin.comparison.scenario import Scenario
from coopfin.display.nouns import Words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import Assumption
from coopfin.engine.units import number

FILE = "file:"
LARGEST = 1e15
MARKETPLACE, COOPERATIVE = 0, 1  # what the first two columns of a preset or a file are; who speaks of them names these
SET_HERE = "assumption: set in this plan"


@dataclass(frozen=True)
class Column:
    """What a column is, wherever it stands and whatever it is called.

    ``of``: which column of the preset or file it is, or was copied from; ``mark``: the number of its colour and shape;
    ``plan``: the reader put it there, with values of its own.
    """

    of: int
    mark: int
    plan: bool = False


@dataclass(frozen=True, eq=False)
class Base:
    """A preset or an opened file, with the plans that were put beside its firms.

    ``columns`` says what each column is; empty: they are those of the preset or file, in order. ``version`` changes
    whenever a value does; two are the same only if they are one.
    """

    key: str
    scenario: Scenario
    words: Words
    columns: tuple[Column, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it was opened from a file."""
        return self.key.startswith(FILE)

    @cached_property
    def enterprises(self) -> tuple[str, ...]:
        """The names of the enterprises, in the order of the file."""
        return tuple(self.scenario.enterprises)

    @cached_property
    def layout(self) -> Mapping[str, Column]:
        """What each column is, by its name, in order."""
        columns = self.columns or tuple(Column(i, i) for i in range(len(self.enterprises)))
        return dict(zip(self.enterprises, columns, strict=True))

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The number of each column's colour and shape, in order."""
        return tuple(each.mark for each in self.layout.values())

    def role(self, of: int) -> str:
        """The firm that this column of the preset or file is: itself, or the first plan copied from it, or what comes nearest."""
        there = [name for name, each in self.layout.items() if each.of == of]
        own = [name for name in there if not self.layout[name].plan]
        return (own or there or [self.enterprises[min(of, len(self.enterprises) - 1)]])[0]

    @property
    def marketplace(self) -> str:
        """The firm that is spoken of as the marketplace."""
        return self.role(MARKETPLACE)

    @property
    def cooperative(self) -> str:
        """The firm that is spoken of as the cooperative: the law is asked for it."""
        return self.role(COOPERATIVE)

    @cached_property
    def alike(self) -> Mapping[str, tuple[str, ...]]:
        """By the firm of a role, the others that were copied from the same column: what is uncertain of it is of them."""
        firms = dict.fromkeys(self.role(each.of) for each in self.layout.values())
        of = {name: each.of for name, each in self.layout.items()}
        return {firm: tuple(each for each in of if each != firm and of[each] == of[firm]) for firm in firms}

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The sources, with those of the values that a plan has of its own."""
        told = dict(self.scenario.sources)
        for name, each in self.layout.items():
            own = self.role(each.of)
            for assumption in ASSUMPTIONS if each.plan else ():
                if name == own or self.value(assumption, name) != self.value(assumption, own):
                    before = told.get(assumption, "")
                    told[assumption] = f"{before}; {name}: {SET_HERE}" if before else f"{name}: {SET_HERE}"
        return told

    def value(self, name: str, enterprise: str) -> float:
        """The value of an assumption."""
        return float(getattr(self.scenario.enterprises[enterprise], name))

    def assumption(self, name: str) -> Assumption:
        """The declaration of an assumption."""
        return ASSUMPTIONS[name]

    def holders(self, name: str, enterprise: str) -> tuple[str, ...]:
        """Whose value changes along: all enterprises for a shared assumption."""
        return self.enterprises if ASSUMPTIONS[name].shared else (enterprise,)

    @cached_property
    def version(self) -> str:
        """A short fingerprint of all values."""
        values = [f"{each} {name} {number(self.value(name, each))}" for each in self.enterprises for name in ASSUMPTIONS]
        values += map(str, self.columns)
        return hashlib.sha256("\n".join(values).encode()).hexdigest()[:8]


def unlinkable(names: Iterable[str]) -> str | None:
    """What is wrong with the names of enterprises for a link, in words, or None: there they stand in a row."""
    bad = next((name for name in names if set(name) & {",", '"'} or not name.isprintable()), None)
    return None if bad is None else f"an enterprise needs a name without commas, quotes and line breaks, not {bad!r:.80}"


def refuse(name: str, value: float) -> str | None:
    """Why a value is not possible, in words, or None if it is. Beyond a thousand million millions nothing means anything."""
    message = ASSUMPTIONS[name].refuse(value)
    if message is None and abs(value) > LARGEST:
        message = f"{name} ({ASSUMPTIONS[name].label}) is {value:g}; permitted: up to {LARGEST:g}; nothing larger means anything"
    return message
