"""Member ledgers and tables of classes, read strictly: every mistake with its line, nothing guessed.

Ledger: ``member,class,patronage``, optionally ``years``; a column ``email`` is never read.
Classes: ``class,share,basis,votes``, optionally ``source``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from unicodedata import normalize

from coopfin.members.classes import BY_YEARS, MemberClass, Members, find_class_mistakes
from coopfin.reading.decimals import MISSING, read_numbers
from coopfin.reading.files import FileError
from coopfin.reading.tables import Mistakes, Table, read_table

MAX_BYTES = 20_000_000
MAX_NAME = 100
MAX_YEARS = 150
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read_ledger(data: bytes, name: str, classes: Sequence[MemberClass] | None = None) -> Members:
    """Read a member ledger; ``name`` is how messages call it. Raises ``FileError`` with every mistake at once.

    With ``classes`` every member must be of one of them, and have years where the class shares by years.
    """
    table = read_table(data, name, ("member", "class", "patronage"), ("years",), ("email",), MAX_BYTES)
    patronage, mistakes = _numbers(table, "patronage")
    years, found = _years(table)
    mistakes += found
    mistakes += _mistaken_names(table, "member")
    mistakes += _mistaken_classes(table, classes)
    mistakes += _missing_years(table, classes or ())
    table.refuse(mistakes)
    if not table.lines:
        raise FileError([f"{name}: there are no members; write a line for each under the header"])
    return Members(tuple(table.columns["member"]), tuple(table.columns["class"]), tuple(patronage), years)


def read_classes(data: bytes, name: str) -> tuple[MemberClass, ...]:
    """Read a table of classes; ``name`` is how messages call it. Raises ``FileError`` with every mistake at once."""
    table = read_table(data, name, ("class", "share", "basis", "votes"), ("source",), (), MAX_BYTES)
    shares, mistakes = _numbers(table, "share")
    votes, found = _numbers(table, "votes")
    mistakes += found
    mistakes += _mistaken_names(table, "class")
    table.refuse(mistakes)
    bases = [cell.lower().removeprefix("by ").removesuffix(" of membership") for cell in table.columns["basis"]]
    classes = tuple(MemberClass(*each) for each in zip(table.columns["class"], shares, bases, votes, strict=True))
    table.refuse([(line, mistake) for line, each in zip(table.lines, classes, strict=True) for mistake in each.mistakes()])
    problems = [*find_class_mistakes(classes)]
    if problems:
        raise FileError(f"{name}: {problem}" for problem in problems)
    return classes


def _numbers(table: Table, column: str) -> tuple[list[Decimal], Mistakes]:
    """The numbers of a column, 0 where there is none, and what is wrong with those that are none."""
    read = read_numbers(table.columns[column], point_expected=table.separator == ",")
    wrong = [(line, f"{column} {each}") for line, each in zip(table.lines, read, strict=True) if isinstance(each, str)]
    return [Decimal(0) if isinstance(each, str) else each for each in read], wrong


def _years(table: Table) -> tuple[tuple[Decimal | None, ...] | None, Mistakes]:
    """The years of membership, None where the cell is empty; None altogether without the column."""
    cells = table.columns.get("years")
    if cells is None:
        return None, []
    numbers, wrong = _numbers(table, "years")
    wrong = [(line, message) for line, message in wrong if message != f"years {MISSING}"]
    wrong += [
        (line, f"years is {each}; permitted: 0 to {MAX_YEARS}")
        for line, each in zip(table.lines, numbers, strict=True)
        if each > MAX_YEARS
    ]
    return tuple(each if cell else None for each, cell in zip(numbers, cells, strict=True)), wrong


def _mistaken_names(table: Table, column: str) -> Iterator[tuple[int, str]]:
    first_line: dict[str, int] = {}
    for line, name in zip(table.lines, table.columns[column], strict=True):
        if not _is_name(name):
            yield line, _not_a_name(column, name)
        # Two spellings of an accent look the same and are the same person.
        elif (first := first_line.setdefault(normalize("NFC", name), line)) != line:
            yield line, f"{column} {name!r} stands here again, first in line {first}; keep one, or number members of one name"


def _mistaken_classes(table: Table, classes: Sequence[MemberClass] | None) -> Iterator[tuple[int, str]]:
    known = None if classes is None else [each.name for each in classes]
    for line, cell in zip(table.lines, table.columns["class"], strict=True):
        if not _is_name(cell):
            yield line, _not_a_name("class", cell)
        elif known is not None and cell not in known:
            close = get_close_matches(cell, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            yield line, f"class {cell!r} is not in the table of classes; permitted: {', '.join(known)}{hint}"


def _missing_years(table: Table, classes: Sequence[MemberClass]) -> Iterator[tuple[int, str]]:
    by_years = {each.name for each in classes if each.basis == BY_YEARS and each.share > 0}
    years = table.columns.get("years", [""] * len(table.lines))
    for line, name, cell in zip(table.lines, table.columns["class"], years, strict=True):
        if name in by_years and not cell:
            yield line, f"years is missing; class {name} shares by years of membership; write 0 for none"


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= MAX_NAME and (cell.isprintable() or not CONTROL.search(cell))


def _not_a_name(column: str, cell: str) -> str:
    return f"{column} is {cell[:MAX_NAME]!r}; permitted: 1 to {MAX_NAME} characters on one line"
