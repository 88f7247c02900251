"""Plain numbers with a decimal point or a decimal comma, read only where there is one way to read them.

Thousands are never separated. So ``0.15`` and ``1.5`` can only have a decimal point, ``0,15`` and ``1,5`` only a comma;
``1.234`` and ``1,234`` may each be a whole number that some program grouped. A file separated by commas is taken to
have decimal points unless its other numbers show otherwise; in any other file the other numbers decide.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from coopfin.reading.mistakes import quoted

MAX_LENGTH = 60
# Ascii digits only: float() would also take 1_000 and the digits of other scripts.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:([.,])[0-9]*)?|([.,])[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NAMES = {".": "point", ",": "comma"}
_OTHER = {".": ",", ",": "."}


def decimal_sign(cells: Iterable[str], separator: str) -> str:
    """The decimal sign of a file with these numbers and this separator; empty where nothing tells."""
    counts = Counter(sign for cell in cells if (sign := _sign(cell)) and not _EITHER.fullmatch(cell))
    usual = "." if separator == "," else ""
    return max(counts, key=lambda sign: (counts[sign], sign == usual), default=usual)


def read_float(cell: str, sign: str) -> float | str:
    """The number in a cell of a file with this decimal sign, or, where there is none, why not, in words."""
    if len(cell) > MAX_LENGTH or not _NUMBER.fullmatch(cell):
        return f"is {quoted(cell)}, not a number"
    own = _sign(cell)
    if own and own != sign:
        if _EITHER.fullmatch(cell):
            return _two_ways(cell, own, sign)
        return f"is {quoted(cell)}, with a decimal {_NAMES[own]} where others have a {_NAMES[sign]}; write all in one way"
    value = float(cell.replace(",", "."))
    return value if math.isfinite(value) else f"is {quoted(cell)}, too large a number"


def _sign(cell: str) -> str:
    match = _NUMBER.fullmatch(cell) if len(cell) <= MAX_LENGTH else None
    return (match[1] or match[2] or "") if match else ""


def _two_ways(cell: str, own: str, sign: str) -> str:
    whole, part = cell.split(own)
    # One digit more and the decimal sign cannot be taken for a separator of thousands.
    fraction = f"{whole}{sign or own}{part}0"
    return f"is {quoted(cell)}, which may be {whole}{part} or {whole}{sign or own}{part}; write {whole}{part} or {fraction}"
