"""What a scenario starts from: a preset or an opened file, with the words that belong to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from coopfin.comparison.scenario import Scenario
from coopfin.display.nouns import Words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import Assumption
from coopfin.engine.units import number

FILE = "file:"
LARGEST = 1e15


@dataclass(frozen=True, eq=False)
class Base:
    """A preset or an opened file. ``version`` changes whenever a value does; two are the same only if they are one."""

    key: str
    scenario: Scenario
    words: Words

    @property
    def is_file(self) -> bool:
        """Whether it was opened from a file."""
        return self.key.startswith(FILE)

    @cached_property
    def enterprises(self) -> tuple[str, ...]:
        """The names of the enterprises, in the order of the file."""
        return tuple(self.scenario.enterprises)

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
