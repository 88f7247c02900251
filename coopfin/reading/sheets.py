"""The rows of a file: a CSV of any separator and encoding, or the first sheet of a workbook; each with its line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from coopfin.reading.decimals import Exact
from coopfin.reading.decoding import check_size, read_text
from coopfin.reading.mistakes import FileError

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?[ \t,;]*(?:\r\n|\n|\r|$)', re.IGNORECASE)
LOOKED_AT = 60  # rows in which the header is looked for
SAMPLE = 200_000  # signs that are tried with each separator
WORKBOOK = b"PK\x03\x04"
MAX_UNPACKED = 300_000_000
MAX_COLUMNS = 64

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """The rows of a file that are not empty; ``first`` are those in which a header is looked for, ``rest`` the others.

    ``separator`` is empty for a workbook; ``encoding`` says for people how the file was read, ``told`` is a first line
    that names the separator.
    """

    name: str
    encoding: str
    separator: str
    told: str
    first: list[Row]
    rest: Iterator[Row]


def open_sheet(data: bytes, name: str, max_bytes: int, advice: str, encoding: str | None = None) -> Sheet:
    """Open a file of hostile origin; raises ``FileError`` where it is no table."""
    check_size(data, name, max_bytes, advice)
    rows: Iterator[Row]
    if data.startswith(WORKBOOK):
        title, rows = _workbook_rows(data, name)
        read_as, separator, told = f"XLSX, sheet “{title}”", "", ""
    else:
        text = read_text(data, name, max_bytes, advice, encoding)
        stated, body, line = separator_line(text.text)
        separator = stated or _separator(body)
        rows = split_rows(body, name, separator, line)
        read_as, told = text.encoding, f"sep={stated}" if stated else ""
    filled = ((line, cells) for line, cells in rows if any(cells))
    return Sheet(name, read_as, separator, told, list(islice(filled, LOOKED_AT)), filled)


def separator_line(text: str) -> tuple[str, str, int]:
    """The separator that a first line ``sep=;`` names (empty if none does), the text after it, and its first line."""
    match = SEPARATOR_LINE.match(text)
    return (match[1], text[match.end() :], 2) if match else ("", text, 1)


def split_rows(text: str, name: str, separator: str = ",", first_line: int = 1) -> Iterator[Row]:
    """The rows of a CSV text, each with the line it starts in; cells without spaces around. Raises ``FileError``."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    line = first_line
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + first_line
    except csv.Error as error:
        raise FileError([f"{name}, line {line}: {error}; check the quotation marks"]) from None


def _separator(text: str) -> str:
    """The separator that splits the first rows into most cells, equally many in most rows."""

    def fits(separator: str) -> tuple[int, int]:
        widths: list[int] = []
        try:
            lines = text[:SAMPLE].splitlines(keepends=True)[:LOOKED_AT]
            widths = [len(cells) for cells in csv.reader(lines, delimiter=separator) if any(cells)]
        except csv.Error:
            pass
        usual = max(set(widths), key=lambda width: (widths.count(width) if width > 1 else 0, width), default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(SEPARATORS, key=fits)


def _workbook_rows(data: bytes, name: str) -> tuple[str, Iterator[Row]]:
    """The name of the first sheet of a workbook that is shown, and its rows."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise FileError([f"{name}: reading a workbook needs openpyxl; install it, or save the table as 'CSV UTF-8'"]) from None
    broken = FileError([f"{name}: this is no workbook that can be read; save the table as XLSX or as 'CSV UTF-8'"])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
            if "xl/workbook.xml" not in archive.namelist():
                raise broken
        if unpacked > MAX_UNPACKED:
            raise FileError(
                [f"{name}: unpacked the workbook has {unpacked:,} bytes; permitted: up to {MAX_UNPACKED:,}; save only the table"]
            )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise FileError([f"{name}: the workbook has no sheet with cells; save the table as XLSX or as 'CSV UTF-8'"])
        sheet.reset_dimensions()
        width = max(
            (_width(row) for row in sheet.iter_rows(max_row=LOOKED_AT * 2, max_col=MAX_COLUMNS, values_only=True)), default=1
        )
        return str(sheet.title), _told(_values(sheet, width), broken)
    except (FileError, MemoryError):
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError):
        raise broken from None


def _values(sheet: Any, width: int) -> Iterator[Row]:
    for line, values in enumerate(sheet.iter_rows(max_col=max(width, 1), values_only=True), start=1):
        yield line, [_cell(value) for value in values]


def _told(rows: Iterator[Row], broken: FileError) -> Iterator[Row]:
    """The rows, with what may be broken inside a workbook told in words."""
    try:
        yield from chain(rows)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError):
        raise broken from None


def _width(values: tuple[Any, ...]) -> int:
    return max((place for place, value in enumerate(values, start=1) if value is not None), default=0)


def _cell(value: Any) -> str:
    """The value of a workbook's cell as text; a number so that it can be read in one way only."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return Exact(value)
    if isinstance(value, float):
        # A spreadsheet counts with 15 digits; what stands beyond them is noise.
        return Exact(f"{Decimal(format(value, '.15g')):f}") if abs(value) < 1e300 else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).strip()
