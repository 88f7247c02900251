"""Numbers as spreadsheets of many countries write them, read exactly, and only where there is one way to read them.

``12,5`` and ``1.234,56`` can only have a decimal comma, ``12.5`` and ``1,234.56`` only a decimal point. ``1.234`` and
``1,234`` may be either: they are read as the other numbers of their column are, and refused where those do not tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

MISSING = "is missing; write 0 for none"
MAX_LENGTH = 40
LARGEST = 10**15

_DECIMAL = re.compile(r"([0-9]+)([.,])([0-9]+)")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")

_SIGNS = {".": "point", ",": "comma"}
_OTHER = {".": ",", ",": "."}


def read_numbers(cells: Sequence[str], *, point_expected: bool) -> list[Decimal | str]:
    """Each cell as an exact number of 0 or more, or, where it is not one, why not, in words.

    ``cells`` are a column; with ``point_expected`` the file is separated by commas, so that ``1.234`` has a decimal
    point unless the column shows otherwise.
    """
    bare = [_without_spaces(cell) for cell in cells]
    seen = [_decimal_sign(cell) for cell in bare]
    counts = Counter(sign for sign in seen if sign)
    sign = max(counts, key=lambda each: (counts[each], each), default="." if point_expected else "")
    mark = _OTHER.get(sign, "")
    grouped = any(own == sign and mark in cell for own, cell in zip(seen, bare, strict=True) if own)
    return [_read(*each, sign, grouped) for each in zip(cells, bare, seen, strict=True)]


def _without_spaces(cell: str) -> str:
    # Spaces and apostrophes only ever separate thousands.
    return re.sub(r"[ \u00a0\u202f'’]", "", cell) if len(cell) > 4 and _SPACED.fullmatch(cell) else cell


def _is_whole(cell: str) -> bool:
    return cell.isascii() and cell.isdigit()


def _decimal_sign(cell: str) -> str:
    """The decimal sign that ``cell``, seen alone, must be written with; empty if it has none, or could have either."""
    if _is_whole(cell):
        return ""
    if match := _DECIMAL.fullmatch(cell):
        return "" if _EITHER.fullmatch(cell) else match[2]
    if match := _GROUPED.fullmatch(cell):
        return _OTHER[match[1]]
    return ""


def _read(cell: str, bare: str, own_sign: str, sign: str, grouped: bool) -> Decimal | str:
    """One cell, in a column with decimal ``sign`` (empty: unknown) that uses the other one between thousands or not."""
    if len(bare) > MAX_LENGTH:
        return f"is {cell[:MAX_LENGTH]!r}…, {len(bare)} characters; permitted: up to {MAX_LENGTH}"
    if not _is_whole(bare):
        if not own_sign and not _EITHER.fullmatch(bare):
            return _why_not(cell)
        if own_sign and own_sign != sign:
            return f"is {cell!r}, with a decimal {_SIGNS[own_sign]}, most others with a {_SIGNS[sign]}; write all in one way"
        if not own_sign and not (sign and (sign in bare or grouped)):
            whole, fraction = re.sub("[.,]", "", bare), bare.replace(",", ".")
            return f"is {cell!r}, which may be {whole} or {fraction}; write {whole} or {fraction}0"
        bare = bare.replace(_OTHER[sign], "").replace(sign, ".")
    value = Decimal(bare)
    return value if value <= LARGEST else f"is {cell!r}; permitted: 0 to {LARGEST:,}"


def _why_not(cell: str) -> str:
    if not cell:
        return MISSING
    shown = repr(cell[:MAX_LENGTH])
    if cell[0] in "=+@":
        return f"is {shown}, a formula; permitted: 0 or more; write its value"
    if re.fullmatch(r"[-−(].*[0-9].*", cell):
        return f"is {shown}; permitted: 0 or more"
    return f"is {shown}, not a number; write digits with a decimal point, such as 1234.50"
