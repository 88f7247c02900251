"""Reads the files that a command is given."""

from __future__ import annotations

from pathlib import Path

from coopfin.commands.output import reason, shown
from coopfin.reading.mistakes import FileError


def read(path: str, max_bytes: int) -> bytes:
    """The bytes of a file, at most one more than ``max_bytes``; raises ``FileError`` where it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(max_bytes + 1)
    except IsADirectoryError:
        raise FileError([f"{shown(path)}: this is a folder; give the name of a file"]) from None
    except OSError as error:
        raise FileError([f"{shown(path)}: {reason(error)}"]) from None


def name(path: str) -> str:
    """What messages about the content of a file call it."""
    return shown(Path(path).name)
