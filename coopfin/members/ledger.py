"""Member ledgers and tables of classes, read strictly: every mistake with its line, nothing guessed.

Ledger: ``member,patronage`` and, if there are several classes, ``class``; optionally ``years`` of membership and
``shares``, the money each member holds in them. Several lines of one member and class are added up. Further columns are
never read. Classes: ``class,share,basis,votes``, optionally ``source``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from coopfin.members.classes import BY_YEARS, MemberClass, Members, find_class_mistakes
from coopfin.members.lines import Lines, merge
from coopfin.members.names import check_alike, check_names, fold, is_total
from coopfin.reading.decimals import Notation, notation
from coopfin.reading.decoding import UTF_8, UTF_16
from coopfin.reading.guard import unguard
from coopfin.reading.mistakes import FileError, Mistakes, quoted
from coopfin.reading.tables import Table, read_table

MAX_BYTES = 20_000_000
MAX_YEARS = 150
REQUIRED, OPTIONAL = ("member", "patronage"), ("class", "years", "shares")
EXAMPLE = "member,class,patronage"
ID = "id"  # read only where somebody says which column it is: an export may number its lines under this name
MAX_TITLES = 5
ENOUGH = 1000  # mistakes, after which nobody learns anything from more
NOT_YET = Decimal(0)  # instead of a number that cannot be read; its file is refused


@dataclass(frozen=True)
class Ledger:
    """A ledger as it was understood: its members, what each holds in shares (money, by name), and how it was read.

    ``lines`` were read and ``merged`` of them added to an earlier line; ``skipped`` stand above the header. ``headers``
    are the file's own, ``read_as`` tells which of them was read as which column. ``currency`` is the code or sign that
    stands with the amounts, ``decimal_sign`` is empty where no number told.
    """

    members: Members
    shares: Mapping[str, Decimal]
    lines: int
    merged: int
    skipped: tuple[tuple[int, str], ...]
    encoding: str
    separator: str
    decimal_sign: str
    currency: str
    headers: tuple[str, ...]
    read_as: Mapping[str, str]


def read_ledger(data: bytes, name: str, classes: Sequence[MemberClass] | None = None) -> Members:
    """Read a member ledger; ``name`` is how messages call it. Raises ``FileError`` with the first mistakes and a count.

    With ``classes`` every member must be of one of them, and have years where the class shares by years.
    """
    return understand_ledger(data, name, classes).members


def understand_ledger(
    data: bytes,
    name: str,
    classes: Sequence[MemberClass] | None = None,
    *,
    read_as: Mapping[str, str] | None = None,
    encoding: str | None = None,
    alike: bool = False,
) -> Ledger:
    """Read a member ledger and tell how it was understood; ``name`` is how messages call it.

    ``read_as``: the file's header of a column that has another name there, ``id`` too: a member is then known by it.
    ``encoding``: where the text may be read in two ways, which it is. ``alike``: names that look alike are one member.
    Raises ``FileError`` with the first mistakes and a count; ``HeaderError``, ``EncodingError`` and ``AlikeError`` where
    one of these three would mend it.
    """
    table = read_table(data, name, REQUIRED, OPTIONAL, MAX_BYTES, EXAMPLE, read_as, encoding)
    mistakes = table.mistakes
    patronage, written = _numbers(table, "patronage", money=True, negative=True)
    if mistakes.count > ENOUGH:
        mistakes.refuse()
    lines = Lines(
        table.lines, _members(table, alike), _classes(table, classes, alike), patronage,
        _years(table), _optional(table, "shares", money=True),
    )  # fmt: skip
    _refuse_totals(lines, mistakes)
    _refuse_missing_years(table, lines, classes or ())
    members, shares = merge(lines, mistakes)
    mistakes.refuse()
    if members is None:
        raise FileError([f"{name}: there are no members; write a line for each under the header"])
    return Ledger(
        members, shares, len(lines.at), len(lines.at) - len(members), table.skipped, table.encoding, table.separator,
        written.sign, written.currency, table.headers, table.read_as,
    )  # fmt: skip


def notes(read: Ledger) -> Iterator[str]:
    """What of a ledger was not simply read line by line, in words; nothing where all was."""
    for line, text in read.skipped[:MAX_TITLES]:
        yield f"line {line} was skipped: {quoted(text)}"
    if (more := len(read.skipped) - MAX_TITLES) > 0:
        yield f"{more} more lines above the header were skipped"
    if read.merged:
        was = "1 line was" if read.merged == 1 else f"{read.merged:,} lines were"
        yield f"{was} added to an earlier line of the same member; two members of one name need an id"
    if read.encoding not in (UTF_8, UTF_16) and read.separator:
        yield f"read as {read.encoding}"


def read_classes(data: bytes, name: str) -> tuple[MemberClass, ...]:
    """Read a table of classes; ``name`` is how messages call it. Raises ``FileError`` with every mistake at once."""
    table = read_table(data, name, ("class", "share", "basis", "votes"), ("source",), MAX_BYTES, "class,share,basis,votes")
    mistakes = table.mistakes
    shares, _ = _numbers(table, "share")
    votes, _ = _numbers(table, "votes")
    names = [unguard(cell) for cell in table.columns["class"]]
    check_names("class", names, table.lines, mistakes)
    check_alike("class", names, table.lines, mistakes)
    first: dict[str, int] = {}
    for each, line in zip(names, table.lines, strict=True):
        if each and first.setdefault(each, line) != line:
            mistakes.add(line, f"class {quoted(each)} stands here again, first in line {first[each]}; keep one")
    mistakes.refuse()
    bases = [cell.lower().removeprefix("by ").removesuffix(" of membership") for cell in table.columns["basis"]]
    classes = tuple(MemberClass(*each) for each in zip(names, shares, bases, votes, strict=True))
    for line, each_class in zip(table.lines, classes, strict=True):
        for mistake in each_class.mistakes():
            mistakes.add(line, mistake)
    mistakes.refuse()
    if problems := [*find_class_mistakes(classes)]:
        raise FileError(f"{name}: {problem}" for problem in problems)
    return classes


def _numbers(
    table: Table, column: str, *, money: bool = False, negative: bool = False, empty: bool = False
) -> tuple[list[Decimal], Notation]:
    """The numbers of a column, and how they are written; what is none is noted. ``empty`` cells are 0 if permitted."""
    cells = table.columns[column]
    written = notation(cells, point_expected=table.separator == ",", money=money, negative=negative)
    found: list[Decimal] = []
    for cell, line in zip(cells, table.lines, strict=True):
        value = written.value(cell)
        if value is None and (cell or not empty):
            table.mistakes.add(line, lambda cell=cell: f"{column} {written.why_not(cell)}")  # type: ignore[misc]
        found.append(NOT_YET if value is None else value)
    return found, written


def _optional(table: Table, column: str, *, money: bool = False) -> list[Decimal | None] | None:
    """The numbers of a column, None where a cell is empty; None altogether without the column."""
    if column not in table.columns:
        return None
    numbers, _ = _numbers(table, column, money=money, empty=True)
    return [number if cell else None for number, cell in zip(numbers, table.columns[column], strict=True)]


def _years(table: Table) -> list[Decimal | None] | None:
    years = _optional(table, "years")
    for line, each in zip(table.lines, years or (), strict=False):
        if each is not None and each > MAX_YEARS:
            table.mistakes.add(line, f"years is {each}; permitted: 0 to {MAX_YEARS}")
    return years


def _members(table: Table, alike: bool) -> list[str]:
    """Whose line each is: the name, with the id behind it where there is a column for that."""
    names = [unguard(cell) for cell in table.columns["member"]]
    check_names("member", names, table.lines, table.mistakes)
    if ID in table.columns:
        return _with_ids(names, table)
    return _one_spelling("member", names, table, alike)


def _with_ids(names: list[str], table: Table) -> list[str]:
    ids = table.columns[ID]
    check_names(ID, ids, table.lines, table.mistakes)
    check_alike(ID, ids, table.lines, table.mistakes)
    first: dict[str, tuple[str, int]] = {}
    for name, each, line in zip(names, ids, table.lines, strict=True):
        other, at = first.setdefault(each, (name, line))
        if other != name and fold(other) != fold(name):
            table.mistakes.add(
                line, f"id {quoted(each)} is of {quoted(name)}, in line {at} of {quoted(other)}; one id, one member"
            )
    return [name if name == each else f"{first[each][0]} ({each})" for name, each in zip(names, ids, strict=True)]


def _one_spelling(column: str, names: list[str], table: Table, alike: bool) -> list[str]:
    if not alike:
        check_alike(column, names, table.lines, table.mistakes)
        return names
    first: dict[str, str] = {}
    return [first.setdefault(fold(name), name) for name in names]


def _classes(table: Table, classes: Sequence[MemberClass] | None, alike: bool) -> list[str]:
    if "class" not in table.columns:
        if classes is not None and len(classes) > 1:
            raise FileError(
                [f"{table.name}: there is no column class, but the table of classes has {len(classes)}; add the column"]
            )
        return [classes[0].name if classes else ""] * len(table.lines)
    names = [unguard(cell) for cell in table.columns["class"]]
    check_names("class", names, table.lines, table.mistakes)
    if classes is None:
        return _one_spelling("class", names, table, alike)
    known = [each.name for each in classes]
    for cell, line in zip(names, table.lines, strict=True):
        if cell and cell not in known:
            table.mistakes.add(line, _unknown(cell, known))
    return names


def _unknown(cell: str, known: list[str]) -> Callable[[], str]:
    def message() -> str:
        close = get_close_matches(cell, known, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        return f"class {quoted(cell)} is not in the table of classes; permitted: {', '.join(known)}{hint}"

    return message


def _refuse_totals(lines: Lines, mistakes: Mistakes) -> None:
    """A sum of other lines is no member: refused by its name, or as a last line that is the sum of all others."""
    named = False
    for line, name in zip(lines.at, lines.members, strict=True):
        if is_total(name):
            named = True
            mistakes.add(line, f"{quoted(name)} is no member but a sum of others; take this line out")
    last = lines.patronage[-1] if lines.at else NOT_YET
    if not named and len(lines.at) > 2 and last > 0 and last == sum(lines.patronage[:-1]):
        mistakes.add(
            lines.at[-1],
            f"{quoted(lines.members[-1])} has {last}, the sum of all other lines; a total is no member: take this line out, "
            "or, if it is one, put it above another",
        )


def _refuse_missing_years(table: Table, lines: Lines, classes: Sequence[MemberClass]) -> None:
    by_years = {each.name for each in classes if each.basis == BY_YEARS and each.share > 0}
    if not by_years:
        return
    for place, (line, name) in enumerate(zip(lines.at, lines.classes, strict=True)):
        if name in by_years and (lines.years is None or lines.years[place] is None):
            table.mistakes.add(line, f"years is missing; class {name} shares by years of membership; write 0 for none")
