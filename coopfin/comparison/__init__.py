"""Measures, the comparison of enterprises, and goal seek."""
