"""What visitors tell the provider of a dataset, and what it answers."""
