"""Rooms as they are kept, in a file and in PostgreSQL: phases, the last answer before the close, and the end of everything."""

from __future__ import annotations

import csv
import io
import threading
from pathlib import Path

import psycopg
import pytest

from coopfin.rooms import answers, codes, record, store
from coopfin.rooms.count import RULES
from coopfin.rooms.people import BY_ROLE, CHOSEN, DRAWN, RANDOM, Role, Setup
from coopfin.rooms.questions import AnswerError, choice, lever
from coopfin.rooms.store import CLOSED, DRAFT, OPEN, REVEALED, RoomError

RATE = lever("take_rate", "cooperative", "What should it take?", 0.15)
ROLES = (Role("drivers", 1, 40, 0.5), Role("founders", 50, 0, 0.5))


@pytest.fixture
def code(rooms: str) -> str:
    made = store.create(Setup(), "123456")
    store.add(made, [RATE, choice("Which?", ["one", "other"])])
    return made


def test_what_is_kept_comes_back(rooms: str) -> None:
    setup = Setup(ROLES, DRAWN, RANDOM, "Ride-hailing")
    room = store.find(store.create(setup, "123456"))
    assert room is not None
    assert (room.setup, room.version, room.question) == (setup, 0, 0)


def test_answers_count_only_while_the_question_is_open_and_the_last_one_counts(code: str) -> None:
    token, _ = answers.join(code)
    with pytest.raises(RoomError, match="too late"):
        answers.give(code, 1, token, 10)
    assert store.move(code, 1, OPEN)
    answers.give(code, 1, token, 10)
    assert answers.give(code, 1, token, 20) == 20
    assert store.move(code, 1, CLOSED)
    with pytest.raises(RoomError, match=r"came too late and does not count\. The one you gave before does"):
        answers.give(code, 1, token, 30)
    late, _ = answers.join(code)
    with pytest.raises(RoomError, match=r"does not count\.$"):
        answers.give(code, 1, late, 30)
    store.move(code, 1, REVEALED)
    assert [answer for _, answer in answers.ballots(code, 1)] == [0.2]


@pytest.mark.parametrize("phases", [(), (OPEN,), (OPEN, CLOSED), (OPEN, CLOSED, OPEN)])
def test_no_answer_leaves_the_store_before_the_reveal(code: str, phases: tuple[str, ...]) -> None:
    token, _ = answers.join(code)
    for phase in phases:
        assert store.move(code, 1, phase)
        if phase == OPEN:
            answers.give(code, 1, token, 10)
    assert answers.ballots(code, 1) == []
    told = record.write_record(store.found(code))
    assert "0.1" not in told
    assert ",10," not in told


def test_phases_go_forward_and_what_was_revealed_stays(code: str) -> None:
    assert not store.move(code, 1, CLOSED)
    assert not store.move(code, 1, REVEALED)
    for phase in (OPEN, CLOSED, OPEN, CLOSED, REVEALED):
        assert store.move(code, 1, phase), phase
    for phase in (OPEN, CLOSED, REVEALED):
        assert not store.move(code, 1, phase)
    assert [each.phase for each in store.asked(code)] == [REVEALED, DRAFT]


def test_one_question_is_open_at_a_time_and_the_version_moves(code: str) -> None:
    before = store.found(code).version
    store.move(code, 1, OPEN)
    store.move(code, 2, OPEN)
    assert [each.phase for each in store.asked(code)] == [CLOSED, OPEN]
    room = store.found(code)
    assert (room.question, room.version) == (2, before + 2)
    assert store.versions()[code] == room.version


def test_who_is_not_in_the_room_cannot_answer(code: str) -> None:
    other = store.create(Setup(), "123456")
    token, _ = answers.join(other)
    store.move(code, 1, OPEN)
    for stranger in ("", "guess", token):
        with pytest.raises(RoomError, match="not in the room yet"):
            answers.give(code, 1, stranger, 10)
    with pytest.raises(RoomError, match="not there any more"):
        answers.give(code, 9, token, 10)
    mine, _ = answers.join(code)
    with pytest.raises(AnswerError):
        answers.give(code, 1, mine, "much")


