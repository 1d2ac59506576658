"""The actions of the room, who may call them, and what they take."""
