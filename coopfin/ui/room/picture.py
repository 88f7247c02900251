"""How answers lie, as an SVG: each answer a dot, the median, the middle half, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from coopfin.rooms.count import spread

WIDTH, LEFT, RIGHT = 720, 210, 24
RADIUS = 6.5
BINS = int((WIDTH - LEFT - RIGHT) / (2 * RADIUS))  # places for dots beside each other
TALLEST, SHORTEST, GAP = 200.0, 40.0, 26.0  # all rows of dots together, one of them, and what is between two
LONGEST = 25  # signs of a label
Say = Callable[[float], str]


@dataclass(frozen=True)
class Axis:
    """The ends of an axis and how its numbers are said."""

    low: float
    high: float
    say: Say

    def x(self, value: float) -> float:
        """Where a value stands, in units of the picture."""
        span = self.high - self.low
        part = (value - self.low) / span if span else 0.5
        return LEFT + min(max(part, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)


def numbers(rows: Mapping[str, Sequence[float]], axis: Axis, marks: Mapping[str, float]) -> str:
    """A row of dots for each group, with its median and middle half; ``marks`` are lines through all, with words."""
    top = base = height = 26.0 if marks else 4.0
    drawn, told = [], []
    tallest = {label: max(Counter(_place(axis, value) for value in values).values()) for label, values in rows.items()}
    step = min(2 * RADIUS, TALLEST / len(rows) / max(tallest.values()))
    for label, values in rows.items():
        base = height + max(tallest[label] * step, SHORTEST)
        drawn.append(_row(label, values, axis, base, step))
        told.append(", ".join(_lines(label, values, axis)))
        height = base + GAP
    lines = [_mark(words, axis.x(value), top, base) for words, value in marks.items()]
    ends = f'<text class="end" x="{LEFT}" y="{height:.0f}">{escape(axis.say(axis.low))}</text>' + (
        f'<text class="end last" x="{WIDTH - RIGHT}" y="{height:.0f}">{escape(axis.say(axis.high))}</text>'
    )
    told += [f"{words} {axis.say(value)}" for words, value in marks.items()]
    return _svg("".join([*drawn, *lines, ends]), height + 8, ". ".join(told))


def _answers(number: int) -> str:
    return f"{number} answer{'' if number == 1 else 's'}"


def _place(axis: Axis, value: float) -> int:
    return round((axis.x(value) - LEFT) / (WIDTH - LEFT - RIGHT) * BINS)


def _lines(label: str, values: Sequence[float], axis: Axis) -> tuple[str, str, str]:
    """Whose they are, how many and their median, and where the middle half of them lies, in words."""
    lies = spread(values)
    half = f"middle half {axis.say(lies.low)} to {axis.say(lies.high)}"
    return label, f"{_answers(lies.number)}, median {axis.say(lies.median)}", half


def _row(label: str, values: Sequence[float], axis: Axis, base: float, step: float) -> str:
    lies = spread(values)
    x, low, high = (axis.x(value) for value in (lies.median, lies.low, lies.high))
    who, median, half = _lines(label, values, axis)
    stacks: Counter[int] = Counter()
    dots = []
    for value in sorted(values):
        place = _place(axis, value)
        across = LEFT + place / BINS * (WIDTH - LEFT - RIGHT)
        up = base - step * (stacks[place] + 0.5)
        dots.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="{min(RADIUS, step / 2) - 0.4:.1f}"/>')
        stacks[place] += 1
    return (
        f'<text class="name" x="0" y="{base - 24:.0f}">{escape(who)}</text>'
        f'<text class="said" x="0" y="{base - 8:.0f}">{escape(median)}</text>'
        f'<text class="n" x="0" y="{base + 8:.0f}">{escape(half)}</text>'
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{base}" y2="{base}"/>'
        f'<rect class="half" x="{low:.1f}" width="{max(high - low, 1):.1f}" y="{base}" height="6"/>'
        f'<g class="dots">{"".join(dots)}</g>'
        f'<path class="median" d="M{x:.1f} {base + 2}l-6 11h12z"/>'
    )


def _mark(words: str, x: float, top: float, bottom: float) -> str:
    anchor = "end" if x > WIDTH - 120 else "start" if x < LEFT + 80 else "middle"
    return (
        f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 8:.0f}" y2="{bottom:.0f}"/>'
        f'<text class="said" x="{x:.1f}" y="{top - 13:.0f}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def options(rows: Mapping[str, int]) -> str:
    """A line of dots for each option of a choice: one dot an answer."""
    most, height, drawn = max([*rows.values(), 1]), 6.0, []
    step = min(2 * RADIUS + 2, (WIDTH - LEFT - RIGHT - 40) / most)
    for label, number in rows.items():
        middle, radius = height + 16, min(RADIUS, step / 2)
        across = (LEFT + step * (place + 0.5) for place in range(number))
        dots = "".join(f'<circle cx="{x:.1f}" cy="{middle:.0f}" r="{radius:.1f}"/>' for x in across)
        short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
        drawn.append(
            f'<text class="name" x="0" y="{middle + 5:.0f}">{escape(short)}</text><g class="dots">{dots}</g>'
            f'<text class="said" x="{LEFT + step * number + 8:.1f}" y="{middle + 5:.0f}">{number}</text>'
        )
        height += 32
    return _svg("".join(drawn), height, ". ".join(f"{label}: {_answers(number)}" for label, number in rows.items()))


def _svg(inside: str, height: float, words: str) -> str:
    return f'<svg class="room-answers" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(words)}">{inside}</svg>'
