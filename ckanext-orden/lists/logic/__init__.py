"""Actions and rights of the lists."""
