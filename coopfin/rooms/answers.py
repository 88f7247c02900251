"""Who came in and what was answered: the last answer before the close counts, and nothing is shown before the reveal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from coopfin.rooms import codes
from coopfin.rooms.count import Ballot
from coopfin.rooms.people import CHOSEN, Member, newcomer
from coopfin.rooms.questions import POINTS, Answer, AnswerError, Question, read_question
from coopfin.rooms.store import CLOSED, GONE, OPEN, REVEALED, RoomError, database, find, found

MOST_PARTICIPANTS = 1_000
FULL = f"This room is full: {MOST_PARTICIPANTS:,} are in, as many as it takes."
LATE = "The question is closed. Your answer came too late and does not count."
EARLIER = " The one you gave before does."
STRANGER = "This phone is not in the room yet; load the page again."


def join(code: str, role: str = "") -> tuple[str, Member]:
    """Come into a room: the token to be known by, and for whom and with what one answers. Raises ``RoomError``."""
    room = found(code)
    if room.setup.assigned == CHOSEN and role not in room.setup.council:
        raise RoomError("Say first for whom you answer.")
    there: dict[str, int] = dict(database().run("SELECT role, count(*) FROM participant WHERE room = ? GROUP BY role", code))
    member, token = newcomer(room.setup, role, there), codes.new_token()
    if not _enter(code, codes.token_hash(room.salt, token), member, paper=0):
        raise RoomError(FULL)
    return token, member


def _enter(code: str, token: str, member: Member, paper: int) -> bool:
    return bool(
        database().run(
            """INSERT INTO participant(room, token, role, shares, patronage, paper)
            SELECT ?, ?, ?, CAST(? AS DOUBLE PRECISION), CAST(? AS DOUBLE PRECISION), CAST(? AS INTEGER)
            WHERE (SELECT count(*) FROM participant WHERE room = ?) < ? RETURNING token""",
            code, token, member.role, member.shares, member.patronage, paper, code, MOST_PARTICIPANTS,
        )
    )  # fmt: skip


def known(code: str, token: str) -> Member | None:
    """Who came in with this token, or None where nobody did."""
    room = find(code)
    if room is None or not token:
        return None
    rows = database().run(
        "SELECT role, shares, patronage FROM participant WHERE room = ? AND token = ?", code, codes.token_hash(room.salt, token)
    )
    return Member(*rows[0]) if rows else None


def own(code: str, number: int, token: str) -> Answer | None:
    """What was answered with this token."""
    rows = database().run(
        "SELECT value FROM answer WHERE room = ? AND number = ? AND token = ?",
        code,
        number,
        codes.token_hash(found(code).salt, token),
    )
    return read_answer(rows[0][0]) if rows else None


def give(code: str, number: int, token: str, told: object) -> Answer:
    """Take an answer as a phone tells it, and give it back so; an earlier one is replaced.

    Raises ``RoomError`` where the room does not take it, ``AnswerError`` where it is none, both in words.
    """
    room = found(code)
    rows = database().run("SELECT declared FROM question WHERE room = ? AND number = ?", code, number)
    if not rows:
        raise RoomError("This question is not there any more.")
    question = read_question(rows[0][0])
    value = question.read(told)
    hashed = codes.token_hash(room.salt, token)
    if not _answer(code, number, hashed, value, (OPEN,)):
        raise RoomError(
            STRANGER if known(code, token) is None else LATE + (EARLIER if own(code, number, token) is not None else "")
        )
    return question.as_told(value)


def _answer(code: str, number: int, token: str, value: Answer, phases: Sequence[str]) -> bool:
    # One statement decides: only into a question that is open at this moment, only by who came in.
    return bool(
        database().run(
            f"""INSERT INTO answer(room, number, token, value) SELECT participant.room, question.number, participant.token, ?
            FROM question JOIN participant ON participant.room = question.room
            WHERE question.room = ? AND question.number = ? AND question.phase IN ({", ".join("?" * len(phases))})
            AND participant.token = ? {database().keeping}
            ON CONFLICT(room, number, token) DO UPDATE SET value = excluded.value RETURNING number""",
            json.dumps(value), code, number, *phases, token,
        )
    )  # fmt: skip


# A ballot of paper is another one at each question: it is there only where it answers.
_THERE = """(paper = 0 OR EXISTS(SELECT 1 FROM answer WHERE answer.room = participant.room AND answer.token = participant.token
    AND answer.number = ?))"""


@dataclass(frozen=True)
class Counts:
    """How many can answer a question, and how many have."""

    present: int
    answered: int


def counts(code: str, number: int) -> Counts:
    """The numbers that may be shown while a question is open."""
    (row,) = database().run(
        f"""SELECT (SELECT count(*) FROM participant WHERE room = ? AND {_THERE}),
        (SELECT count(*) FROM answer WHERE room = ? AND number = ?)""",
        code, number, code, number,
    )  # fmt: skip
    return Counts(*map(int, row))


def present(code: str, number: int) -> list[Member]:
    """All who can answer a question: every phone, and of those on paper the ones who did. In no order that tells who."""
    rows = database().run(
        f"SELECT role, shares, patronage FROM participant WHERE room = ? AND {_THERE} ORDER BY token", code, number
    )
    return [Member(*row) for row in rows]


def ballots(code: str, number: int) -> list[Ballot]:
    """The answers to a question; none before it is revealed."""
    rows = database().run(
        """SELECT role, shares, patronage, value FROM answer JOIN participant USING(room, token)
        JOIN question USING(room, number) WHERE room = ? AND number = ? AND phase = ? ORDER BY token""",
        code, number, REVEALED,
    )  # fmt: skip
    return [(Member(*row[:3]), read_answer(row[3])) for row in rows]


def read_answer(text: str) -> Answer:
    """An answer as it is kept."""
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


# ---- on paper --------------------------------------------------------------------------------------------------------


def read_paper(question: Question, text: str, roles: Sequence[str]) -> list[tuple[str, Answer]]:
    """Ballots typed as a list, one a line: the answer, and for whom it is given after a semicolon; the role and the answer.

    Points are written with spaces between, an option by its words or its number from 1. Raises ``AnswerError`` with
    the first line that cannot be read.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_PARTICIPANTS:
        raise AnswerError(f"There are {len(lines):,} ballots; permitted: up to {MOST_PARTICIPANTS:,}.")
    return [_paper(question, line, place, roles) for place, line in enumerate(lines, 1)]


