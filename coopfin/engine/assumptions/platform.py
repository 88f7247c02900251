"""The platform: what it takes, what it costs to run, who joins and leaves, and when it pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coopfin.engine.assumptions.sections import COSTS, GROWTH, MARKET, OWNERSHIP, PAYMENT, TAKE
from coopfin.engine.declaration import assume


@dataclass(frozen=True)
class Platform:
    """The assumptions on one platform's business."""

    # fmt: off
    providers: Any = assume(
        "Providers at launch", "count", 200, (10, 5_000), MARKET,
        "Active drivers, artists, sellers or workers on the day of the launch.",
        "Fixed costs are spread over them: below some size no ownership form pays its way.",
        "Up & Go: 44 worker-owners in 2022.",
        source="up-and-go-worker-owners-2022")
    sales_per_provider: Any = assume(
        "Sales per provider", "money", 10_000, (1_000, 80_000), MARKET,
        "What buyers pay through the platform for one active provider's work in year 1, at the market's price.",
        "It scales everything that is a share of sales; fixed costs stay.",
        "A typical US host on Airbnb earned 13,800 USD in a year (2021).",
        source="airbnb-host-income-us-2021")
    price: Any = assume(
        "Price", "multiple", 1, (0.80, 1.20), MARKET,
        "What a buyer pays here, as a multiple of the market's price; 0.95 is five per cent less.",
        "A lower price brings buyers if they mind the price, and less for each order.",
        "The Drivers Cooperative: about 5 % less than other apps (2024).",
        source="drivers-coop-rider-price-vs-other-apps-2024", low=0, low_open=True)
    order_value: Any = assume(
        "Value of an order", "money", 0, (0, 200), MARKET,
        "What one order costs at the market's price, in year-1 money; 0: orders are not counted.",
        "Needed where something is charged or paid for each order.",
        "Median fare of a ride in New York: 18.39 USD (2022).",
        source="nyc-ride-hail-median-driver-pay-median-fare-2022")
    take_rate: Any = assume(
        "Take rate", "share", 0.20, (0.0, 0.75), TAKE,
        "The commission in year 1: what the platform keeps of every sale.",
        "Too low and it does not pay the costs, whoever owns the platform.",
        "New York ride-hail platforms: 9 % in Feb 2019, 20.7 % in Apr 2022.",
        source="nyc-ride-hail-platform-share-of-fare-2023")
    take_rate_step: Any = assume(
        "Yearly change of the take rate", "rate", 0, (-0.02, 0.02), TAKE,
        "What is added to the take rate each further year; a negative one lowers it.",
        "Platforms raise it once people depend on them; a cooperative may promise to lower it.",
        "Upwork: from 13.3 to 13.6 % of sales within a year (2020).",
        source="upwork-marketplace-take-rate-2020")
    order_fee: Any = assume(
        "Fee for each order", "money", 0, (0, 5), TAKE,
        "A further commission for each order, in year-1 money.",
        "It weighs most on small orders; it needs a value of an order.",
        source="assumption: 0 unless a fixed amount is charged for each order")
    dues: Any = assume(
        "Dues", "money", 0, (0, 7_000), TAKE,
        "What each active provider pays the platform a year whatever it sells, in year-1 money.",
        "Whoever sells little pays the same: high dues keep people with few orders away.",
        "ATX Co-op Taxi: 130 USD a week, and no commission (2016).",
        source="atx-co-op-taxi-weekly-member-fee-2016")
    ancillary_rate: Any = assume(
        "Advertising and data income", "share", 0, (0.0, 0.05), TAKE,
        "Income from advertising, data and paid listings, as a share of sales.",
        "A cooperative that does not sell data forgoes it; the sum shows what that costs.",
        source="assumption: 0 unless the platform sells advertising, data or better places in its lists")
    incentive_rate: Any = assume(
        "Bonuses to providers", "share", 0, (0.0, 0.20), COSTS,
        "Bonuses paid to providers on top of their pay, as a share of sales: a cost here, income there.",
        "They attract people as long as they are paid; compare pay after they end.",
        source="assumption: 0 unless the platform pays people to stay or to work at certain hours")
    processing_rate: Any = assume(
        "Payment processing", "share", 0.02, (0.0, 0.05), COSTS,
        "Card and payment costs, as a share of sales.", "It comes off every sale, before anyone is paid.",
        source="assumption: ordinary card fees of about 2 %")
    payment_fee: Any = assume(
        "Payment cost of each order", "money", 0, (0, 0.50), COSTS,
        "What a card or payment firm asks for each order, in year-1 money, on top of its share.",
        "On small orders it is dearer than the share; it needs a value of an order.",
        source="assumption: 0 where the share holds all; card firms often ask a few tenths of a dollar")
    service_rate: Any = assume(
        "Service costs", "share", 0.02, (0.0, 0.20), COSTS,
        "Insurance, hosting, dispatch and support for each transaction, as a share of sales at the market's price.",
        "Insurance can make it the largest cost of a ride.",
        "DoorDash: cost of revenue 6.9 % of order value (2024).",
        source="doordash-cost-of-revenue-gov-2024")
    bad_debt_rate: Any = assume(
        "Unpaid invoices", "share", 0, (0.0, 0.05), COSTS,
        "Invoices that buyers never pay while the provider is paid all the same, as a share of sales.",
        "It is the price of a promise: the provider bears no risk, the platform does.",
        "European firms: 1.7 % of revenue written off (2018).",
        source="payment-b2b-europe-2018")
    benefits_rate: Any = assume(
        "Social protection", "share", 0, (0.0, 0.40), COSTS,
        "Insurance, sick pay and social protection that the platform pays for its providers, as a share of their pay.",
        "It is not income in the hand, so it stands beside income and not in it.",
        source="assumption: 0 where providers are self-employed and insure themselves")
    operations_rate: Any = assume(
        "Operations and administration", "share", 0.10, (0.0, 0.45), COSTS,
        "Operations, support and administration that grow with the business, as a share of revenue.",
        "It scales with revenue: a lower take rate shrinks the budget too.",
        "Uber: operations and support 7.2 % of revenue (2023).",
        source="uber-operations-and-support-2023")
    overhead: Any = assume(
        "Fixed costs a year", "money", 150_000, (0, 3_000_000), COSTS,
        "Rent, management, audit, core team: what the platform costs even with no sale, in year-1 money.",
        "Divide it by sales: that is the share a small platform must take just to exist.",
        "The Drivers Cooperative: operating costs of 91,466 USD a month (2023).",
        source="drivers-coop-monthly-operating-expenses-2023")
    founder_pay: Any = assume(
        "Founders' pay", "money", 0, (0, 500_000), COSTS,
        "What the founders together are paid a year, employer charges included, in year-1 money.",
        "Work that nobody is paid for is a gift: a firm that needs it does not yet pay its way.",
        source="assumption: 0 unless founders are paid; it is not part of the fixed costs")
    product_rate: Any = assume(
        "Product and engineering", "share", 0, (0.0, 0.40), COSTS,
        "The budget for the app and its development that grows with the business, as a share of revenue.",
        "What is saved here the users feel: compare it in money, not only in percent.",
        "DoorDash: research and development 10.89 % of revenue (2024).",
        source="doordash-research-and-development-2024")
    product_team: Any = assume(
        "Product team", "money", 0, (0, 2_000_000), COSTS,
        "Product and engineering that costs the same whatever the revenue, a year, in year-1 money.",
        "An app takes a few people however small the platform is.",
        source="assumption: 0 unless people are employed for it; two engineers are a small team")
    marketing_rate: Any = assume(
        "Marketing", "share", 0.10, (0.0, 0.50), COSTS,
        "Marketing and discounts to buyers, as a share of revenue.",
        "It moves demand only as far as spending wins demand at all.",
        "Uber: sales and marketing 11.7 % of revenue (2023).",
        source="uber-sales-and-marketing-2023")
    community_rate: Any = assume(
        "Of revenue, to the community", "share", 0, (0.0, 0.60), COSTS,
        "The part of revenue given to the community before there is any surplus.",
        "It is due in bad years too.",
        "Fairbnb gives 50 % of its commission to local projects (2022).",
        source="fairbnb-share-of-commission-to-local-2022")
    intake_first: Any = assume(
        "Joiners in year 1", "rate", 0.60, (0.0, 2.0), GROWTH,
        "How many join in year 1 for each active provider, where pay is as elsewhere.",
        "To keep step, as many must join as leave and as demand grows.",
        source="assumption: as many as replace those who leave while demand grows by about a quarter", low=0)
    intake_last: Any = assume(
        "Joiners in the last year", "rate", 0.40, (0.0, 1.5), GROWTH,
        "How many join in the last year for each active one; a straight line leads there from year 1.",
        "Joiners do not know demand: too many share out the same orders.",
        source="assumption: as many as replace those who leave, and a few more", low=0)
    churn: Any = assume(
        "Providers gone after a year", "share", 0.30, (0.0, 0.90), GROWTH,
        "The part of the providers active on a day who are gone a year later, where pay is as elsewhere.",
        "Loyalty is the hoped-for advantage of a cooperative; no causal study of platforms shows it.",
        "Of new Uber drivers 68.1 % were inactive after 26 weeks (2018).",
        source="uber-drivers-inactive-26-weeks-after-first-2018")
    open_doors: Any = assume(
        "Open doors", "share", 1, (0.0, 1.0), GROWTH,
        "How far all who want to join may: 1 everyone, 0 only as many as demand has room for.",
        "Where all may join, a lower take becomes more people, not more pay.",
        "Stocksy accepted 174 of 3,403 applicants (2015).",
        source="stocksy-contributor-acceptance-2015")
    acquisition_cost: Any = assume(
        "Cost of recruiting a provider", "money", 0, (0, 2_000), GROWTH,
        "Recruiting and onboarding one provider, in year-1 money.",
        "It is paid for each one who joins, also to replace those who leave.",
        source="assumption: 0 unless it is counted; a few hours of staff time, checks and a welcome bonus otherwise")
    governance_cost: Any = assume(
        "Democracy per provider", "money", 0, (0, 200), COSTS,
        "Assemblies, elections and member education per active provider and year, in year-1 money.",
        "Democracy has a price; leaving it out makes a cooperative look better than it is.",
        source="assumption: 0 unless members decide; a few hours of staff time per member otherwise")
    collection_days: Any = assume(
        "Days until buyers pay", "days", 0, (0, 90), PAYMENT,
        "How many days after the sale the buyer's money comes in, on average.",
        "Whoever waits for buyers and pays providers at once needs capital for the time between.",
        "European firms were paid by businesses after 34 days on average (2018).",
        source="payment-b2b-europe-2018")
    payout_days: Any = assume(
        "Days until providers are paid", "days", 0, (0, 60), PAYMENT,
        "How many days after the sale the platform pays the provider, on average.",
        "Money that is owed to providers counts as cash until then: a firm can live on it for a while.",
        "Uber drivers in the US: 6.5 days on average (2025).",
        source="payout-uber-weekly")
    provider_votes: Any = assume(
        "Providers' votes", "share", 0, (0.0, 1.0), OWNERSHIP,
        "The share of votes held by those who work or sell through the platform.",
        "Votes move no money in this model; they decide who sets every other number.",
        "The Drivers Cooperative: 1 share, 1 vote.",
        source="drivers-coop-member-share-vote-2021")
    # fmt: on
