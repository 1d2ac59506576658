"""The catalogue: found page by page, put together from stored fragments, kept as long as the search index stands."""
