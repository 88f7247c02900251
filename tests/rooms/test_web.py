"""What phones are answered, over the wire: a cookie no script can read, bounds, limits, and being told at once."""

from __future__ import annotations

import json
import re
import signal
import urllib.request
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import browser
import pytest
from asking import ask
from playwright.sync_api import Browser, expect

from coopfin.rooms import answers, phone, store, watch
from coopfin.rooms.people import CHOSEN, Role, Setup
from coopfin.rooms.questions import choice, lever, points, prediction
from coopfin.rooms.store import CLOSED, OPEN, REVEALED
from coopfin.rooms.web import COOKIE, HOST_COOKIE, LONGEST_BODY, NOWHERE, WRONG_CODES

RATE = lever("take_rate", "cooperative", "What should it take?", 0.15)


@pytest.fixture
def code(server: str) -> Iterator[str]:
    made = store.create(Setup(), "123456")
    store.add(made, [RATE, choice("<script>alert(1)</script>", ["<b>one</b>", "other"])])
    yield made
    store.end(made)


def post(address: str, told: Any, token: str = "", **headers: str) -> tuple[int, Any, Any]:
    cookie = {"Cookie": f"{COOKIE}={token}"} if token else {}
    status, got, body = ask(
        address, "POST", json.dumps(told).encode(), **{"Content_Type": "application/json", **cookie, **headers}
    )
    return status, got, json.loads(body)


def come_in(server: str, code: str) -> str:
    status, headers, _ = post(f"{server}/room/{code}/join", {})
    assert status == 200
    return SimpleCookie(headers["Set-Cookie"])[COOKIE].value


def test_the_page_is_small_runs_nothing_foreign_and_says_when_all_is_deleted(server: str, code: str) -> None:
    status, headers, page = ask(f"{server}/room/{code.lower()}", Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert len(page) < 6_000
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    text = ask(f"{server}/room/{code}")[2].decode()
    assert "deleted after 12 hours, or at once when the room is ended" in text
    assert not re.findall(r"(?:https?:)?//(?!\s)\w", re.sub(r"// .*", "", text))
    assert "{{" not in text


def test_coming_in_gives_a_cookie_that_no_script_and_no_other_site_can_use(server: str, code: str) -> None:
    _, headers, told = post(f"{server}/room/{code}/join", {})
    cookie = SimpleCookie(headers["Set-Cookie"])[COOKIE]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("strict", f"/room/{code}", "43200")
    assert told == {"words": "", "number": 0, "own": None}
    status, again, _ = post(f"{server}/room/{code}/join", {}, cookie.value)
    assert (status, again["Set-Cookie"]) == (200, None)
    assert answers.counts(code, 1).present == 1


def test_who_must_say_for_whom_is_asked_first(server: str) -> None:
    code = store.create(Setup((Role("drivers", 1, 40), Role("founders", 50, 0)), CHOSEN), "123456")
    status, _, told = post(f"{server}/room/{code}/join", {"role": "thieves"})
    assert (status, told["roles"]) == (422, ["drivers", "founders"])
    status, _, told = post(f"{server}/room/{code}/join", {"role": "founders"})
    assert told["words"] == "You answer for founders. You hold 50 shares; your use of the platform counts 0."
    store.end(code)


def test_an_answer_goes_in_is_changed_comes_back_and_is_refused_in_words_when_late(server: str, code: str) -> None:
    token = come_in(server, code)
    store.move(code, 1, OPEN)
    for value in (10, "12,5"):
        status, _, told = post(f"{server}/room/{code}/answer", {"number": 1, "value": value}, token)
        assert status == 200
    assert told == {"value": 12.5}
    assert post(f"{server}/room/{code}/join", {}, token)[2]["own"] == 12.5
    store.move(code, 1, CLOSED)
    status, _, told = post(f"{server}/room/{code}/answer", {"number": 1, "value": 20}, token)
    assert (status, told["told"]) == (409, answers.LATE + answers.EARLIER)
    store.move(code, 1, REVEALED)
    assert [value for _, value in answers.ballots(code, 1)] == [0.125]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"number": 1, "value": 1e300}, 422),
        ({"number": 1, "value": "x" * 3000}, 422),
        ({"number": 1}, 422),
        ({"value": 1}, 422),
        ({"number": True, "value": 1}, 422),
        ({"number": 10**30, "value": 1}, 422),
        ([1], 422),
        ("text", 422),
        (None, 422),
        ({"number": 1, "value": "x" * (LONGEST_BODY + 1)}, 422),
        ({"number": 2, "value": 0}, 409),
        ({"number": 7, "value": 0}, 409),
    ],
)
def test_whatever_else_is_sent_is_refused_in_words(server: str, code: str, told: Any, status: int) -> None:
    token = come_in(server, code)
    store.move(code, 1, OPEN)
    got, _, reply = post(f"{server}/room/{code}/answer", told, token)
    assert got == status
    assert 5 < len(reply["told"]) < 200
    assert answers.counts(code, 1).answered == 0


def test_what_is_no_json_or_comes_from_a_form_of_another_site_is_refused(server: str, code: str) -> None:
    token = come_in(server, code)
    address = f"{server}/room/{code}/answer"
    for body, kind in (
        (b"{" * 3000, "application/json"),
        (b"number=1&value=1", "application/x-www-form-urlencoded"),
        (b"\xff", "text/plain"),
    ):
        assert ask(address, "POST", body, Content_Type=kind, Cookie=f"{COOKIE}={token}")[0] == 422


