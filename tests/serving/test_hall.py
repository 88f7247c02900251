"""Several processes behind one address, for real: nginx, browsers, and processes that are killed under them."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

import psutil
import pytest
from asking import ask
from browser import ROOT, settled
from playwright.sync_api import Browser, Page, expect
from serving.hall import Hall, hall
from visitor import go, visit

FIRMS = ("Traditional marketplace", "Platform cooperative")


@pytest.fixture(scope="module")
def two() -> Iterator[Hall]:
    with hall(2) as started:
        yield started


def take_rate(page: Page, firm: str, value: str) -> None:
    entry = page.get_by_role("textbox", name=f"Take rate, {firm}, exact value", exact=True)
    entry.fill(value)
    entry.press("Enter")


def wait_for(what: str, condition: object) -> None:
    for _ in range(600):
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within a minute")


def whole(two: Hall) -> bool:
    return len(two.processes()) == 2 and "ready" in two.printed


def answered(two: Hall, times: int) -> bool:
    return two.printed.count("answers at") == times


@pytest.mark.xdist_group("hall")
def test_processes_are_killed_under_browsers_and_everybody_goes_on(two: Hall, chrome: Browser) -> None:
    contexts = [chrome.new_context(viewport={"width": 1280, "height": 720}) for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    lines: list[list[object]] = [[], []]
    for page, opened, share in zip(pages, lines, ("11", "12"), strict=True):
        page.on("websocket", lambda line, opened=opened: opened.append(line))
        page.set_default_timeout(60_000)
        page.goto(f"{two.address}/?preset=ride-hailing")
        expect(page.locator("h1")).to_be_visible()
        settled(page)
        take_rate(page, FIRMS[0], share)
        page.wait_for_url(re.compile(f"take_rate=0.{share}"))
        settled(page)
    routes = {next(c["value"] for c in context.cookies() if c["name"] == "route") for context in contexts}
    assert len(routes) == 2
    shown = [page.locator("table.board").inner_text() for page in pages]
    for killed in range(2):  # each process in turn, so that each browser loses its own at least once
        process = sorted(two.processes(), key=lambda each: each.create_time())[0]
        process.kill()
        process.wait(60)
        assert ask(f"{two.address}/health")[0] == 200
        assert ask(f"{two.address}/")[0] == 200
        for page, before, share in zip(pages, shown, ("11", "12"), strict=True):
            settled(page)
            expect(page.locator("table.board")).to_have_text(re.compile(".*"))
            assert page.locator("table.board").inner_text() == before
            take_rate(page, FIRMS[1], f"{13 + killed}")
            page.wait_for_url(re.compile(f"take_rate=0.{share}(,|%2C)0.{13 + killed}"))
            expect(page.get_by_text("What I changed (2)")).to_be_visible()
        wait_for("the killed process is started again", lambda: whole(two))
        wait_for("it answers", partial(answered, two, 3 + killed))
        for page in pages:
            settled(page)
        shown = [page.locator("table.board").inner_text() for page in pages]
    assert all(len(opened) >= 2 for opened in lines)
    assert two.printed.count("ended (signal 9); starting it again") == 2
    for context in contexts:
        context.close()


@pytest.mark.xdist_group("hall")
def test_an_update_starts_one_process_after_the_other_and_a_browser_goes_on(two: Hall, page: Page) -> None:
    page.goto(f"{two.address}/?preset=ride-hailing")
    expect(page.locator("h1")).to_be_visible()
    take_rate(page, FIRMS[0], "14")
    page.wait_for_url(re.compile("take_rate=0.14"))
    before = {each.pid for each in two.processes()}
    two.process.send_signal(signal.SIGHUP)
    while "every process is new" not in two.printed:
        assert ask(f"{two.address}/health")[0] == 200
        assert two.process.poll() is None
    assert not before & {each.pid for each in two.processes()}
    take_rate(page, FIRMS[1], "15.5")
    page.wait_for_url(re.compile("take_rate=0.14(,|%2C)0.155"))


@pytest.mark.xdist_group("hall")
def test_a_dead_nginx_is_started_again(two: Hall) -> None:
    (nginx,) = two.processes("nginx")
    gone = [*nginx.children(), nginx]
    for each in gone:
        each.kill()
    wait_for("it is started again", lambda: "nginx      ended" in two.printed)
    assert not [each for each in gone if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    wait_for("it answers", lambda: _answers(two.address))


def _answers(address: str) -> bool:
    try:
        return ask(f"{address}/health")[0] == 200
    except OSError:
        return False


@pytest.mark.xdist_group("hall")
def test_a_file_goes_through_to_the_process_that_gave_its_address(two: Hall) -> None:
    async def visits() -> None:
        for _ in range(4):
            async with visit(two.address, "members", "preset=ride-hailing") as visitor:
                assert "route" in visitor.cookies
                (path,) = await visitor.announce("mine.csv")
                assert await asyncio.to_thread(visitor.put, path, b"x" * 5_000_000) == (204, "")

    go(visits())


@pytest.mark.xdist_group("hall")
def test_who_comes_with_a_cookie_keeps_it_and_cookies_are_random(two: Hall) -> None:
    given = [ask(two.address)[1]["Set-Cookie"] for _ in range(3)]
    assert len(set(given)) == 3
    assert all(re.fullmatch(r"route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", each) for each in given)
    assert ask(two.address, X_Forwarded_Proto="https")[1]["Set-Cookie"].endswith("; Secure")
    assert ask(two.address, Cookie="route=mine")[1]["Set-Cookie"] is None


def test_it_stops_whole_with_browsers_on_it(chrome: Browser) -> None:
    with hall(2) as started:
        context = chrome.new_context()
        page = context.new_page()
        page.goto(started.address)
        expect(page.locator("h1")).to_be_visible()
        everybody = psutil.Process(started.process.pid).children(recursive=True)
        assert len(everybody) >= 4
        started.process.send_signal(signal.SIGINT)
        assert started.process.wait(60) == 0
        assert not [each for each in everybody if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
        assert started.printed.count("coopfin has stopped") == 2
        assert "Traceback" not in started.printed, started.printed
        assert "ending it" not in started.printed
        context.close()


def test_a_process_that_holds_too_much_is_started_anew() -> None:
    with hall(1, "--memory", "20") as started:
        wait_for("it is started anew", lambda: "more than 20: starting it anew" in started.printed)


def test_an_option_that_cannot_be_is_refused_in_words() -> None:
    command = [sys.executable, "-m", "coopfin.serving", "--replicas", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'0': a whole number from 1 to 65,535 is needed" in done.stderr
