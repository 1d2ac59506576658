"""Actions and auth functions of the harvest room."""
