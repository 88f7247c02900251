"""What the phones of a room are told, and when: one look at all rooms' versions for the whole process, several times a second.

It sees what other servers and other threads did, as it looks into the database that they share.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

from coopfin.rooms import store
from coopfin.rooms.questions import LARGEST, Question
from coopfin.serving import stopping

LOOK, STILL, SWEEP = 0.12, 10.0, 60.0  # seconds between looks, signs of life, and sweeps
STEPS = 100  # of a track
LOG = logging.getLogger("coopfin")
OVER = json.dumps({"v": -1, "over": store.GONE})


@dataclass
class _Watched:
    version: int = -2
    text: str = ""
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    listeners: int = 0


_WATCHED: dict[str, _Watched] = {}


def told(room: store.Room) -> str:
    """What every phone of a room is told, as JSON: the question on show and its phase, never an answer."""
    asked = store.on_show(room)
    return json.dumps({"v": room.version, "q": asked and {"n": asked.number, "phase": asked.phase} | shown(asked.question)})


def shown(question: Question) -> dict[str, Any]:
    """A question as a phone shows it: numbers as a person writes them."""
    bounded = question.is_number and max(-question.low, question.high) < LARGEST
    low, high = (round(end * question.factor, 9) for end in (question.low, question.high)) if bounded else (None, None)
    step = _step(high - low, whole=question.whole) if low is not None and high is not None else None
    return {
        "kind": question.kind, "text": question.text, "sign": question.sign, "options": question.options,
        "low": low, "high": high, "step": step,
    }  # fmt: skip


def _step(span: float, *, whole: bool) -> float:
    """A round step that cuts a track into at most a hundred."""
    power = 10.0 ** (math.floor(math.log10(span)) - 2) if span > 0 else 1.0
    step = next((each for each in (power, 2 * power, 5 * power, 10 * power) if span / each <= STEPS), 10 * power)
    return max(1.0, step) if whole else step


async def watching() -> None:
    """Look until cancelled; an error is logged and the next look tried."""
    swept = 0.0
    while True:
        try:
            if _WATCHED:
                await _look()
            if time.monotonic() - swept > SWEEP:
                swept = time.monotonic()
                await run_in_threadpool(store.sweep)
        except Exception:
            LOG.exception("the rooms could not be looked at")
            await asyncio.sleep(1)
        await asyncio.sleep(LOOK)


async def _look() -> None:
    versions = await run_in_threadpool(store.versions)
    for code, watched in list(_WATCHED.items()):
        if versions.get(code, -1) != watched.version:
            await _refresh(code, watched)


async def _refresh(code: str, watched: _Watched) -> None:
    room = await run_in_threadpool(store.find, code)
    text = await run_in_threadpool(told, room) if room else OVER
    watched.version, watched.text = room.version if room else -1, text
    moved, watched.moved = watched.moved, asyncio.Event()
    moved.set()


@contextmanager
def _listening(code: str) -> Iterator[_Watched]:
    watched = _WATCHED.setdefault(code, _Watched())
    watched.listeners += 1
    try:
        yield watched
    finally:
        watched.listeners -= 1
        if not watched.listeners:
            _WATCHED.pop(code, None)


def listeners() -> int:
    """How many streams are open in this process."""
    return sum(each.listeners for each in _WATCHED.values())


def wake() -> None:
    """Wake every stream, so that it sees that the server is about to stop."""
    for watched in _WATCHED.values():
        watched.moved.set()


async def events(code: str) -> AsyncIterator[str]:
    """What a phone hears of its room as server-sent events, until the room is over or the server stops."""
    yield "retry: 1500\n\n"
    with _listening(code) as watched:
        if watched.version == -2:
            await _refresh(code, watched)
        seen = -2
        while not stopping.closing():
            moved = watched.moved
            if watched.version != seen:
                seen = watched.version
                yield f"data: {watched.text}\n\n"
                if seen == -1:
                    return
            try:
                await asyncio.wait_for(moved.wait(), STILL)
            except TimeoutError:
                yield "event: still\ndata: 1\n\n"
