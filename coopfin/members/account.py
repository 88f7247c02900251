"""One member's account with the cooperative over the years, out of the statements of a projection.

It follows the statements to the last unit: the accounts of all members, past ones too, add up to the cooperative's
own lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coopfin.engine.carriers import power
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

ROUNDING = 1e-12  # of the refund: a cash share equal to the tax rate is enough


@dataclass(frozen=True)
class MemberAccount:
    """What one member pays in and gets, by year (0..horizon, then the scenarios), in money.

    ``sales`` made, ``pay`` out of them; ``refund`` = ``cash`` + ``credited``; ``redeemed``: credited earlier, paid out
    now; ``interest`` on share and account; ``bought`` and ``returned``: the member share. At the year's end:
    ``member_share`` held, ``balance`` of credited refunds still owed.
    """

    joins: int
    leaves: int | None
    sales: Array
    pay: Array
    refund: Array
    cash: Array
    credited: Array
    redeemed: Array
    interest: Array
    bought: Array
    returned: Array
    member_share: Array
    balance: Array

    @property
    def income(self) -> Array:
        """Pay, cash refund, interest and redemption of each year, before bonuses, which are not the members' alone."""
        return self.pay + self.cash + self.interest + self.redeemed

    @property
    def owed_at_leaving(self) -> Array:
        """The balance still owed at the end of the year of leaving; at the horizon for one who stays."""
        return self.balance[-1 if self.leaves is None else self.leaves]

    @property
    def owed_at_horizon(self) -> Array:
        """Share and balance still owed at the end of the last year."""
        return self.member_share[-1] + self.balance[-1]


def member_account(x: Projection, joins: int = 0, leaves: int | None = None, share: ArrayLike | None = None) -> MemberAccount:
    """The account of a member who joins in year ``joins`` and is gone in year ``leaves`` (None: stays).

    The year of joining is the first with sales (0: there at launch) and the year before ``leaves`` the last; in
    ``leaves`` the share is paid back at par, while credited refunds are redeemed when their turn comes. ``share``: the
    member's part of sales and refund, 0 to 1, one number or one per year of the projection; None: that of one active
    provider of the year, as in the projection's own lines per provider. Raises ``ValueError``.
    """
    _check(x, joins, leaves)
    a = x.assumptions
    if share is None:
        active = x.active_providers
        share = 1 / np.where(active > 0, np.maximum(active, 1.0), np.inf)
    share = np.broadcast_to(np.asarray(share, dtype=float), x.cash.shape)
    refused = share[~((share >= 0) & (share <= 1))]
    if refused.size:
        raise ValueError(f"the member's share of sales and refunds is {refused[0]:g}; permitted: 0 to 1 (20 % is written 0.2)")
    years = np.arange(x.years + 1).reshape(-1, *([1] * (x.cash.ndim - 1)))
    there = (years >= joins) & (years < (np.inf if leaves is None else leaves))
    part = np.where(there, share, 0.0)
    member_share = np.where(there, a.member_share, 0.0)
    credited = part * x.patronage_retained
    redeemed = np.zeros_like(credited)
    if 0 < a.redemption_years <= x.years:
        redeemed[a.redemption_years :] = credited[: -a.redemption_years]
    balance = np.cumsum(credited - redeemed, axis=0)
    interest = np.zeros_like(credited)
    capital = x.member_shares + x.allocated_equity
    interest[1:] = x.share_interest[1:] * np.divide(
        (member_share + balance)[:-1], capital[:-1], out=np.zeros_like(capital[:-1]), where=capital[:-1] > 0
    )
    change = np.diff(member_share, axis=0, prepend=0.0)
    return MemberAccount(
        joins, leaves,
        sales=part * x.gross_sales, pay=part * x.provider_pay,
        refund=part * x.patronage, cash=part * x.patronage_cash, credited=credited, redeemed=redeemed, interest=interest,
        bought=np.maximum(change, 0.0), returned=np.maximum(-change, 0.0), member_share=member_share, balance=balance,
    )  # fmt: skip


def pay_elsewhere(account: MemberAccount, other: Projection) -> Array:
    """What the same sales would have paid on the platform of ``other``, by year, in money."""
    kept = np.divide(other.provider_pay, other.gross_sales, out=np.zeros_like(other.gross_sales), where=other.gross_sales > 0)
    return account.sales * kept


def worth_today(credited: ArrayLike, redemption_years: int, discount_rate: ArrayLike) -> Array:
    """The present value of money ``credited`` now and redeemed at par after ``redemption_years``.

    NaN where that is 0: not redeemed within the horizon, so no date is known.
    """
    if redemption_years == 0:
        return np.full(np.broadcast_shapes(np.shape(credited), np.shape(discount_rate)), np.nan)
    return np.asarray(credited, dtype=float) / power(1 + np.asarray(discount_rate, dtype=float), redemption_years)


def tax_beyond_cash(refund: ArrayLike, cash: ArrayLike, tax_rate: float) -> Array:
    """By how much the tax a member may owe on the whole ``refund`` exceeds the ``cash`` received; 0 if it does not.

    ``tax_rate`` is the member's own, 0 to 1. Where a credited refund is taxed like one in cash, as with a qualified
    written notice in the United States (26 U.S.C. 1388(c)(1)), it may. No tax advice. Unit: that of refund and cash.
    """
    if not 0 <= tax_rate <= 1:
        raise ValueError(f"the tax rate is {tax_rate:g}; permitted: 0 to 1 (20 % is written 0.2)")
    refund = np.asarray(refund, dtype=float)
    beyond = tax_rate * refund - np.asarray(cash, dtype=float)
    return np.where(beyond > ROUNDING * refund, beyond, 0.0)


def _check(x: Projection, joins: int, leaves: int | None) -> None:
    if not 0 <= joins <= x.years:
        raise ValueError(f"the year of joining is {joins}; permitted: 0 to {x.years}, the horizon")
    if leaves is not None and not joins < leaves <= x.years:
        raise ValueError(f"the year of leaving is {leaves}; permitted: {joins + 1} to {x.years}, or None for one who stays")
