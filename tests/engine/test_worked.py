"""Worked examples: expected values derived by hand in the file beside each, money to the cent."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coopfin import MEASURES, project, read_scenario
from coopfin.capital.instruments import instruments
from coopfin.capital.returns import by_year
from coopfin.engine.projection import Projection

WORKED = Path(__file__).parents[1] / "worked"


def cases(kind: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (path.stem.removesuffix(f"_{kind}"), row)
        for path in sorted(WORKED.glob(f"*_{kind}.csv"))
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    ]


def name_of(part: Any) -> str:
    return part if isinstance(part, str) else "-".join(text for text in list(part.values())[:-1] if text)


def projected(example: str, enterprise: str) -> Projection:
    return project(read_scenario((WORKED / f"{example}.csv").read_bytes(), f"{example}.csv").enterprises[enterprise])


def as_written(value: str) -> Any:
    """Equal to the last digit that is written down, and to the cent where only whole numbers are."""
    digits = max(2, -int(Decimal(value).as_tuple().exponent))
    return pytest.approx(float(value), rel=1e-12, abs=0.5 * 10.0**-digits + 1e-12)


@pytest.mark.parametrize(("example", "row"), cases("expected"), ids=name_of)
def test_as_worked_by_hand(example: str, row: dict[str, str]) -> None:
    x = projected(example, row["enterprise"])
    if row["month"]:
        ours = getattr(x.months, row["name"])[int(row["month"])]
    elif row["name"] in MEASURES:
        ours = MEASURES[row["name"]](x)
    else:
        ours = getattr(x, row["name"])[int(row["year"])]
    assert float(ours) == as_written(row["value"])


@pytest.mark.parametrize(("example", "row"), cases("capital"), ids=name_of)
def test_instruments_as_worked_by_hand(example: str, row: dict[str, str]) -> None:
    instrument = instruments(projected(example, row["enterprise"]))[row["instrument"]]
    ours = instrument.rate.value if row["what"] == "rate" else getattr(instrument, row["what"])
    if row["month"]:
        ours = ours[int(row["month"])]
    elif row["year"]:
        by = by_year(ours) if row["what"] in ("raised", "paid", "flows") else ours
        ours = by[int(row["year"])]
    assert float(ours) == as_written(row["value"])


def test_every_example_says_how_it_was_worked_out() -> None:
    for path in WORKED.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        if text.startswith("assumption,"):
            note = text.split("see ")[1].split(".md")[0]
            assert (WORKED / f"{note}.md").is_file(), path.name
