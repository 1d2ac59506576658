"""Whether the addresses of resources open: asked politely in the background, shown with the date, never blocking."""

from .store import links, register, states

__all__ = ["links", "register", "states"]
