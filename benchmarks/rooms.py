"""200 phones in a room: they come in within 10 s, are told of the opening, and answer within 20 s.

``python -m benchmarks.rooms``: on one server with a file, beside a facilitator's page in a browser; then on two servers
with PostgreSQL, of which one is killed while they answer. All on loopback.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.measure import Result
from benchmarks.phones import Phone
from coopfin.rooms import answers, store
from coopfin.rooms.database import VARIABLE
from coopfin.rooms.people import Setup
from coopfin.rooms.questions import lever
from coopfin.rooms.store import OPEN
from tests import browser, postgres

PHONES, COMING, ANSWERING = 200, 10.0, 20.0


@dataclass(frozen=True)
class Run:
    """What came of one run: answers kept, when the phones were told (seconds), processor seconds, tries that failed."""

    kept: int
    told: list[float]
    processor: float
    failures: int

    @property
    def p95(self) -> float:
        return sorted(self.told)[int(0.95 * len(self.told))]


def results() -> list[Result]:
    run, _, _ = one_server()
    return [
        Result(f"{PHONES} phones, told of the opening, p95", run.p95, "permitted", 0.3),
        Result(f"{PHONES} phones, processor time of the server", run.processor, "permitted", 3.0),
    ]


def one_server() -> tuple[Run, float, float]:
    """The run on one server, and how long the facilitator's page takes for a click, without and with the phones."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        _kept_in(str(Path(folder) / "rooms.sqlite"))
        address, process = stack.enter_context(browser.running(browser.ROOT / "serve.py", browser.free_port()))
        chrome = stack.enter_context(browser.chrome())
        page = chrome.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{address}/room")
        browser.settled(page)
        before = statistics.median(_click(page) for _ in range(8))
        code = _room()
        run: list[Run] = []
        ports = [int(address.rsplit(":", 1)[1])]
        load = threading.Thread(target=lambda: run.append(asyncio.run(_phones(code, ports, [process.pid]))))
        load.start()
        during = []
        while load.is_alive():
            during.append(_click(page))
            time.sleep(1)
        load.join()
        return run[0], before, statistics.median(during)


def two_servers() -> Run:
    """The run on two servers with PostgreSQL, of which one is killed in the middle of the answers."""
    with postgres.started() as target, ExitStack() as stack:
        _kept_in(target)
        servers = [stack.enter_context(browser.running(browser.ROOT / "serve.py", browser.free_port())) for _ in range(2)]
        code = _room()
        ports = [int(address.rsplit(":", 1)[1]) for address, _ in servers]
        pids = [process.pid for _, process in servers]
        run = asyncio.run(_phones(code, ports, pids, kill=servers[0][1].kill))
        store.database().close()
        return run


def _kept_in(target: str) -> None:
    os.environ[VARIABLE] = target
    store.database.cache_clear()


def _room() -> str:
    code = store.create(Setup(), "123456")
    store.add(code, [lever("take_rate", "cooperative", "What should it take?", 0.15)])
    return code


async def _phones(code: str, ports: list[int], pids: list[int], kill: Callable[[], None] | None = None) -> Run:
    dice = random.Random(1)
    begun = [_processor(pid) for pid in pids]
    phones = [Phone(code, ports[i % len(ports) :] + ports[: i % len(ports)]) for i in range(PHONES)]
    living = [asyncio.create_task(each.live(dice.uniform(0, COMING), dice.uniform(0, ANSWERING))) for each in phones]
    await asyncio.sleep(COMING + 2)
    await asyncio.to_thread(store.move, code, 1, OPEN)
    opened = time.monotonic()
    if kill is not None:
        await asyncio.sleep(ANSWERING / 2)
        kill()
    await asyncio.wait(living, timeout=ANSWERING + 30)
    spent = sum(_processor(pid) - before for pid, before in zip(pids, begun, strict=True) if kill is None)
    told = [each.told - opened for each in phones if each.told]
    return Run(answers.counts(code, 1).answered, told, spent, sum(each.failures for each in phones))


def _processor(pid: int) -> float:
    """The processor seconds that a process has used so far."""
    with suppress(OSError):
        parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _click(page: Page) -> float:
    """Seconds from a click on the facilitator's page to what it draws."""
    box = page.locator(".st-key-room-assigned")
    chosen = page.get_by_text("What does each one hold?").count()
    begun = time.perf_counter()
    box.get_by_text("Everybody for themselves" if chosen else "Each one says for whom").click()
    page.get_by_text("What does each one hold?").wait_for(state="detached" if chosen else "visible")
    return time.perf_counter() - begun


def main() -> None:
    run, before, during = one_server()
    print(f"one server, a file: {run.kept} of {PHONES} answers kept, {run.failures} tries failed")
    print(f"told of the opening: median {1e3 * statistics.median(run.told):.0f} ms, p95 {1e3 * run.p95:.0f} ms")
    print(f"processor time of the server, page included: {run.processor:.2f} s")
    print(f"a click on the facilitator's page: {1e3 * before:.0f} ms without the phones, {1e3 * during:.0f} ms with them")
    pair = two_servers()
    print(f"two servers, PostgreSQL, one killed: {pair.kept} of {PHONES} answers kept, {pair.failures} tries made again")
    print(f"told of the opening: median {1e3 * statistics.median(pair.told):.0f} ms, p95 {1e3 * pair.p95:.0f} ms")


if __name__ == "__main__":
    main()
