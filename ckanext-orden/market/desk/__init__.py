"""The desk: pages on which providers write offers and reviewers judge them."""
