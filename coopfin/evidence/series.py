"""Yearly series of published figures, read out of facts: a list of numbers in a row's value, or behind words in its note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from coopfin.evidence.cases import published, read_texts
from coopfin.evidence.facts import read_facts

PARTS = ("cost", "marketing", "research", "administration")
NUMBER = r"-?\d+(?:,\d{3})*(?:\.\d+)?"
LIST = rf"({NUMBER}(?:, {NUMBER})+)"


@dataclass(frozen=True)
class Company:
    """A company's published years: money in millions; ``shares[part]`` and ``margin`` are of revenue."""

    key: str
    name: str
    revenue: Mapping[int, float]
    margin: Mapping[int, float]
    shares: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    facts: tuple[str, ...] = ()

    def growth(self, year: int) -> float | None:
        """Growth of revenue into ``year``, where the year before is known."""
        before = self.revenue.get(year - 1)
        return self.revenue[year] / before - 1 if before else None


@cache
def companies() -> tuple[Company, ...]:
    """Every company of the panel, in the order of the file."""
    return tuple(_company(key, row) for key, row in read_texts("panel.toml")["companies"].items())


def _company(key: str, row: Mapping[str, str | Mapping[str, str]]) -> Company:
    revenue = series(str(row["revenue"]))
    shares = {part: _of(series(str(row[part])), revenue) for part in PARTS if part in row}
    margin = _of(series(str(row["operating"])), revenue) if "operating" in row else {}
    single = row.get("margins", {})
    assert not isinstance(single, str)
    margin |= {int(year): published(formula) for year, formula in single.items()}
    used = [str(text).partition("|")[0] for name, text in row.items() if name not in ("name", "margins")]
    used += [formula.partition("|")[0] for formula in single.values()]
    return Company(key, str(row["name"]), revenue, margin, shares, tuple(dict.fromkeys(used)))


def _of(part: Mapping[int, float], whole: Mapping[int, float]) -> dict[int, float]:
    return {year: value / whole[year] for year, value in part.items()}


def series(reference: str) -> dict[int, float]:
    """The numbers of a series by year. Raises ``ValueError`` where the row holds no such list, or one of another length."""
    name, _, words = reference.partition("|")
    fact = read_facts().get(name)
    if fact is None:
        raise ValueError(f"{name!r} is not the id of a fact")
    years = re.search(r"(\d{4})\.\.(\d{4})", " ".join((fact.metric, fact.id)))
    found = re.search(rf"(?:^|[;,] ){re.escape(words)} {LIST}", fact.note) if words else re.fullmatch(LIST, fact.value)
    if years is None or found is None:
        raise ValueError(f"{reference!r}: no yearly list stands there")
    values = [float(each.replace(",", "")) for each in found[1].split(", ")]
    first, last = int(years[1]), int(years[2])
    if len(values) != last - first + 1:
        raise ValueError(f"{reference!r}: {len(values)} numbers for the years {first} to {last}")
    return dict(zip(range(first, last + 1), values, strict=True))
