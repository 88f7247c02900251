"""The page of capital."""
