"""What is wrong with a file, in words: where, what stands there, and what to do; the first mistakes, and how many more.

What is kept of a file's mistakes has an end, so that a million of them cost no more than reading the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappushpop

MAX_LISTED = 20
MAX_QUOTED = 60


class FileError(ValueError):
    """A file that cannot be used. ``lines`` holds one message for every mistake in it, each with file and line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class HeaderError(FileError):
    """A file in which a column was not found. ``headers`` are those of its line ``line``, from which one may choose."""

    def __init__(self, lines: Iterable[str], headers: Sequence[str], line: int) -> None:
        super().__init__(lines)
        self.headers = tuple(headers)
        self.line = line


class AlikeError(FileError):
    """Names that only look alike: the same people if ``alike`` is given, else others."""


class EncodingError(FileError):
    """Text that may be read in two ways: which of them it is has to be said."""


class Mistakes:
    """Collects the mistakes of the file ``name``: the first ``MAX_LISTED`` by line, and the number of all."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.alike = False
        self._kept: list[tuple[int, int, str]] = []  # -line, -place among all, message: a heap with the last line on top

    def add(self, line: int, message: str | Callable[[], str]) -> None:
        """Note a mistake; a message that is a function is only asked for where it is among the first."""
        self.count += 1
        full = len(self._kept) == MAX_LISTED
        if full and -self._kept[0][0] <= line:
            return
        each = -line, -self.count, message if isinstance(message, str) else message()
        if full:
            heappushpop(self._kept, each)
        else:
            self._kept.append(each)
            if len(self._kept) == MAX_LISTED:
                heapify(self._kept)

    def listed(self) -> list[str]:
        """The messages in the order of the file, and how many more there are."""
        first = [
            f"{self.name}, line {-line}: {text}" for line, _, text in sorted(self._kept, key=lambda each: (-each[0], -each[1]))
        ]
        more = self.count - len(first)
        return first + ([f"{self.name}: and {more:,} more mistake{'s' if more > 1 else ''}"] if more else [])

    def refuse(self) -> None:
        """Raise ``FileError`` if there are any."""
        if self.count:
            raise (AlikeError if self.alike else FileError)(self.listed())


def quoted(cell: str) -> str:
    """A cell as a message shows it: up to ``MAX_QUOTED`` signs, invisible ones written out."""
    # Letters only, so that a sign which turns the direction of writing cannot turn the message.
    shown = repr(cell[:MAX_QUOTED])
    shown = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in shown)
    return shown if len(cell) <= MAX_QUOTED else f"{shown}…"