def test_a_state_is_told_once_and_then_only_when_it_moved(server: str, code: str) -> None:
    status, headers, body = ask(f"{server}/room/{code}/state")
    assert (status, json.loads(body)) == (200, {"v": store.found(code).version, "q": None})
    assert ask(f"{server}/room/{code}/state", If_None_Match=headers["ETag"])[0] == 304
    store.move(code, 2, OPEN)
    status, _, body = ask(f"{server}/room/{code}/state", If_None_Match=headers["ETag"])
    told = json.loads(body)["q"]
    assert (told["n"], told["phase"], told["kind"], told["options"]) == (2, "open", "choice", ["<b>one</b>", "other"])


def events(address: str) -> Iterator[Any]:
    with urllib.request.urlopen(address, timeout=60) as stream:
        for line in stream:
            if line.startswith(b"data: {"):
                yield json.loads(line.removeprefix(b"data: "))


def test_phones_are_told_of_each_phase_and_of_the_end(server: str, code: str) -> None:
    heard = events(f"{server}/room/{code}/events")
    assert next(heard)["q"] is None
    for phase in (OPEN, CLOSED, REVEALED):
        store.move(code, 1, phase)
        assert next(heard)["q"]["phase"] == phase
    store.end(code)
    assert next(heard)["over"] == store.GONE
    assert list(heard) == []


def test_a_room_that_is_not_there_says_so_and_lets_one_type_another_code(server: str) -> None:
    for path in ("/room/ABCDEF", "/room/x", "/room/%3Cscript%3E", "/join?code=nothing"):
        status, headers, body = ask(server + path)
        assert status == 404
        assert phone.NO_ROOM in body.decode()
        assert "<script" not in body.decode()
        assert headers["Content-Security-Policy"] == phone.POLICY
    assert ask(f"{server}/join")[0] == 200
    for path in ("join", "answer"):
        assert post(f"{server}/room/ABCDEF/{path}", {})[2]["told"] == store.GONE


def test_where_rooms_cannot_be_kept_all_else_works_and_the_reason_is_told(chrome: Browser) -> None:
    nowhere = "/nowhere/rooms.sqlite"
    with browser.running(browser.ROOT / "serve.py", browser.free_port(), COOPFIN_ROOMS=nowhere) as (server, process):
        assert ask(f"{server}/health")[0] == 200
        assert ask(f"{server}/room/ABCDEF")[0] == 503
        status, _, told = post(f"{server}/room/ABCDEF/join", {})
        assert (status, told["told"]) == (503, NOWHERE)
        page = chrome.new_page()
        page.goto(f"{server}/room")
        expect(page.get_by_text(NOWHERE)).to_be_visible()
        page.close()
        process.terminate()
        assert b"name another file" in process.communicate(timeout=60)[0]


def test_behind_a_proxy_that_speaks_https_the_cookie_stays_on_https(server: str, code: str) -> None:
    for headers, secure in (({}, ""), ({"X_Forwarded_Proto": "https"}, True)):
        _, got, _ = post(f"{server}/room/{code}/join", {}, **headers)
        assert SimpleCookie(got["Set-Cookie"])[COOKIE]["secure"] == secure


def test_a_typed_code_leads_into_the_room(server: str, code: str) -> None:
    status, _, body = ask(f"{server}/join?code=%20{code[:3].lower()}-{code[3:]}")
    assert status == 200
    assert body == phone.ROOM


def test_wrong_codes_are_limited_but_a_hall_behind_one_address_goes_on(code: str) -> None:
    with browser.serve() as server:
        told = [ask(f"{server}/room/ABCDEF/state")[0] for _ in range(WRONG_CODES.most + 2)]
        assert told[-1] == 429
        assert set(told[: WRONG_CODES.most]) == {404}
        assert ask(f"{server}/room/ABCDEF")[0] == 429
        assert ask(f"{server}/room/{code}")[0] == 200
        assert come_in(server, code)


def test_the_facilitator_s_token_becomes_a_cookie_only_for_who_has_it(server: str, code: str) -> None:
    token = store.admit(code, "123456")
    status, headers, _ = post(f"{server}/room/{code}/host", {"token": token})
    cookie = SimpleCookie(headers["Set-Cookie"])[HOST_COOKIE]
    assert (status, cookie.value, cookie["path"], cookie["samesite"]) == (200, f"{code}.{token}", "/", "strict")
    assert cookie["httponly"]
    for wrong in ("", "guess", come_in(server, code)):
        status, headers, _ = post(f"{server}/room/{code}/host", {"token": wrong})
        assert (status, headers["Set-Cookie"]) == (403, None)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_with_open_streams_stops(code: str, number: signal.Signals) -> None:
    with browser.running(browser.ROOT / "serve.py", browser.free_port()) as (server, process):
        heard = events(f"{server}/room/{code}/events")
        next(heard)
        process.send_signal(number)
        assert list(heard) == []
        told, _ = process.communicate(timeout=60)
    assert b"Traceback" not in told, told.decode()


@pytest.mark.parametrize(
    "question",
    [
        RATE,
        points("cooperative", "?"),
        prediction("provider_month", "cooperative", "?"),
        lever("overhead", "cooperative", "?", 4e5),
        lever("redemption_years", "cooperative", "?", 0),
    ],
)
def test_a_track_has_ends_and_a_round_step(question: Any) -> None:
    told = watch.shown(question)
    if told["low"] is None:
        assert question.kind != "lever"
        return
    assert 10 < (told["high"] - told["low"]) / told["step"] <= watch.STEPS or question.whole
    assert float(f"{told['step']:.0e}") == told["step"]
