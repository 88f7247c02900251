"""By which names the server may be called."""

from __future__ import annotations

from collections.abc import Iterator

import browser
import pytest
from asking import ask


@pytest.fixture(scope="module")
def configured() -> Iterator[str]:
    with browser.running(browser.ROOT / "serve.py", browser.free_port(), COOPFIN_HOSTS="coopfin.example, *.hall.example") as (
        at,
        _,
    ):
        yield at


@pytest.mark.parametrize(
    "host", ["coopfin.example", "COOPFIN.example:8501", "a.hall.example", "localhost:8501", "127.0.0.1", "[::1]:80"]
)
def test_our_names_and_the_machine_itself_are_answered(configured: str, host: str) -> None:
    assert ask(f"{configured}/health", Host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "coopfin.example.evil.example", "hall.example", "192.0.2.1", "a b", ""])
@pytest.mark.parametrize("path", ["/health", "/", "/_stcore/health"])
def test_other_names_are_refused(configured: str, host: str, path: str) -> None:
    status, headers, _ = ask(configured + path, Host=host)
    assert status == 400
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_without_an_address_of_ours_every_name_is_answered(server: str) -> None:
    assert ask(f"{server}/health", Host="192.0.2.1:8501")[0] == 200
