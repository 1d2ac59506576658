"""Saved searches: kept by people with an account, who are told by mail of what is new in them."""
