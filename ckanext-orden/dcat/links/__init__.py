"""Whether the addresses of resources open: asked politely in the background, shown with the date, never blocking."""

from .store import states

__all__ = ["states"]
