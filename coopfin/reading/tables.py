"""Tables of rows under named columns, as spreadsheets save them: commas, semicolons or tabs, columns in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coopfin.reading.files import FileError, decode, split_rows

SEPARATORS = (",", ";", "\t")
MAX_LISTED = 50

Mistakes = list[tuple[int, str]]  # line of the file, message


@dataclass(frozen=True)
class Table:
    """The cells of each column by its name, and the line of the file in which each row stands."""

    name: str
    separator: str
    columns: dict[str, list[str]]
    lines: list[int]
    mistakes: Mistakes

    def refuse(self, mistakes: Mistakes) -> None:
        """Raise ``FileError`` if there are any mistakes: the first ones in the order of the file, and how many more."""
        found = sorted([*self.mistakes, *mistakes])
        if found:
            raise FileError(_listed([f"{self.name}, line {line}: {message}" for line, message in found], self.name))


def read_table(
    data: bytes, name: str, required: Sequence[str], optional: Sequence[str], unread: Sequence[str], max_bytes: int
) -> Table:
    """Read the columns ``required`` and, if they are there, ``optional``; those of ``unread`` are dropped at once.

    Rows that do not fit the header are in the table's ``mistakes``. Raises ``FileError`` where nothing can be read.
    """
    text = decode(data, name, max_bytes, "save only the columns " + ", ".join([*required, *optional]))
    separator = _separator(text, required)
    rows = [(line, cells) for line, cells in split_rows(text, name, separator) if any(cells)]
    expected = f"the first line must read {','.join(required)}"
    if not rows:
        raise FileError([f"{name}: the file is empty; {expected}"])
    line, header = rows[0][0], [cell.lower() for cell in rows[0][1]]
    while not header[-1]:
        header.pop()
    problem = _header_mistake(header, required, [*required, *optional, *unread], expected)
    if problem:
        raise FileError([f"{name}, line {line}: {problem}"])
    kept = {column: header.index(column) for column in (*required, *optional) if column in header}
    mistakes: Mistakes = []
    lines, fitting = [], []
    for line, cells in rows[1:]:
        if len(cells) == len(header) or (len(cells) > len(header) and not any(cells[len(header) :])):
            lines.append(line)
            fitting.append(cells)
        else:
            hint = "put a cell with a comma in quotation marks" if separator == "," else "check the separators"
            mistakes.append((line, f"{len(cells)} cells instead of {len(header)}; {hint}"))
    columns = {column: [cells[place] for cells in fitting] for column, place in kept.items()}
    return Table(name, separator, columns, lines, mistakes)


def _separator(text: str, required: Sequence[str]) -> str:
    """The separator with which the first line has the required columns; failing that, the one that splits it most."""
    first = next((line for line in text.splitlines() if line.strip()), "").lower()

    def fits(separator: str) -> tuple[int, int]:
        cells = [cell.strip(" \"'") for cell in first.split(separator)]
        return sum(column in cells for column in required), len(cells)

    return max(SEPARATORS, key=fits)


def _header_mistake(header: list[str], required: Sequence[str], known: Sequence[str], expected: str) -> str | None:
    missing = [column for column in required if column not in header]
    if missing:
        return f"column {' and '.join(missing)} is missing; {expected}"
    unknown = [column for column in header if column not in known]
    if unknown:
        return f"column {unknown[0][:60]!r} is not known; permitted: {', '.join(known)}; remove it"
    twice = next((column for column in header if header.count(column) > 1), None)
    return f"column {twice} stands twice; keep one" if twice else None


def _listed(messages: Iterable[str], name: str) -> list[str]:
    messages = list(messages)
    more = len(messages) - MAX_LISTED
    return messages[:MAX_LISTED] + ([f"{name}: and {more:,} more mistakes"] if more > 0 else [])
