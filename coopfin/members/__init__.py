"""A surplus shared out among members: ledger, patronage, votes, accounts, statements."""
