"""Files of uncertain assumptions, read strictly: a row for each, every mistake told at once.

The columns are those of ``COLUMNS``, and with them any of ``FURTHER``. ``enterprise`` is empty where one draw serves
all enterprises. ``correlation`` holds rank correlations with other rows, by assumption and, if that row has one,
enterprise: ``inflation 0.5; churn cooperative -0.3``. What low, likely and high mean is said by the distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import Assumption
from coopfin.reading.files import FileError, decode, nearest, parse_number, table_rows
from coopfin.uncertainty.uncertain import Uncertain, find_uncertain_mistakes, refuse

COLUMNS = ("assumption", "enterprise", "distribution", "low", "likely", "high")
FURTHER = ("unit", "correlation", "source")


def read_uncertain(data: bytes, name: str, enterprises: Mapping[str, Assumptions]) -> tuple[Uncertain, ...]:
    """The uncertain assumptions of these enterprises; ``name`` is how messages call the file.

    Raises ``FileError`` with every mistake at once: first those of each row, then those between rows.
    """
    rows = [*table_rows(decode(data, name), name)]
    if not rows:
        raise FileError([f"{name}: the file is empty; the first line must read {','.join(COLUMNS)}"])
    (header_line, header), *body = rows
    if problem := _header_mistake(header):
        raise FileError([f"{name}, line {header_line}: {problem}"])
    mistakes: list[tuple[int, str]] = []
    uncertain, line_of = [], {}
    for line, cells in body:
        each, messages = _read_row(header, cells, enterprises)
        mistakes += [(line, message) for message in messages]
        if each is not None:
            uncertain.append(each)
            line_of[each.name] = line
    if not mistakes:
        for mistake in find_uncertain_mistakes(uncertain, enterprises):
            mistakes.append((max((line_of[each] for each in mistake.assumptions), default=header_line), mistake.message))
    if mistakes:
        raise FileError(f"{name}, line {line}: {message}" for line, message in sorted(mistakes))
    return tuple(uncertain)


def _header_mistake(header: list[str]) -> str | None:
    expected = f"the first line must hold the columns {','.join(COLUMNS)} and may hold {','.join(FURTHER)}"
    if len(header) == 1 and ";" in header[0]:
        return f"the columns are separated by semicolons; separate them by commas; {expected}"
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        return f"column {' and '.join(missing)} is missing; {expected}"
    unknown = [column for column in header if column not in COLUMNS + FURTHER]
    if unknown:
        return f"column {' and '.join(map(repr, unknown))} is not known; {expected}"
    return f"two columns have the same name; {expected}" if len(set(header)) < len(header) else None


def _read_row(
    header: list[str], cells: list[str], enterprises: Mapping[str, Assumptions]
) -> tuple[Uncertain | None, Iterable[str]]:
    """The uncertain assumption of a row, None where it cannot be read, and what is wrong with it."""
    if len(cells) != len(header):
        return None, [f"{cells[0]}: {len(cells)} cells instead of {len(header)}; put a cell with a comma in quotation marks"]
    row = dict(zip(header, cells, strict=True))
    assumption = ASSUMPTIONS.get(row["assumption"])
    if assumption is None:
        return None, [f"{row['assumption']!r} is not an assumption; {nearest(row['assumption'])}"]
    correlations, messages = read_correlations(assumption, row.get("correlation", ""))
    messages += [*_unreadable(assumption, row)]
    if messages:
        return None, messages
    each = Uncertain(
        assumption.name,
        row["distribution"],
        float(row["low"]),
        float(row["high"]),
        float(row["likely"]) if row["likely"] else None,
        row["enterprise"] or None,
        correlations,
    )
    return each, [*refuse(each, enterprises)]


def _unreadable(assumption: Assumption, row: Mapping[str, str]) -> Iterator[str]:
    called = f"{assumption.name} ({assumption.label})"
    if "unit" in row and row["unit"] != assumption.unit.name:
        values = ", ".join(row[end] for end in ("low", "likely", "high") if row[end])
        yield f"{called} has unit {row['unit']!r} with values {values}; {assumption.permitted}"
    for end in ("low", "likely", "high"):
        if parse_number(row[end]) is None and (row[end] or end != "likely"):
            yield f"{end} of {called} is {row[end]!r}, not a number; {assumption.permitted}"


def read_correlations(assumption: Assumption, cell: str) -> tuple[dict[str, float], list[str]]:
    """The rank correlations in a cell, by the name of the other, and what in it cannot be read."""
    correlations, messages = {}, []
    for part in filter(None, map(str.strip, cell.split(";"))):
        *words, last = part.split()
        other, rank = " ".join(words), parse_number(last)
        if rank is None or not other:
            messages.append(f"correlation of {assumption.name} is {part!r}; write another row and a number: inflation 0.5")
        elif other in correlations:
            messages.append(f"correlation of {assumption.name} with {other} is given twice; keep one of the two")
        else:
            correlations[other] = rank
    return correlations, messages
