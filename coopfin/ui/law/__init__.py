"""The page of the law."""
