"""Texts in files so that no spreadsheet takes them for a formula, and back: what was written out is read as it was.

A spreadsheet of another country splits a line at semicolons, whatever the file's separator; so a cell begins there too.
"""

from __future__ import annotations

import re

MARK = "'"  # what a spreadsheet puts before a text that looks like a formula
BEGIN = r"(?:^|(?<=[;\t\n\r|]))"
NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?=$|[;\t\n\r|])"
FORMULA = rf"['\"\s]*(?!{NUMBER})[=+\-@\t\r\uff1d\uff0b\uff0d\uff20\u2212\ufe63\ufe62\ufe66\ufe6b]"
TO_GUARD = re.compile(rf"{BEGIN}(?={FORMULA})")
GUARDED = re.compile(rf"{BEGIN}{MARK}(?={FORMULA})")
MAY_NEED = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20\u2212\ufe63\ufe62\ufe66\ufe6b]")


def guard(text: str) -> str:
    """``text`` with a mark before whatever would start a formula, at the beginning or after a separator."""
    return TO_GUARD.sub(MARK, text) if MAY_NEED.search(text) else text


def unguard(text: str) -> str:
    """What ``guard`` made, as it was."""
    return GUARDED.sub("", text) if MARK in text and MAY_NEED.search(text) else text
