"""A member's statement as HTML: on a page, as a file that stands alone, all of them in a ZIP or in one file to print.

What nobody told is left out: a letter holds nothing of another firm. Money is in the currency's smallest unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from coopfin.members import letter_rows, letter_total
from coopfin.members.archive import write_archive
from coopfin.members.letter import Letters, escape
from coopfin.members.statement import Statement

STYLE = Path(__file__).with_name("statement.css").read_text(encoding="utf-8")
MAX_SLUG = 40
STEPS = 200  # how often the share done is told
Progress = Callable[[float], None]


def page(letters: Letters, each: Statement) -> str:
    """The statement as a file of its own, which needs nothing else."""
    return _document("Statement", article(letters, each))


def archive(letters: Letters, progress: Progress | None = None) -> bytes:
    """Every statement as a file of its own, in a ZIP; named by the place in the ledger and the member."""
    kind = "sample_" if letters.heading.sample else ""
    begin, end = _document("Statement", "|").split("|")

    def files() -> Iterator[tuple[str, bytes]]:
        for number, each in _told(letters, progress):
            # No date in it: the same ledger gives the same bytes. Names become harmless file names.
            slug = re.sub(r"[^\w-]+", "-", each.member)[:MAX_SLUG].strip("-").lower()
            yield f"{kind}{number:06}_{slug}.html", (article(letters, each) + end).encode()

    return write_archive(begin.encode(), files())


def one_file(letters: Letters, progress: Progress | None = None) -> bytes:
    """All statements in one file, each on a sheet of its own when it is printed."""
    body = "".join(article(letters, each) for _, each in _told(letters, progress))
    return _document("Statements of all members", body).encode()


def _told(letters: Letters, progress: Progress | None) -> Iterator[tuple[int, Statement]]:
    total = len(letters.allocation.members)
    step = max(total // STEPS, 1)
    for number, each in enumerate(letters.statements(), start=1):
        if progress is not None and number % step == 0:
            progress(min(number / total, 1.0))
        yield number, each


def _document(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>{body}</body></html>'
    )


def article(letters: Letters, each: Statement) -> str:
    """The statement: what was contributed, how the share was computed, what is paid, credited, held, and the total."""
    heading = letters.heading
    about = [
        "Statement" + (f" for {heading.year}" if heading.year else ""),
        heading.cooperative,
        f"class {each.label}" if each.label else "",
    ]
    sections = [
        ("What you contributed", letter_rows.contributed(letters, each)),
        ("How your share was computed", [row for entry in each.entries for row in letter_rows.computed(letters, each, entry)]),
        ("Paid to you now", [("Refund paid now", letters.money(each.cash), letter_rows.why_cash(letters, each))]),
        ("Credited to your account", letter_rows.credited(letters, each)),
        ("Your share capital", letter_rows.capital(letters, each)),
        ("Your total for the year", None),
    ]
    there = [(title, rows) for title, rows in sections if rows is None or rows]
    drawn = "".join(
        f"<section><h3>{number}. {title}</h3>{letter_total.total(letters, each) if rows is None else _table(rows)}</section>"
        for number, (title, rows) in enumerate(there, start=1)
    )
    sample = '<p class="sample">Sample: an invented member, not a statement of anybody.</p>' if heading.sample else ""
    return (
        f'<article class="statement"><h2>{escape(each.member)}</h2>{sample}'
        f"<p>{escape(' · '.join(filter(None, about)))}</p>{drawn}</article>"
    )


def _table(rows: list[letter_rows.Row]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(what)}<small>{escape(why)}</small></th><td class="number">{escape(much)}</td></tr>'
        for what, much, why in rows
    )
    return f"<table><tbody>{body}</tbody></table>"
