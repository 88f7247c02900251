"""What a room takes home: questions, how the answers lay, what was decided by which count. No persons, no times.

Answers stand sorted, each question for itself, so that nobody's answers can be put side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coopfin.engine.units import figure_text
from coopfin.reading.csv_text import csv_text
from coopfin.rooms import answers
from coopfin.rooms.count import RULES, Ballot, Tally, count, method
from coopfin.rooms.questions import CHOICE, Answer, Question
from coopfin.rooms.store import REVEALED, Asked, Room, asked, database

HEAD = ("number", "question", "phase", "what", "counted", "value", "unit", "words")
ENOUGH = 5  # as many of a role make a group whose answers may be shown by themselves


@dataclass(frozen=True)
class Decision:
    """What was taken over: of which question, in words, and the link of the scenario that it made."""

    number: int
    told: str
    link: str


def decide(code: str, number: int, told: str, link: str) -> None:
    """Note a decision that was taken over."""
    database().run(
        """INSERT INTO decision(room, number, taken, told, link)
        SELECT ?, CAST(? AS INTEGER), (SELECT count(*) FROM decision WHERE room = ?), ?, ? FROM room WHERE code = ?""",
        code, number, code, told, link, code,
    )  # fmt: skip


def decisions(code: str) -> list[Decision]:
    """All decisions that were taken over, in their order."""
    return [
        Decision(*row) for row in database().run("SELECT number, told, link FROM decision WHERE room = ? ORDER BY taken", code)
    ]


def by_role(ballots: Sequence[Ballot]) -> dict[str, list[Answer]]:
    """The answers of each role that has enough of them; none where that would tell of a smaller group by difference."""
    sizes = Counter(member.role for member, _ in ballots)
    large = [role for role in sizes if role and sizes[role] >= ENOUGH]
    rest = sum(number for role, number in sizes.items() if role not in large)
    if 0 < rest < ENOUGH and large:
        large.remove(min(large, key=lambda role: sizes[role]))  # else the few are what is left of all
    return {role: [answer for member, answer in ballots if member.role == role] for role in large}


def write_record(room: Room) -> str:
    """The record as CSV; texts so that no spreadsheet takes them for a formula."""
    rows: list[Sequence[str | float]] = [HEAD]
    for each in asked(room.code):
        ballots = answers.ballots(room.code, each.number)
        rows += [(float(each.number), *row) for row in _rows(room, each, ballots)]
    rows += [(float(each.number), "", "", "decision", "", "", "", f"{each.told} {each.link}") for each in decisions(room.code)]
    return csv_text(rows, figure_text)


def _rows(room: Room, each: Asked, ballots: Sequence[Ballot]) -> Iterator[tuple[str | float, ...]]:
    question = each.question
    head = (question.text, each.phase)
    counts = answers.counts(room.code, each.number)
    yield (*head, "could answer", "", float(counts.present), "members", "")
    yield (*head, "answered", "", float(counts.answered), "members", "")
    if each.phase != REVEALED:
        return
    for group, values in {"all": [answer for _, answer in ballots], **by_role(ballots)}.items():
        for value, number in sorted(Counter(values).items()):
            yield (*head, "answer", group, *_value(question, value), f"given by {number}")
    there = answers.present(room.code, each.number)
    for rule in RULES.values():
        yield (*head, "result", rule.name, *_result(question, count(question, ballots, rule, there, room.setup.council)))


def _value(question: Question, value: Answer) -> tuple[str | float, str]:
    if isinstance(value, tuple):
        return say(question, value), "points"
    if question.kind == CHOICE:
        return question.options[int(value)], "option"
    return question.shown(float(value)), question.sign


def _result(question: Question, tally: Tally) -> tuple[str | float, str, str]:
    cast = f"{tally.cast:g} of {tally.possible:g} {tally.rule.unit} cast. {method(question, tally.rule)}"
    if tally.value is None:
        return "", "", f"No decision: {tally.why}. {cast}"
    return *_value(question, tally.value), cast


def say(question: Question, value: Answer) -> str:
    """An answer in words, as the record and the phones say it: ``15 %``, ``40 to members by use, 60 kept by the firm``."""
    if isinstance(value, tuple):
        return ", ".join(f"{each} {use[:1].lower()}{use[1:]}" for each, use in zip(value, question.options, strict=True) if each)
    if question.kind == CHOICE:
        return question.options[int(value)]
    return f"{question.shown(float(value)):,.12g} {question.sign}".strip()
