"""A member's statement as HTML: on the page, on paper, and as a file that stands alone."""

from __future__ import annotations

from html import escape
from pathlib import Path

from coopfin.members.cents import plain_text
from coopfin.members.classes import BY_PATRONAGE, BY_YEARS, EQUALLY
from coopfin.members.statement import Statement
from coopfin.ui.members.setup import Setup
from coopfin.ui.parts import words

STYLE = Path(__file__).with_name("statement.css").read_text(encoding="utf-8")
Row = tuple[str, str, str]  # what, how much, why


def page(made: Setup, each: Statement) -> str:
    """The statement as a file of its own, which needs nothing else."""
    name = escape(each.member)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body>{article(made, each)}</body></html>"
    )


def article(made: Setup, each: Statement) -> str:
    """The statement: what was contributed, how the share was computed, what is paid, credited, held, and the total."""
    label = f"class {escape(each.label)} · " if each.label else ""
    sections = "".join(
        f"<section><h3>{number}. {escape(title)}</h3>{_table(rows)}</section>"
        for number, (title, rows) in enumerate(_sections(made, each), start=1)
    )
    return (
        f'<article class="statement"><h2>{escape(each.member)}</h2>'
        f"<p>{label}statement for year {made.year}, {escape(words.firm(made.firm))}, {escape(made.ledger.title)}</p>"
        f"{sections}{_total(made, each)}</article>"
    )


def _sections(made: Setup, each: Statement) -> list[tuple[str, list[Row]]]:
    return [
        ("What you contributed", _contributed(made, each)),
        ("How your share was computed", _computed(made, each)),
        ("Paid to you now", [("Refund paid now", made.money(each.part.cash), _why_cash(made, each))]),
        ("Credited to your account", _credited(made, each)),
        ("Your share capital", _capital(made, each)),
    ]


def _contributed(made: Setup, each: Statement) -> list[Row]:
    what = "Your sales or work through the platform" if each.pay is not None else "Your use of the platform"
    rows = [(what, _amount(plain_text(each.patronage)), "patronage, as the ledger has it")]
    if each.years is not None:
        rows.append(("Years of membership", plain_text(each.years), "as the ledger has it"))
    return rows


def _computed(made: Setup, each: Statement) -> list[Row]:
    part = each.part
    share = words.percent(float(part.member_class.share))
    everyone = {
        EQUALLY: ("÷ members of your class", f"{float(part.basis_of_all):,.0f}", "all get the same"),
        BY_PATRONAGE: ("× your use ÷ that of your whole class", _fraction(each), "who used it more gets more"),
        BY_YEARS: ("× your years ÷ those of your whole class", _fraction(each), "who was there longer gets more"),
    }[part.member_class.basis]
    return [
        ("To share out", made.money(made.allocation.pool), "the pool of the year, all members together"),
        (f"× share of your class: {share}", made.money(part.class_pool), "as the bylaws or the table of classes say"),
        everyone,
        ("= your refund", made.money(each.part.refund), f"{float(part.exact) / 100:,.4f} rounded to the cent"),
    ]


def _fraction(each: Statement) -> str:
    return f"{_amount(plain_text(each.part.basis))} ÷ {_amount(plain_text(each.part.basis_of_all))}"


def _amount(plain: str) -> str:
    whole, point, rest = plain.partition(".")
    return f"{int(whole):,}{point}{rest}"


def _why_cash(made: Setup, each: Statement) -> str:
    if each.part.refund and not each.part.cash:
        return "less than the smallest payout, or none is paid in cash; all of it is credited"
    return f"{words.percent(each.part.cash / each.part.refund)} of your refund" if each.part.refund else "there is no refund"


