"""How datasets are found: what a query asks, what it means, what comes near it."""