def test_many_at_once_lose_nothing_and_the_close_is_a_line(code: str) -> None:
    tokens = [answers.join(code)[0] for _ in range(24)]
    store.move(code, 1, OPEN)
    taken: list[int] = []

    def give(number: int, token: str) -> None:
        for value in range(5):
            try:
                answers.give(code, 1, token, value)
                taken.append(number)
            except RoomError:
                pass

    threads = [threading.Thread(target=give, args=each) for each in enumerate(tokens)]
    for thread in threads:
        thread.start()
    store.move(code, 1, CLOSED)
    closed = answers.counts(code, 1).answered
    for thread in threads:
        thread.join()
    assert answers.counts(code, 1) == answers.Counts(24, closed)
    assert closed == len(set(taken))


def test_a_facilitator_comes_in_by_the_pin_and_is_known_by_a_token(code: str) -> None:
    one, other = store.admit(code, "123456"), store.admit(code, "123456")
    assert one != other
    assert store.leads(code, one)
    assert store.leads(code, other)
    assert not store.leads(code, "")
    assert not store.leads(store.create(Setup(), "123456"), one)
    store.change_pin(code, "654321")
    with pytest.raises(RoomError, match="not this room's PIN"):
        store.admit(code, "123456")
    assert store.leads(code, one)


def test_wrong_pins_have_an_end_which_a_new_pin_lifts(code: str) -> None:
    for _ in range(store.MOST_WRONG_PINS):
        with pytest.raises(RoomError, match="not this room's PIN"):
            store.admit(code, "000000")
    with pytest.raises(RoomError, match="Too many wrong PINs"):
        store.admit(code, "123456")
    store.change_pin(code, "111111")
    assert store.admit(code, "111111")


def test_right_pins_never_shut_the_room(code: str) -> None:
    for _ in range(store.MOST_HOSTS):
        store.admit(code, "123456")
    with pytest.raises(RoomError, match="20 facilitators' browsers already"):
        store.admit(code, "123456")


def test_neither_pin_nor_token_nor_name_is_kept(code: str, rooms: str) -> None:
    token, _ = answers.join(code)
    host = store.admit(code, "123456")
    kept = repr([store.database().run(f"SELECT * FROM {table}") for table in ("room", "host", "participant")])
    assert not any(secret in kept for secret in ("123456", token, host))


def test_roles_are_chosen_or_drawn_evenly(rooms: str) -> None:
    chosen = store.create(Setup(ROLES, CHOSEN), "123456")
    for nobody in ("", "thieves"):
        with pytest.raises(RoomError, match="Say first for whom"):
            answers.join(chosen, nobody)
    _, member = answers.join(chosen, "founders")
    assert (member.role, member.shares, member.patronage) == ("founders", 50, 0)
    drawn = store.create(Setup(ROLES, DRAWN, BY_ROLE), "123456")
    there = [answers.join(drawn, "founders")[1].role for _ in range(10)]
    assert sorted(there) == ["drivers"] * 5 + ["founders"] * 5
    unequal = store.create(Setup(held=RANDOM), "123456")
    held = [answers.join(unequal)[1].shares for _ in range(60)]
    assert min(held) == 1
    assert max(held) > 1
    assert max(held) <= 100


def test_rooms_questions_and_people_have_an_end(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RoomError, match="up to 50 questions; there are 2, and 49 more"):
        store.add(code, [RATE] * 49)
    assert len(store.asked(code)) == 2
    monkeypatch.setattr(answers, "MOST_PARTICIPANTS", 2)
    answers.join(code)
    answers.join(code)
    with pytest.raises(RoomError, match="full"):
        answers.join(code)
    monkeypatch.setattr(store, "MOST_ROOMS", 1)
    with pytest.raises(RoomError, match="rooms already"):
        store.create(Setup(), "123456")


def test_paper_counts_from_the_opening_to_the_reveal_and_only_at_its_question(code: str) -> None:
    answers.join(code)
    paper = [("", 0.1), ("", 0.2)]
    with pytest.raises(RoomError, match="not after"):
        answers.add_paper(code, 1, paper)
    store.move(code, 1, OPEN)
    assert answers.add_paper(code, 1, paper[:1]) == 1
    store.move(code, 1, CLOSED)
    assert answers.add_paper(code, 1, paper[1:]) == 1
    assert answers.counts(code, 1) == answers.Counts(3, 2)
    assert answers.counts(code, 2) == answers.Counts(1, 0)
    assert len(answers.present(code, 1)) == 3
    assert len(answers.present(code, 2)) == 1
    store.move(code, 1, REVEALED)
    with pytest.raises(RoomError, match="not after"):
        answers.add_paper(code, 1, paper)
    assert len(answers.ballots(code, 1)) == 2


