"""The page of the years."""
