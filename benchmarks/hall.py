"""``python -m benchmarks.hall``: a hall of people on the comparison, and 500 visits one after the other.

Each has a connection of its own and moves a lever every three seconds; the time is from the move to the page that answers
it. The visitors speak Streamlit's messages without drawing anything, from this process, on the same machine.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field

import psutil
from serving.hall import Hall, hall
from visitor import Visitor, visit

EVERY = 3.0  # seconds between two moves of a person
ARRIVING, STAYING = 20.0, 40.0  # seconds
VISITS, AT_ONCE, LOOK = 500, 5, 50
MEGABYTE = 1_048_576


@dataclass
class Told:
    """What the visitors met."""

    moves: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


async def person(address: str, told: Told, start: float, end: float) -> None:
    await asyncio.sleep(max(0.0, start - time.perf_counter()))
    try:
        async with asyncio.timeout(end - time.perf_counter() + 60), visit(address, query="preset=ride-hailing") as visitor:
            while time.perf_counter() < end:
                await asyncio.sleep(EVERY * random.uniform(0.8, 1.2))
                told.moves.append(await move(visitor))
    except Exception as failure:
        told.failures.append(repr(failure))


async def move(visitor: Visitor) -> float:
    value = random.randrange(10, 60) / 200
    before = time.perf_counter()
    await visitor.move("take_rate", "cooperative", value)
    return time.perf_counter() - before


async def crowd(address: str, people: int) -> Told:
    told, now = Told(), time.perf_counter()
    starts = [now + ARRIVING * number / people for number in range(people)]
    await asyncio.gather(*(person(address, told, start, now + ARRIVING + STAYING) for start in starts))
    return told


def used(started: Hall) -> tuple[float, float]:
    """Seconds of processor and megabytes of the app's processes."""
    processes = started.processes()
    seconds = sum(sum(each.cpu_times()[:2]) for each in processes)
    return seconds, sum(each.memory_info().rss for each in processes) / MEGABYTE


def load(people: int, replicas: int) -> None:
    with hall(replicas) as started:
        before, _ = used(started)
        told = asyncio.run(crowd(started.address, people))
        seconds, megabytes = used(started)
        middle, late = (statistics.quantiles(told.moves, n=20)[at] for at in (9, 18))
        print(f"{people} people, {replicas} process(es): {len(told.moves)} moves, {len(told.failures)} failures")
        print(f"    p50 {middle * 1e3:,.0f} ms, p95 {late * 1e3:,.0f} ms from the move to its page")
        print(f"    {(seconds - before) / len(told.moves) * 1e3:.0f} ms of processor a move, {megabytes:,.0f} MB", flush=True)
        for failure in sorted(set(told.failures))[:5]:
            print("   ", failure)


async def visits(address: str, number: int) -> None:
    async def one() -> None:
        async with visit(address, query="preset=ride-hailing") as visitor:
            await move(visitor)

    for _ in range(number // AT_ONCE):
        await asyncio.gather(*(one() for _ in range(AT_ONCE)))


def soak() -> None:
    with hall(1) as started:
        (server,) = started.processes()
        print(f"{VISITS} visits, each opened, one lever moved, closed:")
        for done in range(0, VISITS + 1, LOOK):
            if done:
                asyncio.run(visits(started.address, LOOK))
            memory = server.memory_info().rss / MEGABYTE
            workers = len(server.children(recursive=True))
            print(f"{done:5} visits  {memory:6.0f} MB  {server.num_threads()} threads  {workers} workers", flush=True)


def main() -> None:
    machine = f"{psutil.cpu_count()} processors, Python {sys.version.split()[0]}"
    print(f"{machine}; {os.getloadavg()[0]:.1f} processes ran or waited before we began", flush=True)
    for people, replicas in ((100, 1), (200, 1), (300, 3)):
        load(people, replicas)
    soak()


if __name__ == "__main__":
    main()
