"""A member's statement as HTML: on a page, as a file that stands alone, all of them in a ZIP or in one file to print.

What nobody told is left out: a letter holds nothing of another firm. Money is in the currency's smallest unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape as escape_once
from pathlib import Path

from coopfin.members.archive import write_archive
from coopfin.members.cents import MINUS, grouped, money_shown, plain_text
from coopfin.members.classes import BY_PATRONAGE, BY_YEARS, EQUALLY
from coopfin.members.patronage import Allocation
from coopfin.members.statement import Entry, Statement, Terms, statements

STYLE = Path(__file__).with_name("statement.css").read_text(encoding="utf-8")
MAX_SLUG = 40
STEPS = 200  # how often the share done is told
escape = lru_cache(4096)(escape_once)  # most of a letter stands in all of them
Row = tuple[str, str, str]  # what, how much, why
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Heading:
    """Whose letters they are: the cooperative's name and the year as people write them, the currency; all may be empty.

    ``elsewhere`` is the other platform's name, ``sample``: the members are invented. ``sources`` says where a number
    came from, by what it is: pool, cash, keeps, share.
    """

    cooperative: str
    year: str
    currency: str
    elsewhere: str = "another platform"
    sample: bool = False
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Letters:
    """All that the letters of one allocation are made of."""

    allocation: Allocation
    terms: Terms
    heading: Heading

    def statements(self) -> Iterator[Statement]:
        """The statement of each member, in the order of the ledger."""
        return statements(self.allocation, self.terms)

    def money(self, cents: int) -> str:
        """Money for people, with its currency."""
        return _money(cents, self.terms.decimals, self.heading.currency)

    def source(self, what: str, otherwise: str) -> str:
        """Where a number came from, if somebody said."""
        return self.heading.sources.get(what) or otherwise


@lru_cache(4096)
def _money(cents: int, decimals: int, currency: str) -> str:
    return f"{money_shown(cents, decimals)} {currency}".strip()


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
        ("What you contributed", _contributed(letters, each)),
        ("How your share was computed", [row for entry in each.entries for row in _computed(letters, each, entry)]),
        ("Paid to you now", [("Refund paid now", letters.money(each.cash), _why_cash(letters, each))]),
        ("Credited to your account", _credited(letters, each)),
        ("Your share capital", _capital(letters, each)),
        ("Your total for the year", None),
    ]
    there = [(title, rows) for title, rows in sections if rows is None or rows]
    drawn = "".join(
        f"<section><h3>{number}. {title}</h3>{_total(letters, each) if rows is None else _table(rows)}</section>"
        for number, (title, rows) in enumerate(there, start=1)
    )
    sample = '<p class="sample">Sample: an invented member, not a statement of anybody.</p>' if heading.sample else ""
    return (
        f'<article class="statement"><h2>{escape(each.member)}</h2>{sample}'
        f"<p>{escape(' · '.join(filter(None, about)))}</p>{drawn}</article>"
    )


def _contributed(letters: Letters, each: Statement) -> list[Row]:
    rows = []
    for entry in each.entries:
        earns = entry.label in letters.terms.earning
        what = "Your sales or work through the cooperative" if earns else "Your use of the cooperative"
        much = grouped(entry.patronage) + (f" {letters.heading.currency}" if earns and letters.heading.currency else "")
        rows.append((what + _of_class(each, entry), much, "patronage, as the ledger has it"))
        if entry.years is not None:
            rows.append((f"Years of membership{_of_class(each, entry)}", plain_text(entry.years), "as the ledger has it"))
    return rows


def _of_class(each: Statement, entry: Entry) -> str:
    return f" as {entry.label}" if len(each.entries) > 1 else ""


def _computed(letters: Letters, each: Statement, entry: Entry) -> list[Row]:
    part = entry.part
    pool = ("To share out", letters.money(letters.allocation.pool), letters.source("pool", "all members together"))
    everyone = {
        EQUALLY: ("÷ members of your class", f"{float(part.basis_of_all):,.0f}", "all get the same"),
        BY_PATRONAGE: ("× your use ÷ that of {whom}", _fraction(entry), "who used it more gets more"),
        BY_YEARS: ("× your years ÷ those of {whom}", _fraction(entry), "who was there longer gets more"),
    }[part.member_class.basis]
    of_class = len(letters.allocation.classes) > 1
    share = [
        (
            f"× share of your class: {percent(float(part.member_class.share))}",
            letters.money(part.class_pool),
            "as the classes share the pool",
        )
    ]
    exact = float(part.exact) / 10**letters.terms.decimals
    return [
        pool,
        *(share if of_class else []),
        (everyone[0].format(whom="your whole class" if of_class else "all members"), *everyone[1:]),
        (
            f"= your refund{_of_class(each, entry)}",
            letters.money(part.refund),
            f"{exact:,.{letters.terms.decimals + 2}f}, rounded",
        ),
    ]


def _fraction(entry: Entry) -> str:
    own, of_all = entry.part.basis, entry.part.basis_of_all
    digits = max(len(plain_text(each).partition(".")[2]) for each in (own, of_all))
    return f"{grouped(own, digits)} ÷ {grouped(of_all, digits)}"


def _why_cash(letters: Letters, each: Statement) -> str:
    if not each.refund:
        return "there is no refund"
    if not each.cash:
        return "less than the smallest payout, or none is paid in cash; all of it is credited"
    return f"{percent(each.cash / each.refund)} of your refund" + _comma(letters.source("cash", ""))


def _credited(letters: Letters, each: Statement) -> list[Row]:
    """What is credited; nothing where all is paid."""
    if not each.retained:
        return []
    years, rate = letters.terms.redemption_years, letters.terms.discount_rate
    rows = [("Refund credited", letters.money(each.retained), "yours, but lent to the cooperative for now")]
    if years:
        rows.append(
            (
                "Paid out after",
                f"{years} year{'s' if years > 1 else ''}",
                "at its nominal value" + _comma(letters.source("cash", "")),
            )
        )
    elif years == 0:
        rows.append(("Paid out", "no date", "no date is set"))
    if years and rate is not None and each.worth_today is not None:
        rows.append(("Worth today", letters.money(each.worth_today), f"money later is worth {percent(rate)} a year less"))
    return rows


def _capital(letters: Letters, each: Statement) -> list[Row]:
    if each.member_share is None:
        return []
    told = (
        "as the ledger has it" if each.member in letters.terms.shares else letters.source("share", "paid back at par on leaving")
    )
    rows = [("Your member share", letters.money(each.member_share), told)]
    if each.interest is not None and letters.terms.interest_rate:
        rows.append(("Interest on it this year", letters.money(each.interest), f"{percent(letters.terms.interest_rate)} a year"))
    return rows


def _table(rows: list[Row]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(what)}<small>{escape(why)}</small></th><td class="number">{escape(much)}</td></tr>'
        for what, much, why in rows
    )
    return f"<table><tbody>{body}</tbody></table>"


def _total(letters: Letters, each: Statement) -> str:
    """The year in one table: here, and, if somebody said what another platform keeps, what the same work brings there."""
    compared = each.elsewhere is not None and each.pay is not None
    lines = [
        ("Pay out of your sales", each.pay, each.elsewhere),
        ("Refund paid now", each.cash, None),
        ("Interest on your share", each.interest or None, None),
        ("In your hand this year", each.in_hand, each.elsewhere),
    ]
    if each.worth_today:
        lines += [
            ("Credited, at its worth today", each.worth_today, None),
            ("Your total for the year", each.total, each.elsewhere),
        ]
    body = "".join(
        f'<tr><th scope="row">{what}</th><td class="number">{_cell(letters, mine)}</td>'
        f"{f'<td class=number>{_cell(letters, other)}</td>' if compared else ''}</tr>"
        for what, mine, other in lines
        if mine is not None
    )
    here, there = letters.heading.cooperative or "Here", letters.heading.elsewhere
    head = f'<th scope="col" class="number">{escape(there)}</th>' if compared else ""
    return (
        f"{_bars(letters, each) if compared else ''}<table><thead><tr>"
        f'<th scope="col">{escape(letters.heading.currency) or "Money"}</th>'
        f'<th scope="col" class="number">{escape(here)}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"<p>{escape(_compared(letters, each))}</p>"
    )


def _bars(letters: Letters, each: Statement) -> str:
    elsewhere, pay = each.elsewhere or 0, each.pay or 0
    longest = max(each.total, elsewhere, 1)
    rows = ((letters.heading.elsewhere, elsewhere, 0), (letters.heading.cooperative or "Here", each.total, each.total - pay))
    return "".join(
        f'<p class="bar-label">{escape(firm)}: {_cell(letters, total)}{_of_it(letters, refund)}</p>'
        f'<div class="bar" aria-hidden="true">'
        f'<span class="pay" style="width:{(total - refund) / longest * 100:.2f}%"></span>'
        f'<span class="members" style="width:{refund / longest * 100:.2f}%"></span></div>'
        for firm, total, refund in rows
    )


def _of_it(letters: Letters, refund: int) -> str:
    return f", {_cell(letters, refund)} of it refund and interest (light)" if refund else ""


def _cell(letters: Letters, cents: int | None) -> str:
    return "–" if cents is None else money_shown(cents, letters.terms.decimals)


def _compared(letters: Letters, each: Statement) -> str:
    note = "Credits of earlier years that are paid out this year come on top; the ledger does not know them."
    terms, heading = letters.terms, letters.heading
    to_come = each.retained and each.worth_today is None
    credit = f"{letters.money(each.retained)} credited this year is still to come. " if to_come else ""
    if each.gain is None or terms.take_rate is None or terms.elsewhere_rate is None:
        return credit + note
    way = "more" if each.gain >= 0 else "less"
    here, source = heading.cooperative or "the cooperative", letters.source("keeps", "")
    return (
        f"That is {letters.money(abs(each.gain))} {way} than the same sales leave you on {heading.elsewhere}, which keeps "
        f"{percent(terms.elsewhere_rate)} of them{f' ({source})' if source else ''}; {here} keeps {percent(terms.take_rate)} "
        f"and gives a part back. {credit}{note}"
    )


def _comma(text: str) -> str:
    return f", {text}" if text else ""


@lru_cache(4096)
def percent(ratio: float) -> str:
    """A ratio as percent with at most one decimal: 15 %, 2.5 %."""
    text = f"{abs(ratio) * 100:,.1f}".removesuffix(".0")
    return f"{MINUS if ratio < 0 and text != '0' else ''}{text}\u202f%"
