"""The sections under which assumptions are shown."""

from __future__ import annotations

MARKET = "The market"
RESPONSES = "How buyers and providers respond"
TAX = "Tax"
TAKE = "What the platform takes"
COSTS = "What it costs to run"
GROWTH = "Growth and loyalty"
PAYMENT = "When money is paid"
OWNERSHIP = "Votes and ownership"
ROUNDS = "Investor rounds"
PAPERS = "Convertible papers"
SALE = "If the company is sold"
CAPITAL = "Loans, notes and shares"
SURPLUS = "The surplus"
