"""Makes the sample ledgers: ``python sample_data/make_ledgers.py``. All members and amounts in them are invented.

The sizes follow real cooperatives (ids of ``coopfin/data/facts.csv`` below), the amounts are drawn at random with a
fixed seed so that, as on real platforms, a few use the platform much more than most.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent / "ledgers"
MOST_FARES = 120_000.0  # nobody drives more hours than a year has
Row = tuple[str, ...]


def drivers(random: Random) -> list[Row]:
    """Ride-hailing: 10,000 drivers, as many as signed up with The Drivers Cooperative; patronage is their fares.

    One in five drives full time, one in ten never did in the year, the others now and then.
    """
    rows: list[Row] = [("member", "class", "patronage")]
    for number in range(1, 10_001):
        kind = random.random()
        fares = MOST_FARES
        while fares >= MOST_FARES:
            fares = 0.0 if kind < 0.1 else random.lognormvariate(10.6, 0.35) if kind > 0.8 else random.lognormvariate(7.8, 1.3)
        rows.append((f"Driver {number:05}", "member", f"{fares:.2f}"))
    return rows


def artists(random: Random) -> list[Row]:
    """Photography: 975 artists and 25 staff, as at Stocksy, with 5 founders; patronage is the artists' sales.

    Source: stocksy-members-2018, stocksy-full-time-employees-2015; the number of founders is invented too.
    """
    rows: list[Row] = [("member", "class", "patronage", "years")]
    rows += [(f"Founder {number}", "A", "0", "6") for number in range(1, 6)]
    rows += [(f"Staff {number:02}", "B", "0", str(random.randint(0, 6))) for number in range(1, 26)]
    for number in range(1, 976):
        rows.append((f"Artist {number:03}", "C", f"{random.lognormvariate(8.1, 1.5):.2f}", str(random.randint(0, 6))))
    return rows


def freelancers(random: Random) -> list[Row]:
    """A back office for freelancers: 600 of them, 120 of their clients and 20 staff, all of them members.

    Patronage is what freelancers bill and what clients buy through the cooperative. Sizes after smart-active-members-
    in-year-staff-2020, scaled down; that clients are members is invented.
    """
    rows: list[Row] = [("member", "class", "patronage", "years")]
    for number in range(1, 601):
        rows.append(
            (f"Freelancer {number:03}", "freelancer", f"{random.lognormvariate(8.6, 1.1):.2f}", str(random.randint(0, 12)))
        )
    for number in range(1, 121):
        rows.append((f"Client {number:03}", "client", f"{random.lognormvariate(9.6, 1.4):.2f}", str(random.randint(0, 12))))
    rows += [(f"Staff {number:02}", "staff", "0", str(random.randint(0, 12))) for number in range(1, 21)]
    return rows


LEDGERS = {"ride-hailing": drivers, "photography": artists, "freelancers": freelancers}


def main(folder: Path = FOLDER) -> None:
    """Write every ledger into ``folder``; the same bytes each time."""
    for seed, (name, make) in enumerate(LEDGERS.items(), start=1):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(make(Random(seed)))


if __name__ == "__main__":
    sys.exit(main())
