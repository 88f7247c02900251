"""The sections of a letter as rows: what, how much, why."""

from __future__ import annotations

from coopfin.members.cents import grouped, plain_text
from coopfin.members.classes import BY_PATRONAGE, BY_YEARS, EQUALLY
from coopfin.members.letter import Letters, comma, percent
from coopfin.members.statement import Entry, Statement

Row = tuple[str, str, str]  # what, how much, why


def contributed(letters: Letters, each: Statement) -> list[Row]:
    """What the member brought: use of each class, years."""
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


def computed(letters: Letters, each: Statement, entry: Entry) -> list[Row]:
    """How the share of one class came about, a step a row."""
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


def why_cash(letters: Letters, each: Statement) -> str:
    """Why so much is paid now."""
    if not each.refund:
        return "there is no refund"
    if not each.cash:
        return "less than the smallest payout, or none is paid in cash; all of it is credited"
    return f"{percent(each.cash / each.refund)} of your refund" + comma(letters.source("cash", ""))


def credited(letters: Letters, each: Statement) -> list[Row]:
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
                "at its nominal value" + comma(letters.source("cash", "")),
            )
        )
    elif years == 0:
        rows.append(("Paid out", "no date", "no date is set"))
    if years and rate is not None and each.worth_today is not None:
        rows.append(("Worth today", letters.money(each.worth_today), f"money later is worth {percent(rate)} a year less"))
    return rows


def capital(letters: Letters, each: Statement) -> list[Row]:
    """The member share and its interest, if anybody told of one."""
    if each.member_share is None:
        return []
    told = (
        "as the ledger has it" if each.member in letters.terms.shares else letters.source("share", "paid back at par on leaving")
    )
    rows = [("Your member share", letters.money(each.member_share), told)]
    if each.interest is not None and letters.terms.interest_rate:
        rows.append(("Interest on it this year", letters.money(each.interest), f"{percent(letters.terms.interest_rate)} a year"))
    return rows
