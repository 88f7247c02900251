"""The distributions an uncertain assumption may have, each declared once, by its quantiles.

Element by element the same bits for one number and for an array: sums, products and quotients, square roots, and
the functions of ``scipy.special``, which are worked out one number at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10, pi

import numpy as np

from coopfin.engine.units import Array

# scipy takes longer to import than the rest of the package together, and only draws need it: it is imported where used.

Z95 = 1.6448536269514722  # 5 % of a normal distribution lie this many standard deviations or more above its mean


@dataclass(frozen=True)
class Distribution:
    """How one value is spread. ``words`` say what low, likely and high mean.

    ``quantile(p, low, likely, high)`` is the value below which a draw falls with probability ``p``, for 0 < p < 1.
    ``probability(value, low, high)`` is its inverse, given where the distribution reaches beyond low and high.
    """

    name: str
    words: str
    quantile: Callable[[Array, float, float, float], Array]
    probability: Callable[[float, float, float], float] | None = None
    has_likely: bool = False
    positive: bool = False


def _uniform(p: Array, low: float, _: float, high: float) -> Array:
    return low + p * (high - low)


def _triangular(p: Array, low: float, likely: float, high: float) -> Array:
    rising = low + np.sqrt(p * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - p) * (high - low) * (high - likely))
    return np.where(p * (high - low) < likely - low, rising, falling)


def _pert(p: Array, low: float, likely: float, high: float) -> Array:
    return low + (high - low) * _beta_quantile(p, 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low))


def _normal(p: Array, low: float, _: float, high: float) -> Array:
    from scipy.special import ndtri

    return (low + high) / 2 + (high - low) / (2 * Z95) * ndtri(p)


def _normal_probability(value: float, low: float, high: float) -> float:
    from scipy.special import ndtr

    return float(ndtr((value - (low + high) / 2) / ((high - low) / (2 * Z95))))


def _lognormal(p: Array, low: float, _: float, high: float) -> Array:
    from scipy.special import exp10  # numpy's power may differ in the last bit with the place in the array

    return exp10(_normal(p, log10(low), 0, log10(high)))


def _lognormal_probability(value: float, low: float, high: float) -> float:
    return _normal_probability(log10(value), log10(low), log10(high)) if value > 0 else 0.0


DISTRIBUTIONS: Mapping[str, Distribution] = {
    each.name: each
    for each in (
        Distribution("uniform", "every value from low to high is as likely", _uniform),
        Distribution("triangular", "rises straight from low to likely, falls straight to high", _triangular, has_likely=True),
        Distribution("pert", "a smooth hill from low to high with its top at likely", _pert, has_likely=True),
        Distribution(
            "normal", "a bell: below low 5 in 100, above high 5 in 100; likely is in the middle and left empty",
            _normal, _normal_probability,
        ),
        Distribution(
            "lognormal", "a bell on a scale of ratios: below low 5 in 100, above high 5 in 100; likely is left empty",
            _lognormal, _lognormal_probability, positive=True,
        ),
    )
}  # fmt: skip

TABLE_STEPS = 1024
TABLE_END = 6.5  # standard deviations; a point of the sequence is at most 6.3 away


@lru_cache(maxsize=256)
def _beta_table(alpha: float, beta: float) -> tuple[Array, Array]:
    """Quantiles of a beta distribution, and their slopes, at evenly spaced normal scores, where they are smooth."""
    from scipy.special import beta as beta_function, betaincinv, ndtr

    scores = np.linspace(-TABLE_END, TABLE_END, TABLE_STEPS + 1)
    below, above = betaincinv(alpha, beta, ndtr(scores)), betaincinv(beta, alpha, ndtr(-scores))
    value, rest = np.where(scores < 0, below, 1 - above), np.where(scores < 0, 1 - below, above)
    density = value ** (alpha - 1) * rest ** (beta - 1) / beta_function(alpha, beta)
    return value, np.exp(-scores * scores / 2) / np.sqrt(2 * pi) / density


def _beta_quantile(p: Array, alpha: float, beta: float) -> Array:
    """Quantiles of a beta distribution by cubic interpolation, within 1e-10; scipy's own take 50 times as long."""
    from scipy.special import ndtri

    values, slopes = _beta_table(alpha, beta)
    width = 2 * TABLE_END / TABLE_STEPS
    place = (ndtri(p) + TABLE_END) / width
    step = np.clip(place.astype(int), 0, TABLE_STEPS - 1)
    t = place - step
    left, right = values[step], values[step + 1]
    bend = (1 - t) * (slopes[step] * width - (right - left)) - t * (slopes[step + 1] * width - (right - left))
    return left + t * (right - left) + t * (1 - t) * bend
