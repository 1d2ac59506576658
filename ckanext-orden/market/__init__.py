"""Offers of data: what it costs, what one may do with it, and a way to the deal."""
