"""Offers: who does what with them, how they are written, go from state to state, and are shown."""
