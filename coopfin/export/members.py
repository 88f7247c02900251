"""What leaves the members' pages as CSV: refunds, statements, an account over the years."""

from __future__ import annotations

from collections.abc import Iterator

from coopfin.engine.units import figure_text
from coopfin.members.account import MemberAccount
from coopfin.members.cents import money_text, plain_text
from coopfin.members.patronage import Allocation
from coopfin.members.statement import Statement, Terms, statements
from coopfin.reading.csv_text import csv_text


def write_allocation(allocation: Allocation, decimals: int = 2) -> str:
    """Each refund as CSV, in the order of the ledger; money with the currency's decimals, patronage as in the ledger."""
    members = allocation.members
    amounts = zip(
        *(
            [money_text(each, decimals) for each in column.tolist()]
            for column in (allocation.refund, allocation.cash, allocation.retained)
        ),
        strict=True,
    )
    given = zip(members.names, members.classes, map(plain_text, members.patronage), strict=True)
    rows = ([*member, *money] for member, money in zip(given, amounts, strict=True))
    return csv_text([["member", "class", "patronage", "refund", "cash", "retained"], *rows], figure_text)


def write_member_statements(allocation: Allocation, given: Terms) -> str:
    """Every member's statement as CSV, in the order of the ledger: the share step by step, then what comes when.

    A row for each class that a member is in; what is the member's altogether (share, in hand, total) stands in the first.
    Money with the currency's decimals (the exact refund with four more); what is empty has its reason under ``remark``.
    """
    rows = (row for each in statements(allocation, given) for row in _statement(allocation.pool, each, given))
    return csv_text([STATEMENT_COLUMNS, *rows], figure_text)


STATEMENT_COLUMNS = (
    "member", "class", "patronage", "years", "pool", "class_share", "class_pool", "basis", "own_basis", "basis_of_all",
    "exact_refund", "refund", "cash", "retained", "redeemed_after_years", "worth_today", "member_share", "interest",
    "pay", "in_hand", "total", "pay_elsewhere", "difference", "remark",
)  # fmt: skip


def _statement(pool: int, each: Statement, given: Terms) -> Iterator[list[str]]:
    def money(cents: int | None) -> str:
        return "" if cents is None else money_text(cents, given.decimals)

    remarks = {
        "worth_today: no date of redemption is known": each.worth_today is None,
        "pay: the patronage of this class is no sales of its own": not given.earning & {one.label for one in each.entries},
        "pay: nobody said what the cooperative keeps": each.pay is None and given.take_rate is None,
        "pay_elsewhere: there is no second firm to compare with": each.pay is not None and each.elsewhere is None,
    }
    together = each.worth_today, each.member_share, each.interest, each.pay, each.in_hand, each.total, each.elsewhere, each.gain
    for place, entry in enumerate(each.entries):
        part = entry.part
        own = plain_text(entry.patronage), "" if entry.years is None else plain_text(entry.years)
        share = plain_text(part.member_class.share), money(part.class_pool), part.member_class.basis
        exact = f"{float(part.exact / 10**given.decimals):.{given.decimals + 4}f}"
        steps = plain_text(part.basis), plain_text(part.basis_of_all), exact
        remark = "; ".join(remark for remark, applies in remarks.items() if applies)
        yield [
            each.member, entry.label, *own, money(pool), *share, *steps, *map(money, (part.refund, part.cash, part.retained)),
            str(given.redemption_years or ""), *(map(money, together) if place == 0 else [""] * len(together)),
            remark if place == 0 else "what is this member's altogether stands in the line of the first class",
        ]  # fmt: skip


ACCOUNT_LINES = (
    "sales", "pay", "bought", "refund", "cash", "credited", "redeemed", "interest", "returned", "member_share", "balance",
)  # fmt: skip


def write_account(account: MemberAccount) -> str:
    """A member's account over the years as CSV: a row per year, raw numbers; one scenario only."""
    lines = [getattr(account, line) for line in ACCOUNT_LINES]
    rows: list[list[str | float]] = [[str(year), *(float(line[year]) for line in lines)] for year in range(len(account.balance))]
    return csv_text([["year", *ACCOUNT_LINES], *rows], figure_text)
