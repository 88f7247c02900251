"""What a room is asked, and what may be answered: a lever as a number, 100 points, a prediction, a choice."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT

LEVER, POINTS, PREDICTION, CHOICE = KINDS = ("lever", "points", "prediction", "choice")
REST = "Kept by the firm"  # the use of what no part of the split takes
USES = (*(ASSUMPTIONS[name].label for name in SPLIT), REST)
WHOLE = 100  # points
LONGEST_TEXT, LONGEST_OPTION, MOST_OPTIONS, MOST_QUESTIONS = 200, 60, 8, 50
LARGEST = 1e12
RATIOS = ("share", "rate")

Answer = float | int | tuple[int, ...]


class AnswerError(ValueError):
    """An answer that cannot be one; its text says why in words."""


@dataclass(frozen=True)
class Question:
    """One question. ``about`` is the assumption of a lever, the measure of a prediction; ``firm`` whose it is.

    ``low`` and ``high`` are the least and the most that may be answered, raw: a ratio is 0.15. ``options`` are those of
    a choice, or the uses of points. ``quorum`` is the part of all votes (0 to 1) that must be cast, in the unit in which
    they are counted. ``sign`` stands behind a number, such as % or a currency.
    """

    kind: str
    text: str
    about: str = ""
    firm: str = ""
    low: float = -LARGEST
    high: float = LARGEST
    options: tuple[str, ...] = ()
    quorum: float = 0.0
    sign: str = ""

    @property
    def factor(self) -> int:
        """By how much a person's number is larger than the raw one: ratios are answered in per cent."""
        return 100 if self.unit in RATIOS else 1

    @property
    def unit(self) -> str:
        """The unit of a number's assumption or measure; empty for points and choices."""
        declared: Any = {LEVER: ASSUMPTIONS, PREDICTION: MEASURES}.get(self.kind, {}).get(self.about)
        if declared is None:
            return ""
        return declared.unit.name if self.kind == LEVER else declared.unit

    @property
    def whole(self) -> bool:
        """Whether only whole numbers can be answered."""
        return self.kind == LEVER and ASSUMPTIONS[self.about].unit.whole

    @property
    def is_number(self) -> bool:
        """Whether one number is asked for."""
        return self.kind in (LEVER, PREDICTION)

    def written(self) -> str:
        """The question as it is kept."""
        return json.dumps(asdict(self))

    def read(self, told: Any) -> Answer:
        """The answer in what a phone or a ballot says, as a person writes it. Raises ``AnswerError``."""
        if self.is_number:
            return self._number(told)
        if self.kind == POINTS:
            return self._points(told)
        place = whole_number(told)
        if place is None or not 0 <= place < len(self.options):
            raise AnswerError("Choose one of the options.")
        return place

    def as_told(self, value: Answer) -> Answer:
        """An answer as a person writes it: a ratio in per cent."""
        return self.shown(value) if isinstance(value, float) else value

    def shown(self, raw: float) -> float:
        """A raw number as a person writes it."""
        return round(raw * self.factor, 9)

    def _number(self, told: Any) -> float:
        value = plain_number(told)
        if value is None:
            raise AnswerError(f"Write a number, {self.permitted}.")
        raw = float(value / self.factor)
        if not self.low <= raw <= self.high or (self.whole and raw % 1):
            raise AnswerError(f"That is {f'{value:f}'[:20]}; permitted: {self.permitted}.")
        return raw + 0.0

    @property
    def permitted(self) -> str:
        """The range of a number in words, as a person writes it."""
        sign = f" {self.sign}" if self.sign else ""
        whole = ", whole numbers" if self.whole else ""
        return f"{_shown(self.low, self.factor)} to {_shown(self.high, self.factor)}{sign}{whole}"

    def _points(self, told: Any) -> tuple[int, ...]:
        points = [whole_number(each) for each in told] if isinstance(told, Sequence) and not isinstance(told, str) else []
        if len(points) != len(self.options):
            raise AnswerError(f"Give points to each of the {len(self.options)} uses; 0 for none.")
        given = [each for each in points if each is not None and 0 <= each <= WHOLE]
        if len(given) != len(points):
            raise AnswerError(f"Points are whole numbers, 0 to {WHOLE}.")
        if sum(given) != WHOLE:
            raise AnswerError(f"The points make {sum(given)}; permitted: {WHOLE} together.")
        return tuple(given)


def read_question(text: str) -> Question:
    """What ``Question.written`` made, as it was."""
    told = json.loads(text)
    return Question(**{**told, "options": tuple(told["options"])})


