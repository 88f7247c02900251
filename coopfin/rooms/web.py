"""The routes for phones: come in, hear of the room, answer. Never a session of the app; any of several servers may answer.

What a phone sends is bounded and never shown as markup; it is known by a token in a cookie that no script can read.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from coopfin.rooms import answers, codes, phone, store, watch
from coopfin.rooms.database import VARIABLE
from coopfin.rooms.limits import Limit
from coopfin.rooms.people import CHOSEN, RANDOM, Member
from coopfin.rooms.questions import AnswerError
from coopfin.serving import stopping

COOKIE, HOST_COOKIE = "coopfin-phone", "coopfin-room"
LONGEST_BODY = 4_000
MOST_STREAMS = 2_000
WRONG_CODES = Limit(60, 60)
LOG = logging.getLogger("coopfin")
NOWHERE = "Rooms cannot be kept here just now. Ask whoever runs the server; the reason stands in its log."
_RUNNING, _BROKEN = threading.Event(), threading.Event()


def running() -> bool:
    """Whether this process answers phones: it does under ``serve.py``, and not where only the pages run."""
    return _RUNNING.is_set()


def broken() -> bool:
    """Whether it would answer them, but the rooms' database cannot be opened."""
    return _BROKEN.is_set()


def routes() -> Sequence[BaseRoute]:
    """The routes for phones: ``/join`` to type a code, everything of a room under ``/room/<code>``."""
    return [
        Route("/join", _door),
        Route("/room/{code}", _page),
        Route("/room/{code}/join", _of_a_room(_join), methods=["POST"]),
        Route("/room/{code}/answer", _of_a_room(_answer), methods=["POST"]),
        Route("/room/{code}/state", _of_a_room(_state)),
        Route("/room/{code}/events", _of_a_room(_events)),
        Route("/room/{code}/host", _of_a_room(_host), methods=["POST"]),
    ]


@asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    """The database is opened, and the rooms are looked at until the server stops. Without it all else works."""
    try:
        await run_in_threadpool(store.database)
    except Exception:
        LOG.exception("rooms cannot be kept: name another file, or a server that answers, in %s", VARIABLE)
        _BROKEN.set()
        yield
        return
    stopping.on_close(watch.wake)
    task = asyncio.create_task(watch.watching())
    _RUNNING.set()
    try:
        yield
    finally:
        _RUNNING.clear()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        store.database().close()


def _wrong(request: Request) -> bool:
    """Count a wrong code; whether this address has told too many."""
    return not WRONG_CODES.spend(request.client.host if request.client else "")


async def _door(request: Request) -> Response:
    typed = request.query_params.get("code")
    code = codes.normal(typed or "")
    if code:
        return RedirectResponse(f"/room/{code}", 303)
    return phone.answer(request, phone.DOORS[phone.ENTER if typed is None else phone.NO_ROOM], 200 if typed is None else 404)


async def _page(request: Request) -> Response:
    if not running():
        return phone.answer(request, phone.DOORS[phone.ENTER], 503)
    code = codes.normal(request.path_params["code"])
    if not code or await run_in_threadpool(store.find, code) is None:
        many = _wrong(request)
        return phone.answer(request, phone.DOORS[phone.TOO_MANY if many else phone.NO_ROOM], 429 if many else 404)
    return phone.answer(request, phone.ROOM)


Answering = Callable[[Request, store.Room], Awaitable[Response]]


def _of_a_room(answering: Answering) -> Callable[[Request], Awaitable[Response]]:
    """What answers only for a room that is there; refusals are told in words."""

    async def answer(request: Request) -> Response:
        if not running():
            return _refused(NOWHERE, 503)
        code = codes.normal(request.path_params["code"])
        room = await run_in_threadpool(store.find, code) if code else None
        if room is None:
            many = _wrong(request)
            return _refused(phone.TOO_MANY if many else store.GONE, 429 if many else 404)
        try:
            return await answering(request, room)
        except AnswerError as error:
            return _refused(str(error), 422)
        except store.RoomError as error:
            return _refused(str(error), 409)

    return answer


def _refused(words: str, status: int, **more: Any) -> Response:
    return JSONResponse({"told": words, **more}, status, {"Cache-Control": "no-store"})


async def _body(request: Request) -> dict[str, Any]:
    """What was sent: a small object of JSON. Other sites cannot send one unasked."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise AnswerError("This is not sent by the page.")
    data = b""
    with suppress(ClientDisconnect):
        async for part in request.stream():
            data += part
            if len(data) > LONGEST_BODY:
                raise AnswerError("That is too long for an answer.")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise AnswerError("That cannot be read as an answer.")
    return told


def _with_cookie(request: Request, response: Response, name: str, value: str, path: str) -> Response:
    secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    response.set_cookie(name, value, max_age=store.HOURS * 3600, path=path, httponly=True, samesite="strict", secure=secure)
    return response


async def _join(request: Request, room: store.Room) -> Response:
    role, token = str((await _body(request)).get("role", "")), request.cookies.get(COOKIE, "")
    known = await run_in_threadpool(answers.known, room.code, token)
    if known is not None:
        return JSONResponse(await run_in_threadpool(_self, room, token, known))
    if room.setup.assigned == CHOSEN and role not in room.setup.council:
        return _refused("Say first for whom you answer.", 422, roles=list(room.setup.council))
    token, member = await run_in_threadpool(answers.join, room.code, role)
    response = JSONResponse(await run_in_threadpool(_self, room, token, member))
    return _with_cookie(request, response, COOKIE, token, f"/room/{room.code}")


def _self(room: store.Room, token: str, member: Member) -> dict[str, Any]:
    """What only this phone is told: for whom it answers, and what it answered."""
    asked = store.on_show(room)
    own = answers.own(room.code, room.question, token) if asked else None
    told = asked.question.as_told(own) if asked and own is not None else None
    return {"words": _who(room, member), "number": room.question, "own": told}


def _who(room: store.Room, member: Member) -> str:
    words = [f"You answer for {member.role}."] if member.role else []
    if words or room.setup.held == RANDOM:
        shares = f"{member.shares:g} share{'' if member.shares == 1 else 's'}"
        words.append(f"You hold {shares}; your use of the platform counts {member.patronage:g}.")
    return " ".join(words)


async def _answer(request: Request, room: store.Room) -> Response:
    told = await _body(request)
    number = told.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10_000:
        raise AnswerError("This answer names no question.")
    token = request.cookies.get(COOKIE, "")
    return JSONResponse({"value": await run_in_threadpool(answers.give, room.code, number, token, told.get("value"))})


async def _state(request: Request, room: store.Room) -> Response:
    tag = f'"{room.version}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(await run_in_threadpool(watch.told, room), headers=headers, media_type="application/json")


async def _events(request: Request, room: store.Room) -> Response:
    if watch.listeners() >= MOST_STREAMS:
        return _refused("Too many phones listen here; ask again in a moment.", 503)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(watch.events(room.code), media_type="text/event-stream", headers=headers)


async def _host(request: Request, room: store.Room) -> Response:
    """Keep a facilitator's token in the browser that already has it, where no script can read it."""
    token = str((await _body(request)).get("token", ""))
    if not await run_in_threadpool(store.leads, room.code, token):
        return _refused("This browser does not lead the room.", 403)
    return _with_cookie(request, JSONResponse({}), HOST_COOKIE, f"{room.code}.{token}", "/")
