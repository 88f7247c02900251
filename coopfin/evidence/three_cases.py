"""Three cooperatives beside their traditional peers, and those that failed: one table of published figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from coopfin.evidence.cases import read_texts
from coopfin.evidence.facts import Fact
from coopfin.evidence.figures import Figure, split_template

NOT_PUBLISHED = "not published"
FAILED = "failed or in trouble"
KINDS = ("cooperative", "traditional", FAILED)


@dataclass(frozen=True)
class Cell:
    """What one firm says to one question: text with figures, or nothing that we may cite."""

    parts: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        """As it is read."""
        said = (
            part if isinstance(part, str) else part.words or f"{part.fact.value} {part.fact.unit}".strip() for part in self.parts
        )
        return "".join(said) or NOT_PUBLISHED

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Where it comes from, each once."""
        return tuple({part.fact.id: part.fact for part in self.parts if isinstance(part, Figure)}.values())

    @property
    def strength(self) -> str:
        """The weakest of its sources, in words; empty where nothing is published."""
        if not self.facts:
            return ""
        return "primary source" if all(fact.strength == "primary" for fact in self.facts) else "secondary source"


@dataclass(frozen=True)
class Column:
    """One firm, or peers of one trade together."""

    key: str
    name: str
    kind: str
    cells: Mapping[str, Cell]


@cache
def questions() -> Mapping[str, str]:
    """The rows of the table: key and words."""
    return dict(read_texts("three_cases.toml")["questions"])


@cache
def columns() -> tuple[Column, ...]:
    """Every firm, in the order of the file."""
    return tuple(
        Column(key, row["name"], row["kind"], {each: Cell(tuple(split_template(row.get(each, "")))) for each in questions()})
        for key, row in read_texts("three_cases.toml")["columns"].items()
    )


def write_three_cases() -> str:
    """The table as CSV: a row for each firm and question, with its sources."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("firm", "kind", "question", "answer", "strength", "sources"))
    for column in columns():
        for key, question in questions().items():
            cell = column.cells[key]
            sources = " | ".join(f"{fact.source_title}, {fact.year}, {fact.address}" for fact in cell.facts)
            table.writerow((column.name, column.kind, question, cell.text, cell.strength, sources))
    return out.getvalue()


def markdown(failed: bool = False) -> str:
    """The table for the README: the three cases and their peers, or those that failed."""
    shown = [column for column in columns() if (column.kind == FAILED) == failed]
    return "\n".join(_lines(shown)) + "\n"


def _lines(shown: list[Column]) -> Iterator[str]:
    yield "| | " + " | ".join(f"**{column.name}**" for column in shown) + " |"
    yield "|---" * (len(shown) + 1) + "|"
    for key, question in questions().items():
        cells = [column.cells[key] for column in shown]
        yield f"| {question} | " + " | ".join(_linked(cell) for cell in cells) + " |"


def _linked(cell: Cell) -> str:
    links = " ".join(f"[[{i}]]({fact.address})" for i, fact in enumerate(cell.facts, start=1))
    return f"{cell.text} {links}".strip().replace("|", "\\|")
