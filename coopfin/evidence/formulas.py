"""Formulas in data files: numbers and names between ``+ - * / ( )``, every word apart from the next by a space."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

SIGNS = set("+-*/()")


def names(formula: str) -> Iterator[str]:
    """The names in a formula, in order: all that is neither a sign nor a plain number."""
    for word in formula.split():
        if word not in SIGNS and _plain(word) is None:
            yield word


def evaluate(formula: str, value_of: Callable[[str], float]) -> float:
    """The value of ``formula``; ``value_of`` gives that of each name. Raises ``ValueError`` where it cannot be read."""
    words = deque(formula.split())
    value = _sum(words, value_of)
    if words:
        raise ValueError(f"{formula!r} cannot be read from {words[0]!r} on")
    return value


def _sum(words: deque[str], value_of: Callable[[str], float]) -> float:
    value = _product(words, value_of)
    while words and words[0] in ("+", "-"):
        sign = words.popleft()
        other = _product(words, value_of)
        value = value + other if sign == "+" else value - other
    return value


def _product(words: deque[str], value_of: Callable[[str], float]) -> float:
    value = _term(words, value_of)
    while words and words[0] in ("*", "/"):
        sign = words.popleft()
        other = _term(words, value_of)
        value = value * other if sign == "*" else value / other
    return value


def _term(words: deque[str], value_of: Callable[[str], float]) -> float:
    if not words:
        raise ValueError("a formula ends where a number or a name must follow")
    word = words.popleft()
    if word == "-":
        return -_term(words, value_of)
    if word == "(":
        value = _sum(words, value_of)
        if not words or words.popleft() != ")":
            raise ValueError("a bracket is not closed")
        return value
    if word in SIGNS:
        raise ValueError(f"{word!r} stands where a number or a name must stand")
    plain = _plain(word)
    return value_of(word) if plain is None else plain


def _plain(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None
