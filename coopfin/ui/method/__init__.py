"""The page of how it works."""
