"""Auth functions of the front door."""

from .search import orden_autocomplete

__all__ = ["orden_autocomplete"]
