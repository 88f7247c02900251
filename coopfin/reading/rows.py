"""The rows of a table that people keep in a spreadsheet: comments passed over, the separator told by the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coopfin.reading.decoding import read_text
from coopfin.reading.sheets import SEPARATORS, Row, separator_line, split_rows


def open_rows(
    data: bytes, name: str, max_bytes: int, advice: str, columns: Sequence[str], kept: str = ""
) -> tuple[str, Iterator[Row]]:
    """The separator of a file whose header holds ``columns``, and its rows, each with its line; the first is the header.

    Rows that are empty or begin with ``#`` are left out, but for those whose first cell is ``kept``. Raises ``FileError``
    where the file is no text in a table.
    """
    separator, text, first_line = separator_line(read_text(data, name, max_bytes, advice).text)
    separator = separator or _separator(text, columns)
    rows = split_rows(text, name, separator, first_line)
    return separator, (
        (line, cells) for line, cells in rows if any(cells) and ((kept and cells[0] == kept) or not cells[0].startswith("#"))
    )


def _separator(text: str, columns: Sequence[str]) -> str:
    """The separator with which the header has most of its columns; a comma where none has more."""
    header = re.search(r"^(?!\s*#)[^\r\n]*\S[^\r\n]*", text, re.MULTILINE)
    cells = header[0] if header else ""

    def fits(separator: str) -> int:
        return len(set(columns) & {cell.strip(' "') for cell in cells.split(separator)})

    return max(SEPARATORS, key=fits)
