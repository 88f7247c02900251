"""How options are read: plain digits only, and what is refused is said in one line."""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentParser
from collections.abc import Callable
from decimal import Decimal
from typing import NoReturn

from coopfin.reading.mistakes import quoted

LONGEST_MESSAGE = 400


class Parser(ArgumentParser):
    """A parser that takes options by their whole names and says what is wrong in one line."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **{"allow_abbrev": False, **options})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """End with status 2 and one line."""
        line = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in message)
        if len(line) > LONGEST_MESSAGE:
            line = line[:LONGEST_MESSAGE] + "…"
        self.exit(2, f"{self.prog}: {line}; see {self.prog} --help\n")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number from ``low`` to ``high``."""

    def read(text: str) -> int:
        # int() would also take 1_000, +5 and the digits of other scripts.
        if not re.fullmatch("[0-9]{1,20}", text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"is {quoted(text)}; permitted: {low} to {high}, whole numbers")
        return int(text)

    return read


def decimal(low: Decimal, high: Decimal, permitted: str, places: int = 20) -> Callable[[str], Decimal]:
    """An exact number from ``low`` to ``high`` with up to ``places`` decimals; ``permitted`` says so in words."""

    def read(text: str) -> Decimal:
        # Decimal() would also take 1_000 and 1e3, which nobody means as an amount here.
        if not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?", text):
            raise argparse.ArgumentTypeError(f"is {quoted(text)}, not a plain number of 0 or more; permitted: {permitted}")
        value = Decimal(text)
        if not low <= value <= high or value != round(value, places):
            raise argparse.ArgumentTypeError(f"is {quoted(text)}; permitted: {permitted}")
        return value

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in words:
            raise argparse.ArgumentTypeError(f"is {quoted(text)}; permitted: {' or '.join(words)}")
        return text

    return read


share = decimal(Decimal(0), Decimal(1), "0 to 1 (20 % is written 0.2)")
