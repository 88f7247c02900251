"""Rooms as they are kept: no names, no addresses; of whoever answers only the hash of a random token.

Results leave the store only when they are revealed. Everything of a room goes with it, after twelve hours or at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coopfin.rooms import codes
from coopfin.rooms.database import FILE, VARIABLE, Database
from coopfin.rooms.people import Setup, read_setup
from coopfin.rooms.questions import MOST_QUESTIONS, Question, read_question

HOURS = 12
MOST_ROOMS, MOST_HOSTS, MOST_WRONG_PINS = 200, 20, 30

DRAFT, OPEN, CLOSED, REVEALED = ("draft", "open", "closed", "revealed")
# From which phases one comes to each: what was revealed stays as it is.
BEFORE = {OPEN: (DRAFT, CLOSED), CLOSED: (OPEN,), REVEALED: (CLOSED,)}


class RoomError(ValueError):
    """What a room refuses; its text says why, and what to do."""


GONE = "This room is over, and everything in it is deleted."


@dataclass(frozen=True)
class Room:
    """A room: ``version`` moves with whatever phones must be told, ``question`` is the number that they see, 0 for none."""

    code: str
    salt: str
    setup: Setup
    expires: float
    version: int
    question: int


@dataclass(frozen=True)
class Asked:
    """A question of a room: its number, its phase, and what is asked."""

    number: int
    phase: str
    question: Question


@lru_cache(maxsize=1)
def database() -> Database:
    """The database of this process: that of ``COOPFIN_ROOMS``, or else a file in the folder it was started in."""
    return Database(os.environ.get(VARIABLE) or FILE)


def create(setup: Setup, pin: str) -> str:
    """Open a room; its code. Raises ``RoomError`` where there are too many."""
    sweep()
    for _ in range(20):
        code, salt = codes.new_code(), codes.new_salt()
        made = database().run(
            """INSERT INTO room(code, salt, pin, setup, expires) SELECT ?, ?, ?, ?, CAST(? AS DOUBLE PRECISION)
            WHERE (SELECT count(*) FROM room) < ? ON CONFLICT(code) DO NOTHING RETURNING code""",
            code, salt, codes.pin_hash(salt, pin), setup.written(), time.time() + HOURS * 3600, MOST_ROOMS,
        )  # fmt: skip
        if made:
            return code
    raise RoomError(f"There are {MOST_ROOMS} rooms already, as many as this server holds; end one, or try again later.")


def find(code: str) -> Room | None:
    """The room of a code, or None where there is none, or no more."""
    rows = database().run(
        "SELECT code, salt, setup, expires, version, question FROM room WHERE code = ? AND expires > ?", code, time.time()
    )
    return Room(rows[0][0], rows[0][1], read_setup(rows[0][2]), *rows[0][3:]) if rows else None


def found(code: str) -> Room:
    """As ``find``; raises ``RoomError`` where there is none."""
    room = find(code)
    if room is None:
        raise RoomError(GONE)
    return room


def versions() -> dict[str, int]:
    """The version of every room that is not over, by code."""
    return dict(database().run("SELECT code, version FROM room WHERE expires > ?", time.time()))


def end(code: str) -> None:
    """End a room: everything of it is deleted."""
    database().run("DELETE FROM room WHERE code = ?", code)
    database().forget()


def sweep() -> None:
    """Delete the rooms whose time is over."""
    if database().run("DELETE FROM room WHERE expires <= ? RETURNING code", time.time()):
        database().forget()


# ---- who leads a room ------------------------------------------------------------------------------------------------


def admit(code: str, pin: str) -> str:
    """The token of a facilitator who knows the PIN. Raises ``RoomError`` where it is wrong, or was too often."""
    room = found(code)
    tried = database().run(
        "UPDATE room SET wrong_pins = wrong_pins + 1 WHERE code = ? AND wrong_pins < ? RETURNING pin", code, MOST_WRONG_PINS
    )
    if not tried:
        raise RoomError(f"Too many wrong PINs for this room ({MOST_WRONG_PINS}). Ask whoever opened it for a new one.")
    if not codes.same(codes.pin_hash(room.salt, pin), tried[0][0]):
        raise RoomError("That is not this room's PIN. It has six digits and stands on the facilitator's page.")
    database().run("UPDATE room SET wrong_pins = wrong_pins - 1 WHERE code = ?", code)
    token = codes.new_token()
    made = database().run(
        "INSERT INTO host(room, token) SELECT ?, ? WHERE (SELECT count(*) FROM host WHERE room = ?) < ? RETURNING token",
        code, codes.token_hash(room.salt, token), code, MOST_HOSTS,
    )  # fmt: skip
    if not made:
        raise RoomError(f"This room has {MOST_HOSTS} facilitators' browsers already, as many as it takes.")
    return token


def leads(code: str, token: str) -> bool:
    """Whether a token is that of a facilitator of this room."""
    room = find(code)
    if room is None or not token:
        return False
    return bool(database().run("SELECT 1 FROM host WHERE room = ? AND token = ?", code, codes.token_hash(room.salt, token)))


def change_pin(code: str, pin: str) -> None:
    """Give the room another PIN; the old one opens it no more, and wrong ones are forgotten."""
    database().run("UPDATE room SET pin = ?, wrong_pins = 0 WHERE code = ?", codes.pin_hash(found(code).salt, pin), code)


# ---- questions and their phases --------------------------------------------------------------------------------------


def add(code: str, questions: Sequence[Question]) -> None:
    """Add questions as drafts. Raises ``RoomError`` where they are too many: then none is added."""
    found(code)
    with database().transaction() as run:
        run("UPDATE room SET version = version + 1 WHERE code = ?", code)
        number = run("SELECT coalesce(max(number), 0) FROM question WHERE room = ?", code)[0][0]
        if number + len(questions) > MOST_QUESTIONS:
            raise RoomError(
                f"A room has up to {MOST_QUESTIONS} questions; there are {number}, and {len(questions)} more were given."
            )
        for place, question in enumerate(questions, number + 1):
            run("INSERT INTO question(room, number, declared, phase) VALUES(?, ?, ?, ?)", code, place, question.written(), DRAFT)


def asked(code: str) -> list[Asked]:
    """All questions of a room, in their order."""
    rows = database().run("SELECT number, phase, declared FROM question WHERE room = ? ORDER BY number", code)
    return [Asked(number, phase, read_question(declared)) for number, phase, declared in rows]


def on_show(room: Room) -> Asked | None:
    """The question that a room's phones see now."""
    rows = database().run("SELECT number, phase, declared FROM question WHERE room = ? AND number = ?", room.code, room.question)
    return Asked(rows[0][0], rows[0][1], read_question(rows[0][2])) if rows else None


def move(code: str, number: int, phase: str) -> bool:
    """Bring a question to a phase, and before the room; False where it cannot come there from where it is.

    One question is open at a time: opening another closes it.
    """
    before = BEFORE[phase]
    with database().transaction() as run:
        run("UPDATE room SET version = version + 1 WHERE code = ?", code)
        moved = run(
            f"""UPDATE question SET phase = ? WHERE room = ? AND number = ?
            AND phase IN ({", ".join("?" * len(before))}) RETURNING number""",
            phase, code, number, *before,
        )  # fmt: skip
        if moved:
            run("UPDATE room SET question = ? WHERE code = ?", number, code)
        if moved and phase == OPEN:
            run("UPDATE question SET phase = ? WHERE room = ? AND number <> ? AND phase = ?", CLOSED, code, number, OPEN)
    return bool(moved)


def show(code: str, number: int) -> None:
    """Put a question before the room as it is: a draft is announced, a revealed one is shown again."""
    database().run("UPDATE room SET version = version + 1, question = ? WHERE code = ?", number, code)
