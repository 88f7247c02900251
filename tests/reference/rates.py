"""Rates of return: how many there are, decided in whole numbers, and the one where there is one.

With x = 1 ÷ (1 + monthly rate) the present value is a polynomial whose coefficients are the flows, and a rate is a
zero with 0 < x < 100^(1/12). By Descartes' rule of signs, applied to an interval, no change of sign means no zero and
one change means one; an interval with more changes is halved. All of it exact, so rounding cannot make or hide a zero.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import accumulate

LIMIT = Fraction(round(100 ** (1 / 12) * 2**24), 2**24)  # a monthly rate above −(1 − 0.01^(1/12))
SMALLEST = 2.0**-20  # two zeros closer than this part of an interval are too close to call
CLOSE = 1e-10  # flows that differ by this part of themselves must give the same count
Interval = tuple[Fraction, Fraction, int]  # ends, and the sign just above the lower end


class TooCloseError(Exception):
    """Two zeros, or a zero and a near miss, lie too close together."""


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


def changes(values: Iterable[int]) -> int:
    """Changes of sign, zeros left out; 2 stands for more."""
    count, last = 0, 0
    for value in values:
        if value and last and (value > 0) != (last > 0):
            count += 1
            if count == 2:
                break
        last = value or last
    return count


def shifted(coefficients: list[int]) -> Iterable[int]:
    """The coefficients of p(x + 1), the lowest power first."""
    row = coefficients[::-1]
    while row:
        row = list(accumulate(row))
        yield row.pop()


def zeros(p: list[int], low: Fraction, high: Fraction, width: float = 1.0) -> list[Interval]:
    """Intervals with one zero each, of p mapped so that 0 < y < 1 stands for low < x < high; all, or two or more."""
    count = changes(shifted(p[::-1]))  # of (1 + y)^n · p(1 ÷ (1 + y))
    if count == 0:
        return []
    if count == 1:
        return [(low, high, next(sign(c) for c in p if c))]
    if width < SMALLEST:
        raise TooCloseError
    middle, degree = (low + high) / 2, len(p) - 1
    left = [c << (degree - power) for power, c in enumerate(p)]
    right = list(shifted(left))
    found = zeros(left, low, middle, width / 2)
    if right[0] == 0:
        found.append((middle, middle, 0))
    return found if len(found) > 1 else found + zeros(right, middle, high, width / 2)


def whole_numbers(flows: list[Fraction]) -> list[int]:
    scale = math.lcm(*(flow.denominator for flow in flows))
    return [flow.numerator * (scale // flow.denominator) for flow in flows]


def stretched(p: list[int], by: Fraction) -> list[int]:
    """The coefficients of p(by·x), times the denominator that makes them whole."""
    up, down, degree = by.numerator, by.denominator, len(p) - 1
    return [c * up**power * down ** (degree - power) for power, c in enumerate(p)]


def isolate(flows: list[Fraction]) -> list[Interval]:
    """The zeros of Σ flow·x^month with 0 < x < LIMIT, each in its interval; all of them, or two or more."""
    while flows and flows[0] == 0:
        flows = flows[1:]
    while flows and flows[-1] == 0:
        flows = flows[:-1]
    p = whole_numbers(flows) if flows else []
    if changes(p) == 0:
        return []
    if changes(p) == 1:  # one zero, below the limit if the sign there is no longer the first one
        at_limit = sign(sum(stretched(p, LIMIT)))
        return [(Fraction(0), LIMIT, sign(p[0]))] if at_limit == -sign(p[0]) else []
    # First the positive rates, x below 1, where the numbers stay small
    found = zeros(p, Fraction(0), Fraction(1))
    above = list(shifted(p))
    if above[0] == 0:
        found.append((Fraction(1), Fraction(1), 0))
    if len(found) > 1:
        return found
    return found + zeros(stretched(above, LIMIT - 1), Fraction(1), LIMIT)


def present_value(flows: list[float], x: float) -> float:
    return math.fsum(flow * x**month for month, flow in enumerate(flows))


def zero_between(flows: list[float], interval: Interval) -> float:
    low, high, sign_at_low = float(interval[0]), float(interval[1]), interval[2]
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if sign(present_value(flows, middle)) == sign_at_low else (low, middle)
    return high


def rates_of_return(flows: list[float], paid_in: float) -> tuple[int | None, float | None]:
    """The number of yearly rates (0, 1, 2 = several, None = too close to call) and the one where there is one.

    Too close to call: flows that differ by rounding, or a flow at the edge of counting as 0, would change the number.
    """
    exact = [Fraction(flow) if abs(flow) > 1e-12 * paid_in else Fraction(0) for flow in flows]
    edges = [[f if abs(f) > edge * paid_in else Fraction(0) for f in map(Fraction, flows)] for edge in (1e-13, 1e-11)]
    variants = [edge for edge in edges if edge != exact]
    variants += [[f + abs(f) * part for f in exact] for part in (Fraction(CLOSE), -Fraction(CLOSE))]
    try:
        found = isolate(exact)
        count = min(len(found), 2)
        if any(min(len(isolate(variant)), 2) != count for variant in variants):
            return None, None
    except TooCloseError:
        return None, None
    if count != 1:
        return count, None
    first = next(month for month, flow in enumerate(exact) if flow)
    x = zero_between([float(flow) for flow in exact[first:]], found[0])
    try:
        return 1, (1 / x) ** 12 - 1
    except OverflowError:
        return 1, math.inf
