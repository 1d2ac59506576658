"""Edits of harvested datasets: noticed where people make them, kept by every harvest, given back when people wish."""
