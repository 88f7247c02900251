"""The page of all assumptions."""
