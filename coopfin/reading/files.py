"""Scenario files, read strictly: a table of assumptions, a column per enterprise, every mistake told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches
from types import SimpleNamespace

from coopfin.compare.comparison import find_unshared, project_all
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions, find_mistakes
from coopfin.engine.declaration import AssumptionError, Mistake
from coopfin.reading.mistakes import FileError as FileError

FIRST = ("assumption", "unit")
LAST = "source"
MAX_BYTES = 1_000_000
MAX_ENTERPRISES = 100
MAX_NAME = 60


@dataclass(frozen=True)
class Scenario:
    """What a scenario file holds: the assumptions of each enterprise by name, and the source of each assumption."""

    enterprises: Mapping[str, Assumptions]
    sources: Mapping[str, str]


def read_scenario(data: bytes, name: str) -> Scenario:
    """Read a scenario file; ``name`` is how messages call it. Raises ``FileError`` with every mistake at once."""
    rows = [*table_rows(decode(data, name), name)]
    if not rows:
        raise FileError([f"{name}: the file is empty; the first line must read {_header('marketplace', 'cooperative')}"])
    (line, header), *body = rows
    problem = _header_mistake(header)
    if problem:
        raise FileError([f"{name}, line {line}: {problem}"])
    return _Reader(name, header[2:-1], line).read(body)


def decode(data: bytes, name: str, max_bytes: int = MAX_BYTES, advice: str = "save only the table") -> str:
    """The text of a file of up to ``max_bytes``; raises ``FileError`` if it is larger or not UTF-8."""
    if len(data) > max_bytes:
        raise FileError([f"{name}: the file has {len(data):,} bytes or more; permitted: up to {max_bytes:,}; {advice}"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileError([f"{name}, line {line}: not text in UTF-8; save the table as 'CSV UTF-8'"]) from None
    if "\0" in text:
        raise FileError([f"{name}: this is not a text file; save the table as 'CSV UTF-8'"])
    return text


def table_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of every row that is not empty or a comment; raises ``FileError`` at a broken one."""
    return ((line, cells) for line, cells in split_rows(text, name) if any(cells) and not cells[0].startswith("#"))


def split_rows(text: str, name: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text, each with the line it starts in; cells without spaces around. Raises ``FileError``."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileError([f"{name}, line {line}: {error}; check the quotation marks"]) from None


def _header(*enterprises: str) -> str:
    return ",".join([*FIRST, *enterprises, LAST])


def _header_mistake(header: list[str]) -> str | None:
    expected = f"the first line must read {_header('marketplace', 'cooperative')} (any number of enterprise columns)"
    if len(header) == 1 and ";" in header[0]:
        return f"the columns are separated by semicolons; separate them by commas; {expected}"
    missing = [column for column in (*FIRST, LAST) if column not in header]
    if missing:
        return f"column {' and '.join(missing)} is missing; {expected}"
    enterprises = header[2:-1]
    if tuple(header[:2]) != FIRST or header[-1] != LAST:
        return f"the columns are out of order; {expected}"
    if not enterprises:
        return f"there is no column for an enterprise; {expected}"
    return name_mistake(enterprises)


def name_mistake(enterprises: list[str]) -> str | None:
    """What is wrong with the names of the enterprises, in words, or None."""
    if len(enterprises) > MAX_ENTERPRISES:
        return f"there are {len(enterprises)} enterprise columns; permitted: up to {MAX_ENTERPRISES}"
    for enterprise in enterprises:
        if not enterprise or len(enterprise) > MAX_NAME or not enterprise.isprintable():
            return f"the enterprise column {enterprise[:MAX_NAME]!r} needs a name of 1 to {MAX_NAME} printable characters"
    if len({*enterprises, *FIRST, LAST}) < len(enterprises) + len(FIRST) + 1:
        return "two columns have the same name; give each enterprise its own"
    return None


class _Reader:
    """Collects values, sources and mistakes row by row, so that every mistake is told at once."""

    def __init__(self, name: str, enterprises: list[str], header_line: int) -> None:
        self.name = name
        self.values: dict[str, dict[str, float]] = {enterprise: {} for enterprise in enterprises}
        self.sources: dict[str, str] = {}
        self.line_of: dict[str, int] = {}
        self.header_line = header_line
        self.mistakes: list[tuple[int, str]] = []

    def read(self, rows: list[tuple[int, list[str]]]) -> Scenario:
        for line, cells in rows:
            self.mistakes += [(line, message) for message in self._row(line, cells)]
        self._check()
        if self.mistakes:
            raise FileError(f"{self.name}, line {line}: {message}" for line, message in sorted(self.mistakes))
        return Scenario({each: Assumptions(**values) for each, values in self.values.items()}, self.sources)

    def _row(self, line: int, cells: list[str]) -> Iterator[str]:
        name = cells[0]
        assumption = ASSUMPTIONS.get(name)
        if assumption is None:
            yield f"{name!r} is not an assumption; {nearest(name)}"
            return
        if name in self.line_of:
            yield f"{name} stands here again, first in line {self.line_of[name]}; keep one of the two"
            return
        self.line_of[name] = line
        if len(cells) != len(self.values) + 3:
            yield f"{name}: {len(cells)} cells instead of {len(self.values) + 3}; put a cell with a comma in quotation marks"
            return
        unit, source, given = cells[1], cells[-1], dict(zip(self.values, cells[2:-1], strict=True))
        self.sources[name] = source
        if unit != assumption.unit.name:
            yield f"{name} ({assumption.label}) has unit {unit!r} with value {', '.join(given.values())}; {assumption.permitted}"
            return
        for enterprise, cell in given.items():
            value = parse_number(cell)
            if value is None:
                yield f"{enterprise}: {name} ({assumption.label}) is {cell!r}, not a number; {assumption.permitted}"
            elif refused := assumption.refuse(value):
                yield f"{enterprise}: {refused}"
            else:
                self.values[enterprise][name] = value

    def _check(self) -> None:
        """What must hold between the assumptions, as far as each is possible by itself."""
        broken = {name for name, line in self.line_of.items() if line in {line for line, _ in self.mistakes}}
        complete = {
            enterprise: SimpleNamespace(**{each.name: values.get(each.name, each.default) for each in ASSUMPTIONS.values()})
            for enterprise, values in self.values.items()
        }
        for enterprise, values in complete.items():
            self._add(find_mistakes(values), broken, f"{enterprise}: ")
        self._add(find_unshared(complete), broken)
        if not self.mistakes:
            try:
                project_all({each: Assumptions(**values) for each, values in self.values.items()})
            except AssumptionError as error:
                self._add(error.mistakes)

    def _add(self, mistakes: Iterable[Mistake], broken: Set[str] = frozenset(), prefix: str = "") -> None:
        for mistake in mistakes:
            if not broken & set(mistake.assumptions):
                lines = [self.line_of[name] for name in mistake.assumptions if name in self.line_of]
                self.mistakes.append((max(lines, default=self.header_line), prefix + mistake.message))


def parse_number(cell: str) -> float | None:
    """The number in a cell, or None."""
    # float() would also take 1_000, which a spreadsheet does not mean as a number.
    try:
        return None if "_" in cell else float(cell)
    except ValueError:
        return None


def nearest(name: str) -> str:
    """Which assumption may be meant by ``name``, in words."""
    close = get_close_matches(name, ASSUMPTIONS, n=1)
    return f"did you mean {close[0]}?" if close else "the names are those of the first column of a preset"
