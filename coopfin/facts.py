"""The facts: rows of ``coopfin/data/facts.csv``, and references to a figure in one of them.

A reference is ``fact-id``, the only number of that row in its unit, or ``fact-id|words``, where every number among
the words must stand in the row. So a figure in a text or in a formula cannot drift from its source.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).with_name("data")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
SCALES = {"%": 0.01, "k": 1e3, "M": 1e6, "bn": 1e9, "million": 1e6, "billion": 1e9}


def numbers(text: str) -> set[float]:
    """Every number in ``text``; signs are not read."""
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


@dataclass(frozen=True)
class Fact:
    """One row: what was published about whom, where, and how strong the source is (primary or secondary)."""

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

    @cached_property
    def numbers(self) -> set[float]:
        """Every number that stands in the row."""
        return numbers(" ".join((self.metric, self.value, self.unit, self.year, self.note)))

    @property
    def address(self) -> str:
        """The address of the source, without the remarks some rows put behind it."""
        return self.source_url.split(" ")[0]


@dataclass(frozen=True)
class Figure:
    """A figure of a fact. ``words`` is how a text puts it; empty: as it stands in the row. ``value`` is in whole units."""

    fact: Fact
    words: str
    value: float


def _read() -> dict[str, Fact]:
    with (DATA / "facts.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: Fact(**row) for row in csv.DictReader(file)}


FACTS = _read()


def figure(reference: str) -> Figure:
    """The figure a reference means; ``value`` is NaN where the row or the words hold no single number.

    Raises ``ValueError`` if there is no such fact, or if a number among the words does not stand in its row.
    """
    name, _, words = reference.partition("|")
    fact = FACTS.get(name)
    if fact is None:
        raise ValueError(f"{name!r} is not the id of a fact; the ids are those of facts.csv")
    unknown = numbers(words) - fact.numbers
    if unknown:
        raise ValueError(f"{reference!r}: {', '.join(f'{each:g}' for each in sorted(unknown))} does not stand in the row {name}")
    if words:
        return Figure(fact, words, _number(words, words))
    return Figure(fact, "", _number(fact.value, fact.unit))


def _number(text: str, unit: str) -> float:
    found = NUMBER.findall(text)
    if len(found) != 1:
        return float("nan")
    scale = next((size for name, size in SCALES.items() if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", unit)), 1.0)
    sign = -1.0 if text.lstrip().startswith(("-", "\u2212")) else 1.0
    return sign * float(found[0].replace(",", "")) * scale


def split_template(template: str) -> list[str | Figure]:
    """A text with ``{references}`` as its parts, in order; ``{=name}`` stays as it is, for a value of the model."""
    parts: list[str | Figure] = []
    for i, part in enumerate(PLACEHOLDER.split(template)):
        if i % 2 == 0:
            parts.append(part)
        else:
            parts.append(f"{{{part}}}" if part.startswith("=") else figure(part))
    return [part for part in parts if part]
