"""Files of uncertain assumptions, read strictly: a row for each, every mistake told at once.

The columns are those of ``COLUMNS``, and with them any of ``FURTHER``. ``enterprise`` is empty where one draw serves
all enterprises. ``correlation`` holds rank correlations with other rows, by assumption and, if that row has one,
enterprise: ``inflation 0.5; churn cooperative -0.3``. What low, likely and high mean is said by the distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coopfin.comparison.scenario import nearest
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import Assumption
from coopfin.engine.replaced import REPLACED
from coopfin.reading.floats import decimal_sign, read_float
from coopfin.reading.guard import unguard
from coopfin.reading.mistakes import FileError, Mistakes, quoted
from coopfin.reading.rows import open_rows
from coopfin.reading.sheets import Row
from coopfin.uncertainty.uncertain import Uncertain, find_uncertain_mistakes, refuse

COLUMNS = ("assumption", "enterprise", "distribution", "low", "likely", "high")
FURTHER = ("unit", "correlation", "source")
ENDS = ("low", "likely", "high")
MAX_BYTES = 1_000_000
MAX_NAMED = 3
MAX_UNCERTAIN = 500


def read_uncertain(data: bytes, name: str, enterprises: Mapping[str, Assumptions]) -> tuple[Uncertain, ...]:
    """The uncertain assumptions of these enterprises; ``name`` is how messages call the file.

    Raises ``FileError`` with every mistake at once: first those of each row, then those between rows.
    """
    separator, rows = open_rows(data, name, MAX_BYTES, "save only the table", COLUMNS)
    header_line, header = next(rows, (0, []))
    if not header:
        raise FileError([f"{name}: the file is empty; the first line must read {','.join(COLUMNS)}"])
    if problem := _header_mistake(header):
        raise FileError([f"{name}, line {header_line}: {problem}"])
    mistakes = Mistakes(name)
    body = [*_fitting(header, rows, mistakes)]
    ends = [header.index(end) for end in ENDS]
    sign = decimal_sign((cells[end] for _, cells in body for end in ends), separator)
    line_of: dict[str, int] = {}
    uncertain = []
    for line, cells in body:
        each, messages = _read_row(dict(zip(header, cells, strict=True)), sign)
        if each is not None and each.name in line_of:
            messages = [f"{each.name} is given twice, first in line {line_of[each.name]}; keep one of the two"]
        elif each is not None:
            uncertain.append(each)
            line_of[each.name] = line
            messages = refuse(each, enterprises)
        for message in messages:
            mistakes.add(line, message)
    mistakes.refuse()
    if len(uncertain) > MAX_UNCERTAIN:
        raise FileError([f"{name}: {len(uncertain):,} assumptions are uncertain; permitted: up to {MAX_UNCERTAIN}; remove some"])
    for mistake in find_uncertain_mistakes(uncertain, enterprises):
        mistakes.add(max((line_of[each] for each in mistake.assumptions), default=header_line), mistake.message)
    mistakes.refuse()
    return tuple(uncertain)


def _fitting(header: list[str], rows: Iterable[Row], mistakes: Mistakes) -> Iterator[Row]:
    """The rows that have the header's cells and name an assumption; the others are mistakes."""
    first = header.index("assumption")
    for line, cells in rows:
        if len(cells) != len(header):
            mistakes.add(line, lambda cells=cells: _misfit(cells, header))  # type: ignore[misc]
        elif cells[first] not in ASSUMPTIONS:
            mistakes.add(line, lambda name=cells[first]: _unknown(name))  # type: ignore[misc]
        else:
            yield line, [unguard(cell) for cell in cells]


def _misfit(cells: list[str], header: list[str]) -> str:
    called = quoted(cells[0])[1:-1]
    return f"{called}: {len(cells)} cells instead of {len(header)}; put a cell with a comma in quotation marks"


def _unknown(name: str) -> str:
    return REPLACED[name] if name in REPLACED else f"{quoted(name)} is not an assumption; {nearest(name)}"


def _header_mistake(header: list[str]) -> str | None:
    expected = f"the first line must hold the columns {','.join(COLUMNS)} and may hold {','.join(FURTHER)}"
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        return f"column {' and '.join(missing)} is missing; {expected}"
    unknown = [column for column in header if column not in COLUMNS + FURTHER]
    if unknown:
        return f"column {' and '.join(map(quoted, unknown[:MAX_NAMED]))} is not known; {expected}"
    return f"two columns have the same name; {expected}" if len(set(header)) < len(header) else None


def _read_row(row: Mapping[str, str], sign: str) -> tuple[Uncertain | None, Iterable[str]]:
    """The uncertain assumption of a row, None where it cannot be read, and why it cannot."""
    assumption = ASSUMPTIONS[row["assumption"]]
    correlations, messages = read_correlations(assumption, row.get("correlation", ""), sign)
    values = {end: None if end == "likely" and not row[end] else read_float(row[end], sign) for end in ENDS}
    messages += [*_unreadable(assumption, row, values)]
    low, likely, high = values.values()
    if messages or isinstance(low, str) or isinstance(likely, str) or isinstance(high, str) or low is None or high is None:
        return None, messages
    return Uncertain(assumption.name, row["distribution"], low, high, likely, row["enterprise"] or None, correlations), []


def _unreadable(assumption: Assumption, row: Mapping[str, str], values: Mapping[str, float | str | None]) -> Iterator[str]:
    called = f"{assumption.name} ({assumption.label})"
    if "unit" in row and row["unit"] != assumption.unit.name:
        given = quoted(", ".join(row[end] for end in ENDS if row[end]))
        yield f"{called} has unit {quoted(row['unit'])} with values {given}; {assumption.permitted}"
    for end, value in values.items():
        if isinstance(value, str):
            yield f"{end} of {called} {value}; {assumption.permitted}"


def read_correlations(assumption: Assumption, cell: str, sign: str = ".") -> tuple[dict[str, float], list[str]]:
    """The rank correlations in a cell, by the name of the other, and what in it cannot be read."""
    correlations: dict[str, float] = {}
    messages = []
    for part in filter(None, map(str.strip, cell.split(";"))):
        *words, last = part.split()
        other, rank = " ".join(words), read_float(last, sign)
        if isinstance(rank, str) or not other:
            messages.append(f"correlation of {assumption.name} is {quoted(part)}; write another row and a number: inflation 0.5")
        elif other in correlations:
            messages.append(f"correlation of {assumption.name} with {quoted(other)[1:-1]} is given twice; keep one of the two")
        else:
            correlations[other] = rank
    return correlations, messages
