"""Who owns the enterprise, what capital costs and what it gets back."""
