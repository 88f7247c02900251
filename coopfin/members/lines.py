"""The lines of a ledger, and what they come to: one entry for each member and class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from coopfin.members.classes import Members
from coopfin.reading.mistakes import Mistakes, quoted

MAX_LINES_NAMED = 5


@dataclass(frozen=True)
class Lines:
    """What each line says, column by column; ``at`` is where in the file it stands. None: there is no such column."""

    at: Sequence[int]
    members: Sequence[str]
    classes: Sequence[str]
    patronage: Sequence[Decimal]
    years: Sequence[Decimal | None] | None
    shares: Sequence[Decimal | None] | None


def merge(lines: Lines, mistakes: Mistakes) -> tuple[Members | None, dict[str, Decimal]]:
    """The members, and the money each holds in shares; None where there are no lines, or something is wrong with them.

    The lines of a member and class are added up, credit notes too, in the order of the first ones.
    """
    rows: dict[tuple[str, str], list[int]] = {}
    for row, entry in enumerate(zip(lines.members, lines.classes, strict=True)):
        rows.setdefault(entry, []).append(row)
    sums = [_sum(lines.patronage, found) for found in rows.values()]
    for found, total in zip(rows.values(), sums, strict=True):
        if total < 0:
            mistakes.add(lines.at[found[0]], _negative(lines, found, total))
    years = None if lines.years is None else [_one("years", lines, lines.years, found, mistakes) for found in rows.values()]
    shares = _shares(lines, mistakes)
    if mistakes.count or not rows:
        return None, {}
    names, classes = zip(*rows, strict=True)
    return Members(names, classes, tuple(sums), None if years is None else tuple(years)), shares


def _sum(values: Sequence[Decimal], rows: Sequence[int]) -> Decimal:
    return values[rows[0]] if len(rows) == 1 else sum((values[row] for row in rows), Decimal(0))


def _negative(lines: Lines, found: Sequence[int], total: Decimal) -> str:
    if len(found) == 1:
        return f"patronage is {str(total)!r}; permitted: 0 or more"
    named = ", ".join(str(lines.at[row]) for row in found[:MAX_LINES_NAMED]) + (", …" if len(found) > MAX_LINES_NAMED else "")
    return (
        f"member {quoted(lines.members[found[0]])}: the patronage of lines {named} adds up to {total}; permitted: 0 or more; "
        "look for what was credited too much"
    )


def _shares(lines: Lines, mistakes: Mistakes) -> dict[str, Decimal]:
    """What each member holds: the same in all lines that say so."""
    if lines.shares is None:
        return {}
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(lines.members):
        rows.setdefault(name, []).append(row)
    held = {name: _one("shares", lines, lines.shares, found, mistakes) for name, found in rows.items()}
    return {name: amount for name, amount in held.items() if amount is not None}


def _one(column: str, lines: Lines, values: Sequence[Decimal | None], found: Sequence[int], mistakes: Mistakes) -> Decimal | None:
    """The one value that a member's lines have in this column; an empty cell says nothing."""
    if len(found) == 1:
        return values[found[0]]
    told = [row for row in found if values[row] is not None]
    for row in told[1:]:
        if values[row] != values[told[0]]:
            mistakes.add(
                lines.at[row],
                f"{column} is {values[row]}, of the same member {values[told[0]]} in line {lines.at[told[0]]}; write one of them",
            )
            break
    return values[told[0]] if told else None
