"""Whether the addresses of resources open: asked politely in the background, shown with the date, never blocking."""

from .store import link_id, links, register, states

__all__ = ["link_id", "links", "register", "states"]
