"""Rooms in a fresh database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest

from coopfin.rooms import store
from coopfin.rooms.database import VARIABLE


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgres.started() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def rooms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Where the rooms are kept: a file, and Debian's server."""
    target = str(tmp_path / "rooms.sqlite") if request.param == "sqlite" else request.getfixturevalue("postgresql")
    monkeypatch.setenv(VARIABLE, target)
    store.database.cache_clear()
    yield target
    store.database().run("DELETE FROM room")
    store.database().close()
    store.database.cache_clear()