def _credited(made: Setup, each: Statement) -> list[Row]:
    years = made.terms.redemption_years
    rows = [("Refund credited", made.money(each.part.retained), "yours, but lent to the cooperative for now")]
    if each.worth_today is None:
        return [*rows, ("Redeemed", "no date", "not within the years looked at"), ("Worth today", "–", "unknown without a date")]
    if each.part.retained:
        rate = words.percent(made.terms.discount_rate)
        rows += [
            ("Redeemed", f"in year {made.year + years}", f"{years} years on, at par, without interest of its own"),
            ("Worth today", made.money(each.worth_today), f"money later is worth {rate} a year less"),
        ]
    return rows


def _capital(made: Setup, each: Statement) -> list[Row]:
    return [
        ("Your member share", made.money(each.member_share), "bought on joining, paid back at par on leaving"),
        ("Interest on it this year", made.money(each.interest), f"{words.percent(made.terms.interest_rate)} a year"),
    ]


def _table(rows: list[Row]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(what)}<small>{escape(why)}</small></th><td class="number">{escape(much)}</td></tr>'
        for what, much, why in rows
    )
    return f"<table><tbody>{body}</tbody></table>"


def _total(made: Setup, each: Statement) -> str:
    """The year in one table: here, and what the same work brings elsewhere."""
    here, there = words.firm(made.firm), words.firm(made.other_firm or "")
    compared = each.elsewhere is not None
    lines = [
        ("Pay out of your sales", each.pay, each.elsewhere),
        ("Refund paid now", each.part.cash, None),
        ("Interest on your share", each.interest, None),
        ("In your hand this year", each.in_hand, each.elsewhere),
        ("Credited, at its worth today", each.worth_today, None),
        ("Your total for the year", each.total, each.elsewhere),
    ]
    body = "".join(
        f'<tr><th scope="row">{what}</th><td class="number">{_cell(mine)}</td>'
        f"{f'<td class=number>{_cell(other)}</td>' if compared else ''}</tr>"
        for what, mine, other in lines
    )
    head = f'<th scope="col" class="number">{escape(there)}</th>' if compared else ""
    return (
        f"<section><h3>6. Your total for the year</h3>{_bars(made, each)}<table><thead><tr>"
        f'<th scope="col">{escape(made.currency) or "Money"}</th><th scope="col" class="number">{escape(here)}</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table><p>{escape(_told(made, each))}</p></section>"
    )


def _bars(made: Setup, each: Statement) -> str:
    if each.elsewhere is None or each.total <= 0:
        return ""
    longest = max(each.total, each.elsewhere, 1)
    rows = ((made.other_firm or "", each.elsewhere, 0), (made.firm, each.total, each.total - (each.pay or 0)))
    return "".join(
        f'<p class="bar-label">{escape(words.firm(firm))}: {words.cents(total)}{_of_it(refund)}</p>'
        f'<div class="bar" aria-hidden="true">'
        f'<span class="pay" style="width:{(total - refund) / longest * 100:.2f}%"></span>'
        f'<span class="members" style="width:{refund / longest * 100:.2f}%"></span></div>'
        for firm, total, refund in rows
    )


def _of_it(refund: int) -> str:
    return f", {words.cents(refund)} of it refund and interest (light)" if refund else ""


def _cell(cents: int | None) -> str:
    return "–" if cents is None else words.cents(cents)


def _told(made: Setup, each: Statement) -> str:
    note = "Credits of earlier years that are paid out this year come on top; the ledger does not know them."
    if each.pay is None:
        return f"No comparison with a marketplace: what your class contributes is not sales of its own. {note}"
    if each.gain is None or made.other_firm is None:
        return f"There is no second firm to compare with. {note}"
    way = "more" if each.gain >= 0 else "less"
    here, there = words.percent(made.terms.take_rate), words.percent(made.terms.elsewhere_rate or 0)
    return (
        f"That is {made.money(abs(each.gain))} {way} than the same sales leave you on the {made.other_firm}, "
        f"which keeps {there} of them; the {made.firm} keeps {here} and gives a part back. {note}"
    )
