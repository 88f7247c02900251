"""Months by name."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_in_words(month: float) -> str:
    """A month by name: ``March of year 3``; month 1 is January of year 1, month 0 the launch."""
    if month == 0:
        return "the launch"
    year, month_of_year = divmod(int(month) - 1, 12)
    return f"{MONTHS[month_of_year]} of year {year + 1}"
