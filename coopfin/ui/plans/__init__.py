"""Plans side by side: keep what there is now, arrange, compare, ready firms, notes."""
