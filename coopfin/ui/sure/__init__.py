"""The page of doubts."""
