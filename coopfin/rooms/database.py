"""One database behind all rooms: a file of SQLite, or PostgreSQL where several servers share it. The statements are the same."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

VARIABLE = "COOPFIN_ROOMS"
FILE = "rooms.sqlite"
CONNECTIONS = 8
PATIENCE = 5  # seconds that a statement waits for another's lock

Row = tuple[Any, ...]

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS room(code TEXT PRIMARY KEY, salt TEXT NOT NULL, pin TEXT NOT NULL, setup TEXT NOT NULL,
    expires DOUBLE PRECISION NOT NULL, version INTEGER NOT NULL DEFAULT 0, question INTEGER NOT NULL DEFAULT 0,
    wrong_pins INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE IF NOT EXISTS host(room TEXT NOT NULL REFERENCES room ON DELETE CASCADE, token TEXT NOT NULL,
    PRIMARY KEY(room, token))""",
    """CREATE TABLE IF NOT EXISTS question(room TEXT NOT NULL REFERENCES room ON DELETE CASCADE, number INTEGER NOT NULL,
    declared TEXT NOT NULL, phase TEXT NOT NULL CHECK(phase IN ('draft', 'open', 'closed', 'revealed')),
    PRIMARY KEY(room, number))""",
    """CREATE TABLE IF NOT EXISTS participant(room TEXT NOT NULL REFERENCES room ON DELETE CASCADE, token TEXT NOT NULL,
    role TEXT NOT NULL, shares DOUBLE PRECISION NOT NULL, patronage DOUBLE PRECISION NOT NULL, paper INTEGER NOT NULL,
    PRIMARY KEY(room, token))""",
    """CREATE TABLE IF NOT EXISTS answer(room TEXT NOT NULL, number INTEGER NOT NULL, token TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY(room, number, token),
    FOREIGN KEY(room, token) REFERENCES participant ON DELETE CASCADE,
    FOREIGN KEY(room, number) REFERENCES question ON DELETE CASCADE)""",
    """CREATE TABLE IF NOT EXISTS decision(room TEXT NOT NULL REFERENCES room ON DELETE CASCADE, number INTEGER NOT NULL,
    taken INTEGER NOT NULL, told TEXT NOT NULL, link TEXT NOT NULL, PRIMARY KEY(room, number, taken))""",
    "CREATE INDEX IF NOT EXISTS room_expires ON room(expires)",
)


class Database:
    """Statements with ``?`` for values, on at most ``CONNECTIONS`` connections at once.

    ``target`` is the path of a file, or ``postgresql://…``. Errors are those of ``sqlite3`` and ``psycopg``.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self.shared = target.startswith(("postgresql://", "postgres://"))
        # What keeps a row as it was read until the statement is done; SQLite lets one write at a time anyway.
        self.keeping = "FOR SHARE OF question" if self.shared else ""
        self._idle: list[Any] = []
        self._lock, self._room = Lock(), BoundedSemaphore(CONNECTIONS)
        with self.transaction() as run:
            if self.shared:  # two servers that start together must not both make the tables
                run("SELECT pg_advisory_xact_lock(716653)")
            for statement in SCHEMA:
                run(statement)

    def run(self, statement: str, *values: Any) -> list[Row]:
        """The rows that a statement gives, or with ``RETURNING`` those it changed."""
        with self._connection() as connection:
            return self._execute(connection, statement, values)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """Several statements that count together or not at all; gives what runs them. The first should be one that writes."""
        with self._connection() as connection:
            self._execute(connection, "BEGIN" if self.shared else "BEGIN IMMEDIATE", ())
            yield lambda statement, *values: self._execute(connection, statement, values)
            self._execute(connection, "COMMIT", ())

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection for one use; one on which anything failed is used no more."""
        with self._room:
            connection = self._take() or self._connect()
            try:
                yield connection
            except BaseException:
                self._drop(connection)
                raise
            with self._lock:
                self._idle.append(connection)

    def _take(self) -> Any:
        """An idle connection that still answers, or None."""
        while True:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            if connection is None or not self.shared:
                return connection
            try:  # a server may have gone and come back since
                self._execute(connection, "SELECT 1", ())
            except Exception:
                self._drop(connection)
            else:
                return connection

    def forget(self) -> None:
        """Overwrite what was deleted: it must not be found in the file, nor beside it."""
        if not self.shared:
            self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections that are not in use."""
        while (connection := self._take()) is not None:
            self._drop(connection)

    def _execute(self, connection: Any, statement: str, values: Sequence[Any]) -> list[Row]:
        if not self.shared:
            return connection.execute(statement, values).fetchall()
        cursor = connection.execute(statement.replace("?", "%s"), values or None)
        return cursor.fetchall() if cursor.description else []

    def _connect(self) -> Any:
        if self.shared:
            import psycopg  # loaded only where a server is used

            return psycopg.connect(self.target, autocommit=True, connect_timeout=PATIENCE)
        path = Path(self.target)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, check_same_thread=False)
        for setting in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    @staticmethod
    def _drop(connection: Any) -> None:
        with suppress(Exception):
            connection.close()
