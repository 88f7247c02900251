"""The presets and their ranges, as the tests of evidence read them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coopfin import Scenario, read_scenario
from coopfin.evidence.outcomes import Outcome
from coopfin.evidence.ranges import Range, read_ranges

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "sample_data" / "presets").glob("*.csv"))
WITH_RANGES = [name for name in NAMES if name != "blank"]
WORDS = tomllib.loads((ROOT / "sample_data" / "presets.toml").read_text(encoding="utf-8"))


@cache
def scenario(name: str) -> Scenario:
    path = ROOT / "sample_data" / "presets" / f"{name}.csv"
    return read_scenario(path.read_bytes(), path.name)


@cache
def ranges(name: str) -> Mapping[str, Range]:
    path = ROOT / "sample_data" / "ranges" / f"{name}.csv"
    return read_ranges(path.read_bytes(), path.name, scenario(name).enterprises) if path.exists() else {}


@cache
def outcome(name: str) -> Outcome:
    return Outcome(scenario(name).enterprises, ranges(name))
