"""Money in whole cents (of a currency without them in whole units), and cents shared out without losing or inventing one.

Whole numbers of any length and fractions only: no rounding error can build up, however large the pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from numbers import Integral

Number = int | float | Decimal | Fraction

LARGEST_POOL = 10**14  # cents: a million million in money
DECIMALS = (0, 2, 3)  # of the world's currencies
MINUS = "\u2212"


def ratio(value: Number) -> tuple[int, int]:
    """``value`` as numerator and denominator. A float counts as the decimal number it prints as: 0.1 is a tenth."""
    if isinstance(value, int | Decimal | Fraction):
        return value.as_integer_ratio()
    if isinstance(value, Integral):  # numpy's, which would overflow in a product
        return int(value), 1
    return Decimal(repr(float(value))).as_integer_ratio()


def on_one_scale(values: Iterable[Number]) -> tuple[list[int], int]:
    """Whole numbers in the proportions of ``values``, and what each was multiplied by."""
    ratios = [ratio(value) for value in values]
    scale = lcm(*{denominator for _, denominator in ratios})
    return [numerator * (scale // denominator) for numerator, denominator in ratios], scale


def share_out(total: int, numerators: Sequence[int], denominator: int, names: Sequence[str]) -> list[int]:
    """``total`` cents among ``names``, each less than one cent from its exact share ``numerator / denominator``.

    Largest remainder: each gets the whole cents of its exact share, and the cents left over go one by one to the
    largest remainders, equal ones in the order of the names; so the order of the rows does not matter. ``total`` is
    the sum of the exact shares rounded up or down, so there are never more cents left over than remainders.
    """
    shares, remainders = [0] * len(names), [0] * len(names)
    for i, numerator in enumerate(numerators):
        shares[i], remainders[i] = divmod(numerator, denominator)
    left_over = total - sum(shares)
    by_remainder = sorted((-remainder, name, i) for i, (remainder, name) in enumerate(zip(remainders, names, strict=True)))
    for _, _, i in by_remainder[:left_over]:
        shares[i] += 1
    return shares


def to_cents(money: Number, decimals: int = 2) -> int:
    """``money`` in its smallest unit, to the nearest; half of one counts as one. ``decimals``: 2 where that is a cent."""
    numerator, denominator = ratio(money)
    return (2 * 10**decimals * numerator + denominator) // (2 * denominator)


def money_text(cents: int, decimals: int = 2) -> str:
    """Cents as money with its decimals, for files: 1250 is ``12.50``."""
    sign, whole, part = _taken_apart(cents, decimals)
    return f"{sign}{whole}{part}"


def money_shown(cents: int, decimals: int = 2) -> str:
    """Cents as money for people: 123456 is ``1,234.56``."""
    sign, whole, part = _taken_apart(cents, decimals)
    return f"{sign and MINUS}{whole:,}{part}"


def _taken_apart(cents: int, decimals: int) -> tuple[str, int, str]:
    sign, cents = "-" if cents < 0 else "", abs(int(cents))
    whole, part = divmod(cents, 10**decimals)
    return sign, whole, f".{part:0{decimals}d}" if decimals else ""


def plain_text(value: Number) -> str:
    """A number as plain digits, for files: never ``1E+5``. A fraction without an end is given to 17 digits."""
    if isinstance(value, Fraction):
        value = value.numerator if value.denominator == 1 else float(value)
    return f"{value if isinstance(value, Decimal) else Decimal(repr(value)):f}"


def grouped(value: Number, digits: int = 0) -> str:
    """A number for people, with commas between thousands and at least so many decimals: ``1,234.50``."""
    whole, _, rest = plain_text(value).partition(".")
    rest = rest.ljust(digits, "0")
    return f"{int(whole):,}{'.' if rest else ''}{rest}"
