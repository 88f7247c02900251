"""Every assumption of the model, declared once.

``Assumptions`` holds the values of one enterprise: numbers, or arrays of scenarios. Labels, units, ranges, help
and sources live in the declarations below and nowhere else; ``ASSUMPTIONS`` lists them by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coopfin.engine.declaration import Assumption, AssumptionError, Mistake, assume
from coopfin.engine.units import Array

Value = Any  # a number or an array of scenarios; fields hold NDArray[float64] or int once constructed

MARKET = "The market"
TAKE = "What the platform takes"
COSTS = "What it costs to run"
GROWTH = "Growth and loyalty"
OWNERSHIP = "Votes and ownership"
ROUNDS = "Investor rounds"
CAPITAL = "Loans, notes and shares"
SURPLUS = "The surplus"
TAX = "Tax"

MAX_ROUNDS = 4


def _round_year(number: int) -> Any:
    return assume(
        f"Round {number}: year", "years", 2 * (number - 1), (0, 10), ROUNDS,
        f"The year in which investor round {number} is paid in; 0 is the launch.",
        "A round later than the horizon does not happen; used rounds come in year order.",
        source="assumption: rounds about two years apart", structural=True,
    )  # fmt: skip


def _round_amount(number: int) -> Any:
    return assume(
        f"Round {number}: amount", "money", 0, (0, 5_000_000), ROUNDS,
        f"What investors pay in for new shares in round {number}; 0 means no such round.",
        "More cash to grow on, and a smaller part of the company for those who were there before.",
        "Median part of the company sold: 20.1 % (seed), 20.5 % (A), 16.7 % (B) (Carta, 2024).",
        source="vc-median-dilution-per-round-seed-2024",
    )  # fmt: skip


def _round_pre_money(number: int) -> Any:
    return assume(
        f"Round {number}: value before", "money", 0, (0, 20_000_000), ROUNDS,
        f"What the company is agreed to be worth just before round {number}.",
        "The new investors own amount ÷ (value before + amount); a used round needs a value above 0.",
        "Part of the company sold: 12.6 % (C), 10.3 % (D) (Carta data, 2023).",
        source="vc-dilution-per-round-c-d-2023",
    )  # fmt: skip


class Round(NamedTuple):
    """A priced investor round: year, amount and value before the money, each for all scenarios."""

    year: int
    amount: Array
    pre_money: Array


@dataclass(frozen=True)
class Assumptions:
    """The assumptions of one enterprise; a value may be a number or an array of scenarios.

    Arrays broadcast against each other; structural ones are whole numbers, the same for all scenarios.
    Raises ``AssumptionError`` with every mistake when a value is not possible.
    """

    # fmt: off
    years: Value = assume(
        "Horizon", "years", 10, (3, 20), MARKET,
        "How many trading years are projected.", "A sale of the company happens at the horizon.",
        "On average a venture investment is held for 8 years (NVCA).",
        source="vc-target-gross-irr-on-winners-2015", shared=True, structural=True, low=1, high=40)
    providers: Value = assume(
        "Providers at launch", "count", 500, (10, 5_000), MARKET,
        "Active drivers, artists, sellers or workers on the day of the launch.",
        "Fixed costs are spread over them: below some size no ownership form pays its way.",
        "Up & Go: 44 worker-owners in 2022.",
        source="up-and-go-worker-owners-2022", shared=True)
    sales_per_provider: Value = assume(
        "Sales per provider", "money", 20_000, (1_000, 80_000), MARKET,
        "What buyers pay through the platform for one provider's work in year 1.",
        "It scales everything that is a share of sales; fixed costs stay.",
        "Lyft: 16.1 billion USD of gross bookings in 2024.",
        source="lyft-gross-bookings-2024", shared=True)
    sales_growth: Value = assume(
        "Growth of sales per provider", "rate", 0.02, (-0.05, 0.10), MARKET,
        "How much more buyers pay per provider each year: prices and volume.",
        "Below inflation, fixed costs slowly eat the margin.",
        source="assumption: about the rate of inflation, so that work per provider stays the same", shared=True)
    inflation: Value = assume(
        "Inflation", "rate", 0.02, (0.0, 0.08), MARKET,
        "Yearly growth of fixed costs and of costs per head.", "Costs written in year-1 money rise with it.",
        source="assumption: the 2 % that large central banks aim for", shared=True)
    discount_rate: Value = assume(
        "Discount rate", "rate", 0.05, (0.0, 0.15), MARKET,
        "What a provider would rather have: 1 today or this much more in a year.",
        "A high rate makes late payments, such as redeemed refunds, worth little today.",
        "UK community shares offered 4.8 % a year on average (2020).",
        source="community-shares-average-interest-offered-2020", shared=True)
    growth_response: Value = assume(
        "Growth from development spending", "multiple", 0.5, (0.0, 3.0), GROWTH,
        "Extra growth in providers for each unit of development programme per unit of last year's sales.",
        "At 0, reinvesting buys no growth at all; nobody has measured it for platforms.",
        source="assumption: small on purpose, no study measures it; set it to 0 to doubt it", shared=True)
    tax_rate: Value = assume(
        "Corporate income tax", "share", 0.25, (0.0, 0.40), TAX,
        "The share of taxable profit that goes to the state.",
        "Matters less to a firm that pays its surplus out as deductible refunds.",
        "United States, federal: 21 % (2026).",
        source="us-corporate-income-tax-2026", shared=True)
    loss_offset_limit: Value = assume(
        "Loss offset limit", "share", 0.8, (0.0, 1.0), TAX,
        "How much of a year's taxable profit earlier losses may cancel.",
        "A firm that burns cash first pays less tax later.",
        source="assumption: many countries cap the use of old losses; 80 % stands for such a cap", shared=True)
    patronage_deductible: Value = assume(
        "Refunds leave the tax base", "flag", 1, (0, 1), TAX,
        "Whether patronage refunds to members lower the taxable profit.",
        "Where they do not, the same refund costs the cooperative tax on top.",
        "Yes in the United States (2026).",
        source="us-patronage-dividends-excluded-from-coop-2026", shared=True)
    take_rate: Value = assume(
        "Take rate", "share", 0.20, (0.0, 0.50), TAKE,
        "The commission: what the platform keeps of every sale.",
        "Too low and it does not pay the costs, whoever owns the platform.",
        "New York ride-hail platforms: 9 % in Feb 2019, 20.7 % in Apr 2022.",
        source="nyc-ride-hail-platform-share-of-fare-2023")
    ancillary_rate: Value = assume(
        "Advertising and data income", "share", 0.0, (0.0, 0.05), TAKE,
        "Income from advertising, data and paid listings, as a share of sales.",
        "A cooperative that does not sell data forgoes it; the sum shows what that costs.",
        "Fiverr's whole take: 33.9 % of sales (2024).",
        source="fiverr-take-rate-2024")
    processing_rate: Value = assume(
        "Payment processing", "share", 0.025, (0.0, 0.05), COSTS,
        "Card and payment costs, as a share of sales.", "It comes off every sale, before anyone is paid.",
        source="assumption: ordinary card fees of 2 to 3 %")
    service_rate: Value = assume(
        "Service costs", "share", 0.03, (0.0, 0.20), COSTS,
        "Insurance, hosting, dispatch and support for each transaction, as a share of sales.",
        "Insurance can make it the largest cost of a ride.",
        "DoorDash: cost of revenue 6.9 % of order value (2024).",
        source="doordash-cost-of-revenue-gov-2024")
    operations_rate: Value = assume(
        "Operations and administration", "share", 0.15, (0.0, 0.40), COSTS,
        "Operations, support and administration that grow with the business, as a share of revenue.",
        "It scales with revenue: a lower take rate shrinks the budget too.",
        "Uber: operations and support 7.2 % of revenue (2023).",
        source="uber-operations-and-support-2023")
    overhead: Value = assume(
        "Fixed costs a year", "money", 250_000, (0, 3_000_000), COSTS,
        "Rent, management, audit, core team: what the platform costs even with no sale, in year-1 money.",
        "Divide it by sales: that is the share a small platform must take just to exist.",
        "The Drivers Cooperative: operating costs of 91,466 USD a month (2023).",
        source="drivers-coop-monthly-operating-expenses-2023")
    product_rate: Value = assume(
        "Product and engineering", "share", 0.12, (0.0, 0.40), COSTS,
        "The budget for the app and its development, as a share of revenue.",
        "What is saved here the users feel: compare it in money, not only in percent.",
        "DoorDash: research and development 10.89 % of revenue (2024).",
        source="doordash-research-and-development-2024")
    marketing_rate: Value = assume(
        "Marketing and incentives", "share", 0.12, (0.0, 0.50), COSTS,
        "Marketing, discounts and bonuses, as a share of revenue.",
        "Growth rates do not follow it by themselves: change both.",
        "Uber: sales and marketing 11.7 % of revenue (2023).",
        source="uber-sales-and-marketing-2023")
    growth_first: Value = assume(
        "Growth in year 1", "rate", 0.20, (-0.20, 1.0), GROWTH,
        "Net growth of active providers in the first year.",
        "Fast growth costs recruiting money before it earns.",
        "Stocksy's revenue grew 126 % in 2015.",
        source="stocksy-revenue-2015")
    growth_last: Value = assume(
        "Growth in the last year", "rate", 0.03, (-0.20, 0.50), GROWTH,
        "Net growth of active providers in the last year; a straight line leads there from year 1.",
        "Small differences add up over the horizon.",
        source="assumption: growth settles near that of the economy")
    churn: Value = assume(
        "Providers who leave in a year", "share", 0.30, (0.0, 0.90), GROWTH,
        "The share of active providers who leave in a year and have to be replaced.",
        "Loyalty is the hoped-for advantage of a cooperative; no causal study of platforms shows it.",
        "Of new Uber drivers 68.1 % were inactive after 26 weeks (2018).",
        source="uber-drivers-inactive-26-weeks-after-first-2018")
    acquisition_cost: Value = assume(
        "Cost of recruiting a provider", "money", 200, (0, 2_000), GROWTH,
        "Recruiting and onboarding one provider, in year-1 money.",
        "It is paid for each one who joins, also to replace those who leave.",
        source="assumption: a few hours of staff time, checks and a welcome bonus")
    governance_cost: Value = assume(
        "Democracy per provider", "money", 0, (0, 200), COSTS,
        "Assemblies, elections and member education per provider and year, in year-1 money.",
        "Democracy has a price; leaving it out makes a cooperative look better than it is.",
        source="assumption: 0 unless members decide; a few hours of staff time per member otherwise")
    provider_votes: Value = assume(
        "Providers' votes", "share", 0.0, (0.0, 1.0), OWNERSHIP,
        "The share of votes held by those who work or sell through the platform.",
        "Votes move no money in this model; they decide who sets every other number.",
        "The Drivers Cooperative: 1 share, 1 vote.",
        source="drivers-coop-member-share-vote-2021")
    equity_1_year: Value = _round_year(1)
    equity_1_amount: Value = _round_amount(1)
    equity_1_pre_money: Value = _round_pre_money(1)
    equity_2_year: Value = _round_year(2)
    equity_2_amount: Value = _round_amount(2)
    equity_2_pre_money: Value = _round_pre_money(2)
    equity_3_year: Value = _round_year(3)
    equity_3_amount: Value = _round_amount(3)
    equity_3_pre_money: Value = _round_pre_money(3)
    equity_4_year: Value = _round_year(4)
    equity_4_amount: Value = _round_amount(4)
    equity_4_pre_money: Value = _round_pre_money(4)
    option_pool: Value = assume(
        "Staff options", "share", 0.0, (0.0, 0.25), OWNERSHIP,
        "The part of the founders' shares set aside for staff at the founding.",
        "It divides what founders and staff get, not what investors get.",
        source="assumption: 0 unless staff are paid in options; 10 to 15 % is a common promise")
    liquidation_preference: Value = assume(
        "Liquidation preference", "multiple", 1.0, (0.0, 3.0), OWNERSHIP,
        "What each round gets back first in a sale, times its amount, unless its share is worth more.",
        "In a small sale investors are paid and founders are not.",
        source="assumption: once the amount, non-participating, is the plain form of the term")
    exit_multiple: Value = assume(
        "Sale price", "multiple", 0.0, (0.0, 8.0), OWNERSHIP,
        "The price if the enterprise is sold at the horizon, in times the last year's revenue; 0: never sold.",
        "Most of an investor's return hangs on this one number.",
        "Uber: a value of 5.5 times the funds it had raised (2017).",
        source="uber-venture-funding-raised-2017")
    loan: Value = assume(
        "Loan", "money", 0, (0, 2_000_000), CAPITAL,
        "A loan drawn at launch and repaid in equal yearly payments.",
        "It must be paid in bad years too.",
        "Cooperative Fund of the Northeast lent The Drivers Cooperative 200,000 USD (2023).",
        source="drivers-coop-cooperative-fund-of-the-northeast-2023")
    loan_rate: Value = assume(
        "Loan interest", "rate", 0.07, (0.0, 0.15), CAPITAL,
        "Interest on the loan, a year.", "Interest is paid before there is any surplus to share.",
        "Seed Commons: 8 % for a business (2024).",
        source="seed-commons-interest-simple-2024")
    loan_years: Value = assume(
        "Loan term", "years", 7, (1, 20), CAPITAL,
        "In how many yearly payments the loan is repaid.", "A longer term is easier on cash and dearer in total.",
        "Member loans of a US food cooperative run for 15 years.",
        source="member-loans-interest-2025", structural=True, low=1)
    preferred: Value = assume(
        "Preferred or community shares", "money", 0, (0, 3_000_000), CAPITAL,
        "Non-voting shares sold at launch, kept at par.",
        "Patient money without votes: the dividend is paid only out of a surplus.",
        "Shared Capital sells 10 USD preferred shares (2026).",
        source="shared-capital-offer-to-investors-2026")
    preferred_rate: Value = assume(
        "Target dividend on them", "share", 0.05, (0.0, 0.12), CAPITAL,
        "The yearly dividend aimed at on preferred or community shares; a missed one is not made up.",
        "It comes after the reserve and before members.",
        "UK community shares offered 4.8 % on average (2020).",
        source="community-shares-average-interest-offered-2020")
    note: Value = assume(
        "Revenue-share note", "money", 0, (0, 3_000_000), CAPITAL,
        "Money lent at launch and repaid as a share of revenue.",
        "Payments follow revenue, so they shrink in a bad year, and never stop before the cap.",
        "The Drivers Cooperative raised 1,677,363 USD this way (2024).",
        source="drivers-coop-crowdfunding-raised-2024")
    note_rate: Value = assume(
        "Share of revenue for the note", "share", 0.04, (0.0, 0.15), CAPITAL,
        "The part of each year's revenue that goes to the note's holders.",
        "Too high a share takes the cash that growth needs.",
        source="assumption: a small share of revenue, so that a note is repaid within the horizon")
    note_cap: Value = assume(
        "Cap of the note", "multiple", 1.5, (1.0, 4.0), CAPITAL,
        "Payments end when this many times the amount has been paid.",
        "The cap is the whole cost of the money, whatever the time it takes.",
        "A range called typical: 1.35 to 4 times (2020).",
        source="revenue-share-capped-return-2020", low=1)
    member_share: Value = assume(
        "Member share", "money", 0, (0, 2_000), CAPITAL,
        "What each provider pays on joining and gets back at par on leaving.",
        "A high one keeps people out, a low one brings little capital.",
        "Green Taxi: 2,000 USD (2016).",
        source="green-taxi-member-buy-in-2016")
    grants: Value = assume(
        "Grants", "money", 0, (0, 1_000_000), CAPITAL,
        "Gifts received at launch, never repaid.",
        "A grant buys time; it does not repair a business that loses money on each sale.",
        "Workers Lab innovation fund award: 150,000 USD (2022).",
        source="prize-grants-workers-lab-innovation-fund-award-2022")
    reserve_share: Value = assume(
        "To the indivisible reserve", "share", 0.0, (0.0, 0.60), SURPLUS,
        "The part of the surplus that goes to a reserve nobody owns, before anything else.",
        "Some laws set a minimum; what is in it can never be shared out.",
        "Spain: at least 20 %.",
        source="spain-minimum-reserve-2024")
    share_interest_rate: Value = assume(
        "Interest on members' capital", "share", 0.0, (0.0, 0.08), SURPLUS,
        "Limited interest on member shares and on refunds kept in members' accounts.",
        "It pays for capital, not for use.",
        "Belgium: 6 % at most in an accredited cooperative (2024).",
        source="belgium-cap-on-dividend-2024")
    community_share: Value = assume(
        "To the community", "share", 0.0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus given to the community.",
        "It leaves the platform for good.",
        "Fairbnb gives 50 % of its commission to local projects (2022).",
        source="fairbnb-share-of-commission-to-local-2022")
    reinvestment_share: Value = assume(
        "To development", "share", 0.0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus set aside for next year's development programme.",
        "It is spent a year later; what growth it buys is an assumption of its own.",
        "Smart: 100 % reinvested (2020).",
        source="smart-profit-use-2020")
    dividend_share: Value = assume(
        "To shareholders", "share", 0.0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus paid as dividends on shares.",
        "Founders and investors share it by what they own that year.",
        source="assumption: growing investor-owned platforms pay none")
    patronage_share: Value = assume(
        "To members by use", "share", 0.0, (0.0, 1.0), SURPLUS,
        "The part of the distributable surplus refunded to members by how much they used the platform.",
        "No surplus, no refund: it is not a wage.",
        "Stocksy paid its members 300,000 USD in 2017, 2.8 % of revenue.",
        source="stocksy-patronage-dividend-2017")
    patronage_cash_share: Value = assume(
        "Of the refund, paid in cash", "share", 1.0, (0.2, 1.0), SURPLUS,
        "What is paid out now; the rest is credited to members' accounts in the cooperative.",
        "A low share finances the cooperative; members may owe tax on money they have not seen.",
        "United States: at least 20 % in money for a qualified notice (2026).",
        source="us-cash-minimum-of-a-patronage-2026")
    redemption_years: Value = assume(
        "Refunds paid back after", "years", 5, (0, 15), SURPLUS,
        "After how many years a credited refund is paid out at par; 0: not within the horizon.",
        "Years after a good year comes a wave of payments.",
        source="assumption: five years, a middle course between none and a decade or more", structural=True)
    # fmt: on

    def __post_init__(self) -> None:
        mistakes = find_mistakes(self)
        if mistakes:
            raise AssumptionError(mistakes)
        for name, assumption in ASSUMPTIONS.items():
            value = np.asarray(getattr(self, name), dtype=float)
            object.__setattr__(self, name, int(value) if assumption.structural else value)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape of the scenarios: () for one, (n,) for a sweep of n."""
        return np.broadcast_shapes(*(np.shape(getattr(self, name)) for name in ASSUMPTIONS))

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The investor rounds that are used in some scenario and fall within the horizon, in order."""
        return tuple(entry for entry in _rounds(self) if np.any(entry.amount > 0) and entry.year <= self.years)


def _rounds(values: Any) -> Iterator[Round]:
    for number in range(1, MAX_ROUNDS + 1):
        year, amount, pre_money = (getattr(values, f"equity_{number}_{part}") for part in ("year", "amount", "pre_money"))
        yield Round(int(year), np.asarray(amount, dtype=float), np.asarray(pre_money, dtype=float))


ASSUMPTIONS: Mapping[str, Assumption] = {each.name: Assumption(name=each.name, **each.metadata) for each in fields(Assumptions)}

SPLIT = ("community_share", "reinvestment_share", "dividend_share", "patronage_share")
# Decimal fractions that add to 1 on paper may add to a little more in binary.
SPLIT_TOLERANCE = 1e-12


def find_mistakes(values: Any) -> list[Mistake]:
    """Everything wrong with ``values`` (an attribute per assumption): each alone first, then what holds between them."""
    mistakes = []
    for name, assumption in ASSUMPTIONS.items():
        value = getattr(values, name)
        refused = assumption.refuse(value)
        if refused is None and assumption.structural and np.ndim(value) > 0:
            refused = f"{name} ({assumption.label}) is structural: one whole number for all scenarios"
        if refused:
            mistakes.append(Mistake(refused, (name,)))
    return mistakes or [mistake for broken, mistake in conflicts(values) if np.any(broken)]


def conflicts(values: Any) -> Iterator[tuple[NDArray[np.bool_], Mistake]]:
    """What must hold between values that are possible each alone: where it does not, by scenario, and in words."""
    total = sum(np.asarray(getattr(values, name), dtype=float) for name in SPLIT)
    largest = np.max(total)
    yield (
        np.asarray(total > 1 + SPLIT_TOLERANCE),
        Mistake(
            f"{' + '.join(SPLIT)} is {largest:.6g}; permitted: together 0 to 1; unit: share (20 % is written 0.2); "
            f"lower one of them by {largest - 1:.6g}",
            SPLIT,
        ),
    )
    latest, latest_number = 0, 0
    for number, entry in enumerate(_rounds(values), start=1):
        year, amount, pre_money = (f"equity_{number}_{part}" for part in Round._fields)
        used = entry.amount > 0
        if not np.any(used):
            continue
        yield (
            used & (entry.pre_money <= 0),
            Mistake(
                f"{pre_money} is 0; permitted: above 0 where {amount} is above 0; unit: money; "
                "give the value before the round, or set the amount to 0",
                (amount, pre_money),
            ),
        )
        yield (
            used & (entry.year < latest),
            Mistake(
                f"{year} is {entry.year}; permitted: {latest} or later, the year of round {latest_number}; "
                "unit: years; put the used rounds in year order",
                (year,),
            ),
        )
        latest, latest_number = max(latest, entry.year), number
