"""A server that is told to stop ends what is open, and then itself."""

from __future__ import annotations

import asyncio
import signal
import urllib.request
from pathlib import Path

import pytest
from browser import free_port, running
from visitor import go, visit

STREAMING, SMALL = (Path(__file__).with_name(name) for name in ("streaming.py", "small.py"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_with_open_streams(number: signal.Signals) -> None:
    with running(STREAMING, free_port()) as (address, process):
        with urllib.request.urlopen(f"{address}/endless", timeout=60) as stream:
            assert stream.readline() == b"open\n"
            process.send_signal(number)
            assert stream.read() == b"bye\n"
        told, _ = process.communicate(timeout=60)
    assert b"the feature was closed" in told
    assert b"Traceback" not in told, told.decode()


def test_the_log_says_in_words_where_it_is_how_many_are_on_it_and_that_it_stops() -> None:
    with running(SMALL, free_port()) as (address, process):
        assert process.stdout is not None
        lines = iter(process.stdout.readline, b"")

        def until(said: str) -> None:
            assert any(said.encode() in line for line in lines), said

        async def visits() -> None:
            async with visit(address), visit(address):
                await asyncio.to_thread(until, "2 pages open, ")

        until(f"coopfin answers at {address}")
        go(visits())
        until("0 pages open, ")
        process.terminate()
        until("coopfin has stopped")
