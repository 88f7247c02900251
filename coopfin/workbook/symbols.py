"""The third carrier of the model's formulas: their values are formulas of a spreadsheet, as text.

``[cash]`` in such a text is the cell of that line in the same column, ``[cash last]`` the one before, and a bare word
an assumption; ``coopfin.workbook.cells`` says which cell is meant.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import numpy as np

NONE = "–"  # stands where there is no value
LIMITLESS = "1E+300"
LONGEST = 250  # signs of a formula: a longer one becomes a step of its own, where steps are kept
_CONDITION, _SUM, _PRODUCT, _SIGN, _WHOLE = 0, 1, 2, 3, 9  # how strongly a text binds

_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "MAX": max, "MIN": min, "IF": lambda condition, p, q: p if condition else q,
    "AND": lambda *each: all(each), "OR": lambda *each: any(each),
}  # fmt: skip

Keep = Callable[[str, Any], str]
_keep: list[Keep] = []  # the innermost last


@contextmanager
def steps_kept(keep: Keep) -> Iterator[None]:
    """While it lasts, what grows too long is handed to ``keep`` (text, value) and stands there: it gives the cell."""
    _keep.append(keep)
    try:
        yield
    finally:
        _keep.pop()


class Symbol:
    """A formula as text, and its value where that is known. Operations give the formula of their result."""

    def __init__(self, text: str, binds: int = _WHOLE, value: Any = None) -> None:
        self.text, self.binds, self.value = text, binds, value

    def inside(self, binds: int) -> str:
        """The text as part of a formula that binds so strongly."""
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
        return Symbol(f"-{self.inside(_SIGN)}", _SUM, None if self.value is None else -self.value)

    def __lt__(self, other: Any) -> Symbol:
        return _joined(self, "<", other, _CONDITION)

    def __le__(self, other: Any) -> Symbol:
        return _joined(self, "<=", other, _CONDITION)

    def __gt__(self, other: Any) -> Symbol:
        return _joined(self, ">", other, _CONDITION)

    def __ge__(self, other: Any) -> Symbol:
        return _joined(self, ">=", other, _CONDITION)

    # Conditions of the sheet, not of this program.
    def __eq__(self, other: object) -> Symbol:  # type: ignore[override]
        return _joined(self, "=", other, _CONDITION)

    def __ne__(self, other: object) -> Symbol:  # type: ignore[override]
        return _joined(self, "<>", other, _CONDITION)

    def __and__(self, other: Any) -> Symbol:
        return _call("AND", self, other)

    def __or__(self, other: Any) -> Symbol:
        return _call("OR", self, other)

    __rand__, __ror__ = __and__, __or__
    __hash__ = None  # type: ignore[assignment]

    def __array_function__(self, function: Any, types: Any, arguments: Any, keywords: Any) -> Any:
        """numpy's ``where`` of symbols is an IF; nothing else of numpy is meant for cells."""
        return _call("IF", *arguments) if function is np.where else NotImplemented


def _is(value: Any, number: float) -> bool:
    return isinstance(value, int | float) and value == number


def symbol(value: Any) -> Symbol:
    """A number as the formula of itself; a symbol stays as it is."""
    if isinstance(value, Symbol):
        return value
    if isinstance(value, bool | np.bool_):
        return Symbol("TRUE" if value else "FALSE", value=bool(value))
    number = float(value)
    if math.isnan(number):
        return Symbol(f'"{NONE}"', value=number)
    text = LIMITLESS if math.isinf(number) else repr(number).removesuffix(".0")
    return Symbol(text, _WHOLE if number >= 0 else _SUM, min(number, float(LIMITLESS)))


def _joined(left: Any, sign: str, right: Any, binds: int) -> Symbol:
    first, second = symbol(left), symbol(right)
    # What stands right of − or ÷ needs brackets even where it binds as strongly.
    text = f"{first.inside(binds)} {sign} {second.inside(binds + (sign in '-/'))}"
    return _kept(Symbol(text, binds, _value(_SIGNS[sign], first, second)))


def _call(function: str, *arguments: Any) -> Symbol:
    given = [symbol(each) for each in arguments]
    text = f"{function}({', '.join(each.text for each in given)})"
    return _kept(Symbol(text, value=_value(_FUNCTIONS[function], *given)))


def _value(work_out: Callable[..., Any], *given: Symbol) -> Any:
    if any(each.value is None for each in given):
        return None
    try:
        return work_out(*(each.value for each in given))
    except (ZeroDivisionError, OverflowError):  # a branch of an IF that is not taken
        return math.nan


def _kept(made: Symbol) -> Symbol:
    return Symbol(_keep[-1](made.text, made.value), value=made.value) if _keep and len(made.text) > LONGEST else made


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
        return (p if condition else q) if isinstance(condition, bool | np.bool_) else _call("IF", condition, p, q)

    @staticmethod
    def ratio(p: Any, q: Any, otherwise: Any = 0.0) -> Symbol:
        """``p ÷ q``, or ``otherwise`` where ``q`` is 0."""
        return _call("IF", symbol(q) == 0, otherwise, symbol(p) / q)

    @staticmethod
    def twelfth_root(x: Any) -> Symbol:
        """The twelfth root."""
        return Symbol(f"{symbol(x).inside(_WHOLE)} ^ (1 / 12)", _SIGN)

    @staticmethod
    def cosine(months: Any) -> Symbol:
        """The cosine of so many twelfths of a turn."""
        return Symbol(f"COS(PI() * {symbol(months).inside(_PRODUCT)} / 6)")

    @staticmethod
    def geometric_sum(ratio: Any, terms: Any) -> Symbol:
        """``1 + ratio + … + ratio ^ (terms − 1)``; near 1 by the first terms of its series, which loses no digits."""
        above, n = symbol(ratio) - 1, symbol(terms)
        series = n * (1 + (n - 1) * above / 2 * (1 + (n - 2) * above / 3 * (1 + (n - 3) * above / 4)))
        power = Symbol(f"{symbol(ratio).inside(_WHOLE)} ^ {n.inside(_WHOLE)}", _SIGN)
        return _call("IF", Symbol(f"ABS({above.text}) < 0.00001", _CONDITION), series, (power - 1) / above)


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
