"""The reference figures of ``coopfin/data/facts.csv``: where a figure that an assumption quotes comes from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Fact:
    """One published figure and where it was read; texts as they stand in the file."""

    id: str
    entity: str
    metric: str
    value: str
    unit: str
    year: str
    source_title: str
    source_url: str
    note: str
    strength: str

    @property
    def address(self) -> str:
        """Where it can be read; the place in the document stands behind it."""
        return self.source_url.partition(" ")[0]

    def __str__(self) -> str:
        return f"{self.entity}: {self.metric} {self.value} {self.unit}, {self.year} ({self.source_title}, {self.source_url})"


@cache
def read_facts() -> Mapping[str, Fact]:
    """The facts by id."""
    columns = [each.name for each in fields(Fact)]
    return {row["id"]: Fact(**{name: row[name] for name in columns}) for row in read_rows("facts.csv")}


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table that comes with the package."""
    text = (files("coopfin") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
