"""The server around the pages, asked over HTTP: what every response says, who is answered, how it stops."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from asking import ask
from playwright.sync_api import Browser, Page, expect


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
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval", "")
    assert "script-src" in policy and "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_figures_about_the_process_are_not_for_the_world(server: str, path: str) -> None:
    assert ask(server + path)[0] == 404


@pytest.mark.parametrize("write", [
    "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')",
    "setTimeout('window.ran = 1')",
])  # fmt: skip
def test_a_script_smuggled_into_a_page_does_not_run(server: str, page: Page, write: str, trespasses: list[str]) -> None:
    page.goto(server)
    expect(page.locator("h1")).to_be_visible()
    page.evaluate(f"() => new Promise(done => {{ {write}; setTimeout(done, 100) }})")
    assert page.evaluate("() => window.ran") is None
    assert [told for told in trespasses if "Content Security Policy" in told]
    trespasses.clear()


def test_what_a_page_asks_for_outside_is_noticed(server: str, chrome: Browser, page: Page, trespasses: list[str]) -> None:
    page.goto(server)
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("() => fetch('http://192.0.2.1/').catch(() => 0)")
    assert any("192.0.2.1" in told for told in trespasses)
    trespasses.clear()
    blank = chrome.new_context().new_page()  # nothing forbids it there
    blank.route("**", lambda route: route.fulfill(body="nothing"))
    blank.goto("http://192.0.2.2/")
    assert trespasses == ["http://192.0.2.2/"]
    trespasses.clear()
    blank.context.close()


def test_another_page_cannot_frame_it(server: str, page: Page, trespasses: list[str]) -> None:
    class Outer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<iframe src={server}></iframe>".encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Outer) as outer:
        Thread(target=outer.serve_forever, daemon=True).start()
        with page.expect_event("framenavigated", lambda frame: frame.url == "chrome-error://chromewebdata/"):
            page.goto(f"http://127.0.0.1:{outer.server_port}/")
        outer.shutdown()
    assert [frame.url for frame in page.frames][1:] == ["chrome-error://chromewebdata/"]
    assert all("frame-ancestors" in told for told in trespasses)
    trespasses.clear()
