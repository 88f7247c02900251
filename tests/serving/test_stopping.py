"""A server that is told to stop ends what is open, and then itself."""

from __future__ import annotations

import signal
import urllib.request
from pathlib import Path

import pytest
from browser import free_port, running

STREAMING = Path(__file__).with_name("streaming.py")


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
