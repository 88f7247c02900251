"""References to a figure in a row of ``coopfin/data/facts.csv``, in formulas and in texts of the data files.

A reference is ``fact-id``, the only number of that row in its unit, or ``fact-id|words``, where every number among
the words must stand in the row. So a figure in a text or in a formula cannot drift from its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from coopfin.evidence.facts import Fact, read_facts

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
SCALES = {"%": 0.01, "k": 1e3, "M": 1e6, "bn": 1e9, "million": 1e6, "billion": 1e9}


def numbers(text: str) -> set[float]:
    """Every number in ``text``; signs are not read."""
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


@dataclass(frozen=True)
class Figure:
    """A figure of a fact. ``words`` is how a text puts it; empty: as it stands in the row. ``value`` is in whole units."""

    fact: Fact
    words: str
    value: float


@cache
def figure(reference: str) -> Figure:
    """The figure a reference means; ``value`` is NaN where the row or the words hold no single number.

    Raises ``ValueError`` if there is no such fact, or if a number among the words does not stand in its row.
    """
    name, _, words = reference.partition("|")
    fact = read_facts().get(name)
    if fact is None:
        raise ValueError(f"{name!r} is not the id of a fact; the ids are those of facts.csv")
    unknown = numbers(words) - numbers(" ".join((fact.metric, fact.value, fact.unit, fact.year, fact.note)))
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
