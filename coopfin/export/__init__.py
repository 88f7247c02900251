"""What leaves the package as CSV. What was written for its own readers reads back as it was."""

from coopfin.export.members import write_account, write_allocation, write_member_statements
from coopfin.export.plain import to_csv
from coopfin.export.results import write_comparison, write_months, write_projections, write_statements
from coopfin.export.uncertainty import write_correlations, write_simulation, write_statistics, write_uncertain

__all__ = [
    "to_csv",
    "write_account",
    "write_allocation",
    "write_comparison",
    "write_correlations",
    "write_member_statements",
    "write_months",
    "write_projections",
    "write_simulation",
    "write_statements",
    "write_statistics",
    "write_uncertain",
]
