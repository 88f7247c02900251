"""The capital: investor rounds, convertible papers, a sale, loans, shares, notes and grants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coopfin.engine.assumptions.sections import CAPITAL, OWNERSHIP, PAPERS, ROUNDS, SALE
from coopfin.engine.declaration import assume

# fmt: off


def _round_month(n: int) -> Any:
    return assume(
        f"Round {n}: month", "month", 0, (0, 120), ROUNDS,
        f"The month at whose end investor round {n} is paid in; 0 is the launch.",
        "A round after the horizon does not happen; used rounds come in month order.",
        source="assumption: 0, the launch, unless a later month is given; rounds are often about two years apart",
        structural=True)


def _round_amount(n: int) -> Any:
    return assume(
        f"Round {n}: amount", "money", 0, (0, 5_000_000), ROUNDS,
        f"What investors pay in for new shares in round {n}; 0: no such round.",
        "More cash to grow on, and a smaller part of the company for those who were there before.",
        "Median part of the company sold: 20.1 % (seed), 20.5 % (A), 16.7 % (B) (Carta, 2024).",
        source="vc-median-dilution-per-round-seed-2024")


def _round_pre_money(n: int) -> Any:
    return assume(
        f"Round {n}: value before", "money", 0, (0, 20_000_000), ROUNDS,
        f"What the company is agreed to be worth just before round {n}, called its pre-money value.",
        "The new investors own amount ÷ (value before + amount); a used round needs a value above 0.",
        "Part of the company sold: 12.6 % (C), 10.3 % (D) (Carta data, 2023).",
        source="vc-dilution-per-round-c-d-2023")


def _round_preference(n: int) -> Any:
    return assume(
        f"Round {n}: liquidation preference", "multiple", 1, (0.0, 3.0), ROUNDS,
        f"What the investors of round {n} get back first in a sale, in times their amount.",
        "In a small sale investors are paid and founders are not.",
        source="assumption: once the amount is the plain form of the term")


def _round_participating(n: int) -> Any:
    return assume(
        f"Round {n}: participating", "flag", 0, (0, 1), ROUNDS,
        "1: the round takes its preference and then shares with the common stock; 0: it takes whichever is more.",
        "A participating round is paid twice: first its money back, then its part of the rest.",
        source="assumption: not participating is the plain form of the term")


def _round_pool(n: int) -> Any:
    return assume(
        f"Round {n}: option pool after it", "share", 0, (0.0, 0.25), ROUNDS,
        f"The option pool, promised and free, is at least this part of the company after round {n}.",
        "The new options are created before the round: those who were there before give them, not the new investors.",
        source="assumption: 0 unless investors ask for a larger pool; 10 to 15 % is a common demand")


def _paper_month(n: int) -> Any:
    return assume(
        f"Paper {n}: month", "month", 0, (0, 120), PAPERS,
        f"The month at whose end convertible paper {n} is paid in; 0 is the launch.",
        "A paper turns into shares at the first round in that month or later.",
        source="assumption: 0, the launch: such papers mostly come before the first priced round",
        structural=True)


def _paper_amount(n: int) -> Any:
    return assume(
        f"Paper {n}: amount", "money", 0, (0, 2_000_000), PAPERS,
        f"What is paid in for paper {n}, a SAFE or a convertible note: money now for shares later; 0: no such paper.",
        "How much of the company it takes shows only when it turns into shares.",
        source="assumption: 0 unless such a paper is sold")


def _paper_cap(n: int) -> Any:
    return assume(
        f"Paper {n}: cap", "money", 0, (0, 20_000_000), PAPERS,
        f"The highest value of the company, paper {n} included, at which it turns into shares; 0: no cap.",
        "If the cap is meant for the value before all papers, enter it plus the amounts of all papers.",
        source="assumption: 0, no cap, unless the paper says one")


def _paper_discount(n: int) -> Any:
    return assume(
        f"Paper {n}: discount", "share", 0, (0.0, 0.40), PAPERS,
        f"How much less than the new investors paper {n} pays for a share when it turns into shares.",
        "The holder gets what is more, by the cap or by the discount.",
        source="assumption: 0 unless the paper says one; 20 % is often written", high=1, high_open=True)


def _paper_interest(n: int) -> Any:
    return assume(
        f"Paper {n}: interest", "rate", 0, (0.0, 0.12), PAPERS,
        f"Simple interest a year on paper {n}; it is not paid but turns into shares along with the amount.",
        "A convertible note bears interest, a SAFE does not.",
        source="assumption: 0, as a SAFE bears no interest", low=0)


@dataclass(frozen=True)
class Capital:
    """The assumptions on where the capital comes from and what it asks for."""

    equity_1_month: Any = _round_month(1)
    equity_1_amount: Any = _round_amount(1)
    equity_1_pre_money: Any = _round_pre_money(1)
    equity_1_preference: Any = _round_preference(1)
    equity_1_participating: Any = _round_participating(1)
    equity_1_pool: Any = _round_pool(1)
    equity_2_month: Any = _round_month(2)
    equity_2_amount: Any = _round_amount(2)
    equity_2_pre_money: Any = _round_pre_money(2)
    equity_2_preference: Any = _round_preference(2)
    equity_2_participating: Any = _round_participating(2)
    equity_2_pool: Any = _round_pool(2)
    equity_3_month: Any = _round_month(3)
    equity_3_amount: Any = _round_amount(3)
    equity_3_pre_money: Any = _round_pre_money(3)
    equity_3_preference: Any = _round_preference(3)
    equity_3_participating: Any = _round_participating(3)
    equity_3_pool: Any = _round_pool(3)
    equity_4_month: Any = _round_month(4)
    equity_4_amount: Any = _round_amount(4)
    equity_4_pre_money: Any = _round_pre_money(4)
    equity_4_preference: Any = _round_preference(4)
    equity_4_participating: Any = _round_participating(4)
    equity_4_pool: Any = _round_pool(4)
    participation_cap: Any = assume(
        "Cap on participating", "multiple", 0, (0.0, 5.0), SALE,
        "What a participating round gets at most by participating, in times its amount; 0: no cap.",
        "In a large sale such a round turns into common stock instead.",
        source="assumption: 0, no cap, unless the investors' contract says one")
    later_rounds_first: Any = assume(
        "Later rounds are paid first", "flag", 0, (0, 1), SALE,
        "1: a later round's preference is paid before an earlier one's; 0: all in proportion to what they are owed.",
        "It matters only where a sale does not bring enough for all preferences.",
        source="assumption: 0, all rounds side by side, unless the investors' contracts say otherwise")
    safe_1_month: Any = _paper_month(1)
    safe_1_amount: Any = _paper_amount(1)
    safe_1_cap: Any = _paper_cap(1)
    safe_1_discount: Any = _paper_discount(1)
    safe_1_interest: Any = _paper_interest(1)
    safe_2_month: Any = _paper_month(2)
    safe_2_amount: Any = _paper_amount(2)
    safe_2_cap: Any = _paper_cap(2)
    safe_2_discount: Any = _paper_discount(2)
    safe_2_interest: Any = _paper_interest(2)
    option_pool: Any = assume(
        "Staff options", "share", 0, (0.0, 0.25), OWNERSHIP,
        "The part of the founders' shares set aside for staff at the founding.",
        "It divides what founders and staff get, not what investors get.",
        source="assumption: 0 unless staff are paid in options; 10 to 15 % is a common promise")
    exit_multiple: Any = assume(
        "Sale price", "multiple", 0, (0.0, 8.0), SALE,
        "The price if the enterprise is sold at the horizon, in times the last year's revenue; 0: never sold.",
        "Most of an investor's return hangs on this one number.",
        "Small marketplaces were sold for 1-3 times their revenue (2023).",
        source="exit-multiple-acquire-2023")
    exit_probability: Any = assume(
        "Chance of the sale", "share", 1, (0.0, 1.0), SALE,
        "How likely the sale at the horizon is; otherwise the enterprise brings only its value in a failure.",
        "At 1 every venture succeeds: then the return is that of the lucky ones.",
        "US venture-backed exits: 4 % went public, 61 % were bought, 42 % of these at a loss (2021).",
        source="exit-vc-outcomes-us-2002-2020")
    failure_value: Any = assume(
        "Value in a failure", "multiple", 0, (0.0, 1.0), SALE,
        "What the firm brings where the sale fails, after all its debts, in times the equity paid in.",
        "It goes to those with a preference first.",
        "Of US venture-backed exits 36 % failed completely (2021).",
        source="exit-vc-outcomes-us-2002-2020")
    loan: Any = assume(
        "Loan", "money", 0, (0, 3_000_000), CAPITAL,
        "A loan, repaid in equal monthly payments.",
        "It must be paid in bad years too.",
        "Cooperative Fund of the Northeast lent The Drivers Cooperative 200,000 USD (2023).",
        source="drivers-coop-cooperative-fund-of-the-northeast-2023")
    loan_month: Any = assume(
        "Loan: month", "month", 0, (0, 120), CAPITAL,
        "The month at whose end the loan is received; 0 is the launch.",
        "Lenders often want to see two years of accounts first.",
        source="assumption: 0, the launch, unless a later month is given", structural=True)
    loan_rate: Any = assume(
        "Loan interest", "rate", 0, (0.0, 0.15), CAPITAL,
        "Interest on the loan, a year; a twelfth of it each month.",
        "Interest is paid before there is any surplus to share.",
        "Seed Commons: 8 % for a business (2024).",
        source="seed-commons-interest-simple-2024", low=0)
    loan_years: Any = assume(
        "Loan term", "years", 5, (1, 20), CAPITAL,
        "After how many years the loan is paid off.", "A longer term is easier on cash and dearer in total.",
        "Member loans of a US food cooperative run for 15 years.",
        source="member-loans-interest-2025", structural=True, low=1)
    loan_grace: Any = assume(
        "Loan: months of interest only", "month", 0, (0, 36), CAPITAL,
        "For how many months only interest is paid; the level payments come after them, within the term.",
        "It spares the cash of the first years and makes the payments after them larger.",
        source="assumption: 0 unless the lender grants it; two years are often granted to a young firm",
        structural=True)
    preferred: Any = assume(
        "Preferred or community shares", "money", 0, (0, 4_000_000), CAPITAL,
        "Non-voting shares, kept at par.",
        "Patient money without votes: the dividend is paid only out of a surplus.",
        "Shared Capital sells 10 USD preferred shares (2026).",
        source="shared-capital-offer-to-investors-2026")
    preferred_month: Any = assume(
        "Preferred shares: month", "month", 0, (0, 120), CAPITAL,
        "The month at whose end these shares are paid in; 0 is the launch.",
        "The first dividend is due on what stood there at a year's start.",
        source="assumption: 0, the launch, unless a later month is given", structural=True)
    preferred_rate: Any = assume(
        "Target dividend on preferred shares", "share", 0, (0.0, 0.12), CAPITAL,
        "The yearly dividend aimed at on preferred or community shares; a missed one is not made up.",
        "It comes after the reserve and before members.",
        "UK community shares offered 4.8 % on average (2020).",
        source="community-shares-average-interest-offered-2020")
    note: Any = assume(
        "Revenue-share note", "money", 0, (0, 3_000_000), CAPITAL,
        "Money lent to the platform and repaid as a share of its revenue.",
        "Payments follow revenue, so they shrink in a bad year, and never stop before the cap.",
        "The Drivers Cooperative raised 1,677,363 USD this way (2024).",
        source="drivers-coop-crowdfunding-raised-2024")
    note_month: Any = assume(
        "Note: month", "month", 0, (0, 120), CAPITAL,
        "The month at whose end the note's money is received; 0 is the launch.",
        "Payments begin in the month after it.",
        source="assumption: 0, the launch, unless a later month is given", structural=True)
    note_rate: Any = assume(
        "Share of revenue for the note", "share", 0, (0.0, 0.15), CAPITAL,
        "The part of each later month's revenue that goes to the note's holders.",
        "Too high a share takes the cash that growth needs; at 0 nothing is ever repaid.",
        source="assumption: a small share of revenue, so that a note is repaid within the horizon")
    note_cap: Any = assume(
        "Cap of the note", "multiple", 1, (1.0, 4.0), CAPITAL,
        "Payments end when this many times the amount has been paid.",
        "The cap is the whole cost of the money, whatever the time it takes.",
        "A range called typical: 1.35 to 4 times (2020).",
        source="revenue-share-capped-return-2020", low=1)
    member_share: Any = assume(
        "Member share", "money", 0, (0, 2_000), CAPITAL,
        "What each provider pays on joining and gets back at par on leaving.",
        "A high one keeps people out, a low one brings little capital.",
        "Green Taxi: 2,000 USD (2016).",
        source="green-taxi-member-buy-in-2016")
    grants: Any = assume(
        "Grants", "money", 0, (0, 2_000_000), CAPITAL,
        "Gifts, never repaid.",
        "A grant buys time; it does not repair a business that loses money on each sale.",
        "Workers Lab innovation fund award: 150,000 USD (2022).",
        source="prize-grants-workers-lab-innovation-fund-award-2022")
    grants_month: Any = assume(
        "Grants: month", "month", 0, (0, 120), CAPITAL,
        "The month at whose end the grants are received; 0 is the launch.",
        "Money promised for later does not fill an earlier hole.",
        source="assumption: 0, the launch, unless a later month is given", structural=True)
# fmt: on
