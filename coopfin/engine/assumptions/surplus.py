"""The surplus: who gets what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coopfin.engine.assumptions.sections import SURPLUS
from coopfin.engine.declaration import assume


@dataclass(frozen=True)
class Surplus:
    """The assumptions on how a surplus is appropriated."""

    # fmt: off
    reserve_share: Any = assume(
        "To the indivisible reserve", "share", 0, (0.0, 0.60), SURPLUS,
        "The part of the surplus that goes to a reserve nobody owns, before anything else.",
        "Some laws set a minimum; what is in it can never be shared out.",
        "Spain: at least 20 %.",
        source="spain-minimum-reserve-2024")
    share_interest_rate: Any = assume(
        "Interest on members' capital", "share", 0, (0.0, 0.08), SURPLUS,
        "Limited interest on member shares and on refunds kept in members' accounts.",
        "It pays for capital, not for use.",
        "Belgium: 6 % at most in an accredited cooperative (2024).",
        source="belgium-cap-on-dividend-2024")
    community_share: Any = assume(
        "To the community", "share", 0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus given to the community.",
        "It leaves the platform for good.",
        "Spain: at least 5 % for education and promotion (2024).",
        source="spain-education-and-promotion-fund-2024")
    reinvestment_share: Any = assume(
        "To development", "share", 0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus set aside for next year's development programme.",
        "It is spent a year later; what demand it wins is an assumption of its own.",
        "Smart: 100 % reinvested (2020).",
        source="smart-profit-use-2020")
    dividend_share: Any = assume(
        "To shareholders", "share", 0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus paid as dividends on shares.",
        "Founders and investors share it by what they own that year.",
        source="assumption: growing investor-owned platforms pay none")
    patronage_share: Any = assume(
        "To members by use", "share", 0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus refunded to members by how much they used the platform.",
        "No surplus, no refund: it is not a wage.",
        "Stocksy paid its members 300,000 USD in 2017, 2.8 % of revenue.",
        source="stocksy-patronage-dividend-2017")
    member_business: Any = assume(
        "Business done with members", "share", 1, (0.0, 1.0), SURPLUS,
        "The part of the business that is done with members; a refund can only come out of it.",
        "Where many providers are not members, the law keeps part of the surplus from being refunded.",
        "Germany: a refund is deductible up to the profit from member business (2022).",
        source="germany-patronage-refund-deductible-2022")
    patronage_cash_share: Any = assume(
        "Of the refund, paid in cash", "share", 1, (0.2, 1.0), SURPLUS,
        "What is paid out now; the rest is credited to members' accounts in the cooperative.",
        "A low share finances the cooperative; members may owe tax on money they have not seen.",
        "United States: at least 20 % in money for a qualified notice (2026).",
        source="us-cash-minimum-of-a-patronage-2026")
    redemption_years: Any = assume(
        "Refunds paid back after", "years", 0, (0, 15), SURPLUS,
        "After how many years a credited refund is paid out at par, the oldest first; 0: not within the horizon.",
        "Years after a good year comes a wave of payments.",
        source="assumption: 0, not within the horizon, unless a date is promised; five years are a middle course",
        structural=True)
    # fmt: on
