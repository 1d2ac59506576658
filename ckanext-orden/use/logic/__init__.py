"""Actions and auth functions of the room."""
