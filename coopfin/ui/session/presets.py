"""The presets: every scenario file in the presets folder, with the words that belong to it."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import streamlit as st

from coopfin.comparison.scenario import Scenario, read_scenario, write_scenario

FOLDER = Path(__file__).parents[3] / "sample_data" / "presets"
FIRST_SHOWN = "ride-hailing"


@dataclass(frozen=True)
class Words:
    """How people speak of a preset: its title, who works or sells, who buys, and the currency."""

    title: str
    provider: str = "provider"
    providers: str = "providers"
    buyers: str = "buyers"
    currency: str = ""
    after: str = ""


@dataclass(frozen=True)
class Base:
    """What a scenario starts from: a preset or an opened file. ``version`` changes whenever a value does."""

    key: str
    scenario: Scenario
    words: Words

    @cached_property
    def version(self) -> str:
        """A short fingerprint of all values."""
        values = write_scenario(Scenario(self.scenario.enterprises, {}))
        return hashlib.sha256(values.encode()).hexdigest()[:8]


def names() -> list[str]:
    """The presets by name, the one shown first at the head, the blank start at the end."""
    found = [path.stem for path in FOLDER.glob("*.csv")]
    return sorted(found, key=lambda key: (key != FIRST_SHOWN, key == "blank", key))


def load(key: str) -> Base:
    """A preset by name; raises ``FileError`` if its file has a mistake."""
    path = FOLDER / f"{key}.csv"
    return _load(key, path.stat().st_mtime_ns)


@st.cache_resource(max_entries=64, show_spinner=False)
def _load(key: str, _changed: int) -> Base:
    path = FOLDER / f"{key}.csv"
    return Base(key, read_scenario(path.read_bytes(), path.name), words(key))


@st.cache_resource(show_spinner=False)
def _declared() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER.parent / "presets.toml").read_text(encoding="utf-8"))


def words(name: str) -> Words:
    """The words for a preset, or for a file named after one; plain ones for any other."""
    declared = _declared()
    match = max((key for key in declared if name.startswith(key)), key=len, default=None)
    return Words(**declared[match]) if match else Words(name.replace("-", " ").replace("_", " ").capitalize())
