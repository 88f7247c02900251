"""What may be sent to the server as a file, asked of a running server over HTTP."""

from __future__ import annotations

import ast
import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import browser
import pytest
from asking import ask
from visitor import Visitor, go, visit

MEGABYTE = 1_048_576
SCENARIO = b"assumption,unit,marketplace,cooperative,source\n"


@asynccontextmanager
async def on(address: str, page: str) -> AsyncIterator[Visitor]:
    """On a page, with the field for a scenario open."""
    async with visit(address, page, "preset=ride-hailing") as visitor:
        if not page:
            await visitor.unfold("Open your own scenario file")
        yield visitor


def test_a_file_goes_where_its_address_was_given_out(server: str) -> None:
    async def visits() -> None:
        async with on(server, "") as visitor:
            (path,) = await visitor.announce("mine.csv")
            assert await asyncio.to_thread(visitor.put, path, SCENARIO) == (204, "")

    go(visits())


def test_a_made_up_address_takes_no_file(server: str) -> None:
    async def visits() -> None:
        async with on(server, "") as visitor, on(server, "") as other:
            (path,) = await visitor.announce("mine.csv")
            start, _, session = path.rpartition("/")[0].rpartition("/")
            file = path.rpartition("/")[2]
            assert session == visitor.session
            for wrong in (
                f"{start}/{session}/{uuid.uuid4()}",
                f"{start}/{uuid.uuid4()}/{file}",
                f"{start}/{other.session}/{file}",
                f"{start}/nobody/1",
            ):
                status, _ = await asyncio.to_thread(visitor.put, wrong, SCENARIO)
                assert status == 404, wrong

    go(visits())


def test_a_session_that_is_gone_takes_no_file(server: str) -> None:
    async def visits() -> None:
        async with on(server, "") as visitor:
            (path,) = await visitor.announce("mine.csv")
        async with on(server, "") as after:
            for _ in range(100):  # the server hears of the closed tab a moment later
                status, _ = await asyncio.to_thread(after.put, path, SCENARIO)
                if status == 404:
                    return
            raise AssertionError(f"still {status}")

    go(visits())


@pytest.mark.parametrize(("page", "takes"), [("", 1), ("members", 20)])
def test_a_page_takes_what_its_largest_field_takes(server: str, page: str, takes: int) -> None:
    async def visits() -> None:
        async with on(server, page) as visitor:
            (path,) = await visitor.announce("mine.csv")
            assert (await asyncio.to_thread(visitor.put, path, b"x" * takes * 1_000_000))[0] == 204
            status, said = await asyncio.to_thread(visitor.put, path, b"x" * (takes + 1) * MEGABYTE)
            assert (status, said) == (413, f"The file has {takes + 1}.0 MB; this page takes files up to {takes} MB.")

    go(visits())


def test_a_page_without_a_field_takes_no_file(server: str) -> None:
    async def visits() -> None:
        async with visit(server, "", "preset=ride-hailing") as visitor:
            (path,) = await visitor.announce("mine.csv")
            assert await asyncio.to_thread(visitor.put, path, SCENARIO) == (404, "This page takes no file now.")

    go(visits())


def test_a_file_of_unknown_length_is_not_taken(server: str) -> None:
    def in_pieces(path: str) -> int:
        connection = HTTPConnection(urlsplit(server).netloc, timeout=60)
        connection.request("PUT", path, iter([SCENARIO]), {"Transfer-Encoding": "chunked"}, encode_chunked=True)
        answer = connection.getresponse()
        connection.close()
        return answer.status

    async def visits() -> None:
        async with on(server, "") as visitor:
            (path,) = await visitor.announce("mine.csv")
            assert await asyncio.to_thread(in_pieces, path) == 411

    go(visits())


def test_only_the_newest_addresses_count(server: str) -> None:
    async def visits() -> None:
        async with on(server, "") as visitor:
            (first,) = await visitor.announce("mine.csv")
            many = await visitor.announce(*(f"{number}.csv" for number in range(1000)))
            assert len(many) == 8
            assert (await asyncio.to_thread(visitor.put, first, SCENARIO))[0] == 404
            assert (await asyncio.to_thread(visitor.put, many[-1], SCENARIO))[0] == 204

    go(visits())


def test_all_visits_together_hold_so_much_and_what_ends_makes_room(small: str) -> None:
    held = f"{small}/held"

    async def fill(visitor: Visitor) -> int:
        (path,) = await visitor.announce("mine.csv")
        return (await asyncio.to_thread(visitor.put, path, b"x" * MEGABYTE))[0]

    async def visits() -> None:
        async with on(small, "") as first:
            assert [await fill(first) for _ in range(4)] == [204, 204, 204, 204]
            assert ask(held)[2] == str(2 * MEGABYTE).encode()  # one visit holds two: its oldest files went
            async with on(small, "") as second, on(small, "") as third:
                assert await fill(second) == 204
                assert await fill(third) == 503
            while int(ask(held)[2]) > 2 * MEGABYTE:  # it may forget a closed tab after a second
                await asyncio.sleep(0.1)
            assert await fill(first) == 204

    go(visits())


def test_every_field_says_its_limit_to_the_server() -> None:
    """Nothing but ``file_field`` draws an uploader."""
    for path in (browser.ROOT / "coopfin").rglob("*.py"):
        calls = {node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)}
        assert "file_uploader" not in calls or path.name == "file_field.py", path
