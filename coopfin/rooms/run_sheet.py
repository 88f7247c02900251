"""Run sheets: questions written in advance as a file, TOML or a table, read strictly, every mistake told at once.

TOML has a ``[[question]]`` for each; a table has a row for each and the columns ``kind``, ``about``, ``firm``,
``question``, ``options`` (with ``|`` between them) and ``quorum``. ``about`` is the name of an assumption for a lever, of
a measure for a prediction, and empty for points and choices.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coopfin.engine.assumptions import Assumptions
from coopfin.reading.decoding import read_text
from coopfin.reading.guard import unguard
from coopfin.reading.mistakes import FileError, quoted
from coopfin.reading.tables import read_table
from coopfin.rooms.questions import (
    LEVER,
    MOST_QUESTIONS,
    POINTS,
    PREDICTION,
    Question,
    choice,
    find_mistakes,
    lever,
    plain_number,
    points,
    prediction,
)  # fmt: skip

REQUIRED, OPTIONAL = ("kind", "question"), ("about", "firm", "options", "quorum")
COLUMNS = (*REQUIRED, *OPTIONAL)
EXAMPLE = "kind,question,about,firm,options,quorum"
MAX_BYTES = 100_000

Row = dict[str, Any]


def read_run_sheet(data: bytes, name: str, enterprises: Mapping[str, Assumptions], currency: str = "") -> list[Question]:
    """The questions of a run sheet; ``name`` is how messages call the file, TOML where it ends so, else a table.

    Raises ``FileError`` with every mistake: of a table by its line, of TOML by the number of the question.
    """
    rows = _toml(data, name) if name.lower().endswith(".toml") else _table(data, name)
    told: list[str] = []
    questions = []
    for place, row in rows:
        question, mistakes = _question(row, list(enterprises))
        told += [f"{name}, {place}: {each}" for each in mistakes]
        if not mistakes:
            questions.append(_bounded(question, enterprises, currency))
    if not told and not questions:
        told = [f"{name}: there is no question in it; a table begins with the line {EXAMPLE}, TOML with [[question]]"]
    if len(questions) > MOST_QUESTIONS:
        told = [f"{name}: there are {len(questions)} questions; permitted: up to {MOST_QUESTIONS}"]
    if told:
        raise FileError(told[:20] + ([f"{name}: and {len(told) - 20} more mistakes"] if len(told) > 20 else []))
    return questions


def _toml(data: bytes, name: str) -> Iterator[tuple[str, Row]]:
    try:
        read = tomllib.loads(read_text(data, name, MAX_BYTES, "keep only the questions").text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileError([f"{name}: this is not TOML: {str(error)[:100]}"]) from None
    rows = read.get("question", [])
    if set(read) - {"question"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileError([f"{name}: permitted is one [[question]] for each question, and nothing else"])
    for number, row in enumerate(rows, 1):
        yield f"question {number}", row


def _table(data: bytes, name: str) -> Iterator[tuple[str, Row]]:
    table = read_table(data, name, REQUIRED, OPTIONAL, MAX_BYTES, EXAMPLE)
    table.mistakes.refuse()
    for place, line in enumerate(table.lines):
        row: Row = {column: unguard(cells[place]) for column, cells in table.columns.items() if cells[place]}
        if "options" in row:
            row["options"] = [each.strip() for each in row["options"].split("|")]
        yield f"line {line}", row


def _question(row: Row, firms: Sequence[str]) -> tuple[Question, list[str]]:
    """A row as a question, and what is wrong with it."""
    mistakes = [f"{quoted(str(key))} is no field; permitted: {', '.join(COLUMNS)}" for key in row if key not in COLUMNS]
    texts = {key: row.get(key, "") for key in ("kind", "question", "about", "firm")}
    mistakes += [f"{key} is {str(text)[:40]!r}; permitted: a text" for key, text in texts.items() if not isinstance(text, str)]
    options, quorum = row.get("options", []), plain_number(row.get("quorum", 0))
    if not isinstance(options, list) or not all(isinstance(each, str) for each in options):
        mistakes.append("options must be a list of texts")
    if quorum is None:
        mistakes.append(f"quorum is {quoted(str(row['quorum']))}, not a number; write half of all votes as 0.5")
    if mistakes:
        return Question("", ""), mistakes
    firm = texts["firm"] or firms[min(1, len(firms) - 1)]
    question = Question(texts["kind"], texts["question"], texts["about"], firm, options=tuple(options), quorum=float(quorum or 0))
    return question, find_mistakes(question, firms)


def _bounded(question: Question, enterprises: Mapping[str, Assumptions], currency: str) -> Question:
    """The question with the range, the sign and the uses that belong to it."""
    if question.kind == LEVER:
        value = float(getattr(enterprises[question.firm], question.about))
        return lever(question.about, question.firm, question.text, value, currency, question.quorum)
    if question.kind == PREDICTION:
        return prediction(question.about, question.firm, question.text, currency, question.quorum)
    if question.kind == POINTS:
        return points(question.firm, question.text, question.quorum)
    return choice(question.text, question.options, question.quorum)
