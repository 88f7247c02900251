"""Worked examples: expected values derived by hand in the file beside each."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from coopfin import MEASURES, project, read_scenario

WORKED = Path(__file__).parents[1] / "worked"
CASES = [
    (path.stem.removesuffix("_expected"), row)
    for path in sorted(WORKED.glob("*_expected.csv"))
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(
    ("example", "row"), CASES, ids=lambda part: part if isinstance(part, str) else "-".join(list(part.values())[:3])
)
def test_as_worked_by_hand(example: str, row: dict[str, str]) -> None:
    scenario = read_scenario((WORKED / f"{example}.csv").read_bytes(), f"{example}.csv")
    x = project(scenario.enterprises[row["enterprise"]])
    ours = getattr(x, row["name"])[int(row["year"])] if row["year"] else MEASURES[row["name"]](x)
    assert float(ours) == pytest.approx(float(row["value"]), rel=1e-8, abs=1e-8)
