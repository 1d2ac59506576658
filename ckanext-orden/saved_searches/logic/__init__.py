"""Actions of the room, and who may use them."""
