"""Tables of rows under named columns, as programs export them: any separator, columns in any order, titles above.

Only the columns that are asked for are kept; what else a file holds is never looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from coopfin.reading.mistakes import FileError, HeaderError, Mistakes, quoted
from coopfin.reading.sheets import Row, Sheet, open_sheet


@dataclass(frozen=True)
class Table:
    """The cells of each column by its name, and the line of the file in which each row stands.

    ``headers`` are all the file's own, ``read_as`` says which of them stands for which column; ``skipped`` are the lines
    above the header. What is wrong with the rows is in ``mistakes``.
    """

    name: str
    separator: str
    encoding: str
    columns: dict[str, list[str]]
    lines: list[int]
    headers: tuple[str, ...]
    read_as: Mapping[str, str]
    skipped: tuple[tuple[int, str], ...]
    mistakes: Mistakes = field(repr=False)


def read_table(
    data: bytes,
    name: str,
    required: Sequence[str],
    optional: Sequence[str],
    max_bytes: int,
    example: str,
    read_as: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> Table:
    """Read the columns ``required`` and, if they are there, ``optional``.

    ``read_as``: by column the header under which it stands in this file, where that is another. Raises ``FileError``
    (which shows the first line ``example``) where nothing can be read, ``HeaderError`` where a column is not found.
    """
    sheet = open_sheet(data, name, max_bytes, "save only the columns " + ", ".join([*required, *optional]), encoding)
    if not sheet.first:
        raise FileError([f"{name}: the file is empty; the first line must read {example}"])
    asked = {column: column for column in (*required, *optional)} | dict(read_as or {})
    place = _find_header(sheet, [asked[column] for column in required])
    line, header = sheet.first[place]
    header = _without_end(header)
    known = [cell.casefold() for cell in header]
    kept: dict[str, int] = {}
    for column, title in asked.items():
        if (count := known.count(title.casefold())) == 1:
            kept[column] = known.index(title.casefold())
        elif count > 1:
            raise FileError([f"{name}, line {line}: column {title} stands twice; keep one"])
    missing = [column for column in (*required, *(read_as or ())) if column not in kept]
    if missing:
        raise HeaderError([_missing(name, line, header, missing, asked, example)], [cell for cell in header if cell], line)
    mistakes = Mistakes(name)
    lines, columns = _collect(sheet, place, kept, len(header), mistakes)
    above = [(each, " ".join(filter(None, cells))) for each, cells in sheet.first[:place]]
    skipped = ([(1, sheet.told)] if sheet.told else []) + above
    titles = {column: header[place] for column, place in kept.items()}
    return Table(
        name, sheet.separator, sheet.encoding, columns, lines, tuple(filter(None, header)), titles, tuple(skipped), mistakes
    )


def _collect(
    sheet: Sheet, header: int, kept: Mapping[str, int], width: int, mistakes: Mistakes
) -> tuple[list[int], dict[str, list[str]]]:
    """The lines and, by column, the cells of the rows that fit a header of this width; of others a mistake each."""
    lines: list[int] = []
    columns: dict[str, list[str]] = {column: [] for column in kept}
    taken = [(columns[column].append, place) for column, place in kept.items()]
    hint = "put a cell with a comma in quotation marks" if sheet.separator == "," else "check the separators"

    def take(rows: Sequence[Row]) -> None:
        for line, cells in rows:
            if len(cells) != width and (any(cells[width:]) or len(cells) < width):
                if sheet.separator:
                    mistakes.add(line, _misfit(len(cells), width, hint))
                    continue
                cells = cells + [""] * (width - len(cells))
            lines.append(line)
            for add, place in taken:
                add(cells[place])

    take(sheet.first[header + 1 :])
    for row in sheet.rest:
        take((row,))
    return lines, columns


def _misfit(found: int, width: int, hint: str) -> Callable[[], str]:
    return lambda: f"{found} cell{'s' if found != 1 else ''} instead of {width}; {hint}, or take the line out"


def _find_header(sheet: Sheet, required: Sequence[str]) -> int:
    """Which of the first rows is the header: the first that has every column; else the one that looks most like one."""
    sought = {title.casefold() for title in required}
    found = [len(sought & {cell.casefold() for cell in cells}) for _, cells in sheet.first]
    if max(found):
        return found.index(max(found))
    widths = Counter(sum(map(bool, cells)) for _, cells in sheet.first)
    usual = max(widths, key=lambda width: (widths[width] if width > 1 else 0, width))
    return next((i for i, (_, cells) in enumerate(sheet.first) if sum(map(bool, cells)) >= usual), 0)


def _without_end(header: list[str]) -> list[str]:
    while not header[-1]:
        header = header[:-1]
    return header


def _missing(name: str, line: int, header: Sequence[str], missing: Sequence[str], asked: Mapping[str, str], example: str) -> str:
    titles = " and ".join(column if asked[column] == column else f"{column} ({quoted(asked[column])})" for column in missing)
    there = ", ".join(quoted(cell) for cell in header[:12] if cell)
    return (
        f"{name}, line {line}: column {titles} is missing; the first line must read {example}, "
        f"or say which of these it is: {there}"
    )
