"""Actions and rights of the market."""
