"""Scenario files: a table of assumptions, a column per enterprise, read strictly, and written so that it reads back.

A check projects the enterprises, so that nothing gets in whose results could not be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from types import SimpleNamespace

from coopfin.comparison import notes as noted
from coopfin.comparison.compare import compare, find_unshared
from coopfin.comparison.enterprises import name_mistake
from coopfin.comparison.notes import Notes, Place
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions, find_mistakes
from coopfin.engine.declaration import Assumption, AssumptionError, Mistake
from coopfin.engine.replaced import REPLACED
from coopfin.engine.units import number
from coopfin.reading.csv_text import csv_text
from coopfin.reading.floats import decimal_sign, read_float
from coopfin.reading.guard import unguard
from coopfin.reading.mistakes import FileError, Mistakes, quoted
from coopfin.reading.rows import open_rows

FIRST = ("assumption", "unit")
LAST = "source"
MAX_BYTES = 1_000_000
ADVICE = "save only the table of assumptions"
EXPECTED = f"the first line must read {','.join(FIRST)},marketplace,cooperative,{LAST} (any names, one column an enterprise)"


@dataclass(frozen=True)
class Scenario:
    """What a scenario file holds: the assumptions of each enterprise by name, sources by assumption, and notes."""

    enterprises: Mapping[str, Assumptions]
    sources: Mapping[str, str]
    notes: Notes = field(default_factory=dict)


def write_scenario(scenario: Scenario) -> str:
    """The scenario as a file that reads back to the identical projection, bit for bit.

    Raises ``ValueError`` where an enterprise has a name that no file can have.
    """
    if mistake := name_mistake(list(scenario.enterprises)):
        raise ValueError(mistake)
    header: list[str | float] = [*FIRST, *scenario.enterprises, LAST]
    rows: Iterator[list[str | float]] = (
        [name, each.unit.name, *(float(getattr(a, name)) for a in scenario.enterprises.values()), scenario.sources.get(name, "")]
        for name, each in ASSUMPTIONS.items()
    )
    return csv_text(chain([header], rows, noted.rows(scenario.notes, scenario.enterprises)), number)


def read_scenario(data: bytes, name: str) -> Scenario:
    """Read a scenario file; ``name`` is how messages call it. Raises ``FileError`` with every mistake at once."""
    separator, rows = open_rows(data, name, MAX_BYTES, ADVICE, (*FIRST, LAST), noted.MARK)
    early = []
    line, header = next(rows, (0, []))
    while header and header[0] == noted.MARK:  # somebody sorted the rows
        early.append((line, header))
        line, header = next(rows, (0, []))
    if not header:
        raise FileError([f"{name}: the file is empty; {EXPECTED}"])
    while not header[-1]:
        header.pop()
    enterprises = [unguard(cell) for cell in header[2:-1]]
    if problem := _header_mistake(header, enterprises):
        raise FileError([f"{name}, line {line}: {problem}"])
    return _Reader(name, enterprises, line, separator).read(chain(early, rows))


def _header_mistake(header: list[str], enterprises: list[str]) -> str | None:
    missing = [column for column in (*FIRST, LAST) if column not in header]
    if missing:
        return f"column {' and '.join(missing)} is missing; {EXPECTED}"
    if tuple(header[:2]) != FIRST or header[-1] != LAST:
        return f"the columns are out of order; {EXPECTED}"
    return name_mistake(enterprises) if enterprises else f"there is no column for an enterprise; {EXPECTED}"


class _Reader:
    """Collects cells, sources and mistakes row by row, so that every mistake is told at once."""

    def __init__(self, name: str, enterprises: list[str], header_line: int, separator: str) -> None:
        self.enterprises, self.header_line, self.separator = enterprises, header_line, separator
        self.cells: dict[str, list[str]] = {}
        self.sources: dict[str, str] = {}
        self.notes: dict[Place, str] = {}
        self.line_of: dict[str, int] = {}
        self.broken: set[str] = set()
        self.mistakes, self.earlier = Mistakes(name), Mistakes(name)

    def read(self, rows: Iterable[tuple[int, list[str]]]) -> Scenario:
        for line, cells in rows:
            if cells[0] == noted.MARK:
                self._note(line, cells)
            elif cells[0] in ASSUMPTIONS:
                self._row(line, ASSUMPTIONS[cells[0]], cells)
            else:
                self._unknown(line, cells[0])
        self.earlier.refuse()  # with names of the earlier format nothing else is worth telling
        values = self._values()
        self._check(values)
        self.mistakes.refuse()
        scenario = {each: Assumptions(**given) for each, given in values.items()}
        try:
            compare(scenario)
        except AssumptionError as error:
            self._add(error.mistakes)
        self.mistakes.refuse()
        return Scenario(scenario, self.sources, self.notes)

    def _note(self, line: int, cells: list[str]) -> None:
        read = noted.read_row(cells, self.enterprises, self.notes)
        if isinstance(read, str):
            self.mistakes.add(line, read)
        else:
            place, text = read
            self.notes[place] = text

    def _unknown(self, line: int, name: str) -> None:
        if name not in REPLACED:
            self.mistakes.add(line, lambda: f"{quoted(name)} is not an assumption; {nearest(name)}")
        elif name not in self.line_of:
            self.line_of[name] = line
            self.earlier.add(line, REPLACED[name])

    def _row(self, line: int, assumption: Assumption, cells: list[str]) -> None:
        name, width = assumption.name, len(self.enterprises) + 3
        if name in self.line_of:
            first = self.line_of[name]
            self.mistakes.add(line, lambda: f"{name} stands here again, first in line {first}; keep one of the two")
            return
        self.line_of[name] = line
        if len(cells) != width and (len(cells) < width or any(cells[width:])):
            self._refuse(assumption, f"{name}: {len(cells)} cells instead of {width}; {self._advice()}")
        elif cells[1] != assumption.unit.name:
            unit, given = quoted(cells[1]), quoted(", ".join(cells[2 : width - 1]))
            self._refuse(assumption, f"{_called(assumption)} has unit {unit} with value {given}; {assumption.permitted}")
        else:
            self.cells[name] = cells[2 : width - 1]
            if source := unguard(cells[width - 1]):
                self.sources[name] = source

    def _advice(self) -> str:
        return "put a cell with a comma in quotation marks" if self.separator == "," else "check the separators"

    def _refuse(self, assumption: Assumption, message: str) -> None:
        self.broken.add(assumption.name)
        self.mistakes.add(self.line_of[assumption.name], message)

    def _values(self) -> Mapping[str, dict[str, float]]:
        """The numbers of each enterprise by assumption, as far as they can be read and are possible."""
        sign = decimal_sign(chain.from_iterable(self.cells.values()), self.separator)
        values: dict[str, dict[str, float]] = {enterprise: {} for enterprise in self.enterprises}
        for name, cells in self.cells.items():
            assumption = ASSUMPTIONS[name]
            for enterprise, cell in zip(self.enterprises, cells, strict=True):
                value = read_float(cell, sign)
                if isinstance(value, str):
                    self._refuse(assumption, f"{enterprise}: {_called(assumption)} {value}; {assumption.permitted}")
                elif refused := assumption.refuse(value):
                    self._refuse(assumption, f"{enterprise}: {refused}")
                else:
                    values[enterprise][name] = value
        return values

    def _check(self, values: Mapping[str, dict[str, float]]) -> None:
        """What must hold between the assumptions, as far as each is possible by itself."""
        standard = {each.name: each.default for each in ASSUMPTIONS.values()}
        complete = {enterprise: SimpleNamespace(**(standard | given)) for enterprise, given in values.items()}
        for enterprise, given in complete.items():
            self._add(find_mistakes(given), f"{enterprise}: ")
        self._add(find_unshared(complete))

    def _add(self, mistakes: Iterable[Mistake], prefix: str = "") -> None:
        for mistake in mistakes:
            if not self.broken & set(mistake.assumptions):
                lines = [self.line_of[name] for name in mistake.assumptions if name in self.line_of]
                self.mistakes.add(max(lines, default=self.header_line), prefix + mistake.message)


def _called(assumption: Assumption) -> str:
    return f"{assumption.name} ({assumption.label})"


def nearest(name: str) -> str:
    """Which assumption may be meant by ``name``, in words."""
    close = get_close_matches(name[:60], ASSUMPTIONS, n=1)
    return f"did you mean {close[0]}?" if close else "the names are those of the first column of a preset"
