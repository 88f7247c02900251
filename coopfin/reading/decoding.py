"""The text of a file that some program saved: UTF-8, UTF-16 with a byte order mark, or Windows-1252 without a guess.

An old Windows and an old Mac program write the same bytes for different letters, and nothing in the file says which it
was. A letter is read as Windows-1252 where the Mac's reading makes no word (``M¸ller``) and every Windows for Latin letters
agrees, a sign where it stands in an amount (``5 €``). Where both readings are letters (``José``, ``JosÈ``) the file is
refused, unless somebody says which it is.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from coopfin.reading.mistakes import EncodingError, FileError

UTF_8, UTF_16, WINDOWS, MAC = "UTF-8", "UTF-16", "Windows-1252", "Mac Roman"
CODECS = {
    UTF_8: "utf-8-sig", UTF_16: "utf-16", WINDOWS: "cp1252", MAC: "mac-roman", "Windows-1250": "cp1250", "Windows-1251": "cp1251",
    "Windows-1253": "cp1253", "Windows-1254": "cp1254", "Windows-1257": "cp1257",
}  # fmt: skip
LATIN = ("cp1250", "cp1252", "cp1254", "cp1257")  # of a Windows that writes Latin letters
SAVE = "save the table as 'CSV UTF-8'"
BEGINNINGS = {
    b"\xd0\xcf\x11\xe0": "an Excel workbook of the old kind; save it as XLSX or as 'CSV UTF-8'",
    b"%PDF": "a PDF; export the table as CSV or XLSX",
    b"PK\x03\x04": "a workbook or an archive; save the table as 'CSV UTF-8'",
}
LINE = re.compile(rb"\r\n|\n|\r")
# What people type in a text on a Mac: quotation marks, dashes, the sign of the euro, a space that does not break.
TYPED_ON_A_MAC = frozenset("–—“”‘’‚„€…•\u00a0")
BESIDE_A_LETTER = re.compile(rb"[A-Za-z\x81-\x9f\xa1-\xff]\||\|[A-Za-z\x81-\x9f\xa1-\xff]")
OF_AMOUNTS = frozenset("€£¥’‘´\u00a0")


@dataclass(frozen=True)
class Text:
    """The text of a file, and the encoding in which it was read."""

    text: str
    encoding: str


def read_text(data: bytes, name: str, max_bytes: int, advice: str = "save only the table", encoding: str | None = None) -> Text:
    """The text of a file of up to ``max_bytes``; ``encoding``, one of ``CODECS``, where somebody said which it is.

    Raises ``FileError`` where the file is too large or no text, ``EncodingError`` where it may be read in two ways.
    """
    check_size(data, name, max_bytes, advice)
    for beginning, kind in BEGINNINGS.items():
        if data.startswith(beginning):
            raise FileError([f"{name}: this is not a text file but {kind}"])
    found = encoding or _encoding(data, name)
    try:
        text = data.decode(CODECS[found])
    except UnicodeDecodeError as error:
        raise FileError([f"{name}, line {_line(data, error.start)}: not text in {found}; {SAVE}"]) from None
    if "\0" in text:
        raise FileError([f"{name}: this is not a text file; {SAVE}"])
    return Text(text.removeprefix("\ufeff"), found)


def check_size(data: bytes, name: str, max_bytes: int, advice: str) -> None:
    """Raise ``FileError`` where a file has more than ``max_bytes``."""
    if len(data) > max_bytes:
        raise FileError([f"{name}: the file has {len(data):,} bytes or more; permitted: up to {max_bytes:,}; {advice}"])


def _encoding(data: bytes, name: str) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return UTF_16
    try:
        data.decode("utf-8")
        return UTF_8
    except UnicodeDecodeError as error:
        start = error.start
    if b"\0" in data:
        raise FileError([f"{name}: this is not a text file; {SAVE}"])
    doubt = _first_doubt(data)
    if doubt is None:
        return WINDOWS
    windows, mac = (_word(data, doubt, CODECS[each]) for each in (WINDOWS, MAC))
    if windows is None:
        raise FileError([f"{name}, line {_line(data, start)}: not text in UTF-8; {SAVE}"])
    raise EncodingError(
        [
            f"{name}, line {_line(data, doubt)}: not text in UTF-8; it may be {windows!r} ({WINDOWS}), {mac!r} ({MAC}) "
            f"or another; {SAVE}, or say which encoding it is"
        ]
    )


def _first_doubt(data: bytes) -> int | None:
    """The place of the first byte that cannot be read without a guess."""
    return next((each.start() for each in re.finditer(rb"[\x80-\xff]", data) if not _is_certain(data, each.start())), None)


def _is_certain(data: bytes, place: int) -> bool:
    byte, around = data[place : place + 1], data[max(place - 1, 0) : place] + b"|" + data[place + 1 : place + 2]
    windows, mac = (byte.decode(CODECS[each], "replace") for each in (WINDOWS, MAC))
    if windows.isalpha():
        agreed = len({byte.decode(page, "replace") for page in LATIN}) == 1
        # A Mac's circumflex that stands alone is no letter of a word.
        return agreed and (mac == "ˆ" or not (mac.isalpha() or mac in TYPED_ON_A_MAC))
    if windows == "\ufffd" or BESIDE_A_LETTER.search(around):
        return False
    return windows == mac or not mac.isalpha() or (windows in OF_AMOUNTS and re.search(rb"[0-9\xa0\x80 ]", around) is not None)


def _word(data: bytes, place: int, codec: str) -> str | None:
    """The letters around a byte, None where they cannot be read in this codec."""
    begin = max(data.rfind(sign, 0, place) for sign in (b"\n", b"\r", b",", b";", b"\t")) + 1
    ends = [end for sign in (b"\n", b"\r", b",", b";", b"\t") if (end := data.find(sign, place)) >= 0]
    try:
        return data[max(begin, place - 20) : min([*ends, place + 20])].decode(codec)
    except UnicodeDecodeError:
        return None


def _line(data: bytes, place: int) -> int:
    return len(LINE.findall(data[:place])) + 1
