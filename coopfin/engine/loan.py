"""A level-payment loan, by closed form: no error builds up over the years, whatever the rate."""

from __future__ import annotations

import numpy as np

from coopfin.engine.units import Array


def power(base: Array, exponent: int) -> Array:
    """``base ** exponent`` for a whole exponent ≥ 0, by squaring.

    numpy's own power differs in the last bit between one number and an array; multiplication does not.
    """
    result, square = np.ones_like(base), base
    while exponent:
        if exponent & 1:
            result = result * square
        square, exponent = square * square, exponent >> 1
    return result


def geometric_sum(ratio: Array, terms: int) -> Array:
    """``1 + ratio + … + ratio ** (terms - 1)``, by doubling; 0 for no terms."""
    if terms == 0:
        return np.zeros_like(ratio)
    half = geometric_sum(ratio, terms // 2)
    total = half + half * power(ratio, terms // 2)
    return total + power(ratio, terms - 1) if terms & 1 else total


def payment(amount: Array, rate: Array, term: int, year: int) -> tuple[Array, Array, Array]:
    """Interest and principal of ``year`` (1, 2, …) and the balance after it; 0 after the term.

    ``amount`` in money, ``rate`` above -1 a year; the balance is what the payments to come are worth today.
    With a rate of 0 the principal is the same every year. Arrays broadcast; the balance of year 0 is ``amount``.
    """
    if not np.any(amount):  # the closed form takes longer than the rest of a year of one scenario
        nothing = np.zeros(np.broadcast_shapes(np.shape(amount), np.shape(rate)))
        return nothing, nothing, nothing
    growth = 1 + rate
    grows = growth >= 1
    ratio = np.where(grows, 1 / growth, growth)  # at most 1, so nothing here can overflow
    whole = geometric_sum(ratio, term)

    def balance(paid: int) -> Array:
        return amount * geometric_sum(ratio, max(term - paid, 0)) / whole * np.where(grows, 1.0, power(ratio, paid))

    if year == 0 or year > term:
        return np.zeros_like(whole), np.zeros_like(whole), balance(year)
    principal = amount / whole * np.where(grows, power(ratio, term - year), power(ratio, year - 1))
    return rate * balance(year - 1), principal, balance(year)
