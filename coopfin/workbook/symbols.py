"""The third carrier of the model's formulas: their values are formulas of a spreadsheet, as text.

``[cash]`` in such a text is the cell of that line in the same column, ``[cash last]`` the one before, and a bare word
an assumption; ``coopfin.workbook.cells`` says which cell is meant.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

NONE = "–"  # stands where there is no value
_SUM, _PRODUCT, _SIGN, _WHOLE = 1, 2, 3, 9  # how strongly a text binds


class Symbol:
    """A formula as text. Operations give the formula of their result."""

    def __init__(self, text: str, binds: int = _WHOLE) -> None:
        self.text, self.binds = text, binds

    def _inside(self, binds: int) -> str:
        return self.text if self.binds >= binds else f"({self.text})"

    def __add__(self, other: Any) -> Symbol:
        return self if _is(other, 0) else _joined(self, "+", other, _SUM)

    def __radd__(self, other: Any) -> Symbol:
        return self if _is(other, 0) else _joined(other, "+", self, _SUM)

    def __sub__(self, other: Any) -> Symbol:
        return self if _is(other, 0) else _joined(self, "-", other, _SUM)

    def __rsub__(self, other: Any) -> Symbol:
        return _joined(other, "-", self, _SUM)

    def __mul__(self, other: Any) -> Symbol:
        return self if _is(other, 1) else _joined(self, "*", other, _PRODUCT)

    def __rmul__(self, other: Any) -> Symbol:
        return self if _is(other, 1) else _joined(other, "*", self, _PRODUCT)

    def __truediv__(self, other: Any) -> Symbol:
        return _joined(self, "/", other, _PRODUCT)

    def __rtruediv__(self, other: Any) -> Symbol:
        return _joined(other, "/", self, _PRODUCT)

    def __neg__(self) -> Symbol:
        return Symbol(f"-{self._inside(_SIGN)}", _SUM)

    def __lt__(self, other: Any) -> Symbol:
        return _joined(self, "<", other, 0)

    def __le__(self, other: Any) -> Symbol:
        return _joined(self, "<=", other, 0)

    def __gt__(self, other: Any) -> Symbol:
        return _joined(self, ">", other, 0)

    def __ge__(self, other: Any) -> Symbol:
        return _joined(self, ">=", other, 0)

    def __eq__(self, other: object) -> Symbol:  # type: ignore[override]  # a condition of the sheet, not of this program
        return _joined(self, "=", other, 0)

    def __and__(self, other: Any) -> Symbol:
        return _call("AND", self, other)

    def __or__(self, other: Any) -> Symbol:
        return _call("OR", self, other)

    __hash__ = None  # type: ignore[assignment]


def _is(value: Any, number: float) -> bool:
    return isinstance(value, int | float) and value == number


def symbol(value: Any) -> Symbol:
    """A number as the formula of itself; a symbol stays as it is."""
    if isinstance(value, Symbol):
        return value
    if isinstance(value, float) and math.isnan(value):
        return Symbol(f'"{NONE}"')
    return Symbol(repr(float(value)).removesuffix(".0"), _WHOLE if value >= 0 else _SUM)


def _joined(left: Any, sign: str, right: Any, binds: int) -> Symbol:
    # What stands right of − or ÷ needs brackets even where it binds as strongly.
    stronger = 1 if sign in "-/" else 0
    return Symbol(f"{symbol(left)._inside(binds)} {sign} {symbol(right)._inside(binds + stronger)}", binds)


def _call(function: str, *arguments: Any) -> Symbol:
    return Symbol(f"{function}({', '.join(symbol(each).text for each in arguments)})")


class Cells:
    """The carrier whose values are symbols; the operations as in ``coopfin.engine.carriers.Floats``."""

    @staticmethod
    def maximum(p: Any, q: Any) -> Symbol:
        """The larger of two."""
        return _call("MAX", p, q)

    @staticmethod
    def minimum(p: Any, q: Any) -> Symbol:
        """The smaller of two."""
        return _call("MIN", p, q)

    @staticmethod
    def where(condition: Any, p: Any, q: Any) -> Symbol:
        """``p`` where the condition holds, else ``q``."""
        return _call("IF", condition, p, q)

    @staticmethod
    def ratio(p: Any, q: Any, otherwise: Any = 0.0) -> Symbol:
        """``p ÷ q``, or ``otherwise`` where ``q`` is 0."""
        return _call("IF", symbol(q) == 0, otherwise, symbol(p) / q)

    @staticmethod
    def twelfth_root(x: Any) -> Symbol:
        """The twelfth root."""
        return Symbol(f"{symbol(x)._inside(_WHOLE)} ^ (1 / 12)", _SIGN)

    @staticmethod
    def cosine(months: Any) -> Symbol:
        """The cosine of so many twelfths of a turn."""
        return Symbol(f"COS(PI() * {symbol(months)._inside(_PRODUCT)} / 6)")

    @staticmethod
    def geometric_sum(ratio: Any, terms: Any) -> Symbol:
        """``1 + ratio + … + ratio ^ (terms − 1)``; near 1 by the first terms of its series, which loses no digits."""
        above, n = symbol(ratio) - 1, symbol(terms)
        series = n * (1 + (n - 1) * above / 2 * (1 + (n - 2) * above / 3 * (1 + (n - 3) * above / 4)))
        power = Symbol(f"{symbol(ratio)._inside(_WHOLE)} ^ {n._inside(_WHOLE)}", _SIGN)
        return _call("IF", Symbol(f"ABS({above.text}) < 0.00001", 0), series, (power - 1) / above)


class Record(SimpleNamespace):
    """What formulas are set on. A value that was set is from then on its cell: ``[name]``, in the same column."""

    def __getattribute__(self, name: str) -> Any:
        set_before = object.__getattribute__(self, "__dict__")
        return Symbol(f"[{name}]") if name in set_before else object.__getattribute__(self, name)

    @property
    def formulas(self) -> dict[str, str]:
        """The text of every value that was set, by name, in order."""
        return {name: symbol(value).text for name, value in object.__getattribute__(self, "__dict__").items()}


class Reference:
    """Values that stand elsewhere: ``[name where]`` for any name."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __getattr__(self, name: str) -> Symbol:
        return Symbol(f"[{name} {self._where}]")


class Named:
    """The assumptions: each by its name."""

    def __getattr__(self, name: str) -> Symbol:
        return Symbol(name)
