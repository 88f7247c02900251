"""A server that is small and forgetful."""

from __future__ import annotations

from collections.abc import Iterator

import browser
import pytest

FORGETFUL = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}  # seconds in which somebody may come back


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    """Its address. It holds less in all, so that a test need not fill half a gigabyte."""
    with browser.running(browser.ROOT / "tests/serving/small.py", browser.free_port(), **FORGETFUL) as (address, _):
        yield address
