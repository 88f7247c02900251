"""The server around the pages, asked over HTTP: what every response says, who is answered, how it stops."""

from __future__ import annotations

import pytest
from asking import ask


def test_it_says_that_it_is_well(server: str) -> None:
    status, _, body = ask(f"{server}/health")
    assert (status, body) == (200, b"ok")


@pytest.mark.parametrize(
    "path", ["/", "/health", "/years", "/_stcore/health", "/_stcore/metrics", "/media/nothing", "/favicon.png"]
)
def test_every_response_carries_the_headers(server: str, path: str) -> None:
    _, headers, _ = ask(server + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_figures_about_the_process_are_not_for_the_world(server: str, path: str) -> None:
    assert ask(server + path)[0] == 404
