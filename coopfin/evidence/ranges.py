"""The evidence ranges of a preset: how far each assumption may lie from what the preset says, and who says so.

A file of ranges is a file of uncertain assumptions (see ``uncertain_file``) in which every row has a source: the same
file can be drawn from by the app, by the command ``simulate`` and by anybody. Ranges of a market have no enterprise:
they move together for both firms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopfin.engine.assumptions import Assumptions
from coopfin.evidence.sources import Source, read_source
from coopfin.reading.guard import unguard
from coopfin.reading.mistakes import FileError, Mistakes
from coopfin.reading.rows import open_rows
from coopfin.uncertainty.sensitivity import Lever
from coopfin.uncertainty.uncertain import Uncertain
from coopfin.uncertainty.uncertain_file import COLUMNS, MAX_BYTES, read_uncertain

NO_EVIDENCE = "no evidence, slider's range"


@dataclass(frozen=True)
class Range:
    """One assumption's evidence: low, likely and high, and where they come from."""

    uncertain: Uncertain
    source: Source

    @property
    def name(self) -> str:
        """The assumption, and the enterprise if it is one enterprise's alone."""
        return self.uncertain.name


def read_ranges(data: bytes, name: str, enterprises: Mapping[str, Assumptions]) -> Mapping[str, Range]:
    """The evidence ranges of these enterprises by name; ``name`` is how messages call the file.

    Raises ``FileError`` with every mistake at once: those of a file of uncertain assumptions, a row without a source,
    a range whose most likely value is not the scenario's.
    """
    uncertain = {each.name: each for each in read_uncertain(data, name, enterprises)}
    _, rows = open_rows(data, name, MAX_BYTES, "save only the table", COLUMNS)
    _, header = next(rows)
    if "source" not in header:
        raise FileError([f"{name}: column source is missing; a range without a source is a guess"])
    ranges, mistakes = {}, Mistakes(name)
    for line, cells in rows:
        row = dict(zip(header, map(unguard, cells), strict=True))
        each = uncertain[f"{row['assumption']} {row['enterprise']}".strip()]
        if problem := _problem(each, row["source"], enterprises):
            mistakes.add(line, f"{each.name}: {problem}")
        else:
            ranges[each.name] = Range(each, read_source(row["source"]))
    mistakes.refuse()
    return ranges


def _problem(each: Uncertain, text: str, enterprises: Mapping[str, Assumptions]) -> str | None:
    try:
        source = read_source(text)
    except ValueError as error:
        return str(error)
    if source.strength == "no source":
        return "no source; cite a fact, or write assumption: and why"
    for enterprise, a in enterprises.items():
        now = float(getattr(a, each.assumption))
        if each.enterprise in (None, enterprise) and each.likely is not None and each.likely != now:
            return f"likely is {each.likely:g}, but the scenario of the {enterprise} says {now:g}; make them equal"
    return None


def of_levers(ranges: Mapping[str, Range]) -> dict[Lever, Range]:
    """The ranges by the lever that each belongs to."""
    return {Lever(each.uncertain.assumption, each.uncertain.enterprise): each for each in ranges.values()}


def ends(ranges: Mapping[Lever, Range]) -> dict[Lever, tuple[float, float]]:
    """The ends of each range that a lever has."""
    return {lever: (each.uncertain.low, each.uncertain.high) for lever, each in ranges.items()}
