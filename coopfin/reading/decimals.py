"""Numbers as spreadsheets of many countries write them, read exactly, and only where there is one way to read them.

``12,5`` and ``1.234,56`` can only have a decimal comma, ``12.5`` and ``1,234.56`` only a decimal point. ``1.234`` and
``1,234`` may be either: they are read as the other numbers of their column are, and refused where those do not tell.
Amounts may be below 0 (``-50``, ``50-``, ``(50.00)``) and have one currency before or after them (``$(50.00)``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from coopfin.reading.currencies import currency_of, same_currency
from coopfin.reading.mistakes import quoted

MISSING = "is missing; write 0 for none"
MAX_LENGTH = 40
LARGEST = 10**15

SPACES = " \u00a0\u2007\u2009\u202f'’"
MINUSES = "-−‐‑–"
_DECIMAL = re.compile(r"([0-9]+)([.,])([0-9]+)")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_SPACED = re.compile(rf"[1-9][0-9]{{0,2}}(?:([{SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:[.,][0-9]+)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_EXPONENT = re.compile(r"(.*[0-9])[eE]([+-]?[0-9]{1,3})")
_AMOUNT = re.compile(rf"([^0-9]*)([0-9](?:[0-9.,{SPACES}]*[0-9])?)([^0-9]*)")

_SURE = re.compile(r"[0-9]{1,15}([.,])[0-9]{1,2}")  # most cells of most ledgers
_BESIDE = str.maketrans("", "", "()" + MINUSES + SPACES.rstrip("'’"))

_SIGNS = {".": "point", ",": "comma"}
_OTHER = {".": ",", ",": "."}


class Exact(str):
    """The plain digits of a cell that held a number, not text: they can be read in one way only."""

    __slots__ = ()


class Amount(NamedTuple):
    """A cell taken apart: its digits without spaces between, whether it is below 0, its currency, powers of ten."""

    digits: str
    negative: bool
    currency: str
    power: int


@dataclass(frozen=True)
class Notation:
    """How the numbers of a column are written: ``sign`` of decimals (empty: they do not tell), thousands, currency."""

    sign: str
    grouped: bool
    currency: str
    money: bool
    exponents: bool
    negative: bool

    def value(self, cell: str) -> Decimal | None:
        """The number in a cell, exactly; None where there is none, or where it may be read in two ways."""
        if (match := _SURE.fullmatch(cell)) and match[1] == self.sign:
            return Decimal(cell if self.sign == "." else cell.replace(",", "."))
        if isinstance(cell, Exact):
            value = Decimal(cell)
            return value if abs(value) <= LARGEST and (self.negative or value >= 0) else None
        amount = take_apart(cell, self.money, self.exponents)
        if amount is None or (amount.negative and not self.negative) or not self._fits(amount.currency):
            return None
        plain = self._plain(amount.digits)
        if plain is None:
            return None
        value = Decimal(plain).scaleb(amount.power) if amount.power else Decimal(plain)
        return None if value > LARGEST else -value if amount.negative else value

    def why_not(self, cell: str) -> str:
        """Why ``value`` gives none, in words."""
        if not cell:
            return MISSING
        shown, permitted = quoted(cell), f"0 to {LARGEST:,}"
        if isinstance(cell, Exact):
            return f"is {shown}; permitted: {permitted if Decimal(cell) > 0 or self.negative else '0 or more'}"
        if len(cell) > MAX_LENGTH:
            return f"is {shown}, {len(cell)} characters; permitted: up to {MAX_LENGTH}"
        if cell[0] in "=+@":
            return f"is {shown}, a formula; permitted: 0 or more; write its value"
        amount = take_apart(cell, self.money, self.exponents)
        if amount is None or (not (own := decimal_sign(amount.digits)) and self._is_no_number(amount.digits)):
            return f"is {shown}, not a number; write digits with a decimal point, such as 1234.50"
        if amount.negative and not self.negative:
            return f"is {shown}; permitted: 0 or more"
        if not self._fits(amount.currency):
            return f"is {shown}, in {amount.currency}, most others in {self.currency}; a ledger has one currency"
        if own and own != self.sign:
            return f"is {shown}, with a decimal {_SIGNS[own]}, most others with a {_SIGNS[self.sign]}; write all in one way"
        if self._plain(amount.digits) is None:
            whole, fraction = re.sub("[.,]", "", amount.digits), amount.digits.replace(",", ".")
            return f"is {shown}, which may be {whole} or {fraction}; write {whole} or {fraction}0"
        return f"is {shown}; permitted: {permitted}"

    def _fits(self, currency: str) -> bool:
        return not currency or same_currency(currency, self.currency)

    def _is_no_number(self, digits: str) -> bool:
        return not _is_whole(digits) and not _EITHER.fullmatch(digits)

    def _plain(self, digits: str) -> str | None:
        """The digits with a decimal point and nothing else."""
        if _is_whole(digits):
            return digits
        own = decimal_sign(digits)
        if own and own != self.sign:
            return None
        if not own and not (_EITHER.fullmatch(digits) and self.sign and (self.sign in digits or self.grouped)):
            return None
        return digits.replace(_OTHER[self.sign], "").replace(self.sign, ".")


def notation(
    cells: Iterable[str], *, point_expected: bool, money: bool = False, exponents: bool = False, negative: bool = False
) -> Notation:
    """How a column is written; with ``point_expected`` the file is separated by commas, so that ``1.234`` has a decimal
    point unless the column shows otherwise. ``money``: currencies may stand before or after; ``negative``: below 0 too.
    """
    signs: Counter[str] = Counter()
    currencies: Counter[str] = Counter()
    grouped: set[str] = set()
    for cell in cells:
        if isinstance(cell, Exact) or _is_whole(cell):
            continue
        if match := _SURE.fullmatch(cell):
            signs[match[1]] += 1
            continue
        if (amount := take_apart(cell, money, exponents)) is None:
            continue
        if amount.currency:
            currencies[amount.currency] += 1
        if sign := decimal_sign(amount.digits):
            signs[sign] += 1
            if _OTHER[sign] in amount.digits:
                grouped.add(sign)
    sign = max(signs, key=lambda each: (signs[each], each), default="." if point_expected else "")
    # A code says more than a sign that several countries share.
    currency = max(currencies, key=lambda each: (currencies[each], each), default="")
    code = max((each for each in currencies if same_currency(each, currency)), key=len, default=currency)
    return Notation(sign, sign in grouped, code, money, exponents, negative)


def read_numbers(
    cells: Sequence[str], *, point_expected: bool, money: bool = False, negative: bool = False
) -> list[Decimal | str]:
    """Each cell of a column as an exact number, or, where it is not one, why not, in words; as ``notation`` finds it."""
    written = notation(cells, point_expected=point_expected, money=money, negative=negative)
    read = ((cell, written.value(cell)) for cell in cells)
    return [written.why_not(cell) if value is None else value for cell, value in read]


def take_apart(cell: str, money: bool, exponents: bool = False) -> Amount | None:
    """Sign, currency and digits of a cell; None where it is no amount at all."""
    if len(cell) > MAX_LENGTH:
        return None
    power = 0
    if exponents and (match := _EXPONENT.fullmatch(cell)):
        cell, power = match[1], int(match[2])
    match = _AMOUNT.fullmatch(cell)
    if match is None:
        return None
    before, digits, after = match.groups()
    if before or after:
        found = _around(before, after)
        if found is None:
            return None
        negative, currency = found
        if currency and not money:
            return None
    else:
        negative, currency = False, ""
    if not (digits.isascii() and digits.isdigit()) and len(digits) > 4 and _SPACED.fullmatch(digits):
        digits = re.sub(f"[{SPACES}]", "", digits)  # spaces and apostrophes only ever separate thousands
    return Amount(digits, negative, currency, power)


def _around(before: str, after: str) -> tuple[bool, str] | None:
    """Whether what stands around the digits makes them negative, and the currency in it; None where it is none of that."""
    brackets = before.count("("), after.count(")")
    minuses = sum(map(before.count, MINUSES)), sum(map(after.count, MINUSES))
    if (brackets, minuses) not in (((0, 0), (0, 0)), ((1, 1), (0, 0)), ((0, 0), (1, 0)), ((0, 0), (0, 1))):
        return None
    currencies = [currency_of(each) for each in (before.translate(_BESIDE), after.translate(_BESIDE)) if each]
    if None in currencies or len(currencies) > 1:
        return None
    return brackets == (1, 1) or 1 in minuses, next(filter(None, currencies), "")


def decimal_sign(digits: str) -> str:
    """The decimal sign that ``digits``, seen alone, must be written with; empty if none, or if either could be."""
    if _is_whole(digits):
        return ""
    if match := _DECIMAL.fullmatch(digits):
        return "" if _EITHER.fullmatch(digits) else match[2]
    if _INDIAN.fullmatch(digits):
        return "."
    if match := _GROUPED.fullmatch(digits):
        return _OTHER[match[1]]
    return ""


def _is_whole(cell: str) -> bool:
    return cell.isascii() and cell.isdigit()
