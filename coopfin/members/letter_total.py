"""The last section of a letter: the year in one table, held against another platform."""

from __future__ import annotations

from coopfin.members.cents import money_shown
from coopfin.members.letter import Letters, escape, percent
from coopfin.members.statement import Statement


def total(letters: Letters, each: Statement) -> str:
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
