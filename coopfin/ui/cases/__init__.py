"""The page of cases."""
