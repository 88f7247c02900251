"""Ready firms between a marketplace and a cooperative: the values in which they differ, each with its source. All is data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from coopfin.comparison.notes import LONGEST
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.evidence.sources import Source, read_source
from coopfin.reading.mistakes import FileError

FOLDER = Path(__file__).parents[2] / "sample_data" / "hybrids"
STARTS = ("marketplace", "cooperative")  # the columns of a preset, in their order
ABOUT = ("title", "name", "from", "about")


@dataclass(frozen=True)
class Given:
    """One value: a number, or the sum of assumptions of the firm it starts from; and what it rests on."""

    source: Source
    value: float = 0.0
    sum: tuple[str, ...] = ()

    def of(self, a: Assumptions) -> float:
        """The value for a firm that starts from ``a``."""
        return float(sum(float(getattr(a, name)) for name in self.sum)) if self.sum else self.value

    @property
    def note(self) -> str:
        """The source as a note has room for it: its words, and the titles of what it cites."""
        titles = "; ".join(f"{fact.source_title}, {fact.year}" for fact in self.source.facts)
        told = f"{self.source.words} ({titles})" if titles else self.source.words
        return told if len(told) <= LONGEST else told[: LONGEST - 1].rstrip() + "…"


@dataclass(frozen=True)
class Hybrid:
    """A ready firm: ``of`` is the column of the preset that it starts from, ``name`` what its own column is called."""

    title: str
    name: str
    about: str
    of: int
    given: Mapping[str, Given]

    def values(self, a: Assumptions) -> dict[str, float]:
        """Its values by assumption, for a firm that starts from ``a``."""
        return {name: each.of(a) for name, each in self.given.items()}

    @property
    def notes(self) -> dict[str, str]:
        """What each value rests on, and on the firm itself what it is."""
        return {"": self.about} | {name: each.note for name, each in self.given.items()}


@lru_cache(maxsize=1)
def hybrids() -> Mapping[str, Hybrid]:
    """Every file of the folder by its name. Raises ``FileError`` where one has a mistake."""
    return {path.stem: read_hybrid(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.toml"))}


def read_hybrid(data: bytes, name: str) -> Hybrid:
    """A ready firm from its file; ``name`` is how messages call it. Raises ``FileError`` with every mistake at once."""
    try:
        told = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileError([f"{name}: {error}"]) from None
    mistakes = [f"{name}: {each} is missing" for each in ABOUT if not isinstance(told.get(each), str)]
    if told.get("from") not in STARTS:
        mistakes.append(f"{name}: from is {told.get('from')!r:.60}; permitted: {' or '.join(STARTS)}")
    given = {}
    for assumption, row in told.items():
        if assumption in ABOUT:
            continue
        read = _given(assumption, row)
        if isinstance(read, Given):
            given[assumption] = read
        else:
            mistakes.append(f"{name}: {read}")
    if mistakes:
        raise FileError(mistakes)
    return Hybrid(told["title"], told["name"], told["about"], STARTS.index(told["from"]), given)


def _given(name: str, row: Any) -> Given | str:
    if name not in ASSUMPTIONS or ASSUMPTIONS[name].shared:
        return f"{name} is not an assumption that a firm has of its own"
    match row:
        case {"source": str(text), "sum": [*names]} if all(each in ASSUMPTIONS for each in names) and len(row) == 2:
            value, parts = 0.0, tuple(map(str, names))
        case {"source": str(text), "value": int() | float() as number} if len(row) == 2:
            value, parts = float(number), ()
            if refused := ASSUMPTIONS[name].refuse(value):
                return refused
        case _:
            return f"{name} needs source, and either value or sum"
    try:
        source = read_source(text)
    except ValueError as error:
        return f"{name}: {error}"
    return Given(source, value, parts) if source.strength != "no source" else f"{name}: no source; write assumption: and why"
