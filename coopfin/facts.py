"""The facts that figures stand on: one row each, with its source. Read when first asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Fact:
    """One published figure or rule: whose, what, how much, of which year, and where it is written.

    ``strength`` is ``primary`` (the enterprise, the law, the authority itself) or ``secondary`` (who reports it).
    """

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
        """Where it can be read; where in the document is said behind it."""
        return self.source_url.partition(" ")[0]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table that comes with the package."""
    text = resources.files("coopfin").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by its id."""
    return {row["id"]: Fact(**row) for row in rows("facts.csv")}