def test_a_room_that_ends_leaves_nothing(code: str, rooms: str) -> None:
    token, _ = answers.join(code)
    store.admit(code, "123456")
    store.move(code, 1, OPEN)
    answers.give(code, 1, token, 10)
    record.decide(code, 1, "The room decided.", "http://somewhere")
    other = store.create(Setup(), "123456")
    store.end(code)
    for table in ("host", "question", "participant", "answer", "decision"):
        assert store.database().run(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert list(store.versions()) == [other]
    assert store.find(code) is None
    for refused in (lambda: answers.join(code), lambda: answers.give(code, 1, token, 1), lambda: store.add(code, [RATE])):
        with pytest.raises(RoomError, match="This room is over"):
            refused()
    if not rooms.startswith("postgres"):
        left = b"".join(path.read_bytes() for path in Path(rooms).parent.iterdir())
        assert code.encode() not in left  # not in the file's free pages, nor in the log beside it
        assert b"What should it take" not in left
        assert Path(rooms).stat().st_mode & 0o077 == 0


def test_after_twelve_hours_a_room_is_over_and_swept_away(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expires = store.found(code).expires
    monkeypatch.setattr(store.time, "time", lambda: expires - 1)
    store.sweep()
    assert store.find(code)
    monkeypatch.setattr(store.time, "time", lambda: expires + 1)
    assert store.find(code) is None
    assert store.versions() == {}
    store.sweep()
    assert store.database().run("SELECT count(*) FROM question") == [(0,)]


def test_the_record_tells_no_person_and_starts_no_formula(code: str) -> None:
    store.add(code, [choice("=HYPERLINK(1)", ["=1+1", "@b"])])
    tokens = [answers.join(code)[0] for _ in range(3)]
    for number, given in ((1, (10, 20, 30)), (3, (0, 0, 1))):
        store.move(code, number, OPEN)
        for token, value in zip(tokens, given, strict=True):
            answers.give(code, number, token, value)
        store.move(code, number, CLOSED)
        store.move(code, number, REVEALED)
    record.decide(code, 1, "The room decided: 20 %.", "http://here/?take_rate=0.2")
    text = record.write_record(store.found(code))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == record.HEAD
    results = {row["counted"]: row for row in rows if row["number"] == "1" and row["what"] == "result"}
    assert list(results) == list(RULES)
    assert (results["One member, one vote"]["value"], results["One member, one vote"]["unit"]) == ("20", "%")
    assert "The weighted median" in results["One share, one vote"]["words"]
    assert [row["value"] for row in rows if row["what"] == "answer" and row["number"] == "1"] == ["10", "20", "30"]
    assert rows[-1]["words"] == "The room decided: 20 %. http://here/?take_rate=0.2"
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    assert "'=HYPERLINK(1)" in cells
    room = store.found(code)
    assert not any(codes.token_hash(room.salt, token) in text for token in tokens)


def test_a_small_group_is_not_shown_by_itself_nor_by_what_is_left(rooms: str) -> None:
    def shown(drivers: int, founders: int) -> list[str]:
        made = store.create(Setup(ROLES, CHOSEN), "123456")
        store.add(made, [RATE])
        store.move(made, 1, OPEN)
        for role, number in (("drivers", drivers), ("founders", founders)):
            for value in range(number):
                answers.give(made, 1, answers.join(made, role)[0], value)
        store.move(made, 1, CLOSED)
        store.move(made, 1, REVEALED)
        return sorted(record.by_role(answers.ballots(made, 1)))

    assert shown(5, 5) == ["drivers", "founders"]
    assert shown(8, 2) == []  # all less the drivers would be the two founders
    assert shown(5, 0) == ["drivers"]
    assert shown(4, 4) == []


@pytest.mark.parametrize("rooms", ["postgresql"], indirect=True)
def test_a_connection_that_was_cut_is_made_again(code: str, rooms: str) -> None:
    with psycopg.connect(rooms, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    assert store.find(code) is not None
