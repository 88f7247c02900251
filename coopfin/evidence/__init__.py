"""Facts with their sources, cases, the law, and how the model works."""
