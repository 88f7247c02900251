"""The presets: every scenario file in the presets folder, with the words that belong to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from coopfin.comparison.scenario import Scenario, read_scenario
from coopfin.display.nouns import Words
from coopfin.evidence.ranges import Range, read_ranges
from coopfin.ui.session.base import FILE, Base
from coopfin.uncertainty.sensitivity import Lever

FOLDER = Path(__file__).parents[3] / "sample_data" / "presets"
FIRST_SHOWN = "ride-hailing"
BLANK = "blank"

__all__ = ["BLANK", "FIRST_SHOWN", "FOLDER", "Base", "evidence", "first", "load", "names", "opened", "ranges", "words"]


def names() -> list[str]:
    """The presets by name, the one shown first at the head, the blank start at the end."""
    found = [path.stem for path in FOLDER.glob("*.csv") if not path.stem.endswith("-ranges")]
    return sorted(found, key=lambda key: (key != FIRST_SHOWN, key == BLANK, key))


def load(key: str) -> Base:
    """A preset by name; raises ``FileError`` if its file has a mistake."""
    path = FOLDER / f"{key}.csv"
    return _load(path, path.stat().st_mtime_ns)


def first() -> Base:
    """The preset that opens when no link says otherwise."""
    return load(names()[0])


def opened(scenario: Scenario, title: str) -> Base:
    """The base that an opened file makes, called by its name."""
    return Base(FILE + title, scenario, replace(words(title.removesuffix(".csv")), title=title))


def ranges(key: str) -> Mapping[str, Range]:
    """The evidence ranges of a preset by name; none where it has none."""
    path = FOLDER.parent / "ranges" / f"{key}.csv"
    return _ranges(path, path.stat().st_mtime_ns, load(key)) if path.exists() else {}


def evidence(base: Base) -> Mapping[Lever, Range]:
    """The evidence ranges by lever: a firm's own where its column is, whatever it is called; none for a file."""
    found = {} if base.is_file else ranges(base.key)
    firms = load(base.key).enterprises if found else ()
    there = {each.of for each in base.layout.values()}
    levers: dict[Lever, Range] = {}
    for each in found.values():
        of = firms.index(each.uncertain.enterprise) if each.uncertain.enterprise else None
        if of is None or of in there:
            levers[Lever(each.uncertain.assumption, None if of is None else base.role(of))] = each
    return levers


@lru_cache(maxsize=64)
def _ranges(path: Path, _changed: int, base: Base) -> Mapping[str, Range]:
    return read_ranges(path.read_bytes(), path.name, base.scenario.enterprises)


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int) -> Base:
    return Base(path.stem, read_scenario(path.read_bytes(), path.name), words(path.stem))


@lru_cache(maxsize=1)
def _declared() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER.parent / "presets.toml").read_text(encoding="utf-8"))


def words(name: str) -> Words:
    """The words for a preset, or for a file named after one; plain ones for any other."""
    declared = _declared()
    match = max((key for key in declared if name.startswith(key)), key=len, default=None)
    return Words(**declared[match]) if match else Words(name.replace("-", " ").replace("_", " ").capitalize())
