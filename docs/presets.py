"""Writes docs/presets.md: what each preset says, from its numbers. Run it after a preset, a range or the model changes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace

from coopfin import read_scenario
from coopfin.evidence.outcome_words import markdown
from coopfin.evidence.outcomes import Outcome
from coopfin.evidence.ranges import read_ranges

ROOT = Path(__file__).parents[1]


def presets() -> dict[str, tuple[Outcome, SimpleNamespace]]:
    """Every preset with its evidence and its words."""
    found = {}
    for name, words in tomllib.loads((ROOT / "sample_data" / "presets.toml").read_text(encoding="utf-8")).items():
        path = ROOT / "sample_data" / "presets" / f"{name}.csv"
        enterprises = read_scenario(path.read_bytes(), path.name).enterprises
        evidence = ROOT / "sample_data" / "ranges" / path.name
        ranges = read_ranges(evidence.read_bytes(), evidence.name, enterprises) if evidence.exists() else {}
        found[name] = Outcome(enterprises, ranges), SimpleNamespace(**words)
    return found


if __name__ == "__main__":
    (ROOT / "docs" / "presets.md").write_text(markdown(presets()), encoding="utf-8")