def _paper(question: Question, line: str, place: int, roles: Sequence[str]) -> tuple[str, Answer]:
    told, _, role = (part.strip() for part in line.partition(";"))
    by_name = {each.casefold(): each for each in roles}
    if role and role.casefold() not in by_name:
        permitted = f"permitted: {', '.join(roles)}" if roles else "this room has no roles; leave it out"
        raise AnswerError(f"Ballot {place}: {role!r:.40} is not a role; {permitted}.")
    options = {each.casefold(): number for number, each in enumerate(question.options)}
    try:
        if question.kind == POINTS:
            value = question.read(told.replace(",", " ").split())
        elif question.options:
            value = question.read(options.get(told.casefold(), int(told) - 1 if told.isdecimal() and len(told) < 4 else None))
        else:
            value = question.read(told)
    except AnswerError as error:
        raise AnswerError(f"Ballot {place}, {line!r:.60}: {error}") from None
    return by_name.get(role.casefold(), ""), value


def add_paper(code: str, number: int, read: Sequence[tuple[str, Answer]]) -> int:
    """Put ballots of paper into a question that is open or closed; gives how many. Raises ``RoomError`` otherwise."""
    room = found(code)
    held = {role.name: Member(role.name, role.shares, role.patronage) for role in room.setup.roles}
    for place, (role, value) in enumerate(read):
        token = codes.token_hash(room.salt, codes.new_token())
        if not _enter(code, token, held.get(role, Member()), paper=1):
            raise RoomError(f"{FULL} {place} of the ballots were taken.")
        if not _answer(code, number, token, value, (OPEN, CLOSED)):
            database().run("DELETE FROM participant WHERE room = ? AND token = ?", code, token)
            raise RoomError(
                GONE if find(code) is None else "Ballots count from the opening of a question to its reveal, not after."
            )
    return len(read)
