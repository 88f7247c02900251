"""The page of hard questions."""
