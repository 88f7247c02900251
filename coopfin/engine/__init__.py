"""The model: assumptions, the projection in months and years, the statements."""