def _shown(raw: float, factor: int) -> str:
    return f"{Decimal(repr(raw)) * factor:,f}".rstrip("0").rstrip(".") if raw else "0"


def plain_number(told: Any) -> Decimal | None:
    """A number of JSON, or one written in plain digits with a point or a comma for decimals; None where it is none."""
    if isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    text = str(told) if isinstance(told, str) else repr(told)
    text = text.strip().removesuffix("%").strip().replace("\u2212", "-").replace(",", ".")
    digits = text.removeprefix("-").replace(".", "", 1)
    if isinstance(told, float) and math.isfinite(told) and abs(told) <= LARGEST:
        return Decimal(repr(told))
    if not (digits.isascii() and digits.isdigit() and len(text) <= 20):
        return None
    return Decimal(text)


def whole_number(told: Any) -> int | None:
    """A whole number, or None."""
    value = plain_number(told)
    return int(value) if value is not None and value % 1 == 0 else None


def find_mistakes(question: Question, firms: Sequence[str]) -> list[str]:
    """What is wrong with a question, in words; ``firms`` are those of the scenario."""
    mistakes = []
    if question.kind not in KINDS:
        return [f"kind is {question.kind!r:.40}; permitted: {', '.join(KINDS)}"]
    if not 0 < len(question.text.strip()) <= LONGEST_TEXT or not question.text.isprintable():
        mistakes.append(f"the question has {len(question.text)} signs; permitted: 1 to {LONGEST_TEXT}, on one line")
    if not 0 <= question.quorum <= 1:
        mistakes.append(f"the quorum is {question.quorum:g}; permitted: 0 to 1, as a part of all votes (half is written 0.5)")
    if question.kind != CHOICE and question.firm not in firms:
        mistakes.append(f"the firm is {question.firm!r:.60}; permitted: {', '.join(firms)}")
    known = {LEVER: ASSUMPTIONS, PREDICTION: MEASURES}.get(question.kind)
    if known is not None and question.about not in known:
        kind = "an assumption" if question.kind == LEVER else "a measure"
        mistakes.append(f"{question.about!r:.60} is not {kind}; it is named as in the table of the comparison's file")
    if question.kind == CHOICE:
        mistakes += _mistaken_options(question.options)
    return mistakes


def _mistaken_options(options: Sequence[str]) -> list[str]:
    mistakes = []
    if not 2 <= len(options) <= MOST_OPTIONS:
        mistakes.append(f"there are {len(options)} options; permitted: 2 to {MOST_OPTIONS}")
    if len(set(options)) < len(options):
        mistakes.append("two options are the same; keep one")
    for each in options:
        if not 0 < len(each.strip()) <= LONGEST_OPTION or not each.isprintable():
            mistakes.append(f"an option is {each!r:.80}; permitted: 1 to {LONGEST_OPTION} signs, on one line")
    return mistakes


def lever(name: str, firm: str, text: str, value: float, currency: str = "", quorum: float = 0.0) -> Question:
    """A lever as a number: between the ends of its slider, or as far as ``value``, where it stands now."""
    each = ASSUMPTIONS[name]
    low, high = min(each.plausible[0], value), max(each.plausible[1], value)
    signs = {"share": "%", "rate": "%", "multiple": "×", "money": currency, "years": "years", "days": "days", "month": "month"}
    return Question(LEVER, text, name, firm, float(low), float(high), (), quorum, signs.get(each.unit.name, ""))


def points(firm: str, text: str, quorum: float = 0.0) -> Question:
    """100 points over the uses of the surplus that can be shared out."""
    return Question(POINTS, text, "", firm, options=USES, quorum=quorum)


def prediction(measure: str, firm: str, text: str, currency: str = "", quorum: float = 0.0) -> Question:
    """A prediction of one measure of the model, before it is shown."""
    signs = {"share": "%", "rate": "%", "multiple": "×", "money": currency}
    return Question(PREDICTION, text, measure, firm, quorum=quorum, sign=signs.get(MEASURES[measure].unit, ""))


def choice(text: str, options: Sequence[str], quorum: float = 0.0) -> Question:
    """A choice of one option."""
    return Question(CHOICE, text, options=tuple(options), quorum=quorum)


def decided(question: Question, value: Answer) -> dict[tuple[str, str], float]:
    """The levers that a decision moves, by assumption and firm; none for predictions and choices."""
    if question.kind == LEVER:
        return {(question.about, question.firm): float(value)}  # type: ignore[arg-type]
    if question.kind == POINTS and isinstance(value, tuple):
        return {(name, question.firm): each / WHOLE for name, each in zip(SPLIT, value, strict=False)}
    return {}
