"""What every page has: frame, levers, marks of the law, notices."""
